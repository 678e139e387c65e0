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
from stylelab.app.widgets.basics import make_action

StandardKey = QKeySequence.StandardKey


@dataclass(frozen=True)
class MenuCommands:
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


def build_menus(window: QMainWindow, commands: MenuCommands) -> None:
    """Give a window its menus."""
    bar = window.menuBar()
    _file(window, commands, bar.addMenu(translate("menus", "File")))
    _edit(bar.addMenu(translate("menus", "Edit")), window, commands)
    _view(window, commands, bar.addMenu(translate("menus", "View")))
    job = bar.addMenu(translate("menus", "Job"))
    job.addAction(
        make_action(translate("menus", "Do the Page’s Main Action"), commands.do_primary, "Ctrl+Return", window)
    )
    job.addAction(make_action(translate("menus", "Stop and Save"), commands.cancel_job, "Ctrl+.", window))


def _file(window: QMainWindow, commands: MenuCommands, menu: QMenu) -> None:
    _add(menu, make_action(translate("menus", "New Project …"), commands.new_project, parent=window), StandardKey.New)
    _add(menu, make_action(translate("menus", "Open …"), commands.choose_project, parent=window), StandardKey.Open)
    recent = menu.addMenu(translate("menus", "Open Recent"))

    def list_recent() -> None:
        recent.clear()
        for folder in commands.recent():
            recent.addAction(make_action(folder.name, lambda f=folder: commands.open_project(f), parent=recent))

    recent.aboutToShow.connect(list_recent)
    menu.addSeparator()
    _add(
        menu, make_action(translate("menus", "Close Project"), commands.close_project, parent=window), StandardKey.Close
    )
    leave = make_action(translate("menus", "Quit StyleLab"), window.close, parent=window)
    leave.setMenuRole(QAction.MenuRole.QuitRole)
    _add(menu, leave, StandardKey.Quit)


def _edit(menu: QMenu, window: QMainWindow, commands: MenuCommands) -> None:
    def on_focus(name: str) -> None:
        """Do it where the cursor is; else in the page, which takes back what it did itself."""
        widget = QApplication.focusWidget()
        while widget is not None and not hasattr(widget, name):
            widget = widget.parentWidget()
        target = commands.page() if widget is None else widget
        if hasattr(target, name):
            getattr(target, name)()

    for title, name, key in (
        (translate("menus", "Undo"), "undo", StandardKey.Undo),
        (translate("menus", "Redo"), "redo", StandardKey.Redo),
        (translate("menus", "Cut"), "cut", StandardKey.Cut),
        (translate("menus", "Copy"), "copy", StandardKey.Copy),
        (translate("menus", "Paste"), "paste", StandardKey.Paste),
        (translate("menus", "Select All"), "selectAll", StandardKey.SelectAll),
    ):
        made = make_action(title, lambda name=name: on_focus(name), parent=window)
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        _add(menu, made, key)


def _view(window: QMainWindow, commands: MenuCommands, menu: QMenu) -> None:
    for number, name in enumerate((*STAGES, *LIBRARY), 1):
        keys = "Ctrl+," if name == "settings" else f"Ctrl+{number}"
        made = make_action(words.translate_stage(name), lambda name=name: commands.go(name), keys, window)
        if name == "settings":
            made.setMenuRole(QAction.MenuRole.PreferencesRole)
        menu.addAction(made)
    menu.addSeparator()
    menu.addAction(
        make_action(translate("menus", "Show or Hide Inspector"), commands.toggle_inspector, "Ctrl+Alt+I", window)
    )
    _add(
        menu,
        make_action(translate("menus", "Full Screen"), lambda: _full(window), parent=window),
        StandardKey.FullScreen,
    )


def _full(window: QMainWindow) -> None:
    window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)


def _add(menu: QMenu, made: QAction, key: QKeySequence.StandardKey) -> None:
    made.setShortcuts(key)
    menu.addAction(made)
