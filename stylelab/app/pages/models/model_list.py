"""The list of base models: lines under headings, one of them chosen; keys move through it and do what a line offers.

In: RowFace records by section. Out: which line is chosen and what is to be done with it. Next: page.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from stylelab.app.frame.job_status import Meter
from stylelab.app.look import theme
from stylelab.app.look.theme import GRID
from stylelab.app.pages.models.offers import RowFace
from stylelab.app.widgets.basics import Scroll, change_role, make_area, make_button, make_column, make_label, make_row

STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}
ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
DEEDS = {
    Qt.Key.Key_Return: "default",
    Qt.Key.Key_Enter: "default",
    Qt.Key.Key_Space: "pause",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_Backspace: "remove",
}


class ElidedLabel(QLabel):
    """A line of text that leaves out its middle where there is no room for it, and says it whole as a hint."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def whole(self) -> str:
        """The text as it was given."""
        return self._whole

    def put(self, text: str) -> None:
        """Show another text."""
        if text != self._whole:
            self._whole = text
            self.setToolTip(text)
            self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class ModelLine(QWidget):
    """One base model.

    Signals:
        chosen: It has the focus now.
        keyed: A key of the list was pressed on it.
        wanted: A deed that its button does, or "default", "pause", "remove" by a key.
        asked: All that can be done with it is to be shown at a place of the screen.
    """

    chosen = Signal(str)
    keyed = Signal(int)
    wanted = Signal(str, str)
    asked = Signal(str, QPoint)

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.face: RowFace | None = None
        self.current = False
        self.title = ElidedLabel()
        self.title.setFont(theme.make_text_font(weight=theme.Weight.DemiBold))
        self.marks = make_label("", "good")
        self.marks.setFont(theme.make_text_font(theme.SMALL_PIXELS, theme.Weight.Medium))
        self.facts = make_label("", "quiet", wrap=True)
        self.status = make_label("", "quiet", wrap=True)
        self.meter = Meter(self.tr("Progress"))
        self.buttons: list[QPushButton] = []
        self._side = QHBoxLayout()
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(GRID)
        head = make_row(self.title, self.marks, gap=GRID)
        head.setStretch(0, 1)
        words = make_column(head, self.facts, self.meter, self.status, gap=3)
        box = make_row(words, self._side, edges=(12, 9, 12, 9), gap=2 * GRID)
        box.setStretch(0, 1)
        self.setLayout(box)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def show_face(self, face: RowFace) -> None:
        """Show what a line says now; its buttons stay the same widgets while they are the same."""
        before, self.face = self.face, face
        if face == before:
            return
        self.setAccessibleName(face.title)
        self.setAccessibleDescription(face.text)
        self.title.put(face.title)
        self.marks.setText(" · ".join(face.marks))
        self.marks.setVisible(bool(face.marks))
        self.facts.setText(face.facts)
        self.facts.setVisible(bool(face.facts))
        self.meter.setVisible(face.share is None or face.share >= 0)
        self.meter.show_share(face.share)
        change_role(self.status, face.role)
        self.status.setText(face.status)
        self.status.setVisible(bool(face.status))
        self._put_buttons(face)

    def _put_buttons(self, face: RowFace) -> None:
        names = [(offer.deed, offer.name) for offer in face.offers]
        if names != [(made.objectName(), made.text()) for made in self.buttons]:
            held = any(made.hasFocus() for made in self.buttons)
            for made in self.buttons:
                made.hide()
                made.deleteLater()
            self.buttons = []
            for offer in face.offers:
                made = make_button(offer.name, lambda deed=offer.deed: self.wanted.emit(self.key, deed))
                made.setObjectName(offer.deed)
                made.setAccessibleName(f"{offer.name}: {face.title}")
                self._side.addWidget(made, alignment=Qt.AlignmentFlag.AlignVCenter)
                self.buttons.append(made)
            if held:
                self.setFocus()
        for made, offer in zip(self.buttons, face.offers, strict=True):
            made.setEnabled(not offer.why_not)
            made.setToolTip(offer.why_not)

    def mark(self, current: bool) -> None:
        """Mark it as the one chosen, or not; the chosen one alone is reached by Tab."""
        self.current = current
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.chosen.emit(self.key)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in STEPS or key in ENDS:
            self.keyed.emit(event.key())
        elif key in DEEDS:
            self.wanted.emit(self.key, DEEDS[key])
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.wanted.emit(self.key, "default")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.setFocus()
        self.asked.emit(self.key, event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.get_colours()
        if not self.current:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.make_colour(c.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.make_colour(c.chosen))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()


class ModelList(QWidget):
    """All base models under headings.

    Signals:
        chosen: The key of the line chosen.
        wanted: A key and a deed; "default", "pause" and "remove" where a key of the keyboard asked for it.
        asked: A key, and the place of the screen where its menu is wanted.
    """

    chosen = Signal(str)
    wanted = Signal(str, str)
    asked = Signal(str, QPoint)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.lines: dict[str, ModelLine] = {}
        self.headings: list[QLabel] = []
        self.key = ""
        self._order: list[str] = []
        self._box = QVBoxLayout()
        self._box.setContentsMargins(3 * GRID - 4, 0, 2 * GRID, 2 * GRID)
        self._box.setSpacing(2)
        self.area = Scroll(make_area(make_column(self._box, 0, gap=0)))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)

    def show_sections(self, sections: Sequence[tuple[str, Sequence[tuple[str, RowFace]]]]) -> None:
        """Show other lines by section; a line that stays keeps its place in the keyboard's order and its focus."""
        wanted = [key for _, lines in sections for key, _ in lines]
        for key in [key for key in self.lines if key not in wanted]:
            gone = self.lines.pop(key)
            self._box.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for heading in self.headings:
            self._box.removeWidget(heading)
            heading.deleteLater()
        self.headings = []
        for title, lines in sections:
            if not lines:
                continue
            heading = make_label(title, "section")
            heading.setContentsMargins(12, 2 * GRID if self.headings else 0, 12, 4)
            self.headings.append(heading)
            self._box.addWidget(heading)
            for key, face in lines:
                line = self.lines.get(key) or self._make_line(key)
                line.show_face(face)
                self._box.addWidget(line)
        self._order = wanted
        if self.key not in self.lines:
            self.choose(wanted[0] if wanted else "")

    def _make_line(self, key: str) -> ModelLine:
        line = self.lines[key] = ModelLine(key)
        line.chosen.connect(self.choose)
        line.keyed.connect(self._step)
        line.wanted.connect(self.wanted)
        line.asked.connect(self.asked)
        return line

    def show_face(self, key: str, face: RowFace) -> None:
        """Show what one line says now."""
        if key in self.lines:
            self.lines[key].show_face(face)

    def choose(self, key: str) -> None:
        """Choose a line as the user would."""
        if key == self.key:
            return
        self.key = key
        for line in self.lines.values():
            line.mark(line.key == key)
        if key in self.lines:
            self.area.ensureWidgetVisible(self.lines[key], 0, GRID)
        self.chosen.emit(key)

    def enter(self) -> None:
        """Put the keyboard's focus into the list, on the line chosen."""
        if self.key in self.lines:
            self.lines[self.key].setFocus(Qt.FocusReason.TabFocusReason)

    def _step(self, pressed: int) -> None:
        """Move through the list by a key."""
        if self.key not in self._order:
            return
        key, last = Qt.Key(pressed), len(self._order) - 1
        at = ENDS[key] % (last + 1) if key in ENDS else self._order.index(self.key) + STEPS[key]
        there = self._order[max(0, min(last, at))]
        self.choose(there)
        self.lines[there].setFocus(Qt.FocusReason.TabFocusReason)
