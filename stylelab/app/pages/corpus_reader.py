"""The reading pane: a text as it came, with what was taken out tinted by rule.

In: a document's line. Out: the original with marks. Next: corpus page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from stylelab.app import words
from stylelab.app.colours import Colours
from stylelab.app.session import Session
from stylelab.app.theme import GRID
from stylelab.app.widgets.basics import label, row, rule, tool
from stylelab.app.widgets.legend import Legend
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


def tint(number: int, c: Colours) -> str:
    """Return the ground of a rule's stretches."""
    return c.tints[number % len(c.tints)]


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
        self.legend = Legend(self.tr("What was taken out"))
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
        self.legend.show_entries([(partial(tint, n), words.rule(name)) for name, n in self._tints.items()])
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
