"""The passages of a corpus: kept and left out, with a filter and a search.

In: passages of a project. Out: a list to read. Next: corpus page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QSplitter, QVBoxLayout, QWidget

from stylelab.app.look.theme import GRID
from stylelab.app.session.session import Session
from stylelab.app.texts import words
from stylelab.app.widgets.basics import area, choice, column, label, row
from stylelab.app.widgets.prose import Prose
from stylelab.app.widgets.table import TEXT_EDGE, Table
from stylelab.app.widgets.table_rows import Column, Paged
from stylelab.project.project import Project
from stylelab.project.reading import PassageLine, Reading

SETTLE_MS = 200  # after the last key, before the passages are searched


class Passages(QWidget):
    """Every passage, filtered."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._keys: list[int] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search passages"))
        self.search.setClearButtonEnabled(True)
        self.filter = choice(self.tr("Which passages"), least=190)
        self.count = label("", "small")
        self.rows: Paged[PassageLine] = Paged(
            [
                Column(self.tr("Passage"), lambda p: " ".join(p.text[:160].split()), hint=lambda p: p.document),
                Column(self.tr("Words"), lambda p: words.number(p.words), number=True),
                Column(self.tr("Scene"), lambda p: words.scene(p.kind) if p.kind else ""),
                Column(self.tr("Left out"), lambda p: words.reason(p.reason) if p.reason else ""),
            ],
            session.fetch,
        )
        self.table = Table(self.tr("Passages"), self.rows, (0, 72, 120, 132))
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._apply)
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
        self.search.textChanged.connect(self._settle.start)
        self.filter.activated.connect(lambda: self._apply())
        self.table.row_chosen.connect(self._read)

    def load(self, rejected: Mapping[str, int]) -> None:
        """Read the passages anew; `rejected` counts what was left out, by reason."""
        chosen = self.filter.currentData()
        self.filter.clear()
        self.filter.addItem(self.tr("Kept"), "")
        self.filter.addItem(self.tr("All"), None)
        for reason, count in sorted(rejected.items(), key=lambda item: -item[1]):
            self.filter.addItem(f"{words.begun(words.reason(reason))} ({words.number(count)})", reason)
        self.filter.setCurrentIndex(max(0, self.filter.findData(chosen)) if chosen else 0)
        self._apply()

    def _apply(self) -> None:
        project, reason = self._session.project, self.filter.currentData()
        wanted = self.search.text().strip()
        if project is None:
            return

        def show(found: list[int]) -> None:
            self._keys = found
            self.rows.put(len(found), lambda first, many: lines(project, found[first : first + many]))
            self.table.setColumnHidden(2, bool(reason))
            self.table.setColumnHidden(3, reason == "")
            self.count.setText(words.unit("passages", len(found)))
            self.prose.show_text("")
            if found:
                self.table.selectRow(0)

        self._session.fetch(lambda: keys(project, reason, wanted), show)

    def _read(self, number: int) -> None:
        project, key = self._session.project, self._keys[number]

        def show(found: list[PassageLine]) -> None:
            if found and self.table.currentIndex().row() == number:
                self.prose.show_text(found[0].text)

        if project is not None:
            self._session.fetch(lambda: lines(project, [key]), show)


def keys(project: Project, reason: str | None, search: str) -> list[int]:
    """Return the keys of the passages to show; called in a thread."""
    with Reading(project.folder) as reading:
        return reading.passage_keys(reason, search)


def lines(project: Project, own: Sequence[int]) -> list[PassageLine]:
    """Return some passages; called in a thread."""
    with Reading(project.folder) as reading:
        return reading.passage_lines(own)
