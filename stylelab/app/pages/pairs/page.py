"""The pairs page: make them, read them side by side, see what was dropped and how they are shared out.

In: a project's passages. Out: pairs jobs. Next: training page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget

from stylelab.app.look.theme import GRID
from stylelab.app.pages.page import RoomPage
from stylelab.app.pages.pairs.given import GivenPairs, find_pair_files
from stylelab.app.pages.pairs.plan import PairsInspector, list_perspective_names, list_variant_names
from stylelab.app.pages.pairs.report import PairsReport
from stylelab.app.pages.pairs.side import SideBySide
from stylelab.app.session.session import RunningJob, Session
from stylelab.app.session.stages import Survey
from stylelab.app.texts import words
from stylelab.app.texts.words import translate
from stylelab.app.widgets.basics import (
    EmptyPage,
    Segmented,
    make_area,
    make_button,
    make_choice,
    make_column,
    make_label,
    make_row,
    make_rule,
    make_tool,
)
from stylelab.app.widgets.sheet import Sheet
from stylelab.app.widgets.table import TEXT_EDGE, RowTable
from stylelab.app.widgets.table_rows import Paged, TableColumn
from stylelab.jobs.catalogue.pairs import HarvestRequest, PairsAudit, PairsRequest
from stylelab.jobs.core.client import JobOutcome
from stylelab.jobs.core.protocol import Down, Progress
from stylelab.project.decisions import PairDecision, decide_pair, forget_decision, undo_decision
from stylelab.project.project import Project
from stylelab.project.view import PairLine, PairText, ProjectView

WHICH = ("", "train", "valid", "test", "left_out", "judged")
SIGNS = {"accept": "✓", "reject": "✗", "edit": "✎"}


class PairsPage(RoomPage):
    """Plain inputs and the author's text."""

    name = "pairs"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.make = make_button(self.tr("Make Pairs"), self.start, "primary")
        self.view = Segmented([self.tr("Pairs"), self.tr("Report")], self.tr("View"))
        self.header.add(self.view, self.make)
        self._invitation = (
            self.tr("Pairs teach the way from plain to written"),
            self.tr(
                "Each passage is rewritten in plain words. The plain text is what the model will be given; the "
                "author’s passage is what it learns to make of it."
            ),
        )
        self.empty = EmptyPage(
            "pairs",
            *self._invitation,
            make_button(self.tr("Add Given Pairs …"), lambda: self.given.show_menu(self.empty.buttons[0])),
            make_button(self.tr("Make Pairs"), self.start, "primary"),
        )
        self.waits = EmptyPage(
            "pairs",
            self.tr("First the author’s texts"),
            self.tr("Pairs are made of passages. Add texts to the corpus."),
            make_button(self.tr("Add Given Pairs …"), lambda: self.given.show_menu(self.waits.buttons[0])),
            make_button(self.tr("Show the Corpus"), lambda: self.go.emit("corpus"), "primary"),
        )
        self.pairs: Paged[PairLine] = Paged(
            [
                TableColumn(self.tr("Plain input"), lambda p: p.begins),
                TableColumn(self.tr("Kind"), name_shape),
                TableColumn(self.tr("Words"), lambda p: words.format_number(p.words), number=True),
                TableColumn("", lambda p: SIGNS.get(p.verdict, ""), hint=lambda p: words.translate_verdict(p.verdict)),
            ],
            session.fetch,
        )
        titles = (self.tr("All"), self.tr("Training"), self.tr("Validation"), self.tr("Test"))
        titles = (*titles, self.tr("Left out"), self.tr("Decided by you"))
        self.split = make_choice(self.tr("Which pairs"), zip(titles, WHICH, strict=True), 176)
        self.count = make_label("", "small")
        self.given = GivenPairs(self, session, self.start)
        self.add = make_tool(self.tr("Add Given Pairs …"), "plus", lambda: self.given.show_menu(self.add))
        self.setAcceptDrops(True)
        self.table = RowTable(self.tr("Pairs"), self.pairs, (0, 132, 72, 36))
        self.side = SideBySide()
        self.plan = PairsInspector(session)
        self.inspector = self.plan
        self.report = PairsReport(session)
        self.views = QStackedWidget()
        self.warning = make_label("", "warn", wrap=True)
        self.rewrites = make_label("", "small", wrap=True)  # how a model's rewriting goes, while it does
        self.rewrites.hide()
        self._notes = make_area(make_column(self.rewrites, self.warning, edges=(4 * GRID, 0, 3 * GRID, GRID)))
        self._build()
        self._connect()
        self._decisions: list[PairDecision] = []  # of this window since the pairs were made, for undo
        self._given_wait = False  # pairs were taken in and are not yet made
        self._made = ""
        self._keys: list[str] = []

    def _connect(self) -> None:
        self.view.chosen.connect(self._show_view)
        self.split.activated.connect(lambda: self._load())
        self.table.row_chosen.connect(self._read)
        self.side.saved.connect(lambda input, target: self.judge("edit", input, target))
        for keys_, do in (("A", "accept"), ("R", "reject"), ("U", "undo"), ("E", "")):
            own = QShortcut(QKeySequence(keys_), self.table, lambda do=do: self.judge(do) if do else self.side.edit())
            own.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.table.setToolTip(self.tr("A accepts, R rejects, E edits, U takes back."))

    def _build(self) -> None:
        bar = make_row(self.split, 0, self.count, self.add, edges=(TEXT_EDGE, GRID, 2 * GRID, GRID))
        verdicts = make_row(
            make_button(
                self.tr("Accept"), lambda: self.judge("accept"), hint=self.tr("Take it, whatever the checks say. (A)")
            ),
            make_button(self.tr("Reject"), lambda: self.judge("reject"), hint=self.tr("Leave it out. (R)")),
            make_button(self.tr("Edit"), self.side.edit, hint=self.tr("Change its texts. (E)")),
            0,
            edges=(TEXT_EDGE, GRID, 2 * GRID, GRID),
        )
        left = make_area(
            make_column(bar, make_area(make_row(self.table, edges=(TEXT_EDGE, 0, 0, 0))), make_rule(), verdicts, gap=0)
        )
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(left)
        both.addWidget(self.side)
        left.setMinimumWidth(384)
        both.setSizes([430, 630])
        both.setHandleWidth(1)
        both.setChildrenCollapsible(False)
        self.views.addWidget(both)
        self.views.addWidget(self.report)
        for part in (self.waits, self.empty, make_area(make_column(self._notes, make_rule(), self.views, gap=0))):
            self.body.addWidget(part)

    def start(self) -> None:
        """Make the pairs anew; ask before text leaves this computer."""
        plan = self.plan.plan
        if plan is None or plan.rewriter != "remote":
            self.session.start(PairsRequest(project=self.session.folder))
            return
        sheet = Sheet(
            self.window(),
            self.tr("Send the author’s texts to {server}?").format(server=plan.endpoint),
            self.tr("The passages that are not yet rewritten leave this computer. The server’s owner can read them."),
            choices=[
                (
                    self.tr("Send Them"),
                    lambda: self.session.start(PairsRequest(project=self.session.folder, allow_remote=True)),
                )
            ],
            close=self.tr("Cancel"),
        )
        sheet.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if find_pair_files(event.mimeData()) and self.session.job is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.given.harvest(find_pair_files(event.mimeData()))
        event.acceptProposedAction()

    @property
    def inspector_shown(self) -> bool:
        """The plan stands beside the report, and before there are pairs; the pairs themselves need the width."""
        counts = self.survey.counts if self.survey else None
        return counts is not None and counts.passages > 0 and (self.view.index == 1 or not sum(counts.pairs.values()))

    # ------------------------------------------------------------ deciding

    def judge(self, what: str, input: str | None = None, target: str | None = None) -> None:
        """Decide about the pair shown: accept, reject, edit or undo; the next making heeds it."""
        project, pair = self.session.project, self.side.pair
        if project is None or pair is None or self.side.editing:
            return

        def remember(decision: PairDecision) -> None:
            self._decisions.append(decision)
            self._show_decision(pair.id)

        verdict = what if what == "accept" or what == "reject" else None
        if what == "undo":
            self.session.fetch(lambda: forget_decision(project, pair.id), remember)
        else:
            self.session.fetch(lambda: decide_pair(project, pair.id, verdict, input, target), remember)

    def undo(self) -> None:
        """Take back the last change: of a pair while some were decided about, else of the plan."""
        project = self.session.project
        if not self._decisions:
            self.plan.undo()
        elif project is not None:
            last = self._decisions.pop()
            self.session.fetch(lambda: undo_decision(project, last), lambda _: self._show_decision(last.pair))

    def redo(self) -> None:
        """Change the plan again as it was before undoing."""
        self.plan.redo()

    def _show_decision(self, id: str) -> None:
        number = self._keys.index(id) if id in self._keys else -1
        if number >= 0:
            self.pairs.forget(number)
            self._read(number)
        self.warning.setText(self.tr("What you decided takes effect when the pairs are made again."))
        self._notes.show()

    def _show_view(self, index: int) -> None:
        self.views.setCurrentIndex(index)
        self.reshaped.emit()
        if index == 1:
            self.report.measure()

    def refresh(self, survey: Survey) -> None:
        counts = survey.counts
        self.plan.show_survey(survey)
        total = sum(counts.pairs.values())
        self.body.setCurrentIndex(2 if total else 1 if counts.passages else 0)
        self.view.setVisible(total > 0)
        self.make.setVisible(total > 0)
        self._free(self.session.job is None)
        self.make.setText(self.tr("Make Again") if total else self.tr("Make Pairs"))
        self.header.state.setText(
            self.tr("{pairs}: {train} to learn from, {valid} to validate, {test} to test").format(
                pairs=words.format_count("pairs", total),
                train=words.format_number(counts.pairs.get("train", 0)),
                valid=words.format_number(counts.pairs.get("valid", 0)),
                test=words.format_number(counts.pairs.get("test", 0)),
            )
            if total
            else self.tr("Plain inputs and the author’s text.")
        )
        said = words.translate_attention("pairs_stale") if survey.stale and total else ""
        said = said or (self.warning.text() if self._decisions else "")
        if self._given_wait:
            said = said or self.tr("The pairs you added enter the dataset when the pairs are made again.")
        self.warning.setText(said)
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
            self.count.setText(words.format_count("pairs", len(found)))
            self.pairs.put(len(found), lambda first, many: load_pair_lines(project, found[first : first + many]))
            if found:
                self.table.selectRow(0)

        self.session.fetch(lambda: load_pair_keys(project, split), show)

    def _read(self, number: int) -> None:
        project = self.session.project
        if project is None:
            return

        def show(found: PairText | None) -> None:
            if found is not None and self.table.currentIndex().row() == number:
                self.side.show_pair(found)

        key = self._keys[number]
        self.session.fetch(lambda: read_pair(project, key), show)

    def on_job_began(self, job: RunningJob) -> None:
        self._free(False)
        if isinstance(job.request, PairsRequest):
            self.empty.say(self.tr("Making the pairs …"), self.tr("Each passage is rewritten in plain words."), True)

    def on_job_message(self, job: RunningJob, message: Down) -> None:
        """Show how many of a model's rewrites are accepted, and why others are not."""
        if isinstance(message, Progress) and message.accepted is not None:
            said = describe_rewrites(message, message.accepted)
            self.rewrites.setText(said)
            self.rewrites.show()
            self._notes.show()
            self.empty.say(self.tr("Making the pairs …"), said, True)

    def on_job_ended(self, job: RunningJob, how: JobOutcome[Any]) -> None:
        self.rewrites.hide()
        self._notes.setVisible(bool(self.warning.text()))
        self.empty.say(*self._invitation, False)
        if isinstance(how.result, PairsAudit):
            self._decisions.clear()
            self._given_wait = False
        if isinstance(job.request, HarvestRequest):
            self._given_wait = self._given_wait or how.kind == "finished"
            self.given.on_job_ended(job.request, how)
        self._free(self.session.job is None)

    def _free(self, on: bool) -> None:
        """Let pairs be made and added, or not while something works."""
        for made in (self.make, self.add, *self.empty.buttons, self.waits.buttons[0]):
            made.setEnabled(on)


def load_pair_keys(project: Project, which: str) -> list[str]:
    """Return the ids of the pairs to show; called in a thread."""
    with ProjectView(project.folder) as reading:
        return reading.list_pair_ids(which)


def load_pair_lines(project: Project, ids: Sequence[str]) -> list[PairLine]:
    """Return some lines; called in a thread."""
    with ProjectView(project.folder) as reading:
        return reading.load_pair_lines(ids)


def read_pair(project: Project, id: str) -> PairText | None:
    """Return a pair's texts; called in a thread."""
    with ProjectView(project.folder) as reading:
        return reading.load_pair(id)


def describe_rewrites(message: Progress, accepted: int) -> str:
    """Return how many of a model's rewrites were accepted, and for which reasons others were not."""
    said = translate("pairs", "{done} of {total} texts rewritten: {accepted} accepted, {rejected} rejected").format(
        done=words.format_number(message.done),
        total=words.format_number(message.total),
        accepted=words.format_number(accepted),
        rejected=words.format_number(sum(message.rejected.values())),
    )
    reasons = [f"{words.translate_reason(k)} {words.format_number(n)}" for k, n in message.rejected.items()]
    return f"{said} ({', '.join(reasons)})" if reasons else said


def name_shape(pair: PairLine) -> str:
    """Return what a pair is: its point of view, its variant or its kind."""
    if pair.perspective:
        return list_perspective_names().get(pair.perspective, words.space_out(pair.perspective))
    return (
        list_variant_names()[pair.variant]
        if pair.variant in ("dropout", "abstract")
        else words.translate_kind(pair.kind)
    )
