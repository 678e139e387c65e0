"""The menus, with the platform's shortcuts.

In: a window. Out: its menu bar. Next: window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from stylelab.app.frame.sidebar import LIBRARY
from stylelab.app.session.stages import STAGES
from stylelab.app.texts import words
from stylelab.app.texts.words import translate
from stylelab.app.widgets.basics import action

if TYPE_CHECKING:
    from stylelab.app.frame.window import Window

Key = QKeySequence.StandardKey


def fill(window: Window) -> None:
    """Give a window its menus."""
    bar = window.menuBar()
    _file(window, bar.addMenu(translate("menus", "File")))
    _edit(bar.addMenu(translate("menus", "Edit")), window)
    _view(window, bar.addMenu(translate("menus", "View")))
    _job(window, bar.addMenu(translate("menus", "Job")))


def _file(window: Window, menu: QMenu) -> None:
    _add(menu, action(translate("menus", "New Project …"), window.new_project, parent=window), Key.New)
    _add(menu, action(translate("menus", "Open …"), window.choose_project, parent=window), Key.Open)
    recent = menu.addMenu(translate("menus", "Open Recent"))

    def list_recent() -> None:
        recent.clear()
        for folder in window.preferences.recent:
            recent.addAction(action(folder.name, lambda f=folder: window.open_project(f), parent=recent))

    recent.aboutToShow.connect(list_recent)
    menu.addSeparator()
    _add(menu, action(translate("menus", "Close Project"), window.close_project, parent=window), Key.Close)
    leave = action(translate("menus", "Quit StyleLab"), window.close, parent=window)
    leave.setMenuRole(QAction.MenuRole.QuitRole)
    _add(menu, leave, Key.Quit)


def _edit(menu: QMenu, window: Window) -> None:
    def on_focus(name: str) -> None:
        """Do it where the cursor is; else in the page, which takes back what it did itself."""
        widget = QApplication.focusWidget()
        while widget is not None and not hasattr(widget, name):
            widget = widget.parentWidget()
        target = window.page if widget is None else widget
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


def _view(window: Window, menu: QMenu) -> None:
    for number, name in enumerate((*STAGES, *LIBRARY), 1):
        keys = "Ctrl+," if name == "settings" else f"Ctrl+{number}"
        made = action(words.stage(name), lambda name=name: window.go(name), keys, window)
        if name == "settings":
            made.setMenuRole(QAction.MenuRole.PreferencesRole)
        menu.addAction(made)
    menu.addSeparator()
    menu.addAction(action(translate("menus", "Show or Hide Inspector"), window.toggle_inspector, "Ctrl+Alt+I", window))
    _add(menu, action(translate("menus", "Full Screen"), lambda: _full(window), parent=window), Key.FullScreen)


def _full(window: Window) -> None:
    window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)


def _job(window: Window, menu: QMenu) -> None:
    def primary() -> None:
        page = window.page
        if page is not None:
            page.do_primary()

    menu.addAction(action(translate("menus", "Do the Page’s Main Action"), primary, "Ctrl+Return", window))
    menu.addAction(action(translate("menus", "Stop and Save"), window.session.cancel, "Ctrl+.", window))


def _add(menu: QMenu, made: QAction, key: QKeySequence.StandardKey) -> None:
    made.setShortcuts(key)
    menu.addAction(made)
