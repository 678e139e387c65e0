"""What tests of the page of the base models share: the way to the page, to a line of its list, and to what the line offers."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot
from windows import LEFT, PATIENCE, settle

from stylelab.app.frame.window import Window
from stylelab.app.pages.models.inspector import ModelInspector
from stylelab.app.pages.models.model_list import ModelLine
from stylelab.app.pages.models.page import ModelsPage

TESTS = Path(__file__).resolve().parents[1]
REPO = "someone/tiny"
COMMAND = (sys.executable, "-m", "catalogue_worker")
NOWHERE = "http://127.0.0.1:9"  # a port at which nobody listens


def show_models(window: Window, qtbot: QtBot) -> ModelsPage:
    """Show the page, as the welcome's link or the sidebar does."""
    if window.session.project is None:
        qtbot.mouseClick(window.welcome.models, LEFT)
    else:
        qtbot.mouseClick(window.sidebar.items["models"], LEFT)
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, ModelsPage) and page.isVisible()
    wait_for_lines(qtbot, page)
    return page


def wait_for_lines(qtbot: QtBot, page: ModelsPage) -> None:
    """Wait until every line stands in its place: a new one appears a moment after it is made."""
    wait_until(qtbot, lambda: bool(page.list.lines) and all(line.isVisible() for line in page.list.lines.values()))


def find_line(page: ModelsPage, key: str) -> ModelLine:
    return page.list.lines[key]


def press(qtbot: QtBot, page: ModelsPage, key: str, deed: str) -> None:
    """Click a button of a line, in the list or, where the line has none, in the inspector."""
    page.list.choose(key)
    inspector = page.inspector
    assert isinstance(inspector, ModelInspector)
    made = next((made for made in find_line(page, key).buttons if made.objectName() == deed), None)
    made = made or next(made for made in inspector.buttons if made.objectName() == deed)
    page.list.area.ensureWidgetVisible(made)
    assert made.isEnabled()
    qtbot.mouseClick(made, LEFT)


def status(page: ModelsPage, key: str) -> str:
    return find_line(page, key).status.text()


def wait_until(qtbot: QtBot, ready: Callable[[], bool]) -> None:
    qtbot.waitUntil(ready, timeout=PATIENCE)


def wait_for_bytes(qtbot: QtBot, page: ModelsPage, share: float) -> None:
    """Wait until so much of the running download has arrived."""
    wait_until(qtbot, lambda: page.jobs.current is not None and (page.jobs.current.job.share or 0) > share)
