"""The one law: writing builds, byte for byte and token for token, the prompt that training built.

For every persona that comes along, content type, point of view and kind of model.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recipes import make_recipe

from models import INSTRUCT_CHAT, PLAIN_CHAT, make_model
from stylelab.basemodels.encoding import Encoding, load_encoding
from stylelab.batches.tokenise import tokenise
from stylelab.errors import StyleLabError
from stylelab.jobs.steps.rewriting import build_prompter
from stylelab.language import perturb
from stylelab.language.english import classify
from stylelab.pairs.draft import Drafter, DraftTools
from stylelab.pairs.make import Limits, PairMaker
from stylelab.pairs.pair import Pair
from stylelab.pairs.rewriters import load_text_tools
from stylelab.pairs.shapes import Anchor, Shape
from stylelab.persona import card
from stylelab.persona.prompt import SEPARATOR, TEMPLATE, WORD_COUNT_LINE
from stylelab.recipe import ContentType, PairsPlan, PersonaPart, Perspective, Recipe

QWEN = Path(__file__).resolve().parents[3] / "shared" / "models" / "tiny-random-qwen2"
TOOLS = load_text_tools("bundled")
PERSONAS = {name: card.load(path) for name, path in card.bundled_personas().items()}
STANCES: tuple[Perspective, ...] = get_args(Perspective)
TEXTS: dict[ContentType, str] = {
    "NARRATIVE": (
        "I left Vienna with Henry Marsh that morning, and at last I reached the lonely coast. Then I saw the lamp go out. "
        "I ran down to the water; afterwards I lifted the heavy rope, and nobody answered me."
    ),
    "CONCEPTUAL": (
        "I hold that patience is a form of knowledge. It is clear to me that truth means labour, and I believe that the "
        "principle of measure is the essence of justice. Beauty is an idea, and virtue is the mere habit of it."
    ),
}


@pytest.fixture(scope="module", params=["none", "plain", "instruct", "qwen"])
def encoding(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Encoding:
    """The tokenizer of every kind of model: without a chat template, a base's, an instruct model's, a real one's."""
    if request.param == "qwen":
        if not QWEN.is_dir():
            pytest.skip("the shared models are not here")
        return load_encoding(QWEN)
    chat = {"none": None, "plain": PLAIN_CHAT, "instruct": INSTRUCT_CHAT}[request.param]
    return load_encoding(make_model(tmp_path_factory.mktemp("kind") / "m", chat=chat))


@functools.cache
def recipe(persona: str, narrativise: bool = False) -> Recipe:
    changes = {
        "persona": PERSONAS[persona], "template": TEMPLATE, "separator": SEPARATOR, "word_count_line": WORD_COUNT_LINE,
        "perturbation": perturb.build_tool(TOOLS.words, 0.08, 0.15, 0.05), "language": TOOLS.reading.tool,
        "classifier": classify.TOOL,
        "rewriter": TOOLS.rewriter.tool, "pairs": PairsPlan.model_validate({"narrativise": narrativise}),
    }  # fmt: skip
    return make_recipe().model_copy(update=changes)


def trained(own: Recipe, text: str, shape: Shape, tokens: Encoding) -> Pair | None:
    """Return the pair that training makes of a text, or None where it has none in this point of view."""
    anchor = Anchor("a", "d", 0, text)
    draft = Drafter(TOOLS, DraftTools.of_recipe(own)).draft([anchor.request(shape)])[0]
    if draft.problem is not None:
        return None
    return PairMaker(own, TOOLS.words, Limits(tokens, 10**6, 1.0)).build(anchor, shape, draft)


def same(own: Recipe, pair: Pair, encoding: Encoding) -> bool:
    """Return whether writing from a pair's completion gives the model what training gave it."""
    ready = build_prompter(own).prepare(pair.completion)
    done = tokenise([(pair.id, pair.prompt, pair.completion)], encoding, 10**6)
    example = done.examples[0]
    head = [int(i) for i in example.tokens[: example.prompt_length]]
    return not ready.notes and ready.prompt == pair.prompt and encoding.encode_prompt(ready.prompt) == head


@pytest.mark.parametrize("content", TEXTS)
@pytest.mark.parametrize("persona", PERSONAS)
def test_for_every_persona_content_perspective_and_kind_of_model(
    persona: str, content: ContentType, encoding: Encoding
) -> None:
    own = recipe(persona)
    shapes = [Shape("original"), *(Shape("perspective", p) for p in STANCES if p != "first_person_singular")]
    made = [pair for shape in shapes if (pair := trained(own, TEXTS[content], shape, encoding))]
    assert {p.content for p in made} == {content}
    assert {p.perspective for p in made} == {None, *STANCES} - {"first_person_singular"}
    assert all(same(own, pair, encoding) for pair in made)


@pytest.mark.parametrize("stance", [p for p in STANCES if p != "first_person_singular"])
def test_an_input_turned_while_writing_is_the_one_that_training_turned(stance: Perspective, encoding: Encoding) -> None:
    own, text = recipe(next(iter(PERSONAS))), TEXTS["NARRATIVE"]
    pair = trained(own, text, Shape("perspective", stance), encoding)
    assert pair is not None
    ready = build_prompter(own).prepare(text, perspective=stance)
    assert ready.prompt == pair.prompt
    assert bool(ready.notes) == (stance not in own.pairs.perspectives), (
        "a point of view that training never saw is said"
    )


@pytest.mark.parametrize("default", ["first_person_singular", "impersonal"])
def test_the_personas_own_point_of_view_is_one_that_training_saw(default: Perspective) -> None:
    own = recipe("tidewright")
    persona = own.persona.model_copy(update={"default_perspective": default})
    own = own.model_copy(update={"persona": persona, "pairs": PairsPlan.model_validate({"perspectives": []})})
    prompter = build_prompter(own)
    for perspective in ("first_person_singular", "impersonal"):
        notes = prompter.prepare(TEXTS["NARRATIVE"], perspective=perspective).notes
        assert [perspective in note for note in notes] == ([] if perspective == default else [True])


def test_a_text_that_nobody_tells_cannot_be_turned() -> None:
    with pytest.raises(StyleLabError, match="no first person") as caught:
        build_prompter(recipe(next(iter(PERSONAS)))).prepare(
            "The tide was late. The boats lay on the mud.", perspective="third_person"
        )
    assert caught.value.code == "not_turned"


words = st.sampled_from(
    [*" ".join(TEXTS.values()).split(), "“Go,”", "one", "we", "you", "the observer", "Ω", "\n\n", "_x_"]
)
prose = st.lists(words, min_size=3, max_size=40).map(" ".join) | st.text(min_size=1, max_size=120)


@given(
    text=prose.map(str.strip).filter(bool),
    stance=st.sampled_from(["as_written", *STANCES]),
    narrativise=st.booleans(),
    persona=st.sampled_from(sorted(PERSONAS)),
)
@settings(max_examples=60)
def test_for_any_text(
    text: str, stance: Perspective, narrativise: bool, persona: str, plain_encoding: Encoding
) -> None:
    own = recipe(persona, narrativise)
    pair = trained(own, text, Shape("original" if stance == "as_written" else "perspective", stance), plain_encoding)
    if pair is not None and pair.completion.strip() == pair.completion != "":
        assert same(own, pair, plain_encoding)


@pytest.fixture(scope="module")
def plain_encoding(tmp_path_factory: pytest.TempPathFactory) -> Encoding:
    return load_encoding(make_model(tmp_path_factory.mktemp("kind") / "m", chat=INSTRUCT_CHAT))


def test_the_personas_differ_and_each_frame_is_met() -> None:
    assert len(PERSONAS) >= 2
    persona: PersonaPart = PERSONAS["tidewright"]
    encoding = object.__new__(Encoding)
    own = recipe("tidewright")
    prompts = [trained(own, f"{TEXTS['NARRATIVE']} It was day {n}.", Shape("original"), encoding) for n in range(30)]
    first = {pair.prompt.splitlines()[0] for pair in prompts if pair}
    assert first == set(persona.frames.NARRATIVE)
