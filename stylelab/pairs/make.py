"""Drafts become pairs: perturb, build the prompt, check. Writing prepares its input with the same function.

In: anchors, their drafts, a recipe. Out: pairs, rejected pairs with their reasons, the counts of each stage. Next room: split.
Cheap beside the drafts, and the same whatever order or number of processes made those: each pair is seeded by its own text.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from stylelab.corpus.document import count_words
from stylelab.errors import PairsError
from stylelab.files import sha256_text
from stylelab.language.lexicon import Lexicon
from stylelab.language.perturb import perturb
from stylelab.pairs import checks
from stylelab.pairs.draft import TURN, Means
from stylelab.pairs.pair import Draft, Edit, Pair, StageCount
from stylelab.pairs.rename import rename
from stylelab.pairs.shapes import Anchor, Shape, of_anchor
from stylelab.persona.prompt import build_prompt
from stylelab.recipe import ContentType, Recipe, Variant


@dataclass(frozen=True)
class Prepared:
    """An input ready for the model."""

    prompt: str
    input: str
    content: ContentType


@dataclass(frozen=True)
class Made:
    """Pairs that passed, pairs that did not (each with its reason), and the counts."""

    pairs: tuple[Pair, ...]
    rejected: tuple[Pair, ...]
    stages: tuple[StageCount, ...]


@dataclass(frozen=True)
class Limits:
    """What the checks measure against.

    Args:
        bleed: Share of distinctive words from which an input gives too much away, (0, 1].
        longest: Tokens of the longest pair that can be trained.
    """

    tokens: checks.Tokens
    longest: int
    bleed: float


def prepare(
    plain: str,
    content: ContentType | None,
    recipe: Recipe,
    lexicon: Lexicon,
    *,
    source: str,
    words: int,
    variant: Variant = "neutral",
    heavy: bool = False,
) -> Prepared:
    """Return the prompt for a neutral text: perturbed at the recipe's rate and framed.

    Args:
        plain: The neutral text, or a variant of it.
        content: What the classifier said of the neutral text; None falls to the persona's default.
        source: The text that was made neutral; with the recipe's seed it decides every draw, so that writing from a
            text of the training data builds the prompt that training built.
        words: Length asked for.
        heavy: Damage as in robustness pairs.
    """
    rate = recipe.pairs.variant_rate if variant != "neutral" else recipe.pairs.rate
    rate = recipe.pairs.robustness_rate if heavy else rate
    key = f"{sha256_text(source)}-{variant}{'-heavy' if heavy else ''}"
    damaged = perturb(plain, rate, random.Random(sha256_text(f"{recipe.seed}\0{key}\0perturb")), lexicon)
    decided = content or recipe.persona.default_content
    return Prepared(build_prompt(recipe, text=damaged, content=decided, words=words, key=key), damaged, decided)


def make(
    anchors: Sequence[Anchor],
    drafts: Mapping[str, Draft],
    recipe: Recipe,
    means: Means,
    lexicon: Lexicon,
    limits: Limits,
    *,
    edits: Mapping[tuple[str, str], Edit] | None = None,
    on_anchor: Callable[[int], None] = lambda done: None,
) -> Made:
    """Make every pair that the recipe's plan wants.

    Args:
        drafts: By `means.key`; those of all anchors.
        edits: What people decided, by anchor hash and shape.
        on_anchor: Called with the number of anchors done; may raise to stop.

    Raises:
        PairsError: No anchor came in, or no pair came out; the reasons are named.
    """
    maker = Maker(recipe, lexicon, limits)
    turned, undone, dropped = Counter[str](), Counter[str](), Counter[str]()
    kept: list[Pair] = []
    rejected: list[Pair] = []
    wanted_turns = wanted = 0
    for done, anchor in enumerate(anchors, 1):
        for shape in of_anchor(anchor, recipe.pairs):
            edit = (edits or {}).get((anchor.sha256, shape.name))
            draft = drafts[means.key(anchor.work(shape))]
            wanted_turns += shape.kind == "perspective"
            if draft.problem is not None and draft.problem.startswith(TURN) and edit is None:
                turned[draft.problem.removeprefix(TURN)] += 1
                continue
            pair = maker.pair(anchor, shape, draft)
            if pair is None:
                continue  # nothing to rename
            wanted += 1
            pair = maker.judged(pair, draft, edit)
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
        require(stage)
    return Made(tuple(kept), tuple(rejected), tuple(stages))


class Maker:
    """Makes one pair at a time."""

    def __init__(self, recipe: Recipe, lexicon: Lexicon, limits: Limits) -> None:
        self._recipe = recipe
        self._lexicon = lexicon
        self._limits = limits

    def pair(self, anchor: Anchor, shape: Shape, draft: Draft) -> Pair | None:
        """Return the pair of a draft, unchecked; None where a renamed one has nothing to rename or was not drawn."""
        plain = undamaged(draft, shape.variant)
        target = draft.target
        if shape.renamed:
            rng = random.Random(sha256_text(f"{self._recipe.seed}\0{anchor.sha256}\0rename"))
            drawn = rng.random() < self._recipe.pairs.renamed
            changed = rename(target, plain, draft.names, rng) if drawn and draft.problem is None else None
            if changed is None:
                return None
            target, plain = changed.target, changed.plain
        source = target if anchor.given is None else anchor.given
        ready = self._prepared(plain, draft.content, source, target, shape)
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
            bleed=checks.bleed(ready.input, target, self._lexicon),
            perspective=shape.perspective,
            variant=shape.variant,
            renamed=shape.renamed,
            category=dict(anchor.category),
            anchor_sha256=anchor.sha256,
        )

    def judged(self, pair: Pair, draft: Draft, edit: Edit | None) -> Pair:
        """Return a pair with what a person changed in it, and with the reason why it is unfit or None."""
        names = () if pair.renamed else draft.names
        if edit is None:
            return replace(pair, reason=draft.problem or self._reason(pair, undamaged(draft, pair.variant), names))
        if edit.input is not None or edit.target is not None:
            pair = self._edited(pair, edit)
        if edit.verdict is not None:
            return replace(pair, reason=None if edit.verdict == "accept" else "by_hand", edited=True)
        missing = draft.problem if edit.input is None or edit.target is None else None
        return replace(pair, reason=missing or self._reason(pair, pair.input, ()), edited=True)

    def _edited(self, pair: Pair, edit: Edit) -> Pair:
        text = pair.input if edit.input is None else edit.input
        target = pair.completion if edit.target is None else edit.target
        key = f"{sha256_text(text)}-{pair.variant}"  # a person's input is taken as it is: nothing is damaged
        words = count_words(target)
        prompt = build_prompt(self._recipe, text=text, content=pair.content, words=words, key=key)
        bleed = checks.bleed(text, target, self._lexicon)
        return replace(pair, input=text, completion=target, prompt=prompt, bleed=bleed)

    def _prepared(self, plain: str, content: ContentType | None, source: str, target: str, shape: Shape) -> Prepared:
        heavy = shape.kind == "robustness"
        return prepare(
            plain, content, self._recipe, self._lexicon,
            source=source, words=count_words(target), variant=shape.variant, heavy=heavy,
        )  # fmt: skip

    def _reason(self, pair: Pair, plain: str, names: Sequence[str]) -> str | None:
        lexicon, limits = self._lexicon, self._limits
        facts = checks.fact_lost(plain, pair.completion, names) if pair.kind != "harvest" and not pair.renamed else None
        return (
            checks.unfit(pair.input, pair.completion)
            or facts
            or checks.bleeds(pair.bleed, pair.completion, limits.bleed, lexicon)
            or checks.untrainable(pair.prompt, pair.completion, limits.tokens, limits.longest)
        )


def undamaged(draft: Draft, variant: Variant) -> str:
    """Return a draft's input of a variant, before it is damaged."""
    return {"neutral": draft.plain, "dropout": draft.dropout, "abstract": draft.abstract}[variant]


def require(stage: StageCount) -> None:
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
