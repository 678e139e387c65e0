"""The reading pane: a text as it came, with what was taken out tinted by rule.

In: a document's line. Out: the original with marks. Next: corpus page.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from stylelab.app import theme, words
from stylelab.app.session import Session
from stylelab.app.theme import GRID
from stylelab.app.widgets.basics import label, row, rule, tool
from stylelab.app.widgets.prose import Mark, Prose
from stylelab.corpus import readers
from stylelab.corpus.document import Removal
from stylelab.project.project import Project
from stylelab.project.store import DocumentRow

PART = 24_000  # characters shown at once: laid out well within a frame or three


@dataclass(frozen=True)
class Original:
    """A text as it came and what was taken out of it."""

    id: str
    text: str
    removals: tuple[Removal, ...]


def original(project: Project, id: str, name: str) -> Original:
    """Read a document's source again; called in a thread."""
    with project.store() as store:
        removals = tuple(r for own, r in store.removals() if own == name)
    for path in sorted(project.texts.iterdir(), key=lambda p: p.name != name):
        document = readers.read(path)
        if document.id == id:
            return Original(id, document.text, removals)
    return Original(id, "", removals)


class Legend(QWidget):
    """Which tint stands for which rule; wraps over as many lines as it needs."""

    ROW = 24

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[tuple[int, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("What was taken out"))

    def show_entries(self, entries: list[tuple[int, str]]) -> None:
        """Show other rules."""
        self._entries = entries
        self.setAccessibleDescription(", ".join(name for _, name in entries))
        self.setFixedHeight(self._lines() * self.ROW if entries else 0)
        self.update()

    def _places(self) -> list[QRectF]:
        metrics = QFontMetrics(theme.text_font(theme.SMALL_PIXELS))
        places: list[QRectF] = []
        x = y = 0.0
        for _, name in self._entries:
            width = metrics.horizontalAdvance(name) + 34
            if x and x + width > max(200, self.width()):
                x, y = 0.0, y + self.ROW
            places.append(QRectF(x, y, width, self.ROW))
            x += width
        return places

    def _lines(self) -> int:
        places = self._places()
        return int(places[-1].top() / self.ROW) + 1 if places else 0

    def resizeEvent(self, event: object) -> None:
        if self._entries:
            self.setFixedHeight(self._lines() * self.ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.text_font(theme.SMALL_PIXELS))
        for (tint, name), place in zip(self._entries, self._places(), strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(c.tints[tint % len(c.tints)]))
            painter.drawRoundedRect(QRectF(place.left(), place.top() + 6, 12, 12), 3, 3)
            painter.setPen(theme.colour(c.quiet))
            painter.drawText(place.adjusted(18, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
        painter.end()

    def sizeHint(self) -> QSize:
        return QSize(200, self.ROW)


class Reader(QWidget):
    """One text, read in parts."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: Original | None = None
        self._part = 0
        self._wanted = ""
        self.title = label("", "section")
        self.told = label("", "small")
        self.legend = Legend()
        self.prose = Prose(self.tr("The text as it came"))
        self._place = label("", "small")
        self._back = tool(self.tr("Earlier part"), "right", lambda: self._turn(-1))
        self._on = tool(self.tr("Next part"), "right", lambda: self._turn(1))
        self._back.setText("‹")
        self._pager = QWidget()
        self._pager.setLayout(row(0, self._back, self._place, self._on, 0, edges=(0, 4, 0, 4)))
        head = QVBoxLayout()
        head.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, GRID)
        head.setSpacing(4)
        head.addLayout(row(self.title, 0, self.told))
        head.addWidget(self.legend)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(rule())
        box.addWidget(self.prose, 1)
        box.addWidget(self._pager)

    def show_document(self, document: DocumentRow) -> None:
        """Show another text."""
        project = self._session.project
        if project is None:
            return
        self._wanted = document.id
        self.title.setText(words.text_name(document.path))
        self.told.setText(document.encoding.upper())
        self._session.fetch(lambda: original(project, document.id, document.path), self._show)

    def _show(self, found: Original) -> None:
        if found.id != self._wanted:
            return
        same = self._shown is not None and self._shown.id == found.id
        self._shown = found
        self._part = self._part if same else 0
        rules = list(dict.fromkeys(r.rule for r in found.removals))
        self._tints = {name: n for n, name in enumerate(rules)}
        self.legend.show_entries([(n, words.rule(name)) for name, n in self._tints.items()])
        self._show_part()

    def _turn(self, by: int) -> None:
        self._part += by
        self._show_part()

    def _show_part(self) -> None:
        found = self._shown
        if found is None:
            return
        parts = max(1, -(-len(found.text) // PART))
        start = self._part * PART
        end = min(len(found.text), start + PART)
        marks = [
            Mark(max(r.start, start) - start, min(r.end, end) - start, self._tints[r.rule], words.rule(r.rule))
            for r in found.removals
            if r.start < end and r.end > start
        ]
        self.prose.show_text(found.text[start:end], marks)
        self._pager.setVisible(parts > 1)
        self._back.setEnabled(self._part > 0)
        self._on.setEnabled(self._part < parts - 1)
        self._place.setText(self.tr("Part {number} of {all}").format(number=self._part + 1, all=parts))
