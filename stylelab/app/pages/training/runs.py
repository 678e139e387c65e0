"""The history of runs: choose one to see it, several to lay their curves over each other and see how their plans differ.

In: runs. Out: `chosen` with names. Next: training page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from stylelab.app.session.session import Session
from stylelab.app.texts import plan_words, words
from stylelab.app.widgets.basics import area, label, row
from stylelab.app.widgets.table import Table
from stylelab.app.widgets.table_rows import Column, Rows
from stylelab.project.project import Project
from stylelab.project.store import RunRow
from stylelab.training.plan import Plan


class Runs(QWidget):
    """All runs of a project.

    Signals:
        chosen: Names of the runs chosen, the one chosen first in front.
    """

    chosen = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.rows: Rows[RunRow] = Rows(
            [
                Column(self.tr("Run"), lambda r: r.id),
                Column(self.tr("Started"), lambda r: when(r.started), lambda r: r.started),
                Column(self.tr("State"), lambda r: words.outcome(r.outcome)),
                Column(self.tr("Updates"), lambda r: words.number(r.updates), lambda r: r.updates, True),
                Column(self.tr("First loss"), lambda r: loss(r.valid_first), lambda r: r.valid_first or 99, True),
                Column(self.tr("Best loss"), lambda r: loss(r.valid_best), lambda r: r.valid_best or 99, True),
            ]
        )
        self.table = Table(self.tr("Runs"), self.rows, (0, 150, 120, 84, 92, 92))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setToolTip(self.tr("Choose several to lay their curves over each other."))
        self.told = label("", "small", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(area(row(self.table, edges=(24, 0, 24, 0))), 1)
        box.addLayout(row(self.told, edges=(32, 6, 24, 10)))
        self.table.selectionModel().selectionChanged.connect(lambda: self._tell())

    def show_runs(self, runs: Sequence[RunRow]) -> None:
        """Show other runs, the latest first."""
        shown = list(reversed(runs))
        if shown != self.rows.rows:
            self.rows.put(shown)

    def _tell(self) -> None:
        numbers = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        names = [found.id for n in numbers if (found := self.rows.row(n)) is not None]
        self.told.setText("")
        self.chosen.emit(names)
        project = self._session.project
        if len(names) == 2 and project is not None:
            self._session.fetch(lambda: plans_differ(project, names[1], names[0]), self._show_difference)

    def _show_difference(self, lines: list[str]) -> None:
        self.told.setText(" · ".join(lines) if lines else self.tr("Both have the same plan."))


def plans_differ(project: Project, a: str, b: str) -> list[str]:
    """Return how two runs' plans differ; called in a thread."""
    first, second = (Plan.load(project.runs / name / "training.yaml") for name in (a, b))
    return plan_words.describe_differences(first, second)


def when(started: str) -> str:
    """Return a run's start as this language writes it."""
    try:
        at = QDateTime.fromSecsSinceEpoch(int(datetime.fromisoformat(started).timestamp()))
    except ValueError:
        return started
    return QLocale().toString(at, QLocale.FormatType.ShortFormat)


def loss(value: float | None) -> str:
    """Return a loss, or a dash for one that is missing."""
    return "–" if value is None else words.number(value, 3)
