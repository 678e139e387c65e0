"""Two quiet charts: bars with their names and numbers, and a histogram with a mark.

In: numbers. Out: a picture that says them in words too, for those who do not see it. Next: corpus and pairs pages.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from stylelab.app.look import theme
from stylelab.app.texts import words

Bar = tuple[str, float, str]  # name, length, what is written at its end


class BarChart(QWidget):
    """Horizontal bars, longest as given; the names stand left, the numbers right."""

    ROW = 26

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._bars: list[Bar] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show other bars."""
        self._bars = list(bars)
        self.setAccessibleDescription("; ".join(f"{name}: {said}" for name, _, said in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, max(1, len(self._bars)) * self.ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, max(1, len(self._bars)) * self.ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        c = theme.get_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.make_text_font())
        metrics = QFontMetrics(theme.make_text_font())
        left = min(int(self.width() * 0.5), max(metrics.horizontalAdvance(n) for n, _, _ in self._bars)) + 16
        right = max(metrics.horizontalAdvance(s) for _, _, s in self._bars) + 12
        room = max(8.0, self.width() - left - right)
        longest = max((v for _, v, _ in self._bars), default=1) or 1
        for n, (name, value, said) in enumerate(self._bars):
            top = n * self.ROW
            painter.setPen(theme.make_colour(c.text))
            fitting = metrics.elidedText(name, Qt.TextElideMode.ElideRight, left - 12)
            painter.drawText(QRectF(0, top, left, self.ROW), Qt.AlignmentFlag.AlignVCenter, fitting)
            length = max(2.0, room * value / longest) if value else 0
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.make_colour(c.curves[0], 0.85))
            painter.drawRoundedRect(QRectF(left, top + 8, length, self.ROW - 16), 3, 3)
            painter.setPen(theme.make_colour(c.quiet))
            painter.drawText(
                QRectF(left + length + 8, top, self.width(), self.ROW), Qt.AlignmentFlag.AlignVCenter, said
            )
        painter.end()


class Histogram(QWidget):
    """How many of each size; a mark where a limit lies."""

    HEIGHT, FOOT = 168, 22

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: list[int] = []
        self._low, self._high = 0.0, 1.0
        self._mark: tuple[float, str] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

    def sizeHint(self) -> QSize:
        return QSize(320, self.HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, self.HEIGHT)

    def show_values(self, values: Sequence[int], mark: tuple[float, str] | None = None, bins: int = 28) -> None:
        """Show other values; `mark` is a place on the axis and its name, shown where it lies within reach."""
        self._mark = mark if values and mark and mark[0] <= 1.6 * max(values) else None
        if values:
            self._low = 0.0
            self._high = max(float(max(values)), self._mark[0] * 1.04 if self._mark else 0.0) or 1.0
            self._counts = [0] * bins
            for value in values:
                self._counts[min(bins - 1, int(value / self._high * bins))] += 1
            middle = sorted(values)[len(values) // 2]
            self.setAccessibleDescription(f"{min(values)} – {middle} – {max(values)}")
        else:
            self._counts = []
            self.setAccessibleDescription("")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._counts:
            return
        c = theme.get_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        floor = self.height() - self.FOOT
        most = max(self._counts) or 1
        step = self.width() / len(self._counts)
        painter.setPen(Qt.PenStyle.NoPen)
        for n, count in enumerate(self._counts):
            if count:
                height = max(2.0, (floor - 20) * count / most)
                path = QPainterPath()
                path.addRoundedRect(QRectF(n * step + 1, floor - height, step - 2, height + 4), 2, 2)
                painter.setClipRect(QRectF(0, 0, self.width(), floor))
                painter.fillPath(path, theme.make_colour(c.curves[0], 0.85))
        painter.setClipping(False)
        painter.setPen(QPen(theme.make_colour(c.line), 1))
        painter.drawLine(0, floor, self.width(), floor)
        painter.setFont(theme.make_text_font(theme.SMALL_PIXELS))
        painter.setPen(theme.make_colour(c.quiet))
        for value in choose_ticks(self._high):
            x = self.width() * value / self._high
            left = min(max(0.0, x - 40), self.width() - 80.0)
            side = Qt.AlignmentFlag.AlignHCenter if left == x - 40 else Qt.AlignmentFlag.AlignLeft
            side = Qt.AlignmentFlag.AlignRight if left == self.width() - 80 and left != x - 40 else side
            painter.drawText(QRectF(left, floor + 4, 80, self.FOOT - 4), side, words.format_number(value))
        if self._mark:
            x = self.width() * self._mark[0] / self._high
            painter.setPen(QPen(theme.make_colour(c.warn), 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(int(x), 0, int(x), floor)
            painter.setPen(theme.make_colour(c.warn))
            painter.drawText(QRectF(x - 248, 0, 240, 16), Qt.AlignmentFlag.AlignRight, self._mark[1])
        painter.end()


def choose_ticks(high: float, most: int = 6) -> list[float]:
    """Return round values from 0 up to `high`, at most `most` of them."""
    step = 1.0
    while high / step > most - 1:
        step *= 2.5 if str(step).startswith("2") else 2
    return [n * step for n in range(int(high / step) + 1) if n * step <= 0.97 * high]
