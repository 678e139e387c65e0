"""The sidebar: the project, its stages with their states, the library; at its foot the running job and the memory.

In: stages and a job. Out: `chosen` with a page's name. Next: window.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from stylelab.app.look import icons, theme
from stylelab.app.look.theme import GRID
from stylelab.app.session.stages import STAGES, Stage, State
from stylelab.app.texts import words
from stylelab.app.widgets.basics import label

WIDTH = 216
LIBRARY = ("models", "settings")


class Item(QAbstractButton):
    """One line of the sidebar."""

    HEIGHT = 32

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.stage = Stage(State.READY)
        self.share: float | None = None
        self.setCheckable(True)
        self.setText(words.stage(name))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words.stage(name))
        self._hover = self._keyed = False

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 2 * GRID, self.HEIGHT)

    def show_stage(self, stage: Stage, share: float | None) -> None:
        """Show another state; `share` of the running job, 0 to 1."""
        self.stage, self.share = stage, share
        self.setAccessibleDescription(state_words(stage))
        self.setToolTip(words.attention(stage.reason) if stage.reason else "")
        self.update()

    def enterEvent(self, event: object) -> None:
        self._hover = True
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._hover = False
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._keyed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._keyed = False
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self._hover or self._keyed:
            painter.setPen(theme.colour(c.accent) if self._keyed else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(c.chosen if on else c.hover))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        dim = self.stage.state == State.EMPTY
        icons.draw(painter, self.name, QRectF(10, 7, 18, 18), c.quiet if dim else c.accent)
        painter.setFont(theme.text_font(weight=theme.Weight.DemiBold if on else theme.Weight.Normal))
        painter.setPen(theme.colour(c.quiet if dim else c.text))
        name = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - 84)
        painter.drawText(QRectF(38, 0, self.width() - 84, self.height()), Qt.AlignmentFlag.AlignVCenter, name)
        self._paint_state(painter)
        painter.end()

    def _paint_state(self, painter: QPainter) -> None:
        c = theme.colours()
        right = QRectF(0, 0, self.width() - 12, self.height())
        middle = self.height() / 2
        if self.stage.state == State.RUNNING:
            ring = QRectF(self.width() - 28, middle - 7, 14, 14)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour(c.line), 2.5))
            painter.drawEllipse(ring)
            painter.setPen(QPen(theme.colour(c.accent), 2.5))
            painter.drawArc(ring, 90 * 16, -int(360 * 16 * (self.share if self.share is not None else 0.15)))
        elif self.stage.state == State.ATTENTION:
            icons.draw(painter, "warning", QRectF(self.width() - 30, middle - 8.5, 17, 17), c.warn, 2)
        elif self.stage.count is not None:
            painter.setFont(theme.text_font(12))
            painter.setPen(theme.colour(c.quiet))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(right, flags, words.number(self.stage.count))


def state_words(stage: Stage) -> str:
    """Return a stage's state for those who listen."""
    translate = words.translate
    names = {
        State.EMPTY: translate("sidebar", "waits for an earlier stage"),
        State.READY: translate("sidebar", "ready"),
        State.RUNNING: translate("sidebar", "running"),
        State.DONE: translate("sidebar", "done"),
        State.ATTENTION: translate("sidebar", "needs attention"),
    }
    count = "" if stage.count is None else f", {stage.count}"
    reason = f", {words.attention(stage.reason)}" if stage.reason else ""
    return f"{names[stage.state]}{count}{reason}"


class Sidebar(QWidget):
    """The pages of the window.

    Signals:
        chosen: A page's name.
    """

    chosen = Signal(str)

    def __init__(self, foot: QWidget) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.setProperty("ground", "sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Sidebar"))
        self.items = {name: Item(name) for name in (*STAGES, *LIBRARY)}
        self._group = QButtonGroup(self)
        self._title = label("")
        self._title.setFont(theme.text_font(15, theme.Weight.Bold))
        self._author = label("", "small")
        head = QVBoxLayout()
        head.setContentsMargins(10, 20, 10, 12)
        head.setSpacing(2)
        head.addWidget(self._title)
        head.addWidget(self._author)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, 0, GRID, GRID)
        box.setSpacing(2)
        box.addLayout(head)
        for name, item in self.items.items():
            if name == LIBRARY[0]:
                box.addSpacing(2 * GRID)
            self._group.addButton(item)
            item.clicked.connect(lambda checked=False, name=name: self.chosen.emit(name))
            box.addWidget(item)
        box.addStretch(1)
        box.addWidget(foot)

    def show_project(self, title: str, author: str) -> None:
        """Show another project's name; long ones are cut."""
        for line, text in ((self._title, title), (self._author, author)):
            metrics = line.fontMetrics()
            line.setText(metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, WIDTH - 40))
            line.setToolTip(text)

    def show_stages(self, stages: Mapping[str, Stage], share: float | None) -> None:
        """Show other states."""
        for name, stage in stages.items():
            if name in self.items:
                self.items[name].show_stage(stage, share)

    def choose(self, name: str) -> None:
        """Mark a page as the one shown."""
        self.items[name].setChecked(True)
