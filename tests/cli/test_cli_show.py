"""What a file is called is shown as it is, on a terminal too."""

from __future__ import annotations

import sys

import pytest
from rich.console import Console

from stylelab.cli import show
from stylelab.cli.run import Bars

NAME = "[/bold] [red]tales[/red] {x}.txt"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that is wide enough for a line."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "120")


@pytest.mark.usefixtures("terminal")
def test_a_text_that_looks_like_markup_is_shown_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    show.heading(NAME)
    show.table(("name", "words"), [(NAME, 12)])
    assert capsys.readouterr().out.count(NAME) == 2


def test_a_phase_and_a_line_that_look_like_markup_are_shown_as_they_are() -> None:
    view = Bars()
    view.phase(NAME)
    view.progress(1, 2, "[/bold]", NAME)
    view.line(NAME)
    console = Console(width=200, force_terminal=False, record=True, markup=False)
    with console.capture() as captured:
        console.print(view._bars)
    assert captured.get().count(NAME) == 2
