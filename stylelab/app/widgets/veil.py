"""Something drawn over a whole widget, which stays usable below it: darkness behind a sheet, a frame where a drop is taken.

In: whether it covers. Out: nothing. Next: window, pages.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from stylelab.app.look import theme
from stylelab.app.look.theme import GRID


class Veil(QWidget):
    """Covers its parent when it is told to; the mouse does not feel it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self, on: bool) -> None:
        """Cover the parent or not."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.setVisible(on)
        self.raise_()


class Dim(Veil):
    """Darkens a window that waits behind a sheet."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.make_colour("#000000", 0.22))
        painter.end()


class DropVeil(Veil):
    """Says over a page that what is dragged here can be dropped."""

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.get_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.make_colour(c.accent), 2, Qt.PenStyle.DashLine))
        painter.setBrush(theme.make_colour(c.chosen, 0.35))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(GRID, GRID, -GRID, -GRID), 12, 12)
        painter.end()
