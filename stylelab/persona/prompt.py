"""The one function that builds a prompt, in training and in writing.

In: a recipe and a neutral input. Out: the prompt. Next rooms: pairs, writing. The template is sandboxed Jinja2 and may
use only the names given here; an unknown name is an error.
"""

from __future__ import annotations

import random

from jinja2 import DictLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from stylelab.errors import PersonaError
from stylelab.files import sha256_text
from stylelab.recipe import ContentType, Recipe

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
FEWEST, MOST = 2, 4  # constraint lines in a prompt (METHOD §2)

_environment = ImmutableSandboxedEnvironment(
    loader=DictLoader({}), undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=False, autoescape=False
)


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
        "word_count_line": word_count_line(recipe, words),
        "constraints": constraints(recipe, rng),
        "text": text,
        "separator": recipe.separator,
        "author": persona.author,
        "worldview": persona.worldview,
    }
    try:
        return _environment.from_string(recipe.template).render(values)
    except (TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError) as error:
        raise PersonaError(
            f"The prompt template cannot be rendered: {error}.", remedy="Correct the template.", code="template"
        ) from error


def word_count_line(recipe: Recipe, words: int) -> str:
    """Return the line that asks for a length.

    The line comes from a recipe, which may be a stranger's: `str.format` would let it reach into Python's objects.
    """
    return recipe.word_count_line.replace("{words}", str(max(10, round(words / 10) * 10)))


def constraints(recipe: Recipe, rng: random.Random) -> list[str]:
    """Return the constraint lines of one prompt: each at its share, two to four of them where there are as many."""
    own = list(recipe.persona.constraints)
    rng.shuffle(own)
    chosen = [c for c in own if rng.random() < c.share]
    rest = [c for c in own if c not in chosen]
    chosen += rest[: max(0, FEWEST - len(chosen))]
    return [c.text for c in chosen[:MOST]]
