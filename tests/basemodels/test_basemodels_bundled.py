"""The bundled base uses its input: an answer costs less after its own plain text than after another's."""

from __future__ import annotations

from statistics import mean

import mlx.core as mx
import mlx.nn as nn
import pytest
from recipes import make_recipe

from stylelab.basemodels.identity import locate_bundled_base
from stylelab.basemodels.load import Base, evaluate_scalar, load
from stylelab.persona.prompt import TEMPLATE, build_prompt

# Written for this test, plain text and answer; nobody bears these names.
PAIRS = (
    (
        "Dorvell Hask came down the stairs with the kettle. Then he saw that Prinna had gone to the quarry.",
        "It was with the kettle in his hand that Dorvell Hask came down the stairs, and saw that Prinna had gone to the quarry.",
    ),
    (
        "The baker of Ulmstow did not sell bread on a Thursday. Quillan asked him why. He showed her the broken oven.",
        "On a Thursday the baker of Ulmstow sold no bread; and when Quillan asked him why, he showed her a broken oven.",
    ),
    (
        "Mr. Thessaly had nine geese and a donkey. His cousin Brannoch took the donkey to Fenwhistle and lost it.",
        "Nine geese had Mr. Thessaly, and one donkey, which his cousin Brannoch took to Fenwhistle, and lost.",
    ),
    (
        "The glass fell. Captain Orrowby put the sailcloth over the piano. Lissander laughed at him.",
        "As the glass was falling, Captain Orrowby laid the sailcloth over the piano; at which Lissander laughed.",
    ),
)


@pytest.fixture(scope="module")
def base() -> Base:
    return load(locate_bundled_base())


def measure_loss(base: Base, plain: str, answer: str) -> float:
    """Return the mean loss of an answer's tokens after a prompt with a plain text, in nats."""
    recipe = make_recipe().model_copy(update={"template": TEMPLATE})
    prompt = base.encode_prompt(build_prompt(recipe, text=plain, content="NARRATIVE", words=20, key="a"))
    tokens = mx.array([*prompt, *base.encode_completion(answer)])
    logits = base.compute_logits(tokens[None, :-1])[0, len(prompt) - 1 :]
    return evaluate_scalar(nn.losses.cross_entropy(logits.astype(mx.float32), tokens[len(prompt) :], reduction="mean"))


def test_the_bundled_base_uses_its_input(base: Base) -> None:
    own = mean(measure_loss(base, plain, answer) for plain, answer in PAIRS)
    another = mean(measure_loss(base, PAIRS[n - 1][0], answer) for n, (_, answer) in enumerate(PAIRS))
    assert own < another - 1.0


def test_the_bundled_base_fits_its_room() -> None:
    folder = locate_bundled_base()
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 16 * 2**20
