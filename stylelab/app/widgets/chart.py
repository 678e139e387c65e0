"""The chart of a run: loss per update with its smoothing, validation loss, the best marked, a crosshair that says values.

In: curves. Out: pyqtgraph, dressed plainly. Next: training page. Drag to zoom, double click to see all again. Imported when
the page is first shown: pyqtgraph brings numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stylelab.app.look import theme
from stylelab.app.look.colours import Colours
from stylelab.app.texts import words

SMOOTHING = 0.85  # weight of the past in the running mean


@dataclass(frozen=True)
class Curve:
    """A run's figures: loss and validation loss by update, in nats per token."""

    name: str
    losses: Sequence[tuple[int, float]]
    valid: Sequence[tuple[int, float]]
    best: int | None = None


def smooth_values(values: Sequence[float], past: float = SMOOTHING) -> list[float]:
    """Return a running mean that starts unbiased.

    **Source:** the bias correction of exponential averages, Kingma and Ba, "Adam" (2015), section 3.
    """
    out: list[float] = []
    mean = 0.0
    for n, value in enumerate(values, 1):
        mean = past * mean + (1 - past) * value
        out.append(mean / (1 - past**n))
    return out


def choose_tone(number: int, c: Colours) -> str:
    """Return the colour of a run laid under the one shown; `number` counts them from 0."""
    return c.curves[2 + number % (len(c.curves) - 2)]


def style_plot(plot: Any) -> None:
    """Give a plot the scheme's ground, quiet axes without ticks, and faint lines across."""
    c = theme.get_colours()
    plot.setBackground(theme.make_colour(c.content))
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setPen(pg.mkPen(c.line))
        axis.setTextPen(pg.mkPen(c.quiet))
        axis.setStyle(tickLength=0, tickFont=theme.make_text_font(theme.SMALL_PIXELS), tickTextOffset=8)
    plot.getAxis("left").setWidth(44)
    plot.showGrid(x=False, y=True, alpha=0.12)


class LossChart(QWidget):
    """Loss over updates; the first curve is the run shown, the others are laid under it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._curves: list[Curve] = []
        self._smooth = True
        self._plot = pg.PlotWidget()
        self._plot.setMinimumHeight(180)
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        self._plot.setAccessibleName(title)
        item = self._plot.getPlotItem()
        assert item is not None
        self._view: Any = item.getViewBox()
        scene: Any = self._plot.scene()
        self._view.setMouseMode(pg.ViewBox.RectMode)
        self._line = pg.InfiniteLine(angle=90, movable=False)
        self._says = pg.TextItem(anchor=(0, 0))
        for cross in (self._line, self._says):
            self._view.addItem(cross, ignoreBounds=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._plot)
        scene.sigMouseMoved.connect(self._hover)
        scene.sigMouseClicked.connect(lambda event: self.show_all() if event.double() else None)
        self._dress()

    def set_smooth(self, on: bool) -> None:
        """Draw the running mean over the raw loss or the raw loss alone."""
        self._smooth = on
        self._draw()

    def show_curves(self, curves: Sequence[Curve]) -> None:
        """Show other curves."""
        self._curves = list(curves)
        told = [f"{c.name}: {c.valid[-1][1]:.3f}" for c in curves if c.valid]
        self.setAccessibleDescription("; ".join(told))
        self._draw()

    def show_all(self) -> None:
        """Zoom out to everything."""
        self._plot.enableAutoRange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_plot"):
            self._dress()
            self._draw()

    def _dress(self) -> None:
        c = theme.get_colours()
        style_plot(self._plot)
        self._line.setPen(pg.mkPen(c.quiet, width=1, style=Qt.PenStyle.DotLine))
        self._says.setColor(c.text)
        self._says.setFont(theme.make_text_font(theme.SMALL_PIXELS))

    def _draw(self) -> None:
        c = theme.get_colours()
        self._plot.clear()
        for n, curve in reversed(list(enumerate(self._curves))):
            tone = c.curves[0] if n == 0 else choose_tone(n - 1, c)
            valid_tone = c.curves[1] if n == 0 else tone
            x = [float(u) for u, _ in curve.losses]
            raw = [v for _, v in curve.losses]
            if n == 0 and self._smooth:
                self._plot.plot(x, raw, pen=pg.mkPen(theme.make_colour(tone, 0.28), width=1))
            shown = smooth_values(raw) if self._smooth else raw
            if x:
                self._plot.plot(x, shown, pen=pg.mkPen(tone, width=2), antialias=True)
            if curve.valid:
                vx, vy = [float(u) for u, _ in curve.valid], [v for _, v in curve.valid]
                pen = pg.mkPen(valid_tone, width=2, style=Qt.PenStyle.SolidLine if n == 0 else Qt.PenStyle.DashLine)
                self._plot.plot(
                    vx, vy, pen=pen, symbol="o", symbolSize=6, symbolBrush=valid_tone, symbolPen=None, antialias=True
                )
            best = next((v for u, v in curve.valid if u == curve.best), None)
            if n == 0 and best is not None and curve.best is not None:
                mark = pg.ScatterPlotItem(
                    [curve.best], [best], size=15, brush=None, pen=pg.mkPen(valid_tone, width=2), symbol="o"
                )
                self._plot.addItem(mark)
        self._line.hide()
        self._says.hide()
        told = any(curve.losses or curve.valid for curve in self._curves)
        for side in ("left", "bottom"):
            self._plot.getAxis(side).setStyle(showValues=told)

    def _hover(self, place: QPointF) -> None:
        if not self._curves or not self._plot.sceneBoundingRect().contains(place):
            return
        at = self._view.mapSceneToView(place)
        curve = self._curves[0]
        points = [*curve.losses, *curve.valid]
        if not points:
            return
        update = min((u for u, _ in points), key=lambda u: abs(u - at.x()))
        said = [self.tr("update {number}").format(number=words.format_number(update))]
        said += [
            self.tr("loss {value}").format(value=words.format_number(v, 3)) for u, v in curve.losses if u == update
        ]
        said += [
            self.tr("validation {value}").format(value=words.format_number(v, 3)) for u, v in curve.valid if u == update
        ]
        self._line.setPos(update)
        self._says.setText("\n".join(said))
        left, top = self._view.viewRange()[0], self._view.viewRange()[1][1]
        self._says.setAnchor((1, 0) if update > (left[0] + left[1]) / 2 else (0, 0))
        self._says.setPos(update, top)
        self._line.show()
        self._says.show()
