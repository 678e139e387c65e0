"""What a sheet says about an error: every code has its words, a button does what it says, nothing of the room's is lost."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import stylelab
from stylelab.app.texts import notes
from stylelab.app.texts.remedies.explain import explain, list_remedies
from stylelab.errors import StyleLabError
from stylelab.events import Warn
from stylelab.jobs.catalogue.corpus import CorpusRequest
from stylelab.jobs.catalogue.job import JobRequest
from stylelab.jobs.catalogue.jobs import find_job
from stylelab.jobs.catalogue.pairs import PairsRequest
from stylelab.jobs.catalogue.training import TrainRequest
from stylelab.jobs.core.protocol import decode, encode
from stylelab.notes import Note
from stylelab.pairs.audit import list_warnings

SOURCE = Path(stylelab.__file__).parent


class Place:
    """Stands for the window."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.session: Any = self
        self.started: list[JobRequest[Any]] = []
        self.folder = Path("p")

    def show_page(self, name: str) -> None:
        self.shown.append(name)

    def start(self, request: JobRequest[Any]) -> None:
        self.started.append(request)

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
                if keyword.arg == "code" or (faults and keyword.arg in ("syntax", "key", "value")):
                    found.update(strings(keyword.value))
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "code":
            found.update(strings(node.value))
    return found


def test_every_code_that_is_raised_is_explained_and_no_other() -> None:
    codes = raised()
    assert {"error", "train_crashed", "persona_yaml", "stage_empty", "disk_full", "file_drm"} <= codes
    assert set(list_remedies()) == codes


@pytest.mark.parametrize(
    ("code", "shown", "started"),
    [
        ("train_crashed", [], [TrainRequest(project=Path("p"), resume=True)]),
        ("stale", [], [CorpusRequest(project=Path("p"))]),
        ("recipe_base", [], [PairsRequest(project=Path("p"))]),
        ("no_passages", ["corpus"], []),
        ("project_missing", ["new"], []),
        ("project_yaml", ["open"], []),
    ],
)
def test_a_button_does_what_the_remedy_says(code: str, shown: list[str], started: list[JobRequest[Any]]) -> None:
    place = Place()
    ((_, do),) = explain(StyleLabError("No.", remedy="", code=code), place).choices
    do()
    assert (place.shown, place.started) == (shown, started)


def test_every_button_can_be_pressed() -> None:
    place = Place()
    for code, said in list_remedies().items():
        for _, do in explain(StyleLabError("No.", remedy="", code=code), place).choices:
            do()
        assert said.title and not said.title.endswith(".") and said.remedy.endswith(".")
    assert {find_job(request).name for request in place.started} == {"corpus", "pairs", "train"}


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
    assert said.title == list_remedies()["error"].title and "Do this." in said.details


def test_a_note_is_its_sentence_and_comes_through_the_protocol_with_its_values() -> None:
    note = Note("{count} of {what} {{sic}}", count=12345, what="{x}")
    assert note == "12,345 of {x} {sic}"
    warn = decode(encode(Warn.of(note, 3)))
    assert warn == Warn(message=str(note), update=3, template=note.template, values={"count": 12345, "what": "{x}"})
    assert Warn.of("plain") == Warn(message="plain")


@pytest.mark.parametrize("template", ["{count.__class__.__mro__}", "{what!r:>99}", "{other}", "{0}", "{"])
def test_a_note_from_a_file_is_filled_in_and_never_run(template: str) -> None:
    warn = Warn(message="English", template=template, values={"count": 1, "what": "{count}"})
    assert notes.describe_warnings([warn])[0] == template
    assert Note("{what}, {count}", count=2, what="{count}") == "{count}, 2"


def test_what_a_job_warned_of_is_german_on_a_german_sheet_and_the_rest_is_folded(tongue: Callable[[str], None]) -> None:
    few = list_warnings({}, train=16)
    told = [Warn.of(few[0]), Warn.of(few[0]), Warn.of("Something else.")]
    assert notes.describe_warnings(told) == (
        "16 training pairs are few: a style needs hundreds.\n\nSomething else.",
        "",
    )
    tongue("de")
    assert notes.describe_warnings(told) == (
        "16 Trainingspaare sind wenig: Ein Stil braucht Hunderte.",
        "Meldung: Something else.",
    )
    assert notes.describe_warnings(told[2:]) == ("Mehr steht in den Einzelheiten.", "Meldung: Something else.")
    audit = {
        "shares": {},
        "splits": {"train": 16},
        "leaks": [{"split": "test", "grams": 2000, "repeated": 5, "leaked": 9}],
    }
    assert notes.describe_audit(audit).startswith(
        "16 Trainingspaare sind wenig"
    ) and "9 von 2.000" in notes.describe_audit(audit)
    assert notes.describe_audit({}) == ""
