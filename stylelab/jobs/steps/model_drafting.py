"""Draft texts by a model: in full batches, each rewrite judged as it comes, and a hopeless run stopped early.

In: a project's anchors, a recipe, a store. Out: drafts by key, kept as they come, and the tally of what was accepted.
Next: jobs.run.pairs. Which way of rewriting a model is asked in is found in probing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stylelab.files import sha256_text
from stylelab.jobs.catalogue.pairs import RejectedText
from stylelab.jobs.core.context import Context
from stylelab.jobs.steps import rewriting
from stylelab.jobs.steps.attempt import BY_RULES, EXCERPT, AttemptLog, Tally, build_hopeless, shorten
from stylelab.language import pipeline
from stylelab.language.languages import find_language, find_pipeline_language
from stylelab.pairs import remote
from stylelab.pairs.draft import TURN, Drafter, DraftRequest, DraftTools, may_keep
from stylelab.pairs.make import Limits, PairMaker
from stylelab.pairs.pair import Draft
from stylelab.pairs.parse_cache import ParseCache
from stylelab.pairs.rewriters import Rewriter, RulesRewriter, TextTools
from stylelab.pairs.roundtrip import ChatModel
from stylelab.pairs.shapes import Anchor, PairShape, choose_shapes
from stylelab.project.project import Project
from stylelab.project.store import Store
from stylelab.recipe import PairsPlan, Recipe

BATCH = {"local": 16, "remote": 8}  # texts that are asked for together; a stopped run loses one batch
FEWEST = 12  # texts before a run can be called hopeless
HOPELESS = 0.2  # share of accepted texts below which it is
TURNED_AT_ONCE = 64  # texts


@dataclass(frozen=True)
class WantedText:
    """A text to be made plain, and the pair by which the rewrite is judged."""

    request: DraftRequest
    anchor: Anchor
    shape: PairShape

    @property
    def words(self) -> int:
        return len((self.request.given or self.request.text).split())


@dataclass(frozen=True)
class JudgedDraft:
    """A draft, and the reason why its pair is unfit or None."""

    wanted: WantedText
    draft: Draft
    reason: str | None


def list_wanted(anchors: Sequence[Anchor], plan: PairsPlan) -> list[WantedText]:
    """Return every text that the anchors' pairs need plain, once, in corpus order."""
    found: dict[DraftRequest, WantedText] = {}
    for anchor in anchors:
        for shape in choose_shapes(anchor, plan):
            request = anchor.build_request(shape)
            if not shape.renamed:  # such a pair is drawn for some anchors only
                found.setdefault(request, WantedText(request, anchor, shape))
    return list(found.values())


def tally_drafts(judged: Sequence[JudgedDraft]) -> Tally:
    """Return how many of some drafts were accepted; those whose text could not be turned were never rewritten."""
    tally = Tally()
    for own in judged:
        if own.reason is None:
            tally.accepted += 1
        elif not own.reason.startswith(TURN):
            text = shorten(own.draft.answer or own.draft.plain, EXCERPT)
            row = RejectedText(
                passage=own.wanted.anchor.id, stance=own.wanted.request.stance, reason=own.reason, text=text
            )
            tally.rejected.append(row)
    return tally


def build_batches(wanted: Sequence[WantedText], size: int) -> list[list[WantedText]]:
    """Return texts of like lengths together, so that a batch ends at once; the batches in an order that has nothing to do
    with length, so that the first ones stand for all."""
    ordered = sorted(wanted, key=lambda own: (own.words, own.request.text, own.request.stance))
    batches = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    return sorted(batches, key=lambda batch: sha256_text(batch[0].request.text + batch[0].request.stance))


class ModelDrafter:
    """Drafts a project's texts by a model, and keeps what may be kept. The model is loaded when it is first asked."""

    def __init__(
        self,
        context: Context,
        project: Project,
        store: Store,
        anchors: Sequence[Anchor],
        limits: Limits,
        log: AttemptLog,
        *,
        allow_remote: bool,
        keep_going: bool,
    ) -> None:
        self._context = context
        self._project = project
        self._store = store
        self._anchors = anchors
        self._limits = limits
        self._log = log
        self._allow_remote = allow_remote
        self._keep_going = keep_going
        self._engine: ChatModel | None = None
        self._parser: ParseCache | None = None

    def look_up(self, recipe: Recipe) -> tuple[list[JudgedDraft], list[WantedText]]:
        """Return the texts that a recipe has drafts of, judged, and those it has none of."""
        key = DraftTools.from_recipe(recipe).compute_key
        wanted = list_wanted(self._anchors, recipe.pairs)
        known = self._store.dataset.load_drafts(sorted({key(own.request) for own in wanted}))
        found = [(own, known[key(own.request)]) for own in wanted if key(own.request) in known]
        return self.judge(recipe, found), [own for own in wanted if key(own.request) not in known]

    def judge(self, recipe: Recipe, drafts: Sequence[tuple[WantedText, Draft]]) -> list[JudgedDraft]:
        """Return drafts with the reason why their pair is unfit, or None."""
        vocabulary = find_language(find_pipeline_language(recipe.pairs.pipeline)).vocabulary
        maker = PairMaker(recipe, vocabulary, replace(self._limits, bleed=recipe.pairs.bleed_allowed))
        judged: list[JudgedDraft] = []
        for own, draft in drafts:
            pair = maker.build(own.anchor, own.shape, draft)
            judged.append(
                JudgedDraft(own, draft, draft.problem if pair is None else maker.judge(pair, draft, None).reason)
            )
        return judged

    def draft(self, recipe: Recipe, wanted: Sequence[WantedText]) -> list[JudgedDraft]:
        """Have texts rewritten in one batch, keep what may be kept, and return all, judged.

        Raises:
            PairsError: The plan wants a server and may not, or the server fails.
            ModelError: The local model cannot be loaded or follows no instructions.
        """
        engine, parser = self.start(recipe, wanted)
        rewriter = rewriting.build_model_rewriter(recipe.pairs, engine, recipe.rewriter, parser)
        drafts = self._build_drafter(recipe, rewriter).draft([own.request for own in wanted])
        self._keep(drafts)
        return self.judge(recipe, list(zip(wanted, drafts, strict=True)))

    def start(self, recipe: Recipe, wanted: Sequence[WantedText]) -> tuple[ChatModel, ParseCache]:
        """Return the model and the pipeline, each loaded once.

        Args:
            wanted: What is to be rewritten, for the notice before text leaves this machine.

        Raises:
            PairsError, ModelError: As `draft`.
        """
        plan = recipe.pairs
        if self._engine is None:
            if plan.rewriter == "remote":
                rewriting.refuse_remote(plan, self._allow_remote)
                words = sum(own.words for own in wanted)
                self._context.warn(remote.build_notice(plan.endpoint, len(wanted), words))
            self._engine = rewriting.load_engine(plan, self._project.folder, self._context.check)
        return self._engine, self._load_parser(recipe)

    def draft_rest(self, recipe: Recipe, tried: Sequence[JudgedDraft]) -> tuple[dict[str, Draft], Tally]:
        """Return the drafts of all texts by key, and the tally of all that a model rewrote, earlier runs included.

        Args:
            tried: What the probe had rewritten in the recipe's way.

        Raises:
            PairsError: As `draft`; or next to nothing is accepted.
        """
        asked = {own.wanted.request for own in tried}
        known, missing = self.look_up(recipe)
        known = [own for own in known if own.wanted.request not in asked]
        missing = [own for own in missing if own.request not in asked]
        drafts = {own.draft.key: own.draft for own in (*known, *tried)}
        before, now = tally_drafts(known), tally_drafts(tried)
        if missing:
            unturned = self._find_unturned(recipe, missing)
            drafts |= unturned
            key = DraftTools.from_recipe(recipe).compute_key
            missing = [own for own in missing if key(own.request) not in unturned]
        total = len(tried) + len(missing)
        if missing:
            self.start(recipe, missing)
            self._context.report_rewrites(now.done, total, now.accepted, now.count_reasons())
        for batch in build_batches(missing, BATCH[recipe.pairs.rewriter]):
            judged = self.draft(recipe, batch)
            drafts |= {own.draft.key: own.draft for own in judged}
            now = now.plus(tally_drafts(judged))
            self._log.write(recipe.pairs.rewriter, recipe.pairs.pivot, total, now)
            self._context.report_rewrites(now.done, total, now.accepted, now.count_reasons())
            if not self._keep_going and now.done < total:
                require_hope(before.plus(now))
        return drafts, before.plus(now)

    def report_tried(self, recipe: Recipe, texts: int, tried: Sequence[JudgedDraft]) -> None:
        """Put the probe's texts into the attempt's record."""
        self._log.write(recipe.pairs.rewriter, recipe.pairs.pivot, texts, tally_drafts(tried))

    def _find_unturned(self, recipe: Recipe, missing: Sequence[WantedText]) -> dict[str, Draft]:
        """Return the drafts of texts that cannot be turned to their point of view; no model is asked."""
        parser = self._load_parser(recipe)
        drafter = self._build_drafter(recipe, RulesRewriter(parser))
        turned = [own.request for own in missing if own.request.stance not in ("as_written", "snowflake")]
        found: list[Draft] = []
        for first in range(0, len(turned), TURNED_AT_ONCE):
            self._context.check()
            found += drafter.find_unturned(turned[first : first + TURNED_AT_ONCE])
        self._keep(found)
        return {draft.key: draft for draft in found}

    def _load_parser(self, recipe: Recipe) -> ParseCache:
        if self._parser is None:
            self._parser = ParseCache(pipeline.load(recipe.pairs.pipeline))
        return self._parser

    def _build_drafter(self, recipe: Recipe, rewriter: Rewriter) -> Drafter:
        parser = self._load_parser(recipe)
        words = find_language(find_pipeline_language(recipe.pairs.pipeline)).vocabulary
        return Drafter(TextTools(parser, rewriter, words), DraftTools.from_recipe(recipe))

    def _keep(self, drafts: Sequence[Draft]) -> None:
        with self._store.transaction():
            self._store.dataset.put_drafts([draft for draft in drafts if may_keep(draft)])


def require_hope(tally: Tally) -> None:
    """Stop a run in which next to nothing is accepted.

    Raises:
        PairsError: So it is; the reasons are named, each with an example.
    """
    if tally.done >= FEWEST and tally.accepted < HOPELESS * tally.done:
        raise build_hopeless(
            tally, f"{BY_RULES} 'pairs make --keep-going' goes on all the same; what was accepted is kept."
        )
