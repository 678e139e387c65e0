"""Make pairs of drafts: perturb the input, build the prompt (as writing does, in prompting), check the pair.

In: anchors, their drafts, a recipe. Out: pairs, rejected pairs with their reasons, the counts of each stage. Next room: split.
This is fast, and does not depend on the order or number of processes that made the drafts: each pair is seeded by its own text.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from stylelab.corpus.document import count_words
from stylelab.errors import PairsError
from stylelab.files import sha256_text
from stylelab.language.language import Vocabulary
from stylelab.pairs import checks
from stylelab.pairs.draft import TURN, DraftTools
from stylelab.pairs.pair import Draft, Edit, Pair, StageCount
from stylelab.pairs.prompting import Prepared, frame_input, seed_key
from stylelab.pairs.rename import rename
from stylelab.pairs.shapes import Anchor, Shape, choose_shapes
from stylelab.persona.prompt import build_prompt
from stylelab.recipe import ContentType, Recipe, Variant


@dataclass(frozen=True)
class PairsResult:
    """Pairs that passed, pairs that did not (each with its reason), and the counts."""

    pairs: tuple[Pair, ...]
    rejected: tuple[Pair, ...]
    stages: tuple[StageCount, ...]


@dataclass(frozen=True)
class Limits:
    """The limits that the checks of pairs use.

    Args:
        bleed: Share of distinctive words from which an input gives too much away, (0, 1].
        longest: Tokens of the longest pair that can be trained.
    """

    tokens: checks.Tokens
    longest: int
    bleed: float


def make_pairs(
    anchors: Sequence[Anchor],
    drafts: Mapping[str, Draft],
    recipe: Recipe,
    tools: DraftTools,
    vocabulary: Vocabulary,
    limits: Limits,
    *,
    edits: Mapping[tuple[str, str], Edit] | None = None,
    on_anchor: Callable[[int], None] = lambda done: None,
) -> PairsResult:
    """Make every pair that the recipe's plan wants.

    Args:
        drafts: By `tools.key`; those of all anchors.
        edits: What people decided, by anchor hash and shape.
        on_anchor: Called with the number of anchors done; may raise to stop.

    Raises:
        PairsError: No anchor came in, or no pair came out; the reasons are named.
    """
    maker = PairMaker(recipe, vocabulary, limits)
    turned, undone, dropped = Counter[str](), Counter[str](), Counter[str]()
    kept: list[Pair] = []
    rejected: list[Pair] = []
    wanted_turns = wanted = 0
    for done, anchor in enumerate(anchors, 1):
        for shape in choose_shapes(anchor, recipe.pairs):
            edit = (edits or {}).get((anchor.sha256, shape.name))
            draft = drafts[tools.key(anchor.request(shape))]
            wanted_turns += shape.kind == "perspective"
            if draft.problem is not None and draft.problem.startswith(TURN) and edit is None:
                turned[draft.problem.removeprefix(TURN)] += 1
                continue
            pair = maker.build(anchor, shape, draft)
            if pair is None:
                continue  # nothing to rename
            wanted += 1
            pair = maker.judge(pair, draft, edit)
            if pair.reason is None:
                kept.append(pair)
                continue
            rejected.append(pair)
            (undone if pair.reason == draft.problem else dropped)[pair.reason] += 1
        on_anchor(done)
    failed = sum(undone.values())
    stages = [
        StageCount("rewrite", wanted, wanted - failed, undone),
        StageCount("check", wanted - failed, len(kept), dropped),
    ]
    if wanted_turns:
        stages.insert(0, StageCount("turn", wanted_turns, wanted_turns - sum(turned.values()), turned))
    for stage in stages[-2:]:
        require_output(stage)
    return PairsResult(tuple(kept), tuple(rejected), tuple(stages))


class PairMaker:
    """Makes one pair at a time."""

    def __init__(self, recipe: Recipe, vocabulary: Vocabulary, limits: Limits) -> None:
        self._recipe = recipe
        self._vocabulary = vocabulary
        self._limits = limits

    def build(self, anchor: Anchor, shape: Shape, draft: Draft) -> Pair | None:
        """Return the pair of a draft, unchecked; None where a renamed one has nothing to rename or was not drawn."""
        plain = unperturbed_input(draft, shape.variant)
        target = draft.target
        if shape.renamed:
            rng = random.Random(sha256_text(f"{self._recipe.seed}\0{anchor.sha256}\0rename"))
            drawn = rng.random() < self._recipe.pairs.renamed
            changed = rename(target, plain, draft.names, rng) if drawn and draft.problem is None else None
            if changed is None:
                return None
            target, plain = changed.target, changed.plain
        source = target if anchor.given is None else anchor.given
        ready = self._frame(plain, draft.content, source, target, shape)
        return Pair(
            id=f"{anchor.id}-{shape.name}",
            anchor=anchor.id,
            document=anchor.document,
            position=anchor.position,
            kind=shape.kind,
            content=ready.content,
            prompt=ready.prompt,
            completion=target,
            input=ready.input,
            lost=draft.lost,
            bleed=checks.bleed(ready.input, target, self._vocabulary),
            perspective=shape.perspective,
            variant=shape.variant,
            renamed=shape.renamed,
            category=dict(anchor.category),
            anchor_sha256=anchor.sha256,
        )

    def judge(self, pair: Pair, draft: Draft, edit: Edit | None) -> Pair:
        """Return a pair with what a person changed in it, and with the reason why it is unfit or None."""
        names = () if pair.renamed else draft.names
        if edit is None:
            return replace(
                pair, reason=draft.problem or self._reason(pair, unperturbed_input(draft, pair.variant), names)
            )
        if edit.input is not None or edit.target is not None:
            pair = self._apply_edit(pair, edit)
        if edit.verdict is not None:
            return replace(pair, reason=None if edit.verdict == "accept" else "by_hand", edited=True)
        missing = draft.problem if edit.input is None or edit.target is None else None
        return replace(pair, reason=missing or self._reason(pair, pair.input, ()), edited=True)

    def _apply_edit(self, pair: Pair, edit: Edit) -> Pair:
        text = pair.input if edit.input is None else edit.input
        target = pair.completion if edit.target is None else edit.target
        key = seed_key(text, pair.variant)  # a person's input is taken as it is: nothing is damaged
        words = count_words(target)
        prompt = build_prompt(self._recipe, text=text, content=pair.content, words=words, key=key)
        bleed = checks.bleed(text, target, self._vocabulary)
        return replace(pair, input=text, completion=target, prompt=prompt, bleed=bleed)

    def _frame(self, plain: str, content: ContentType | None, source: str, target: str, shape: Shape) -> Prepared:
        heavy = shape.kind == "robustness"
        return frame_input(
            plain, content, self._recipe, self._vocabulary,
            source=source, words=count_words(target), variant=shape.variant, heavy=heavy,
        )  # fmt: skip

    def _reason(self, pair: Pair, plain: str, names: Sequence[str]) -> str | None:
        vocabulary, limits = self._vocabulary, self._limits
        facts = checks.fact_lost(plain, pair.completion, names) if pair.kind != "harvest" and not pair.renamed else None
        return (
            checks.unfit(pair.input, pair.completion)
            or facts
            or checks.bleeds(pair.bleed, pair.completion, limits.bleed, vocabulary)
            or checks.untrainable(pair.prompt, pair.completion, limits.tokens, limits.longest)
        )


def unperturbed_input(draft: Draft, variant: Variant) -> str:
    """Return a draft's input of a variant, before it is perturbed."""
    return {"neutral": draft.plain, "dropout": draft.dropout, "abstract": draft.abstract}[variant]


def require_output(stage: StageCount) -> None:
    """Stop on a stage that put out nothing.

    Raises:
        PairsError: Nothing left it; the reasons are named.
    """
    if stage.left:
        return
    why = ", ".join(f"{count} {reason}" for reason, count in stage.dropped.items()) or "nothing came in"
    raise PairsError(
        f"The stage '{stage.stage}' put out nothing ({why}).",
        remedy="Add texts with 'stylelab corpus add', or see 'stylelab audit' for where they went.",
        code="stage_empty",
    )
