"""Persona files and the one function that builds a prompt."""

from __future__ import annotations

import pytest
from recipes import make_recipe

from stylelab.errors import PersonaError
from stylelab.persona import card
from stylelab.persona.prompt import TEMPLATE, build_prompt
from stylelab.recipe import Recipe

GOOD = card.bundled_personas()["tidewright"].read_text(encoding="utf-8")


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
    found = card.bundled_personas()
    assert {"tidewright", "plain_workshop"} <= found.keys()
    for path in found.values():
        own = card.load(path)
        assert not any(f.startswith("You are ") and "writing" not in f for f in own.frames.NARRATIVE)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("schema: 1", "schema: 9"), "schema: 1"),
        (("share: 0.5", "share: 5"), "line"),
        (("author: Ansel Merrow", "writer: Ansel Merrow"), "author"),
        (("frames:", "frames: ["), "line"),
    ],
)
def test_faults_name_field_or_line(change: tuple[str, str], told: str) -> None:
    with pytest.raises(PersonaError) as caught:
        card.parse(GOOD.replace(*change, 1), "p.yaml")
    assert told in caught.value.message and caught.value.remedy
