"""What colours mean: small squares with their names, over as many lines as they need.

In: names with colours. Out: a key to a text or a chart. Next: corpus and training pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stylelab.app.look import theme
from stylelab.app.look.colours import Colours

Entry = tuple[Callable[[Colours], str], str]  # which colour of the scheme worn, and its name
SIDE, ROW = 12, 24


class Legend(QWidget):
    """A key to colours."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other names."""
        self._entries = list(entries)
        self.setAccessibleDescription(", ".join(name for _, name in entries))
        self.setFixedHeight(self._lines() * ROW)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.make_text_font(theme.SMALL_PIXELS))
        wide = sum(metrics.horizontalAdvance(name) + 34 for _, name in self._entries)
        return QSize(min(wide, 400), max(1, self._lines()) * ROW)

    def _places(self) -> list[QRectF]:
        metrics = QFontMetrics(theme.make_text_font(theme.SMALL_PIXELS))
        places: list[QRectF] = []
        x = y = 0.0
        for _, name in self._entries:
            width = metrics.horizontalAdvance(name) + 34
            if x and x + width > max(200, self.width()):
                x, y = 0.0, y + ROW
            places.append(QRectF(x, y, width, ROW))
            x += width
        return places

    def _lines(self) -> int:
        places = self._places()
        return int(places[-1].top() / ROW) + 1 if places else 0

    def resizeEvent(self, event: object) -> None:
        if self._entries:
            self.setFixedHeight(self._lines() * ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.get_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.make_text_font(theme.SMALL_PIXELS))
        for (colour, name), place in zip(self._entries, self._places(), strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.make_colour(colour(c)))
            painter.drawRoundedRect(QRectF(place.left(), place.top() + 6, SIDE, SIDE), 3, 3)
            painter.setPen(theme.make_colour(c.quiet))
            painter.drawText(place.adjusted(SIDE + 6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
        painter.end()
