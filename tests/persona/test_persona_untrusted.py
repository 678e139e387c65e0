"""Recipes and persona files may come from strangers, and may be damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from recipes import make_recipe

from stylelab.errors import PersonaError
from stylelab.persona import card
from stylelab.persona.prompt import TEMPLATE, build_prompt


def prompt(**changes: object) -> str:
    recipe = make_recipe().model_copy(update={"template": TEMPLATE, **changes})
    return build_prompt(recipe, text="x", content="NARRATIVE", words=83, key="k")


def test_the_word_count_line_cannot_reach_into_objects() -> None:
    assert "{words.__class__}" in prompt(word_count_line="About {words.__class__} or {words}.")
    assert "or 80." in prompt(word_count_line="About {words.__class__} or {words}.")


@pytest.mark.parametrize("template", ["{{ 1 / 0 }}", "{{ text + 1 }}", "{{ text.format(1, 2) }}{{ {}[1] }}"])
def test_a_template_that_fails_is_an_error_with_a_remedy(template: str) -> None:
    with pytest.raises(PersonaError):
        prompt(template=template)


def test_a_persona_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes("name: Käthe".encode("latin-1"))
    with pytest.raises(PersonaError, match=r"mine\.yaml is not UTF-8"):
        card.load(path)
