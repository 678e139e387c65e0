"""Which projects use which base model: by name, by folder, by a link; one that cannot be read lets nothing be removed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from projects import make_project

from stylelab.errors import ModelError
from stylelab.project.users import find_base_users, list_base_uses, list_projects


@pytest.fixture
def library(tmp_path: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with two models."""
    for name in ("mine", "other"):
        shutil.copytree(tiny_model, tmp_path / "models" / name)
    monkeypatch.setenv("STYLELAB_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


def test_users_are_found_by_name_by_folder_and_by_a_link(library: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(library / "mine")
    books = tmp_path / "books"
    for name, base in (("a", library / "mine"), ("b", tmp_path / "link"), ("c", library / "other")):
        make_project(books / name, base)
    named = make_project(books / "d", library / "mine").folder / "project.yaml"
    named.write_text(named.read_text().replace(str(library / "mine"), "mine"), encoding="utf-8")
    projects = list_projects([books])
    assert [project.name for project in projects] == ["a", "b", "c", "d"]
    assert [user.name for user in find_base_users(library / "mine", projects)] == ["a", "b", "d"]
    assert list_projects([books / "a", tmp_path / "nowhere"]) == [books / "a"]


def test_a_project_that_cannot_be_read_is_told_and_nothing_is_said_of_the_model(library: Path, tmp_path: Path) -> None:
    whole = make_project(tmp_path / "whole", library / "mine").folder
    broken = make_project(tmp_path / "broken", library / "other").folder
    (broken / "project.yaml").write_text("author: [", encoding="utf-8")
    uses = {use.project.name: use for use in list_base_uses([whole, broken])}
    assert uses["whole"].base == (library / "mine").resolve() and uses["whole"].fault is None
    assert uses["broken"].base is None and uses["broken"].fault is not None
    with pytest.raises(ModelError) as caught:
        find_base_users(library / "mine", [whole, broken])
    assert caught.value.code == "model_in_use" and str(broken) in caught.value.message
