"""The chart of tried learning rates: the loss at each, on a scale of powers of ten; the suggested rate marked.

In: rates with their losses. Out: pyqtgraph, dressed as the training's chart. Next: training page. Imported with that page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stylelab.app.look import theme
from stylelab.app.widgets.chart import style_plot

HEIGHT, AXIS = 190, 28  # pixels: of the chart, and of the rates below it
ROOM = 0.7  # powers of ten that a rate's words take, at most
BEYOND = 1.15  # how far above the first loss the chart goes: what runs away leaves it


class RateChart(QWidget):
    """Loss over the logarithm of the learning rate.

    Args:
        points: (rate, loss in nats) in order; without those that were not measured.
        marks: Rates to mark, each with its words; the first one in the accent.
    """

    def __init__(
        self, title: str, points: Sequence[tuple[float, float]], marks: Sequence[tuple[float, str]] = ()
    ) -> None:
        super().__init__()
        c = theme.get_colours()
        self.setAccessibleName(title)
        self.setAccessibleDescription("; ".join(f"{said}: {rate:g}" for rate, said in marks))
        plot = pg.PlotWidget()
        plot.setAccessibleName(title)
        plot.setFixedHeight(HEIGHT)
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(x=False, y=False)
        plot.hideButtons()
        plot.setFrameShape(plot.Shape.NoFrame)
        style_plot(plot)
        item = plot.getPlotItem()
        assert item is not None
        view: Any = item.getViewBox()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(plot)
        if not points:
            return
        x, y = [math.log10(rate) for rate, _ in points], [loss for _, loss in points]
        plot.plot(x, y, pen=pg.mkPen(c.curves[0], width=2), antialias=True)
        decades = range(math.floor(x[0]), math.ceil(x[-1]) + 1)
        plot.getAxis("bottom").setHeight(AXIS)
        plot.getAxis("bottom").setTicks([[(n, format_power(n)) for n in decades]])
        top, bottom = min(max(y), y[0] * BEYOND), min(y)
        view.setYRange(bottom, top, padding=0.12)
        for n, (rate, said) in enumerate(marks):
            right = rate > min(other for other, _ in marks) and math.log10(rate) < x[-1] - ROOM
            line = pg.InfiniteLine(
                math.log10(rate),
                angle=90,
                label=said,
                labelOpts={
                    "position": 0.92 - 0.12 * n,
                    "color": c.text,
                    "anchors": 2 * [(-0.04 if right else 1.04, 0.5)],
                },
                pen=pg.mkPen(c.accent, width=2) if n == 0 else pg.mkPen(c.quiet, width=1, style=Qt.PenStyle.DotLine),
            )
            line.label.setFont(theme.make_text_font(theme.SMALL_PIXELS))
            view.addItem(line, ignoreBounds=True)


def format_power(number: int) -> str:
    """Return a power of ten as it is printed: 10⁻⁴."""
    return "10" + str(number).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def keep_measured(points: Sequence[tuple[float, float | None]]) -> list[tuple[float, float]]:
    """Return the points that have a loss."""
    return [(rate, loss) for rate, loss in points if loss is not None]
