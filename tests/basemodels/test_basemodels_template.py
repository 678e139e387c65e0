"""Chat templates: the same text as transformers makes, and a clear error for one that is endless, huge, or loses the prompt."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import jinja2
import pytest

from models import INSTRUCT_CHAT, make_model
from stylelab.basemodels import template_bounds
from stylelab.basemodels.chat_template import format_today, render_chat
from stylelab.basemodels.encoding import load_encoding
from stylelab.errors import ModelError

TURNS = [
    {"role": "system", "content": "Say it plainly."},
    {"role": "user", "content": "  Ä “tide”\n###\n"},
    {"role": "assistant", "content": "<think>hm</think>It rose."},
    {"role": "user", "content": "And then?"},
]
# Written in the manner of the families, with what their templates use of the language.
CHATML = (
    "{%- if tools %}{{ tools|tojson }}{% endif %}{% for message in messages %}{% if loop.first and message.role != 'system' %}"
    "{{ '<|im_start|>system\nHelp.<|im_end|>\n' }}{% endif %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] }}"
    "{{- '<|im_end|>' ~ '\n' }}{% endfor %}\n{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
SCANNING = """\
{%- set ns = namespace(last=messages|length - 1, many=true) %}
{%- for message in messages[::-1] %}
  {%- set index = (messages|length - 1) - loop.index0 %}
  {%- if ns.many and message.role == "user" and message.content is string and not(message.content.startswith('<x>')) %}
    {%- set ns.many = false %}{%- set ns.last = index %}
  {%- endif %}
{%- endfor %}
{%- for message in messages %}
  {%- if message.role == "assistant" %}
    {%- set text = message.content.split('</think>')[-1].lstrip('\n') %}
    {{- '<' ~ message.role ~ '>' ~ text }}{% continue %}
  {%- endif %}
  {{- '<' + message.role + '>' + message.content | trim }}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<assistant>' }}{%- if enable_thinking is defined and not enable_thinking %}
{{- '<think></think>' }}{%- endif %}{%- endif %}
"""
MACROS = """\
{%- macro write(message, sep='|') -%}{{ [message.role, message.content]|join(sep) }}{%- endmacro -%}
{{ bos_token }}{% set parts = [] %}{% for message in messages if message.role in ('user', 'system') %}
    {% set tail = loop.last and '.' or ',' %}
    {% generation %}{{ write(message)|replace('tide', 'TIDE')|indent(2) }}{{ tail * 2 }}{% endgeneration %}
{% else %}none{% endfor %}{% for i in range(3) %}{{ i ** 2 % 3 }}{% if i == 1 %}{% break %}{% endif %}{% endfor %}
{{ {'role': 'ä"', 'n': [1, none, true]} | tojson(indent=2) }} {{ dict(a=1).items()|list }} {{ (1, 2) + (3,) }} {{ 7.5 // 2 }}
{{- ', '.join(['a', 'b']) }}{{ 'a-b'.split('-')|map('upper')|list }}
{{ messages|selectattr('role', 'equalto', 'user')|list|length }}
"""


@pytest.mark.parametrize(
    "chat", [CHATML, SCANNING, MACROS, INSTRUCT_CHAT], ids=["chatml", "scanning", "macros", "plain"]
)
@pytest.mark.parametrize("open_", [True, False])
def test_a_template_is_rendered_as_transformers_renders_it(tmp_path: Path, chat: str, open_: bool) -> None:
    own = load_encoding(make_model(tmp_path / "m", chat=chat))
    theirs = own.tokenizer.apply_chat_template(TURNS, tokenize=False, add_generation_prompt=open_)
    values = {**own.tokenizer.special_tokens_map, "enable_thinking": own.tokenizer.has_thinking}
    assert render_chat(chat, TURNS, open=open_, values=values) == theirs
    assert len(theirs) > 20


HOSTILE = {
    "a long range": "{% for i in range(10**9) %}x{% endfor %}",
    "many short ranges": "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}",
    "a text times a number": "{{ 'x' * 10**9 }}",
    "a list times a number": "{% set x = [0] * 10**9 %}",
    "doubling by ~": "{% set ns = namespace(x='xx') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "doubling by +": "{% set ns = namespace(x='xx') %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "doubling by a set block": "{% set ns = namespace(x='xx') %}{% for i in range(60) %}{% set y %}{{ ns.x }}{{ ns.x }}"
    "{% endset %}{% set ns.x = y %}{% endfor %}",
    "doubling by a list": "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}",
    "doubling by a dictionary": "{% set ns = namespace(x='x') %}{% for i in range(60) %}{% set ns.x = {1: ns.x, 2: ns.x} %}"
    "{% endfor %}",
    "squaring": "{% set ns = namespace(x=9**60) %}{% for i in range(60) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
    "a tower of powers": "{{ 9 ** (9 ** 9) }}",
    "a wide format": "{{ '%999999999d' % 1 }}",
    "the filter format": "{{ '%999999999d'|format(1) }}",
    "the method format": "{{ '{:999999999}'.format(1) }}",
    "format by its name in brackets": "{{ 'x'['format'](1) }}",
    "format through a filter": "{{ ['x']|map('format', 1)|list }}",
    "a wide center": "{{ 'x'|center(10**9) }}",
    "a wide ljust": "{{ 'x'.ljust(10**9) }}",
    "a wide zfill": "{{ '1'.zfill(10**9) }}",
    "a wide indent": "{{ ('x\n' * 9999)|indent(9999) }}",
    "replace": "{% set x = 'x' * 99999 %}{{ x|replace('x', x) }}",
    "the method replace": "{% set x = 'x' * 99999 %}{{ x.replace('x', x) }}",
    "join": "{{ range(9999)|join('x' * 9999) }}",
    "the method join": "{{ ('x' * 9999).join(['x'] * 9999) }}",
    "lorem ipsum": "{{ lipsum(n=10**6) if lipsum is defined else 'x' * 10**9 }}",
    "much, bit by bit": "{% set x = 'x' * 9999 %}{% for i in range(9999) %}{{ x }}{% endfor %}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a block that holds itself": "{% block b %}{{ self.b() }}{% endblock %}",
    "too long": "x" * 300_000,
    "too deep": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
}  # fmt: skip


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_a_template_without_bounds_ends_in_our_error(source: str) -> None:
    began, tracer = time.monotonic(), sys.gettrace()
    with pytest.raises(ModelError) as caught:
        render_chat(source, TURNS, open=True, values={})
    assert caught.value.code == "model_template" and caught.value.remedy
    assert time.monotonic() - began < template_bounds.MOST_SECONDS + 5
    assert sys.gettrace() is tracer


def test_slow_steps_end_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_bounds, "MOST_SECONDS", 0.0)
    with pytest.raises(ModelError, match="does not come to an end"):
        render_chat("{% for i in range(999) %}{% endfor %}", TURNS, open=True, values={})


@pytest.mark.parametrize(
    "source",
    [
        "{{ raise_exception('no') }}", "{{ 1 / 0 }}", "{{ messages[0].content.__class__ }}{{ x.y }}", "{{ messages.append(1) }}",
        "{% set ns = namespace(_x=1) %}", "{{ dict.mro() }}", "{% include 'x' %}", "{% if %}", "{{ messages['a'](1) }}",
    ],
)  # fmt: skip
def test_a_broken_template_is_one_kind_of_error(source: str) -> None:
    with pytest.raises(jinja2.TemplateError):
        render_chat(source, TURNS, open=True, values={})


def test_a_hostile_template_stops_whoever_reads_prompts_in_it(tmp_path: Path) -> None:
    own = load_encoding(make_model(tmp_path / "m", chat=INSTRUCT_CHAT + HOSTILE["a long range"]))
    with pytest.raises(ModelError, match="chat template"):
        own.encode_prompt("x")


def test_a_template_that_loses_the_prompt_is_refused(tmp_path: Path) -> None:
    deaf = load_encoding(make_model(tmp_path / "deaf", chat="<user>Hello.{{ eos_token }}<assistant>"))
    with pytest.raises(ModelError, match="loses the prompt"):
        deaf.encode_prompt("x")
    picky = INSTRUCT_CHAT.replace("{{ message['content'] }}", "{{ message['content'].split('###')[0] }}")
    own = load_encoding(make_model(tmp_path / "picky", chat=picky))
    assert own.render("The tide.") == "<user>The tide.\n<assistant>"
    with pytest.raises(ModelError, match="loses the prompt"):
        own.render("The tide.\n###\nIt rose.")


def test_a_template_that_refuses_a_prompt_is_our_error(tmp_path: Path) -> None:
    strict = (
        "{% if messages[0]['role'] == 'system' %}{{ raise_exception('no system role') }}{% endif %}" + INSTRUCT_CHAT
    )
    own = load_encoding(make_model(tmp_path / "m", chat=strict))
    with pytest.raises(ModelError, match="no system role") as caught:
        own.encode_turns([{"role": "system", "content": "Say it plainly."}, {"role": "user", "content": "The tide."}])
    assert caught.value.code == "model_template"


def test_a_prompt_is_the_same_on_every_day() -> None:
    assert format_today("%d %b %Y") == "26 Jul 2024"
    assert render_chat("{{ strftime_now('%Y') }}", TURNS, open=True, values={}) == "2024"
