"""What a sheet says about an error: every code has its words, a button does what it says, nothing of the room's is lost."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import stylelab
from stylelab.app.remedies.explain import explain, known
from stylelab.errors import StyleLabError

SOURCE = Path(stylelab.__file__).parent


class Place:
    """Stands for the window."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.session: Any = self
        self.started: list[tuple[str, dict[str, Any]]] = []

    def go(self, name: str) -> None:
        self.shown.append(name)

    def start(self, name: str, **arguments: Any) -> None:
        self.started.append((name, arguments))

    def new_project(self) -> None:
        self.shown.append("new")

    def choose_project(self) -> None:
        self.shown.append("open")


def raised() -> set[str]:
    """Return every code that an error can have outside the commands, read from the source."""
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for path in SOURCE.rglob("*.py")
        if path.relative_to(SOURCE).parts[0] != "cli"
    ]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    constants = {
        target.id: node.value
        for node in nodes
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.isupper()
    }

    def strings(value: ast.expr | None) -> Iterator[str]:
        match value:
            case ast.Constant(value=str() as text):
                yield text
            case ast.IfExp(body=body, orelse=other):
                yield from strings(body)
                yield from strings(other)
            case ast.Name(id=name) if name.isupper():
                yield from strings(constants.get(name))
            case _:
                pass

    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Call):
            faults = ast.unparse(node.func).endswith("Faults")
            for keyword in node.keywords:
                if keyword.arg == "code" or (faults and keyword.arg in ("yaml", "field")):
                    found.update(strings(keyword.value))
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "code":
            found.update(strings(node.value))
    return found


def test_every_code_that_is_raised_is_explained_and_no_other() -> None:
    codes = raised()
    assert {"error", "train_crashed", "persona_yaml", "stage_empty", "disk_full", "file_drm"} <= codes
    assert set(known()) == codes


@pytest.mark.parametrize(
    ("code", "shown", "started"),
    [
        ("train_crashed", [], [("train", {"resume": True})]),
        ("stale", [], [("corpus", {})]),
        ("recipe_base", [], [("pairs", {})]),
        ("no_passages", ["corpus"], []),
        ("project_missing", ["new"], []),
        ("project_yaml", ["open"], []),
    ],
)
def test_a_button_does_what_the_remedy_says(code: str, shown: list[str], started: list[tuple[str, object]]) -> None:
    place = Place()
    ((_, do),) = explain(StyleLabError("No.", remedy="", code=code), place).choices
    do()
    assert (place.shown, place.started) == (shown, started)


def test_every_button_can_be_pressed() -> None:
    place = Place()
    for code, said in known().items():
        for _, do in explain(StyleLabError("No.", remedy="", code=code), place).choices:
            do()
        assert said.title and not said.title.endswith(".") and said.remedy.endswith(".")
    assert {name for name, _ in place.started} == {"corpus", "pairs", "train"}


def test_the_rooms_own_words_stand_on_an_english_sheet_and_are_folded_on_a_german_one(
    tongue: Callable[[str], None],
) -> None:
    error = StyleLabError("poe.epub is copy-protected.", remedy="Use another edition.", code="file_drm")
    assert explain(error).text == explain(error).happened == error.message
    tongue("de")
    said = explain(error, log="Traceback")
    assert said.text == "" and said.happened == f"{said.title}."
    assert said.details == f"Meldung: {error}\n\nTraceback"


def test_a_code_of_a_newer_worker_is_explained_in_general() -> None:
    said = explain(StyleLabError("Odd.", remedy="Do this.", code="odd"), Place())
    assert said.title == known()["error"].title and "Do this." in said.details
