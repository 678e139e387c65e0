"""Figures in a row: a number, large, and what it is, small.

In: names and values. Out: a row to glance at. Next: training page.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from stylelab.app.look import theme
from stylelab.app.widgets.basics import make_area, make_column, make_label

GAP = 40  # pixels between two figures


class Figures(QWidget):
    """Some figures beside each other."""

    def __init__(self, names: dict[str, str]) -> None:
        super().__init__()
        self._values: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(8)
        self._cells: list[QWidget] = []
        for key, name in names.items():
            value = make_label("–")
            font = theme.make_text_font(18, theme.Weight.DemiBold)
            font.setFeature(theme.TABULAR, 1)
            value.setFont(font)
            value.setAccessibleName(name)
            self._values[key] = value
            self._cells.append(make_area(make_column(value, make_label(name, "small"), gap=0)))
        self._across = 0
        self._arrange(len(self._cells))

    def _arrange(self, across: int) -> None:
        """Put so many figures beside each other, the others below."""
        if across == self._across:
            return
        self._across = across
        for n, cell in enumerate(self._cells):
            self._grid.addWidget(cell, n // across, n % across)
        for n in range(len(self._cells) + 1):
            self._grid.setColumnStretch(n, int(n == across))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Use as many rows as the figures need now."""
        wide = sum(cell.sizeHint().width() + GAP for cell in self._cells) - GAP
        self._arrange(len(self._cells) if self.width() >= wide else -(-len(self._cells) // 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, super().minimumSizeHint().height())

    def put(self, key: str, value: str) -> None:
        """Show another value; an empty one is shown as missing."""
        self._values[key].setText(value or "–")
        self._fit()
