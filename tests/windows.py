"""What tests of the window share: a tiny plan, waiting until all is read, going to a page, dropping files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from stylelab.app.frame.window import Window
from stylelab.app.pages.page import RoomPage

PATIENCE = 60_000  # milliseconds; a limit for what hangs, nothing waits for it
LEFT = Qt.MouseButton.LeftButton
TINY: dict[str, Any] = {
    "rank": 4,
    "learning_rate": 0.001,
    "iters": 6,
    "batch_size": 1,
    "grad_accumulation_steps": 1,
    "grad_checkpoint": False,
    "max_seq_length": 1024,
    "steps_per_eval": 3,
    "save_every": 2,
    "samples": 1,
}

Open = Callable[..., Window]
P = TypeVar("P", bound=RoomPage)


def settle(qtbot: QtBot, window: Window) -> None:
    """Wait until nothing is being read, asked or worked on."""
    qtbot.waitUntil(lambda: window.session.quiet, timeout=PATIENCE)


def go(qtbot: QtBot, window: Window, name: str, kind: type[P]) -> P:
    """Click a page in the sidebar, wait until it has read what it shows, and return it."""
    qtbot.mouseClick(window.sidebar.items[name], LEFT)
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, kind)
    return page


def drop(target: QWidget, paths: list[Path]) -> None:
    """Drop files on a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    keys = Qt.KeyboardModifier.NoModifier
    target.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, LEFT, keys))
