"""Turn pairs into examples of the denoising stage: other names, other nouns, a prompt as StyleLab builds it.

In: PlainPairs. Out: prompts with their completions. Next: denoise, measure.
Names are changed alike on both sides, differently each time a pair is met. So no name can be known by heart, and the only way to
write one is to copy it from the input; the same is done with common nouns in some of the pairs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

import yaml
from plain_pairs import PlainPair

from stylelab.corpus.document import count_words
from stylelab.pairs.rename import load_name_lists, replace_names
from stylelab.persona.prompt import SEPARATOR, TEMPLATE, build_prompt
from stylelab.recipe import BasePart, Constraint, Frames, PersonaPart, Recipe, SamplingPart, Tool

SITUATIONS = Path(__file__).with_name("situations.yaml")
PERSONAS = 200  # drawn from the situations
ONSETS = re.findall(r"\w+", "b br c ch cr d dr f fl g gr h j k kl l m n p pr qu r s sh sl st t th tr v w wh z")
VOWELS = re.findall(r"\w+", "a e i o u a e i o ai ea ee oo ou")
ENDS = re.findall(r"\w+", "n r l s m t x nd rt ck sh by ton ley ster wick mond")


def build_recipe(persona: PersonaPart, length: str = "Write about {words} words.") -> Recipe:
    """Return a recipe that build_prompt takes; nothing in it but the persona and the length's line matters here."""
    tool = Tool(name="rules", version=1)
    return Recipe(
        persona=persona, template=TEMPLATE, separator=SEPARATOR, word_count_line=length, language=tool, classifier=tool,
        rewriter=tool, perturbation=tool, scale=1.0, seed=0, base=BasePart(name="", weights_sha256="", tokenizer_sha256=""),
    )  # fmt: skip


def load_situations() -> dict[str, list[str]]:
    """Return the lists that prompts are drawn from, by name."""
    return yaml.safe_load(SITUATIONS.read_text(encoding="utf-8"))


def draw_recipes(rng: random.Random) -> list[Recipe]:
    """Return recipes of invented personas, each with a few of the situations and lines."""
    lists = load_situations()

    def draw(name: str, fewest: int, most: int) -> tuple[str, ...]:
        return tuple(rng.sample(lists[name], rng.randint(fewest, most)))

    return [
        build_recipe(
            PersonaPart(
                name="invented", author="", worldview="", default_perspective="first_person_singular",
                default_content="NARRATIVE", sampling=SamplingPart.model_validate({}),
                frames=Frames(NARRATIVE=draw("narrative", 3, 6), CONCEPTUAL=draw("conceptual", 3, 6)),
                instructions=draw("instructions", 1, 3),
                constraints=tuple(Constraint(text=t, share=rng.choice((0.3, 0.5, 0.7))) for t in draw("advice", 3, 7)),
            ),
            rng.choice(lists["lengths"]),
        )
        for _ in range(PERSONAS)
    ]  # fmt: skip


def build_input_prompt(recipe: Recipe, plain: str, target: str, rng: random.Random) -> str:
    """Return the product's prompt for a plain text, which asks for the target's length."""
    content = "NARRATIVE" if rng.random() < 0.7 else "CONCEPTUAL"
    return build_prompt(recipe, text=plain, content=content, words=count_words(target), key=str(rng.random()))


def invent_name(rng: random.Random) -> str:
    """Return a name of two or three syllables that nobody has."""
    middle = "".join(rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(rng.randint(1, 2)))
    return (middle + rng.choice(ENDS)).capitalize()


class Scrambler:
    """Changes names and nouns of pairs.

    Args:
        pairs: Whose names and nouns are the ones to choose from.
    """

    def __init__(self, pairs: Sequence[PlainPair], rng: random.Random) -> None:
        lists = load_name_lists()
        self._rng = rng
        self._names = sorted({w for p in pairs for w in p.names} | {w for names in lists.values() for w in names})
        self._nouns = sorted({w for p in pairs for w in p.nouns if w[0] not in VOWELS})
        self._plurals = sorted({w for p in pairs for w in p.plurals if w[0] not in VOWELS})

    def scramble(self, pair: PlainPair, names: float, nouns: float) -> tuple[str, str]:
        """Return a pair's target and plain text with each name changed at one rate, and each noun at another."""
        rng = self._rng
        taken = set(pair.names)
        new: dict[str, str] = {}
        for word in pair.names:
            if rng.random() < names:
                fresh = invent_name(rng) if rng.random() < 0.3 else rng.choice(self._names)
                if fresh not in taken and fresh not in pair.target:
                    new[word] = fresh
                    taken.add(fresh)
        for words, pool in ((pair.nouns, self._nouns), (pair.plurals, self._plurals)):
            for word in words:
                if word[0] not in VOWELS and rng.random() < nouns:  # so that "a" and "an" stay right
                    new[word] = rng.choice(pool)
        if not new:
            return pair.target, pair.plain
        return replace_names(pair.target, new), replace_names(pair.plain, new)


def draw_example(
    pair: PlainPair, scrambler: Scrambler, recipes: Sequence[Recipe], rng: random.Random, *, repeat: float
) -> tuple[str, str]:
    """Return one prompt and its completion.

    Args:
        repeat: Share of examples whose completion is the plain text itself: the easiest lesson in copying.
    """
    nouns = 0.5 if rng.random() < 0.3 else 0.0
    target, plain = scrambler.scramble(pair, 0.85, nouns)
    completion = plain if rng.random() < repeat else target
    return build_input_prompt(rng.choice(recipes), plain, completion, rng), completion
