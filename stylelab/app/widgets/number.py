"""A field for a whole number: typed, or moved with the arrow keys, kept within its range.

In: a range. Out: `chosen` with another number. Next: persona page, corpus page.
"""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from stylelab.app.texts import words
from stylelab.app.widgets.undo import UndoneAbove


class Number(UndoneAbove, QLineEdit):
    """A whole number.

    Signals:
        chosen: Another number, chosen by the user.
    """

    chosen = Signal(int)

    def __init__(self, title: str, low: int, high: int, unit: str = "", width: int = 64) -> None:
        super().__init__()
        self._low, self._high, self._unit = low, high, unit
        self.value = low
        self.setAccessibleName(title)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(width)
        self.editingFinished.connect(self._typed)
        self.put(low)

    def put(self, value: int) -> None:
        """Show another number."""
        self.value = max(self._low, min(self._high, value))
        self.setText(f"{words.number(self.value)} {self._unit}".strip())

    def reach(self, high: int) -> None:
        """Let it go up to another number."""
        self._high = max(self._low, high)
        self.put(self.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._choose(self.value + step)

    def undo(self) -> None:
        self._typed()  # what is typed becomes a change of its own, and can be done again
        super().undo()

    def redo(self) -> None:
        self._typed()
        super().redo()

    def _typed(self) -> None:
        digits = re.sub(r"\D", "", self.text())
        self._choose(int(digits) if digits else self.value)

    def _choose(self, value: int) -> None:
        before = self.value
        self.put(value)
        if self.value != before:
            self.chosen.emit(self.value)
