"""The one function that builds a prompt, in training and in writing.

In: a recipe and a neutral input. Out: the prompt. Next rooms: pairs, writing. The template may use only the names given
here (persona.template says what else it may do). For a base model the prompt is what the model reads; an instruct model
reads it inside its own chat template, which is put around it where prompts become tokens (basemodels.load), in training
and in writing alike; so a dataset holds the same plain prompts for both kinds, as stock tools expect.
"""

from __future__ import annotations

import math
import random

from stylelab.files import sha256_text
from stylelab.persona.card import FEWEST, MOST
from stylelab.persona.template import render
from stylelab.recipe import Constraint, ContentType, Recipe

SEPARATOR = "###"
WORD_COUNT_LINE = "Write about {words} words."
TEMPLATE = """\
{{ frame }}
{{ instruction }}
{{ word_count_line }}
{% for line in constraints %}- {{ line }}
{% endfor %}
{{ text }}
{{ separator }}
"""


def build_prompt(recipe: Recipe, *, text: str, content: ContentType, words: int, key: str) -> str:
    """Return the prompt for a neutral input.

    Args:
        text: The neutral, perturbed input.
        words: Length asked for; said rounded to tens, and at least ten.
        key: Decides, with the recipe's seed, which frame, instruction and constraints are taken.

    Raises:
        PersonaError: The template is wrong or does what the sandbox forbids.
    """
    rng = random.Random(sha256_text(f"{recipe.seed}\0{key}"))
    persona = recipe.persona
    frames = persona.frames.NARRATIVE if content == "NARRATIVE" else persona.frames.CONCEPTUAL
    values = {
        "frame": rng.choice(frames),
        "instruction": rng.choice(persona.instructions),
        "word_count_line": build_word_count_line(recipe, words),
        "constraints": choose_constraints(recipe, rng),
        "text": text,
        "separator": recipe.separator,
        "author": persona.author,
        "worldview": persona.worldview,
    }
    return render(recipe.template, values)


def build_word_count_line(recipe: Recipe, words: int) -> str:
    """Return the line that asks for a length.

    The line comes from a recipe, which may be a stranger's: `str.format` would let it reach into Python's objects.
    """
    return recipe.word_count_line.replace("{words}", str(max(10, round(words / 10) * 10)))


def choose_constraints(recipe: Recipe, rng: random.Random) -> list[str]:
    """Return the constraint lines of one prompt: each at its share, two to four of them where there are as many.

    Shares that add up to 2 to 4 are met exactly; smaller ones are filled up to two lines, larger ones cut to four.

    **Source:** systematic sampling with unequal probabilities, Madow 1949, doi:10.1214/aoms/1177729988: shares laid end
    to end, one taken at every whole step from a random start.
    """
    own = list(recipe.persona.constraints)
    rng.shuffle(own)
    at = rng.random()
    chosen: list[Constraint] = []
    for line in own:
        if math.floor(at + line.share) > math.floor(at):
            chosen.append(line)
        at += line.share
    rest = [c for c in own if c not in chosen]
    chosen += rest[: max(0, FEWEST - len(chosen))]
    return [c.text for c in chosen[:MOST]]
