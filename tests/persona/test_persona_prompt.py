"""Persona files and the one function that builds a prompt."""

from __future__ import annotations

import contextlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recipes import make_recipe

from stylelab.errors import PersonaError
from stylelab.persona import card
from stylelab.persona.prompt import TEMPLATE, build_prompt
from stylelab.recipe import Constraint, Frames, Recipe

GOOD = card.list_bundled_personas()["tidewright"].read_text(encoding="utf-8")


def recipe(**changes: object) -> Recipe:
    return make_recipe().model_copy(update={"template": TEMPLATE, **changes})


def test_the_prompt_has_its_shape_by_hand() -> None:
    prompt = build_prompt(recipe(), text="The rain fell.", content="NARRATIVE", words=83, key="k")
    lines = prompt.split("\n")
    assert lines[:3] == ["It is late.", "Write it again.", "Write about 80 words."]
    assert sorted(lines[3:5]) == ["- Be brief.", "- Be clear."]
    assert lines[5:] == ["", "The rain fell.", "###", ""]


def test_content_chooses_the_frame_and_the_key_the_rest() -> None:
    own = recipe()
    assert build_prompt(own, text="x", content="CONCEPTUAL", words=10, key="k").startswith("It is early.")
    a = [build_prompt(own, text="x", content="NARRATIVE", words=10, key=str(i)) for i in range(20)]
    assert a == [build_prompt(own, text="x", content="NARRATIVE", words=10, key=str(i)) for i in range(20)]
    assert len(set(a)) > 1


@pytest.mark.parametrize(
    "template", ["{{ nothing }}", "{{ text.__class__.__mro__ }}", "{% for x in %}", "{% include 'x' %}"]
)
def test_wrong_or_forbidden_templates_are_refused(template: str) -> None:
    with pytest.raises(PersonaError):
        build_prompt(recipe(template=template), text="x", content="NARRATIVE", words=10, key="k")


def test_text_that_looks_like_a_template_is_not_run() -> None:
    prompt = build_prompt(recipe(), text="{{ 7 * 7 }}", content="NARRATIVE", words=10, key="k")
    assert "{{ 7 * 7 }}" in prompt


def test_every_bundled_persona_is_in_order() -> None:
    found = card.list_bundled_personas()
    assert {"tidewright", "plain_workshop"} <= found.keys()
    for path in found.values():
        own = card.load(path)
        assert not any(f.startswith("You are ") and "writing" not in f for f in own.frames.NARRATIVE)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("schema: 1", "schema: 9", ("schema: 1",)),
        ("    share: 0.3\n", "    share: 3\n", ("line 33, column 12", "constraints.4.share")),
        ("author: Ansel Merrow", "writer: Ansel Merrow", ("author", "missing")),
        ("frames:", "frames: [", ("line", "column")),
        ("instructions:", "frames:", ("line 20, column 1", "'frames' stands here again, first at line 9")),
        ("  top_p: 0.95", "  top_k: 0.95", ("line 38, column 3", "sampling.top_k: there is no such field")),
        ("  NARRATIVE:", "  NARRATIV:", ("frames.NARRATIVE", "missing", "line 10, column 3")),
        ("name: tidewright", "name: [tidewright]", ("line 2, column 7", "name")),
        ("schema: 1", "just words", ("line",)),
        ("name: tidewright", "name: \x07", ("p.yaml",)),
        ("name: tidewright", "name: 2026-99-99", ("p.yaml",)),
    ],
)
def test_faults_name_field_line_and_column(old: str, new: str, told: tuple[str, ...]) -> None:
    assert old in GOOD
    with pytest.raises(PersonaError) as caught:
        card.parse(GOOD.replace(old, new, 1), "p.yaml")
    assert all(words in caught.value.message for words in told), caught.value.message
    assert caught.value.remedy


@given(st.text(max_size=200) | st.text(alphabet="ab:-[]{}&*!|>'\"#\n ", max_size=60))
def test_any_text_is_a_persona_or_an_error_of_ours(text: str) -> None:
    for whole in (text, "schema: 1\n" + text, GOOD + text):
        with contextlib.suppress(PersonaError):
            card.parse(whole, "p.yaml")


def test_constraints_appear_at_their_share() -> None:
    own = card.parse(GOOD, "p.yaml")
    whole = recipe(persona=own)
    count = 3000
    met = Counter(
        line
        for n in range(count)
        for line in build_prompt(whole, text="", content="NARRATIVE", words=10, key=str(n)).split("\n- ")[1:]
    )
    assert sum(c.share for c in own.constraints) == pytest.approx(2.5)
    for c in own.constraints:
        assert met[c.text] + met[c.text + "\n\n\n###\n"] == pytest.approx(c.share * count, abs=4 * (count / 4) ** 0.5)


@pytest.mark.parametrize(("shares", "fewest", "most"), [((0.1,) * 5, 2, 2), ((1.0,) * 6, 4, 4), ((0.5,) * 6, 3, 3)])
def test_two_to_four_constraints_stand_in_a_prompt(shares: tuple[float, ...], fewest: int, most: int) -> None:
    lines = tuple(Constraint(text=f"Line {n}.", share=s) for n, s in enumerate(shares))
    whole = recipe(persona=make_recipe().persona.model_copy(update={"constraints": lines}))
    counts = {
        build_prompt(whole, text="x", content="NARRATIVE", words=10, key=str(n)).count("- Line") for n in range(200)
    }
    assert (min(counts), max(counts)) == (fewest, most)


def test_what_does_not_work_in_personas_is_said() -> None:
    own = card.parse(GOOD, "p.yaml")
    assert card.review_persona(own) == []
    bad = own.model_copy(
        update={
            "frames": Frames(NARRATIVE=("You are H. P. Lovecraft.",), CONCEPTUAL=("It is late.",)),
            "constraints": tuple(Constraint(text=str(n), share=1.0) for n in range(10)),
        }
    )
    told = " ".join(card.review_persona(bad))
    assert "who the writer is" in told and "10 constraints" in told and "add up to 10.0" in told
