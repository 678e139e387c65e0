"""The menus, with the platform's shortcuts.

In: a window and what can be commanded. Out: its menu bar. Next: window.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QWidget

from stylelab.app.frame.sidebar import LIBRARY
from stylelab.app.session.stages import STAGES
from stylelab.app.texts import words
from stylelab.app.texts.words import translate
from stylelab.app.widgets.basics import action

Key = QKeySequence.StandardKey


@dataclass(frozen=True)
class Commands:
    """What the menus let the user do.

    Args:
        recent: Returns the folders of the projects opened lately.
        page: Returns the page shown.
        do_primary: Does the page's main action.
    """

    new_project: Callable[[], None]
    choose_project: Callable[[], None]
    open_project: Callable[[Path], None]
    close_project: Callable[[], None]
    recent: Callable[[], list[Path]]
    page: Callable[[], QWidget | None]
    go: Callable[[str], None]
    toggle_inspector: Callable[[], None]
    do_primary: Callable[[], None]
    cancel_job: Callable[[], None]


def build_menus(window: QMainWindow, commands: Commands) -> None:
    """Give a window its menus."""
    bar = window.menuBar()
    _file(window, commands, bar.addMenu(translate("menus", "File")))
    _edit(bar.addMenu(translate("menus", "Edit")), window, commands)
    _view(window, commands, bar.addMenu(translate("menus", "View")))
    job = bar.addMenu(translate("menus", "Job"))
    job.addAction(action(translate("menus", "Do the Page’s Main Action"), commands.do_primary, "Ctrl+Return", window))
    job.addAction(action(translate("menus", "Stop and Save"), commands.cancel_job, "Ctrl+.", window))


def _file(window: QMainWindow, commands: Commands, menu: QMenu) -> None:
    _add(menu, action(translate("menus", "New Project …"), commands.new_project, parent=window), Key.New)
    _add(menu, action(translate("menus", "Open …"), commands.choose_project, parent=window), Key.Open)
    recent = menu.addMenu(translate("menus", "Open Recent"))

    def list_recent() -> None:
        recent.clear()
        for folder in commands.recent():
            recent.addAction(action(folder.name, lambda f=folder: commands.open_project(f), parent=recent))

    recent.aboutToShow.connect(list_recent)
    menu.addSeparator()
    _add(menu, action(translate("menus", "Close Project"), commands.close_project, parent=window), Key.Close)
    leave = action(translate("menus", "Quit StyleLab"), window.close, parent=window)
    leave.setMenuRole(QAction.MenuRole.QuitRole)
    _add(menu, leave, Key.Quit)


def _edit(menu: QMenu, window: QMainWindow, commands: Commands) -> None:
    def on_focus(name: str) -> None:
        """Do it where the cursor is; else in the page, which takes back what it did itself."""
        widget = QApplication.focusWidget()
        while widget is not None and not hasattr(widget, name):
            widget = widget.parentWidget()
        target = commands.page() if widget is None else widget
        if hasattr(target, name):
            getattr(target, name)()

    for title, name, key in (
        (translate("menus", "Undo"), "undo", Key.Undo),
        (translate("menus", "Redo"), "redo", Key.Redo),
        (translate("menus", "Cut"), "cut", Key.Cut),
        (translate("menus", "Copy"), "copy", Key.Copy),
        (translate("menus", "Paste"), "paste", Key.Paste),
        (translate("menus", "Select All"), "selectAll", Key.SelectAll),
    ):
        made = action(title, lambda name=name: on_focus(name), parent=window)
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        _add(menu, made, key)


def _view(window: QMainWindow, commands: Commands, menu: QMenu) -> None:
    for number, name in enumerate((*STAGES, *LIBRARY), 1):
        keys = "Ctrl+," if name == "settings" else f"Ctrl+{number}"
        made = action(words.stage(name), lambda name=name: commands.go(name), keys, window)
        if name == "settings":
            made.setMenuRole(QAction.MenuRole.PreferencesRole)
        menu.addAction(made)
    menu.addSeparator()
    menu.addAction(
        action(translate("menus", "Show or Hide Inspector"), commands.toggle_inspector, "Ctrl+Alt+I", window)
    )
    _add(menu, action(translate("menus", "Full Screen"), lambda: _full(window), parent=window), Key.FullScreen)


def _full(window: QMainWindow) -> None:
    window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)


def _add(menu: QMenu, made: QAction, key: QKeySequence.StandardKey) -> None:
    made.setShortcuts(key)
    menu.addAction(made)
