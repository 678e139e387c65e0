"""Every page over a real project: it shows without a complaint, in both themes, with a name for every control."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QSlider,
    QTableView,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from windows import Open, settle

from stylelab.app.frame.sidebar import LIBRARY
from stylelab.app.frame.window import Window
from stylelab.app.pages.page import Page
from stylelab.app.session.stages import STAGES
from stylelab.app.widgets.basics import Segmented

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QTextEdit,
    Segmented,
)
PAGES = (*STAGES, *LIBRARY)


def nameless(top: QWidget) -> list[str]:
    """Return the controls under a widget that a screen reader has no name for; parts of a control are its own."""
    found: list[str] = []
    for widget in top.findChildren(QWidget):
        parent = widget.parentWidget()
        inside = isinstance(parent, QAbstractSpinBox | QComboBox | QLineEdit | QTableView | QMenuBar) or isinstance(
            widget, QHeaderView
        )
        popup = isinstance(parent, QWidget) and parent.inherits("QComboBoxPrivateContainer")
        if isinstance(widget, CONTROLS) and not inside and not popup:
            spoken = QAccessible.queryAccessibleInterface(widget)
            if not spoken.text(QAccessible.Text.Name):
                found.append(f"{type(widget).__name__} in {type(parent).__name__}")
    return found


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_every_page_shows_and_every_control_has_a_name(
    open_window: Open, qtbot: QtBot, trained: Path, appearance: str
) -> None:
    window = open_window(trained, "corpus", appearance)
    for name in PAGES:
        window.go(name)
        settle(qtbot, window)
        page = window.page
        assert isinstance(page, Page) and page.name == name
        for view in page.findChildren(Segmented):
            for index in range(view.count):
                view.choose(index)
                settle(qtbot, window)
        assert not window.grab().isNull()
    assert not nameless(window)


@pytest.mark.parametrize("name", STAGES)
def test_every_page_says_what_comes_first_in_an_empty_project(
    open_window: Open, qtbot: QtBot, project: Path, name: str
) -> None:
    window = open_window(project, name)
    assert not nameless(window)
    page = window.page
    assert page is not None
    primary = [b for b in page.findChildren(QAbstractButton) if b.property("role") == "primary" and b.isVisible()]
    assert len(primary) == 1, "one primary action per page"


def test_welcome_and_wizard_have_names(open_window: Open) -> None:
    window = open_window()
    window.new_project()
    assert window.wizard is not None
    assert not nameless(window) and not nameless(window.wizard)


def test_a_page_can_be_reached_with_the_keyboard_alone(open_window: Open, qtbot: QtBot, trained: Path) -> None:
    window = open_window(trained)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.page is not None and window.page.name == "pairs"


def test_the_window_starts_without_model_libraries() -> None:
    code = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from stylelab.app.start import Application\n"
        "app = QApplication([])\n"
        "Application(app).window.grab()\n"
        "heavy = {'mlx', 'mlx_lm', 'spacy', 'thinc', 'transformers', 'torch', 'numpy', 'pyqtgraph'} & set(sys.modules)\n"
        "print(sorted(heavy))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_geometry_and_inspector_are_remembered(open_window: Open, trained: Path) -> None:
    window = open_window(trained, "training")
    assert window.inspectors.isVisible()
    window.resize(1100, 700)
    window.toggle_inspector()
    window.close()
    again: Window = open_window(trained, "training")
    again.restoreGeometry(again.preferences.data("geometry"))
    assert again.height() == 700, "the offscreen screen is 800 wide, so the width is cut to the least"
    assert not again.inspectors.isVisible()
