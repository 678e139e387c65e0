"""The small parts every page is made of: labels, buttons, a segmented control, a page's header, an empty page.

In: words. Out: widgets that wear the theme and have accessible names. Next: pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from stylelab.app.look import icons, theme
from stylelab.app.look.theme import GRID

Edges = tuple[int, int, int, int]
L = TypeVar("L", bound=QBoxLayout)


def make_label(text: str = "", role: str = "", wrap: bool = False) -> QLabel:
    """Return a label; `role` is one of the stylesheet's: title, section, quiet, small, warn, bad, good."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role == "title":
        made.setFont(theme.make_title_font())
    return made


def change_role(widget: QWidget, role: str) -> None:
    """Give a widget another of the stylesheet's roles."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().polish(widget)


def clear_layout(layout: QLayout) -> None:
    """Remove all widgets of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


def make_button(text: str, do: Callable[[], object], role: str = "", icon: str = "", hint: str = "") -> QPushButton:
    """Return a button; `role` is primary, link or nothing."""
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setAccessibleName(text)
    made.setAutoDefault(False)  # in a dialog, Return means the primary action and nothing else
    made.setCursor(Qt.CursorShape.PointingHandCursor if role == "link" else Qt.CursorShape.ArrowCursor)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    if icon:
        made.setIcon(icons.make_icon(icon, "on_fill" if role == "primary" else "quiet"))
        made.setIconSize(QSize(16, 16))
    if hint:
        made.setToolTip(hint)
    made.clicked.connect(lambda: do())
    return made


def make_tool(name: str, icon: str, do: Callable[[], object]) -> QToolButton:
    """Return a button that is an icon; its name is read aloud and shown as a hint."""
    made = QToolButton()
    made.setIcon(icons.make_icon(icon))
    made.setIconSize(QSize(18, 18))
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(lambda: do())
    return made


def make_choice(title: str, entries: Iterable[tuple[str, object]] = (), least: int = 0) -> QComboBox:
    """Return a choice among entries (text, value), as wide as the longest of them and at least `least` pixels."""
    made = QComboBox()
    made.setAccessibleName(title)
    made.setMinimumWidth(least)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    for text, value in entries:
        made.addItem(text, value)
    return made


def make_rule(vertical: bool = False) -> QFrame:
    """Return a hairline."""
    made = QFrame()
    made.setProperty("role", "rule")
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def fill_layout(layout: L, *parts: QWidget | QBoxLayout | int, edges: Edges = (0, 0, 0, 0), gap: int = GRID) -> L:
    """Fill a layout: widgets and layouts as they come; a number above 0 is a gap in pixels, 0 takes what is left."""
    layout.setContentsMargins(*edges)
    layout.setSpacing(gap)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        elif isinstance(part, QBoxLayout):
            layout.addLayout(part)
        elif part:
            layout.addSpacing(part)
        else:
            layout.addStretch(1)
    return layout


def make_row(*parts: QWidget | QBoxLayout | int, edges: Edges = (0, 0, 0, 0), gap: int = GRID) -> QHBoxLayout:
    """Return parts beside each other."""
    return fill_layout(QHBoxLayout(), *parts, edges=edges, gap=gap)


def make_column(*parts: QWidget | QBoxLayout | int, edges: Edges = (0, 0, 0, 0), gap: int = GRID) -> QVBoxLayout:
    """Return parts below each other."""
    return fill_layout(QVBoxLayout(), *parts, edges=edges, gap=gap)


def make_area(layout: QBoxLayout, ground: str = "") -> QWidget:
    """Return a widget around a layout; `ground` is content, sidebar or inspector."""
    made = QWidget()
    made.setLayout(layout)
    if ground:
        made.setProperty("ground", ground)
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made


class Scroll(QScrollArea):
    """A part that scrolls up and down, on the ground that lies under it; it is never narrower than what is in it."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.inner = inner
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        width = self.inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, super().minimumSizeHint().height())


def fill_scrolled(page: QWidget, inner: QWidget) -> None:
    """Fill a widget with one that scrolls in it."""
    fill_layout(QVBoxLayout(page), Scroll(inner))


def fill_inspector(page: QWidget, *parts: QWidget | QBoxLayout | int) -> None:
    """Fill an inspector: parts below each other, which scroll where there is no room for all."""
    fill_scrolled(page, make_area(make_column(*parts, 0, edges=(2 * GRID, 3 * GRID, 2 * GRID, 2 * GRID))))


def fill_report(page: QWidget, left: QBoxLayout, right: QBoxLayout) -> None:
    """Fill a page of charts: two columns of one width, which scroll."""
    both = make_row(left, right, edges=(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID), gap=6 * GRID)
    both.setStretch(0, 1)
    both.setStretch(1, 1)
    fill_scrolled(page, make_area(both))


def make_section(chart: QWidget) -> tuple[QWidget, QWidget]:
    """Return a chart below its name."""
    return make_label(chart.accessibleName(), "section"), chart


class Segmented(QWidget):
    """A choice among few, side by side; arrow keys move it.

    Signals:
        chosen: The index chosen by the user.
    """

    chosen = Signal(int)
    HEIGHT = 28

    def __init__(self, names: Sequence[str], title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = list(names)
        self.index = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._describe()

    @property
    def count(self) -> int:
        """Number of choices."""
        return len(self._names)

    def sizeHint(self) -> QSize:
        width = max(
            QFontMetrics(theme.make_text_font(weight=theme.Weight.DemiBold)).horizontalAdvance(n) for n in self._names
        )
        return QSize((width + 28) * len(self._names) + 4, self.HEIGHT)

    def choose(self, index: int) -> None:
        """Choose as the user would."""
        if 0 <= index < len(self._names) and index != self.index:
            self.index = index
            self._describe()
            self.update()
            self.chosen.emit(index)

    def _describe(self) -> None:
        self.setAccessibleDescription(self._names[self.index])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.choose(self.index + step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.choose(int(event.position().x() * len(self._names) / max(1, self.width())))

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.get_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.make_colour(c.field))
        painter.drawRoundedRect(QRectF(self.rect()), 7, 7)
        width = (self.width() - 4) / len(self._names)
        for n, name in enumerate(self._names):
            place = QRectF(2 + n * width, 2, width, self.height() - 4)
            on = n == self.index
            if on:
                painter.setPen(theme.make_colour(c.accent if self.hasFocus() else c.line))
                painter.setBrush(theme.make_colour(c.hover if c.dark else c.content))
                painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 5.5, 5.5)
            painter.setFont(theme.make_text_font(weight=theme.Weight.DemiBold if on else theme.Weight.Normal))
            painter.setPen(theme.make_colour(c.text if on else c.quiet))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name)
        painter.end()


class PageHeader(QWidget):
    """A page's title, one line about its state, and its one primary action."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = make_label(title, "title")
        self.state = make_label("", "quiet", wrap=True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.state.setSizePolicy(policy)
        self._actions = make_row(gap=GRID)
        fill_layout(
            box := QHBoxLayout(self),
            make_column(self.title, self.state, gap=2),
            self._actions,
            edges=(4 * GRID, 3 * GRID, 3 * GRID, 2 * GRID),
            gap=2 * GRID,
        )
        box.setStretch(0, 1)

    def add(self, *parts: QWidget) -> None:
        """Put actions at the right, the primary one last."""
        for part in parts:
            self._actions.addWidget(part, alignment=Qt.AlignmentFlag.AlignVCenter)


class EmptyPage(QWidget):
    """What a page says before it has anything: an icon, a sentence, a reason, what to do."""

    def __init__(self, icon: str, title: str, text: str, *actions: QPushButton) -> None:
        super().__init__()
        self._icon = icon
        heading = make_label(title)
        heading.setFont(theme.make_text_font(17, theme.Weight.DemiBold))
        heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        body = make_label(text, "quiet", wrap=True)
        body.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        body.setFixedWidth(420)
        buttons = make_row(0, *actions, 0, gap=GRID)
        self.heading, self.body, self.buttons = heading, body, actions
        inner = make_column(0, 80, heading, make_row(0, body, 0), GRID, buttons, 0, edges=(24, 24, 24, 48), gap=GRID)
        self.setLayout(inner)

    def say(self, title: str, text: str, waiting: bool) -> None:
        """Say something else; while it waits for something, there is nothing to do."""
        self.heading.setText(title)
        self.body.setText(text)
        for made in self.buttons:
            made.setVisible(not waiting)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = 48
        top = self.heading.geometry().top() - side - 20
        icons.draw_icon(
            painter, self._icon, QRectF((self.width() - side) / 2, top, side, side), theme.get_colours().quiet, 1.1
        )
        painter.end()


def make_action(name: str, do: Callable[[], object], keys: str = "", parent: QWidget | None = None) -> QAction:
    """Return a menu's action with its shortcut."""
    made = QAction(name, parent)
    if keys:
        made.setShortcut(keys)
    made.triggered.connect(lambda: do())
    return made
