"""The recipe's seal, and files that appear whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from recipes import make_recipe

from stylelab import files, paths
from stylelab.errors import FileError, RecipeError
from stylelab.recipe import Recipe, list_differences


def test_a_recipe_comes_back_with_its_seal(tmp_path: Path) -> None:
    recipe = make_recipe()
    recipe.save(tmp_path / "recipe.json")
    assert Recipe.load(tmp_path / "recipe.json") == recipe


def test_a_changed_recipe_is_refused(tmp_path: Path) -> None:
    make_recipe().save(tmp_path / "recipe.json")
    value = json.loads((tmp_path / "recipe.json").read_text())
    value["scale"] = 9.0
    (tmp_path / "recipe.json").write_text(json.dumps(value))
    with pytest.raises(RecipeError) as caught:
        Recipe.load(tmp_path / "recipe.json")
    assert caught.value.code == "recipe_seal"


def test_every_field_is_under_the_seal() -> None:
    recipe = make_recipe()
    changed = [
        recipe.with_scale(3.0),
        recipe.model_copy(update={"seed": 1}),
        recipe.model_copy(update={"template": "x"}),
        recipe.model_copy(update={"persona": recipe.persona.model_copy(update={"worldview": "x"})}),
        recipe.model_copy(update={"base": recipe.base.model_copy(update={"weights_sha256": "1"})}),
    ]
    assert len({recipe.hash, *(r.hash for r in changed)}) == 1 + len(changed)


def test_the_difference_is_said_in_words() -> None:
    assert list_differences(make_recipe(), make_recipe()) == []
    assert list_differences(make_recipe(), make_recipe(scale=1.5)) == ["The scale changed from 2 to 1.5."]
    own = make_recipe()
    frames = own.persona.frames.model_copy(update={"NARRATIVE": ("It is noon.",)})
    other = own.model_copy(
        update={
            "persona": own.persona.model_copy(update={"frames": frames, "constraints": own.persona.constraints[:1]}),
            "rewriter": own.rewriter.model_copy(update={"parameters": {"weights_sha256": "a" * 64, "pivot": "German"}}),
            "pairs": own.pairs.model_copy(update={"perspectives": ("impersonal",), "robustness": False}),
        }
    )
    assert list_differences(own, other) == [
        "The persona: frames, narrative lost “It is late.”, gained “It is noon.”.",
        "The persona: constraints lost text “Be clear.”, share 0.5.",
        "The rewriter: weights gained aaaaaaaaaaaa.",
        "The rewriter: pivot gained “German”.",
        "The plan of pairs: robustness changed from yes to no.",
        "The plan of pairs: perspectives lost “first_person_plural”, lost “third_person”.",
    ]


def test_missing_and_damaged_recipes_are_errors(tmp_path: Path) -> None:
    with pytest.raises(RecipeError):
        Recipe.load(tmp_path / "none.json")
    (tmp_path / "list.json").write_text("[]")
    with pytest.raises(RecipeError):
        Recipe.load(tmp_path / "list.json")


def test_json_lines_name_the_wrong_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"a": 1}\n\nnot json\n')
    with pytest.raises(FileError, match="line 3"):
        list(files.read_jsonl(tmp_path / "a.jsonl"))


def test_json_lines_come_back_with_their_line_breaks(tmp_path: Path) -> None:
    rows = [{"text": "one\ntwo — “three”"}, {"text": ""}]
    assert files.write_jsonl(tmp_path / "a.jsonl", rows) == 2
    assert list(files.read_jsonl(tmp_path / "a.jsonl")) == rows


@pytest.mark.parametrize("kind", ["resources", "personas", "models"])
def test_bundled_files_are_found_in_tree_wheel_and_frozen_application(
    kind: paths.Bundled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert paths.locate_bundled(kind).is_dir()
    package = tmp_path / "site" / "stylelab"
    (package / "_bundled" / kind).mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(package / "paths.py"))
    assert paths.locate_bundled(kind) == package / "_bundled" / kind
    (tmp_path / "frozen" / kind).mkdir(parents=True)
    monkeypatch.setattr(paths.sys, "_MEIPASS", str(tmp_path / "frozen"), raising=False)
    assert paths.locate_bundled(kind) == tmp_path / "frozen" / kind
