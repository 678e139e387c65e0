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


@pytest.mark.parametrize(
    ("attack", "told"),
    [
        ("{{ text.__class__.__mro__[1].__subclasses__() }}", "not allowed"),
        ("{{ text.upper }}", "attribute 'upper'"),
        ("{{ loop.__init__ }}", "attribute '__init__'"),
        ("{{ text['__class__'] }}", "'getitem'"),
        ("{% for i in range(10**12) %}x{% endfor %}", "a loop may only go"),
        ("{% for a in constraints %}{% for b in constraints %}x{% endfor %}{% endfor %}", "a loop may only go"),
        ("{% for a in constraints recursive %}{{ loop(constraints) }}{% endfor %}", "a loop may only go"),
        ("{% for c in text %}x{% endfor %}", "a loop may only go"),
        ("{{ range(10**12)|list }}", "filter 'list'"),
        ("{{ 'x' * 10**12 }}", "'mul'"),
        ("{{ 10**10**10 }}", "'pow'"),
        ("{{ '%999999999d'|format(1) }}", "filter 'format'"),
        ("{{ text|center(10000000000) }}", "filter 'center'"),
        ("{{ text|join('x')|join('y') }}", "filter 'join'"),
        ("{{ constraints|join('" + "x" * 50 + "') }}", "filter 'join'"),
        ("{{ lipsum(n=100000) }}", "'call'"),
        ("{% import 'os' as os %}", "'import'"),
        ("{% from 'os' import system %}", "'fromimport'"),
        ("{% include '/etc/passwd' %}", "'include'"),
        ("{% extends 'x' %}", "'extends'"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "'macro'"),
        ("{% set x = 1 %}", "'assign'"),
        ("{% block b %}{% endblock %}", "'block'"),
        ("{{ text is callable }}", "test 'callable'"),
        ("{{" + "(" * 3000 + "1" + ")" * 3000 + "}}", "too deep"),
        ("{{ " + "9" * 6000 + " }}", "beyond measure"),
        ("x" * 9000, "9,000 characters"),
        ("{{ unknown }}", "undefined"),
        ("{{ text", "line 1"),
    ],
)
def test_what_a_prompt_does_not_need_is_refused_before_it_runs(attack: str, told: str) -> None:
    with pytest.raises(PersonaError) as caught:
        prompt(template=attack)
    assert told in caught.value.message and caught.value.code == "template"


def test_a_prompt_that_grows_without_measure_is_stopped() -> None:
    recipe = make_recipe().model_copy(update={"template": "{{ text }}" * 700})
    with pytest.raises(PersonaError, match="writes more than"):
        build_prompt(recipe, text="x" * 10_000, content="NARRATIVE", words=10, key="k")


def test_what_a_prompt_needs_is_allowed() -> None:
    template = (
        "{% if constraints %}{% for line in constraints %}{{ loop.index }}. {{ line|trim }}{% if not loop.last %}, "
        "{% endif %}{% endfor %}{% endif %}|{{ constraints|length }}|{{ author|upper ~ '!' }}"
    )
    text = prompt(template=template)
    assert text.startswith("1. Be ") and text.endswith("|2|NOBODY!")
