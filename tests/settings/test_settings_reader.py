"""What people write in settings is read, or named by file, line, column and key; nothing they write exhausts the machine."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from stylelab.corpus import plan as corpus_plan
from stylelab.errors import CorpusError, FileError, PersonaError, ProjectError, StyleLabError, TrainingError
from stylelab.pairs import plan as pairs_plan
from stylelab.persona import card
from stylelab.project.project import open_project
from stylelab.settings.declaration import setting
from stylelab.settings.reader import CHARACTERS, Faults, load_settings, parse_document, wrap_mapping
from stylelab.training import mlxlm
from stylelab.training.plan import Plan

FAULTS = Faults(StyleLabError, syntax="a_syntax", key="a_key", value="a_value")


class Lamp(BaseModel):
    """A part of a setting."""

    model_config = ConfigDict(extra="forbid")

    oil: str = setting("rape", "Oil", "What it burns.")
    height: float = setting(..., "Height", "Where it hangs.", unit="m", gt=0)


class House(BaseModel):
    """Settings of every kind."""

    model_config = ConfigDict(extra="forbid")

    schema_version: Literal[1] = Field(1, alias="schema")
    rooms: int = setting(3, "Rooms", "How many.", ge=1, le=9)
    lamps: tuple[Lamp, ...] = setting((), "Lamps", "Those that burn.")
    porch: Lamp | None = setting(None, "Porch", "The one outside.")


DEFAULTS = House.model_validate({})


def read(text: str) -> House:
    return parse_document(text, "house.yaml", FAULTS).build(House)


def test_a_text_becomes_a_record_and_an_empty_one_has_the_defaults() -> None:
    assert read("rooms: 4\nlamps:\n  - {height: 2}\n").lamps[0].height == 2.0
    assert read("") == read("# nothing\n") == DEFAULTS


@pytest.mark.parametrize(
    ("text", "code", "told", "remedy"),
    [
        ("schema: 1\nrooms: 12\n", "a_value", "house.yaml, line 2, column 8: rooms: ", "Correct 'rooms'."),
        ("rooms: many\n", "a_value", "line 1, column 8: rooms: ", "Correct 'rooms'."),
        ("rooms: 4\nroms: 4\n", "a_key", "line 2, column 1: roms: there is no such field", "Did you mean 'rooms'?"),
        ("shema: 1\n", "a_key", "line 1, column 1: shema: ", "Did you mean 'schema'?"),
        ("zzz: 1\n", "a_key", "line 1, column 1: zzz: ", "Known keys: schema, rooms, lamps, porch."),
        ("lamps:\n  - oil: whale\n", "a_value", "line 2, column 5: lamps.0.height: it is missing", "Add 'height' there."),
        ("lamps:\n  - {height: 1, oill: x}\n", "a_key", "line 2, column 17: lamps.0.oill", "Did you mean 'oil'?"),
        ("porch: {height: 1, hight: 2}\n", "a_key", "line 1, column 20: porch.hight", "Did you mean 'height'?"),
        ("1: 2\n", "a_key", "line 1, column 1: 1: there is no such field", "Remove '1'."),
        ("- rooms\n", "a_syntax", "house.yaml, line 1, column 1: this is no list of 'key: value' lines", "key: value"),
        ("just words", "a_syntax", "line 1, column 1", "key: value"),
        ("rooms: 4\nlamps: [\n", "a_syntax", "line 3, column 1", "Correct it there."),
        ("rooms: 4\nrooms: 5\n", "a_syntax", "line 2, column 1: 'rooms' stands here again, first at line 1", "Correct it"),
        ("rooms: 1\nlamps:\n  - {oil: a, oil: b}\n", "a_syntax", "line 3, column 14: 'oil' stands here again", "Correct"),
        ("rooms: 4\nporch: \x07\n", "a_syntax", "line 2, column 8: the sign U+0007", "Remove it there."),
        ("rooms: 4\nporch: 2026-13-99\n", "a_syntax", "line 2, column 8: '2026-13-99' is no value", "Correct it there."),
        ("rooms: !!bool maybe\n", "a_syntax", "line 1, column 8", "Correct it there."),
        ("rooms: !!int ''\n", "a_syntax", "line 1, column 8", "Correct it there."),
        (f"rooms: {'1:' * 200}1.5\n", "a_syntax", "line 1, column 8", "Correct it there."),
        ("rooms: !!python/object/apply:os.system ['x']\n", "a_syntax", "line 1, column 8", "Correct it there."),
        ("? [a]\n: 1\n", "a_syntax", "line 1, column 3", "Correct it there."),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place_its_key_and_what_to_do(text: str, code: str, told: str, remedy: str) -> None:
    with pytest.raises(StyleLabError) as caught:
        read(text)
    assert (caught.value.code, told in caught.value.message, remedy in caught.value.remedy) == (code, True, True), (
        caught.value.message,
        caught.value.remedy,
    )


BOMB = "\n".join(["a0: &a0 [x, x, x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]" for n in range(1, 30))])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (BOMB, "more than 50,000 values"),
        ("rooms: &a [*a]", "an alias holds itself"),
        ("rooms: &a {b: {c: *a}}", "an alias holds itself"),
        ("rooms: " + "[" * 5000 + "]" * 5000, "nested more than 32 deep"),
        ("rooms: " + "{a: " * 400 + "}" * 400, "nested more than 32 deep"),
        ("\n".join(["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 3000))]), "nested more than 32 deep"),
        ("rooms: '" + "x" * CHARACTERS + "'", f"{CHARACTERS + 9:,} characters"),
    ],
    ids=["bomb", "recursion", "deep recursion", "lists", "mappings", "chain of aliases", "size"],
)
def test_what_would_exhaust_memory_or_the_stack_is_refused_at_once(text: str, told: str) -> None:
    began = time.monotonic()
    with pytest.raises(StyleLabError) as caught:
        read(text)
    assert caught.value.code == "a_syntax" and told in caught.value.message
    assert time.monotonic() - began < 5


def test_an_alias_that_is_no_attack_is_read() -> None:
    assert read("lamps:\n  - &a {height: 1}\n  - *a\n").lamps == (Lamp(height=1),) * 2


@given(st.text(max_size=200) | st.text(alphabet="ab1:-[]{}&*!|>?<'\"#~\n ", max_size=80))
def test_any_text_is_settings_or_an_error_of_ours(text: str) -> None:
    for whole in (text, "rooms: 2\n" + text, "lamps:\n  - height: 1\n    oil: " + text):
        with contextlib.suppress(StyleLabError):
            read(whole)


def test_a_mapping_that_was_never_a_text_is_checked_the_same() -> None:
    assert wrap_mapping(None, "a request", FAULTS).build(House) == DEFAULTS
    with pytest.raises(StyleLabError, match="a request holds no settings"):
        wrap_mapping(["rooms"], "a request", FAULTS)
    with pytest.raises(StyleLabError) as caught:
        wrap_mapping({"roms": 1}, "a request", FAULTS).build(House)
    assert (caught.value.message, caught.value.code) == ("a request: roms: there is no such field.", "a_key")


def test_files_that_are_no_text_are_named(tmp_path: Path) -> None:
    path = tmp_path / "house.yaml"
    with pytest.raises(FileError):
        load_settings(House, path, FAULTS)
    path.write_bytes("rooms: 4\nporch: Käthe".encode("latin-1"))
    with pytest.raises(StyleLabError, match=r"house\.yaml is not UTF-8, line 2, column 9"):
        load_settings(House, path, FAULTS)
    path.write_bytes(b"\xef\xbb\xbfrooms: 5\n")  # as some editors begin a file
    assert load_settings(House, path, FAULTS).rooms == 5


def test_every_file_of_a_project_is_read_so(tmp_path: Path) -> None:
    whole = card.bundled_personas()["tidewright"].read_text(encoding="utf-8")
    cases = [
        (lambda: card.parse(whole.replace("  top_p:", "  topp:"), "x"), PersonaError, "persona_field", "38, column 3"),
        (lambda: corpus_plan.load(tmp_path / "x"), CorpusError, "corpus_yaml", "line 2, column 1"),
        (lambda: pairs_plan.load(tmp_path / "x"), StyleLabError, "pairs_plan", "line 2, column 1"),
        (lambda: pairs_plan.parse("rate: 0.1\nrewriter: local\n", "x"), StyleLabError, "pairs_plan", "line 2, column 11"),
        (lambda: Plan.load(tmp_path / "x"), TrainingError, "plan_key", "line 2, column 1"),
        (lambda: open_project(tmp_path), ProjectError, "project_yaml", "line 2, column 1"),
        (lambda: mlxlm.load(tmp_path / "config"), TrainingError, "plan_value", "line 3, column 9"),
        (lambda: mlxlm.load(tmp_path / "schedule"), TrainingError, "plan_value", "line 2, column 14"),
        (lambda: mlxlm.load(tmp_path / "odd"), TrainingError, "plan_value", "line 2, column 18"),
    ]  # fmt: skip
    for name in ("x", "project.yaml"):
        (tmp_path / name).write_text("# settings\nseeed: 1\n")
    (tmp_path / "config").write_text("model: x\nlora_parameters:\n  rank: 0\n")
    (tmp_path / "schedule").write_text("model: x\nlr_schedule: {name: cosine_decay}\n")
    (tmp_path / "odd").write_text("model: x\nlora_parameters: [rank]\n")
    for do, kind, code, place in cases:
        with pytest.raises(kind) as caught:
            do()
        assert caught.value.code == code and place in caught.value.message, caught.value.message


def test_a_config_of_mlx_lm_is_told_from_a_plan_by_its_keys(tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    path.write_text("rank: 8\n")
    assert mlxlm.load(path).rank == 8
    path.write_text(
        "model: x\nlora_parameters: {rank: 16}\nlr_schedule: {name: cosine_decay, arguments: [1.0e-4, 9]}\n"
    )
    assert (mlxlm.load(path).rank, mlxlm.load(path).lr_schedule, mlxlm.load(path).learning_rate) == (16, "cosine", 1e-4)
