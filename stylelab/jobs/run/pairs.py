"""The pairs job: passages and a persona become a sealed dataset.

In: the project. Out: dataset/{train,valid,test}.jsonl, recipe.json and audit.json, which appear together or not at all, and
config.yaml for mlx-lm's own trainer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from stylelab.basemodels.encoding import load_encoding
from stylelab.basemodels.identity import inspect, resolve
from stylelab.errors import PairsError, StyleLabError
from stylelab.files import atomic_write, replace_folder, sha256_file, write_json, write_jsonl
from stylelab.jobs.catalogue.pairs import LeakRow, PairsAudit, PairsRequest, RejectedPair, RewriterProbe, StageRow
from stylelab.jobs.core.context import Context
from stylelab.jobs.steps import drafting
from stylelab.jobs.steps.attempt import BY_RULES, AttemptLog, Tally, build_hopeless
from stylelab.jobs.steps.model_drafting import ModelDrafter
from stylelab.jobs.steps.probing import settle_way
from stylelab.jobs.steps.sealing import seal_recipe
from stylelab.language.languages import find_language, find_pipeline_language
from stylelab.pairs import audit
from stylelab.pairs.draft import DraftTools
from stylelab.pairs.make import Limits, PairsResult, make_pairs
from stylelab.pairs.pair import SPLITS, Draft, Pair, Split, StageCount
from stylelab.pairs.shapes import Anchor, choose_shapes, list_anchors
from stylelab.pairs.split import split
from stylelab.project.project import Project, open_project
from stylelab.project.store import Store
from stylelab.recipe import PairsPlan, Recipe
from stylelab.training import mlxlm
from stylelab.training.plan import Plan

STAGE_EMPTY = "stage_empty"
NOTHING_LEFT = (STAGE_EMPTY, "split_empty")  # what is said of too little text, and may be a rewriter's doing


def run(context: Context, request: PairsRequest) -> PairsAudit:
    """Make the project's dataset anew; what was drafted before is not drafted again.

    Raises:
        PairsError: A stage put out nothing, or the plan wants a server and may not.
    """
    own = open_project(request.project)
    with own.lock(), own.open_store() as store:
        found = list_anchors(store.load_passages(), store.dataset.load_given())
        if not found:
            raise PairsError(
                "The project has no passage to make pairs of.",
                remedy=f"Add texts: stylelab corpus add {own.folder} FILE…",
                code=STAGE_EMPTY,
            )
        log = AttemptLog(own)
        try:
            result, warnings = make_dataset(context, own, store, found, log, request)
        except StyleLabError as error:
            log.fail(error.message)
            raise
        log.clear()
        for warning in warnings:
            context.warn(warning)
        return result


def make_dataset(
    context: Context, own: Project, store: Store, found: Sequence[Anchor], log: AttemptLog, request: PairsRequest
) -> tuple[PairsAudit, list[str]]:
    """Draft, check, split and write; return what the dataset is made of, and what the user should know.

    Raises:
        PairsError: As `run`.
    """
    context.phase("seal the recipe")
    plan = Plan.load(own.plan)
    made = make_drafts(context, own, store, found, plan, log, request)
    recipe = made.recipe
    context.phase("make pairs")
    try:
        checked = check_pairs(context, own, store, found, made, plan)
        splits = split(checked.pairs, recipe.seed)
    except PairsError as error:
        if error.code in NOTHING_LEFT and made.tally.rejected:
            raise build_hopeless(made.tally, BY_RULES) from error
        raise
    context.phase("write the dataset")
    with store.transaction():  # files and database change together, or neither
        store.dataset.put_pairs(splits, checked.rejected)
        names = {d.id: d.path for d in store.load_documents()}
        return save_dataset(own, plan, made, checked, splits, found, names)


@dataclass(frozen=True)
class MadeDrafts:
    """The drafts of all anchors by key, with the recipe they were made under.

    Args:
        tally: What was accepted and rejected of a model's rewrites.
        probe: How a model rewriter was tried; None for rules.
    """

    recipe: Recipe
    drafts: Mapping[str, Draft]
    tally: Tally
    probe: RewriterProbe | None = None

    @cached_property
    def tools(self) -> DraftTools:
        """The tools that made them, by value."""
        return DraftTools.from_recipe(self.recipe)


def make_drafts(
    context: Context,
    project: Project,
    store: Store,
    found: Sequence[Anchor],
    plan: Plan,
    log: AttemptLog,
    request: PairsRequest,
) -> MadeDrafts:
    """Return the drafts of all anchors.

    Raises:
        PairsError: The plan wants a server and may not, the server fails, or a model makes next to nothing plain.
    """
    recipe = seal_recipe(project, plan)
    if recipe.pairs.rewriter == "rules":
        context.phase("rewrite")
        groups = [[anchor.build_request(shape) for shape in choose_shapes(anchor, recipe.pairs)] for anchor in found]
        setup = drafting.DraftSetup(recipe.pairs.pipeline, DraftTools.from_recipe(recipe))
        drafts = drafting.make_drafts(context, store, groups, setup, processes=request.processes)
        return MadeDrafts(recipe, drafts, Tally())
    limits = build_limits(project, recipe.pairs, plan)
    drafter = ModelDrafter(
        context, project, store, found, limits, log,
        allow_remote=request.allow_remote, keep_going=request.keep_going,
    )  # fmt: skip
    way = settle_way(context, project, plan, drafter, request.keep_going)
    context.phase("rewrite")
    drafts, tally = drafter.draft_rest(way.recipe, way.judged)
    return MadeDrafts(way.recipe, drafts, tally, way.probe)


def build_limits(project: Project, plan: PairsPlan, training: Plan) -> Limits:
    """Return the limits that a plan's pairs are checked against: the base's tokenizer, the sequence length, the bleed."""
    encoding = load_encoding(resolve(project.settings.base, project.folder))
    return Limits(encoding, training.max_seq_length, plan.bleed_allowed)


def check_pairs(
    context: Context,
    project: Project,
    store: Store,
    found: Sequence[Anchor],
    made: MadeDrafts,
    plan: Plan,
) -> PairsResult:
    """Return the pairs of all drafts, checked against the base's tokenizer and the plan's sequence length."""
    recipe = made.recipe
    every = max(1, len(found) // 100)

    def on_anchor(done: int) -> None:
        if done % every == 0 or done == len(found):
            context.progress(done, len(found), "passages")

    edits = store.dataset.load_edits()
    return make_pairs(
        found,
        made.drafts,
        recipe,
        made.tools,
        find_language(find_pipeline_language(recipe.pairs.pipeline)).vocabulary,
        build_limits(project, recipe.pairs, plan),
        edits=edits,
        on_anchor=on_anchor,
    )


def list_rejected(checked: PairsResult, made: MadeDrafts, found: Sequence[Anchor]) -> tuple[RejectedPair, ...]:
    """Return the pairs that were left out, each with its reason, and with what a model said where that is the reason."""
    said = {(row.passage, row.stance): row.text for row in made.tally.rejected}
    out: list[RejectedPair] = []
    for p in checked.rejected:
        stance = "snowflake" if p.kind == "snowflake" else p.perspective or "as_written"
        text = said.get((p.anchor, stance), "")
        row = RejectedPair(passage=p.anchor, pair=p.id, reason=p.reason)
        out.append(row if not text else row.model_copy(update={"text": text}))
    return tuple(out)


def save_dataset(
    project: Project,
    plan: Plan,
    made: MadeDrafts,
    checked: PairsResult,
    splits: Mapping[Split, Sequence[Pair]],
    found: Sequence[Anchor],
    names: Mapping[str, str],
) -> tuple[PairsAudit, list[str]]:
    """Write the dataset folder; return what it is made of, and what the user should know."""
    counts = {name: len(splits[name]) for name in SPLITS}
    stages = [*checked.stages, StageCount("split", len(checked.pairs), sum(counts.values()), {})]
    shares = audit.compute_shares(checked.pairs, names)
    leaks = audit.find_leaks(splits, {anchor.id: anchor.text for anchor in found})
    warnings = audit.list_warnings(shares, counts["train"], leaks)
    with replace_folder(project.dataset) as aside:
        for name in SPLITS:
            rows = ({"prompt": p.prompt, "completion": p.completion, "id": p.id, "kind": p.kind} for p in splits[name])
            write_jsonl(aside / f"{name}.jsonl", rows)
        made.recipe.save(aside / "recipe.json")
        result = PairsAudit(
            funnel=tuple(StageRow.model_validate(stage.dump()) for stage in stages),
            splits=dict(counts),
            shares=shares,
            bleed=audit.summarise_bleed([*checked.pairs, *(p for p in checked.rejected if p.reason == "bleed")]),
            leaks=tuple(LeakRow.model_validate(leak.dump()) for leak in leaks),
            rejected=list_rejected(checked, made, found),
            warnings=tuple(warnings),
            sha256={name: sha256_file(aside / f"{name}.jsonl") for name in SPLITS},
            recipe_sha256=made.recipe.hash,
            **({} if made.probe is None else {"probe": made.probe}),
        )
        write_json(aside / "audit.json", result.dump())
    base = resolve(project.settings.base, project.folder).resolve()
    config = inspect(base).config
    adapters = project.folder.resolve() / "adapters"
    text = mlxlm.dump(plan, str(base), str(project.dataset.resolve()), str(adapters), config)
    atomic_write(project.folder / "config.yaml", text)
    return result, warnings
