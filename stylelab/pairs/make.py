"""Passages become pairs: neutralise, then perturb, then build the prompt. Writing prepares its input the same way.

In: passages, a recipe, a rewriter. Out: pairs, rejections and the counts of each stage. Next room: split.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stylelab.corpus.document import count_words
from stylelab.corpus.passage import Passage
from stylelab.errors import PairsError
from stylelab.files import sha256_text
from stylelab.language.classify import classify
from stylelab.language.lexicon import Lexicon
from stylelab.language.perturb import perturb
from stylelab.language.plain import Rewrite
from stylelab.pairs.checks import bleed, reject
from stylelab.pairs.pair import Kind, Pair, StageCount
from stylelab.pairs.rewriters import Rewriter
from stylelab.persona.prompt import build_prompt
from stylelab.recipe import ContentType, Recipe

RATES: tuple[tuple[Kind, str], ...] = (("original", "rate"), ("robustness", "robustness_rate"))


@dataclass(frozen=True)
class Prepared:
    """An input ready for the model."""

    prompt: str
    input: str
    content: ContentType


@dataclass(frozen=True)
class Made:
    """Pairs, what was rejected as (pair id, reason), and the counts."""

    pairs: tuple[Pair, ...]
    rejected: tuple[tuple[str, str], ...]
    stages: tuple[StageCount, ...]


def prepare(rewrite: Rewrite, recipe: Recipe, lexicon: Lexicon, *, kind: Kind, words: int, key: str) -> Prepared:
    """Return the prompt for a neutralised text: perturbed at the recipe's rate, classified, framed.

    The class is read off the unperturbed plain text, which training and writing both have.
    """
    rate = float(recipe.perturbation.parameters[dict(RATES)[kind]])
    damaged = perturb(rewrite.text, rate, random.Random(sha256_text(f"{recipe.seed}\0{key}\0perturb")), lexicon)
    content = classify(rewrite.text, recipe.persona.default_content).content
    prompt = build_prompt(recipe, text=damaged, content=content, words=words, key=key)
    return Prepared(prompt, damaged, content)


def make(
    passages: Sequence[Passage],
    recipe: Recipe,
    rewriter: Rewriter,
    lexicon: Lexicon,
    *,
    on_passage: Callable[[int], None] = lambda done: None,
) -> Made:
    """Make an original and a robustness pair of every passage.

    Args:
        on_passage: Called with the number of passages done; may raise to stop.

    Raises:
        PairsError: No passage came in, or no pair came out; the reasons are named.
    """
    pairs: list[Pair] = []
    rejected: list[tuple[str, str]] = []
    fit = 0
    for done, passage in enumerate(passages, 1):
        rewrite = rewriter.rewrite([passage.text])[0]
        reason = reject(rewrite.text, passage.text)
        if reason is not None:
            rejected.append((passage.id, reason))
        else:
            fit += 1
            for kind, _ in RATES:
                key = f"{passage.id}-{kind}"
                ready = prepare(rewrite, recipe, lexicon, kind=kind, words=count_words(passage.text), key=key)
                pairs.append(
                    Pair(
                        id=key,
                        anchor=passage.id,
                        document=passage.document,
                        position=passage.position,
                        kind=kind,
                        content=ready.content,
                        prompt=ready.prompt,
                        completion=passage.text,
                        input=ready.input,
                        lost=rewrite.lost,
                        bleed=bleed(ready.input, passage.text, lexicon),
                    )
                )
        on_passage(done)
    stages = (
        StageCount("rewrite", len(passages), fit, Counter(reason for _, reason in rejected)),
        StageCount("variants", fit, len(pairs), {}),
    )
    for stage in stages:
        require(stage)
    return Made(tuple(pairs), tuple(rejected), stages)


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
