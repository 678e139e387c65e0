"""Undo by one stack for a page or an inspector: what is pushed there, and fields whose keys lead there.

In: changes, and ⌘Z or ⇧⌘Z in a field. Out: a change taken back, or done again. Next: form, number, yaml_editor and the pages.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtGui import QKeyEvent, QKeySequence, QUndoCommand
from PySide6.QtWidgets import QWidget

Widget = QWidget if TYPE_CHECKING else object


class ValueChange(QUndoCommand):
    """One value replaced by another.

    Args:
        put: Shows and keeps a value; called when the change is pushed, taken back and done again.
    """

    def __init__(self, before: Any, after: Any, put: Callable[[Any], None]) -> None:
        super().__init__()
        self._before, self._after, self._put = before, after, put

    def undo(self) -> None:
        self._put(self._before)

    def redo(self) -> None:
        self._put(self._after)


class UndoneAbove(Widget):
    """A field that takes nothing back itself: its undo keys go to the nearest form, inspector or page above it."""

    def undo(self) -> None:
        """Take back the last change."""
        pass_up(self, "undo")

    def redo(self) -> None:
        """Do again what was taken back."""
        pass_up(self, "redo")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        else:
            super().keyPressEvent(event)


def pass_up(widget: QWidget, what: Literal["undo", "redo"]) -> None:
    """Let the nearest widget above undo or redo; nothing happens where none can."""
    above = widget.parentWidget()
    while above is not None and not hasattr(above, what):
        above = above.parentWidget()
    if above is not None:
        getattr(above, what)()
