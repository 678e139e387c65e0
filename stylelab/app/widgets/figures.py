"""Figures in a row: a number, large, and what it is, small.

In: names and values. Out: a row to glance at. Next: training page.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from stylelab.app import theme
from stylelab.app.widgets.basics import column, label


class Figures(QWidget):
    """Some figures beside each other."""

    def __init__(self, names: dict[str, str]) -> None:
        super().__init__()
        self._values: dict[str, QLabel] = {}
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(40)
        for key, name in names.items():
            value = label("–")
            font = theme.text_font(18, theme.Weight.DemiBold)
            font.setFeature(theme.TABULAR, 1)
            value.setFont(font)
            value.setAccessibleName(name)
            self._values[key] = value
            box.addLayout(column(value, label(name, "small"), gap=0))
        box.addStretch(1)

    def put(self, key: str, value: str) -> None:
        """Show another value; an empty one is shown as missing."""
        self._values[key].setText(value or "–")
