"""Settings are written with every key explained, and changed in a text without losing what a person wrote around them."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel

from stylelab.corpus.plan import CorpusPlan
from stylelab.pairs import plan as pairs_plan
from stylelab.project.project import ProjectSettings
from stylelab.recipe import PairsPlan
from stylelab.settings.declaration import describe_settings, setting
from stylelab.settings.writer import dump_settings, format_value, replace_value
from stylelab.training.defaults import choose_defaults
from stylelab.training.plan import Plan


class Door(BaseModel):
    """Settings of every kind."""

    width: float = setting(0.9, "Width", "How wide it is.")
    names: tuple[str, ...] = setting(("oak", "a b"), "Names", "What it is called.")
    bell: str | None = setting(None, "Bell", "How it rings.")


def test_a_record_is_written_with_its_meanings_by_hand() -> None:
    assert dump_settings(Door(), "A door.") == (
        "# A door.\n# How wide it is.\nwidth: 0.9\n# What it is called.\nnames:\n- oak\n- a b\n# How it rings.\nbell: \n"
    )
    assert dump_settings(Door(), "A door.", comments="beside", lists="flow") == (
        "# A door.\nwidth: 0.9  # How wide it is.\nnames: [oak, a b]  # What it is called.\nbell:   # How it rings.\n"
    )


@pytest.mark.parametrize(
    ("text", "head", "inside"),
    [
        (
            choose_defaults(4_000_000, 0, 0).dump_yaml(),
            "# How to train. Every key is explained; unknown keys are refused.\n"
            "# lora; or dora, which learns each output's magnitude apart and takes longer.\nfine_tune_type: lora\n",
            "\nkeys:\n- self_attn.q_proj\n- self_attn.k_proj\n",
        ),
        (
            pairs_plan.dump(pairs_plan.SMALL),
            "# Which pairs to make. Every key is explained; unknown keys are refused.\n"
            "# What makes text plain: rules (no model), a local instruct model, or a remote endpoint.\nrewriter: rules\n",
            "\nperspectives: [first_person_plural, third_person]\n",
        ),
        (
            CorpusPlan.model_validate({}).dump_yaml(),
            "# How the corpus is cut and chosen. Run 'stylelab corpus clean' after a change.\n"
            "min_words: 60  # Shortest passage, in words; short paragraphs of a scene join.\n",
            "\nmax_tokens:   # Longest passage, in tokens of the base; empty: what it can take as input and answer.\n",
        ),
        (
            ProjectSettings.model_validate({"author": "Ansel Merrow"}).dump_yaml(),
            "# A StyleLab project. 'base' is the base model: bundled (tiny, for trying out), a name in the library or a"
            " folder.\n",
            "\nschema: 1\nauthor: Ansel Merrow\nbase: bundled\n",
        ),
    ],
    ids=["training", "pairs", "corpus", "project"],
)
def test_every_file_of_a_project_keeps_its_layout(text: str, head: str, inside: str) -> None:
    assert text.startswith(head) and inside in text


@given(st.floats(0, 1), st.lists(st.text(max_size=20), max_size=3), st.none() | st.text(max_size=40))
def test_what_is_written_is_read_back(width: float, names: list[str], bell: str | None) -> None:
    door = Door(width=width, names=tuple(names), bell=bell)
    for comments in ("above", "beside", "none"):
        for lists in ("block", "flow"):
            text = dump_settings(door, "A door.", comments=comments, lists=lists)
            assert Door.model_validate(yaml.safe_load(text)) == door


@pytest.mark.parametrize("model", [Plan, PairsPlan, CorpusPlan])
def test_every_setting_has_a_title_and_a_meaning(model: type[BaseModel]) -> None:
    declared = describe_settings(model).values()
    assert all(one.meaning.endswith(".") and one.title[0].isupper() for one in declared)
    assert len({one.title for one in declared}) == len(declared), "two settings of a form are called the same"


@example({"a": ""}, "\x85")
@given(st.dictionaries(st.sampled_from("abc"), st.text(max_size=30), min_size=1), st.text(max_size=60))
def test_a_value_put_into_yaml_is_read_back_and_the_rest_stays(values: dict[str, str], new: str) -> None:
    text = "# a comment\n" + yaml.safe_dump(values)  # with escapes: PyYAML loses some separators otherwise
    key = sorted(values)[0]
    changed = replace_value(text, (key,), new)
    assert yaml.safe_load(changed) == {**values, key: new}
    assert changed.startswith("# a comment")


def test_a_list_in_yaml_changes_in_its_place() -> None:
    text = "frames:\n  A:\n    - one\n    - two  # a note\n  B: [x]\n# the end\n"
    changed = replace_value(text, ("frames", "A"), ["three"])
    assert yaml.safe_load(changed) == {"frames": {"A": ["three"], "B": ["x"]}}
    assert changed.endswith("# the end\n")


def test_a_key_that_is_not_there_is_added_and_the_others_keep_their_order_and_comments() -> None:
    text = "b: 1  # why\n\n# about a\na: 2\n"
    assert replace_value(text, ("b",), 3) == "b: 3  # why\n\n# about a\na: 2\n"
    assert replace_value(text, ("c",), [1]) == text + "c:\n  - 1\n"
    assert replace_value("[" * 5000, ("c",), 1) == "[" * 5000 + "\nc: 1\n", (
        "a text that nobody can read keeps its words"
    )


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, " 1.0"), ("yes", " 'yes'"), ("wait...", " wait..."), ("...", " '...'"), ([], " []")]
)
def test_a_value_is_formatted_as_yaml_reads_it(value: Any, text: str) -> None:
    assert format_value(value, 2) == text and yaml.safe_load(f"k:{text}") == {"k": value}
