"""The passages of a corpus: kept and left out, with a filter and a search.

In: passages of a project. Out: a list to read. Next: corpus page.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QSplitter, QVBoxLayout, QWidget

from stylelab.app import words
from stylelab.app.models.rows import Column, Rows
from stylelab.app.session import Session
from stylelab.app.theme import GRID
from stylelab.app.widgets.basics import area, column, label, row
from stylelab.app.widgets.prose import Prose
from stylelab.app.widgets.table import TEXT_EDGE, Table
from stylelab.project.project import Project
from stylelab.project.reading import PassageLine, Reading


class Passages(QWidget):
    """Every passage, filtered."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._all: list[PassageLine] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search passages"))
        self.search.setClearButtonEnabled(True)
        self.filter = QComboBox()
        self.filter.setAccessibleName(self.tr("Which passages"))
        self.filter.setFixedWidth(190)
        self.count = label("", "small")
        self.rows: Rows[PassageLine] = Rows(
            [
                Column(self.tr("Passage"), lambda p: " ".join(p.text[:160].split()), hint=lambda p: p.document),
                Column(self.tr("Words"), lambda p: words.number(p.words), lambda p: p.words, True),
                Column(self.tr("Left out"), lambda p: words.reason(p.reason) if p.reason else ""),
            ]
        )
        self.table = Table(self.tr("Passages"), self.rows, (0, 72, 132), sorts=True)
        self.prose = Prose(self.tr("Passage"))
        bar = row(self.filter, self.search, edges=(TEXT_EDGE, GRID, 2 * GRID, GRID))
        foot = row(self.count, 0, edges=(4 * GRID, 4, 2 * GRID, 6))
        left = area(column(bar, area(row(self.table, edges=(TEXT_EDGE, 0, 0, 0))), foot, gap=0))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(self.prose)
        left.setMinimumWidth(420)
        split.setSizes([520, 520])
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(split)
        self.search.textChanged.connect(lambda: self._apply())
        self.filter.activated.connect(lambda: self._apply())
        self.table.row_chosen.connect(self._read)

    def load(self) -> None:
        """Read the passages anew."""
        project = self._session.project
        if project is not None:
            self._session.fetch(lambda: read(project), self._show)

    def _show(self, found: list[PassageLine]) -> None:
        self._all = found
        chosen = self.filter.currentData()
        reasons = sorted({p.reason for p in found if p.reason})
        self.filter.clear()
        self.filter.addItem(self.tr("Kept"), "")
        self.filter.addItem(self.tr("All"), None)
        for reason in reasons:
            self.filter.addItem(words.reason(reason).capitalize(), reason)
        self.filter.setCurrentIndex(max(0, self.filter.findData(chosen)) if chosen else 0)
        self._apply()

    def _apply(self) -> None:
        reason, wanted = self.filter.currentData(), self.search.text().casefold()
        rows = [
            p
            for p in self._all
            if (reason is None or p.reason == reason) and (not wanted or wanted in p.text.casefold())
        ]
        self.rows.put(rows)
        self.table.setColumnHidden(2, not any(p.reason for p in rows))
        self.count.setText(words.unit("passages", len(rows)))
        if rows:
            self.table.selectRow(0)
        else:
            self.prose.show_text("")

    def _read(self, number: int) -> None:
        passage = self.rows.row(number)
        if passage is not None:
            self.prose.show_text(passage.text)


def read(project: Project) -> list[PassageLine]:
    """Return every passage; called in a thread."""
    with Reading(project.folder) as reading:
        return reading.passage_lines()
