"""The pairs page: make them, read them side by side, see what was dropped and how they are shared out.

In: a project's passages. Out: pairs jobs. Next: training page.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from stylelab.app import words
from stylelab.app.models.rows import Column, Paged
from stylelab.app.pages.page import Page
from stylelab.app.pages.pairs_report import PairsReport
from stylelab.app.session import Job, Session
from stylelab.app.stages import Survey
from stylelab.app.theme import GRID
from stylelab.app.widgets.basics import Empty, Segmented, area, button, column, label, row, rule
from stylelab.app.widgets.prose import Mark, Prose
from stylelab.app.widgets.table import TEXT_EDGE, Table
from stylelab.jobs.client import Outcome
from stylelab.project.project import Project
from stylelab.project.reading import PairLine, PairText, Reading

SPLITS = (None, "train", "valid", "test")


class PairsPage(Page):
    """Plain inputs and the author's text."""

    name = "pairs"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.make = button(self.tr("Make Pairs"), self.start, "primary")
        self.view = Segmented([self.tr("Pairs"), self.tr("Report")], self.tr("View"))
        self.header.add(self.view, self.make)
        self._invitation = (
            self.tr("Pairs teach the way from plain to written"),
            self.tr(
                "Each passage is rewritten in plain words. The plain text is what the model will be given; the "
                "author’s passage is what it learns to make of it."
            ),
        )
        self.empty = Empty(
            "pairs",
            *self._invitation,
            button(self.tr("Make Pairs"), self.start, "primary"),
        )
        self.waits = Empty(
            "pairs",
            self.tr("First the author’s texts"),
            self.tr("Pairs are made of passages. Add texts to the corpus."),
            button(self.tr("Show the Corpus"), lambda: self.go.emit("corpus"), "primary"),
        )
        self.pairs: Paged[PairLine] = Paged(
            [
                Column(self.tr("Plain input"), lambda p: p.begins),
                Column(self.tr("Kind"), lambda p: words.kind(p.kind)),
                Column(self.tr("Words"), lambda p: words.number(p.words), number=True),
            ],
            session.fetch,
        )
        self.split = QComboBox()
        self.split.setAccessibleName(self.tr("Which pairs"))
        for name, title in zip(
            SPLITS, (self.tr("All"), self.tr("Training"), self.tr("Validation"), self.tr("Test")), strict=True
        ):
            self.split.addItem(title, name)
        self.split.setFixedWidth(160)
        self.count = label("", "small")
        self.table = Table(self.tr("Pairs"), self.pairs, (0, 88, 72))
        self.side = SideBySide()
        self.report = PairsReport(session)
        self.views = QStackedWidget()
        self._warning = label("", "warn", wrap=True)
        self._notes = area(column(self._warning, edges=(4 * GRID, 0, 3 * GRID, GRID)))
        self._build()
        self.view.chosen.connect(self._show_view)
        self.split.activated.connect(lambda: self._load())
        self.table.row_chosen.connect(self._read)
        self._made = ""
        self._keys: list[str] = []

    def _build(self) -> None:
        bar = row(self.split, 0, self.count, edges=(TEXT_EDGE, GRID, 2 * GRID, GRID))
        left = area(column(bar, area(row(self.table, edges=(TEXT_EDGE, 0, 0, 0))), gap=0))
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(left)
        both.addWidget(self.side)
        left.setMinimumWidth(340)
        both.setSizes([400, 660])
        both.setHandleWidth(1)
        both.setChildrenCollapsible(False)
        self.views.addWidget(both)
        self.views.addWidget(self.report)
        for part in (self.waits, self.empty, area(column(self._notes, rule(), self.views, gap=0))):
            self.body.addWidget(part)

    def start(self) -> None:
        """Make the pairs anew."""
        self.session.start("pairs")

    def _show_view(self, index: int) -> None:
        self.views.setCurrentIndex(index)
        if index == 1:
            self.report.measure()

    def refresh(self, survey: Survey) -> None:
        counts = survey.counts
        total = sum(counts.pairs.values())
        self.body.setCurrentIndex(2 if total else 1 if counts.passages else 0)
        self.view.setVisible(total > 0)
        self.make.setVisible(total > 0)
        self.make.setEnabled(self.session.job is None)
        self.make.setText(self.tr("Make Again") if total else self.tr("Make Pairs"))
        self.header.state.setText(
            self.tr("{pairs}: {train} to learn from, {valid} to validate, {test} to test").format(
                pairs=words.unit("pairs", total),
                train=words.number(counts.pairs.get("train", 0)),
                valid=words.number(counts.pairs.get("valid", 0)),
                test=words.number(counts.pairs.get("test", 0)),
            )
            if total
            else self.tr("Plain inputs and the author’s text.")
        )
        said = words.attention("pairs_stale") if survey.stale and total else ""
        self._warning.setText(said)
        self._notes.setVisible(bool(said))
        made = str(survey.audit.get("recipe_sha256", "")) + str(survey.audit.get("sha256", ""))
        if made != self._made or self.pairs.rowCount() == 0:
            self._made = made
            self._load()
            self.report.show_audit(survey.audit, survey.plan)

    def _load(self) -> None:
        project, split = self.session.project, self.split.currentData()
        if project is None:
            return

        def show(found: list[str]) -> None:
            self._keys = found
            self.count.setText(words.unit("pairs", len(found)))
            self.pairs.put(len(found), lambda first, many: lines(project, found[first : first + many]))
            if found:
                self.table.selectRow(0)

        self.session.fetch(lambda: keys(project, split), show)

    def _read(self, number: int) -> None:
        project = self.session.project
        if project is None:
            return

        def show(found: PairText | None) -> None:
            if found is not None and self.table.currentIndex().row() == number:
                self.side.show_pair(found)

        key = self._keys[number]
        self.session.fetch(lambda: read_pair(project, key), show)

    def job_began(self, job: Job) -> None:
        self.make.setEnabled(False)
        if job.name == "pairs":
            self.empty.say(self.tr("Making the pairs …"), self.tr("Each passage is rewritten in plain words."), True)

    def job_ended(self, job: Job, how: Outcome) -> None:
        self.empty.say(*self._invitation, False)
        self.make.setEnabled(True)


class SideBySide(QWidget):
    """A pair's input and target beside each other; what the plain text did without is tinted."""

    def __init__(self) -> None:
        super().__init__()
        self.input = Prose(self.tr("Plain input"))
        self.target = Prose(self.tr("The author’s text"))
        self.told = label("", "small", wrap=True)
        columns = QSplitter(Qt.Orientation.Horizontal)
        for title, prose in ((self.tr("Plain input"), self.input), (self.tr("The author’s text"), self.target)):
            columns.addWidget(area(column(row(label(title, "section"), edges=(32, 16, 16, 0)), prose, gap=0)))
        columns.setHandleWidth(1)
        columns.setChildrenCollapsible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(columns, 1)
        box.addWidget(rule())
        box.addLayout(row(self.told, edges=(32, 10, 24, 10)))

    def show_pair(self, pair: PairText) -> None:
        """Show another pair."""
        self.input.show_text(pair.input)
        self.target.show_text(pair.completion, lost_marks(pair.completion, pair.lost, self.tr("not in the plain text")))
        bleed = self.tr("The input gives away {share} of the distinctive words.").format(
            share=words.percent(pair.bleed)
        )
        lost = self.tr("Tinted words are not in the plain text: the model must find them.") if pair.lost else ""
        self.told.setText(f"{bleed} {lost}".strip())


def lost_marks(text: str, lost: tuple[str, ...], hint: str) -> list[Mark]:
    """Return a mark for every lost word's place in a text, whole words only, in order and without overlap."""
    wanted = {word.casefold() for word in lost}
    marks: list[Mark] = []
    at = 0
    while at < len(text):
        if text[at].isalpha():
            end = at
            while end < len(text) and (text[end].isalnum() or text[end] in "'’-"):
                end += 1
            if text[at:end].casefold().strip("'’-") in wanted:
                marks.append(Mark(at, end, 0, hint))
            at = end
        else:
            at += 1
    return marks


def keys(project: Project, split: str | None) -> list[str]:
    """Return the ids of the pairs to show; called in a thread."""
    with Reading(project.folder) as reading:
        return reading.pair_keys(split)


def lines(project: Project, ids: Sequence[str]) -> list[PairLine]:
    """Return some lines; called in a thread."""
    with Reading(project.folder) as reading:
        return reading.pair_lines(ids)


def read_pair(project: Project, id: str) -> PairText | None:
    """Return a pair's texts; called in a thread."""
    with Reading(project.folder) as reading:
        return reading.pair(id)
