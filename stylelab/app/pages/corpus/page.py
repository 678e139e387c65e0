"""The corpus page: drop texts, see what was taken out of each and put it back, look at the passages.

In: a project's documents. Out: corpus jobs. Next: pairs page.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut, QUndoStack
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget

from stylelab.app.pages.corpus.budget import Budget
from stylelab.app.pages.corpus.passages import PassageTable
from stylelab.app.pages.corpus.reader import RemovalReader, TextDecision
from stylelab.app.pages.corpus.report import CorpusReport
from stylelab.app.pages.page import RoomPage
from stylelab.app.session.session import RunningJob, Session
from stylelab.app.session.stages import Survey
from stylelab.app.texts import words
from stylelab.app.widgets.basics import EmptyPage, Segmented, make_area, make_button, make_column, make_row, make_rule
from stylelab.app.widgets.sheet import Sheet
from stylelab.app.widgets.table import TEXT_EDGE, RowTable
from stylelab.app.widgets.table_rows import Rows, TableColumn
from stylelab.app.widgets.undo import ValueChange
from stylelab.jobs.catalogue.corpus import (
    ChooseRequest,
    CorpusRequest,
    CorpusResult,
    DropRequest,
    FailedFile,
    RestoreRequest,
)
from stylelab.jobs.catalogue.job import JobRequest
from stylelab.jobs.core.client import JobOutcome
from stylelab.project.store import DocumentRow
from stylelab.project.trial import locate_sample


class CorpusPage(RoomPage):
    """Texts and what became of them."""

    name = "corpus"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setAcceptDrops(True)
        self.add = make_button(self.tr("Add Texts …"), self.choose_files, "primary", "plus")
        self.view = Segmented([self.tr("Texts"), self.tr("Passages"), self.tr("Report")], self.tr("View"))
        self.header.add(self.view, self.add)
        self._invitation = (
            self.tr("Drop an author’s texts here"),
            self.tr(
                "StyleLab takes out licences, headings and notes, keeps a record of each, and cuts the rest into "
                "passages. Nothing leaves this computer."
            ),
        )
        self.empty = EmptyPage(
            "drop",
            *self._invitation,
            make_button(self.tr("Use a Sample"), self.use_sample),
            make_button(self.tr("Choose Files …"), self.choose_files, "primary"),
        )
        self.documents: Rows[DocumentRow] = Rows(
            [
                TableColumn(self.tr("Text"), lambda d: words.format_text_name(d.path), hint=lambda d: d.path),
                TableColumn(self.tr("Words"), lambda d: words.format_number(d.words_in), lambda d: d.words_in, True),
                TableColumn(
                    self.tr("Removed"), lambda d: words.format_number(d.words_removed), lambda d: d.words_removed, True
                ),
                TableColumn(self.tr("Passages"), lambda d: words.format_number(d.passages), lambda d: d.passages, True),
            ]
        )
        self.table = RowTable(self.tr("Texts"), self.documents, (0, 72, 84, 84), sorts=True)
        self.table.setToolTip(self.tr("Delete takes a text out of the project."))
        self.reader = RemovalReader(session)
        self.budget = Budget()
        texts = QSplitter(Qt.Orientation.Horizontal)
        texts.addWidget(
            make_area(make_column(make_row(self.table, edges=(TEXT_EDGE, 0, 0, 0)), make_rule(), self.budget, gap=0))
        )
        texts.addWidget(self.reader)
        texts.setSizes([420, 620])
        texts.setChildrenCollapsible(False)
        texts.setHandleWidth(1)
        self.passages = PassageTable(session)
        self.report = CorpusReport(session)
        self.views = QStackedWidget()
        for view in (texts, self.passages, self.report):
            self.views.addWidget(view)
        self.full = make_area(make_column(make_rule(), self.views, gap=0))
        self.body.addWidget(self.empty)
        self.body.addWidget(self.full)
        self.view.chosen.connect(self.show_view)
        self.table.row_chosen.connect(self._read_row)
        self.reader.decided.connect(self.decide)
        self.budget.chosen.connect(self._change_budget)
        delete = QShortcut(QKeySequence.StandardKey.Delete, self.table, self._ask_to_drop)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.undo_stack = QUndoStack(self)
        self.failures: Sheet | None = None
        self._waiting: list[JobRequest[Any]] = []  # jobs to start when the running one has ended
        self.view.hide()

    def show_view(self, index: int) -> None:
        """Show texts, passages or the report."""
        self.views.setCurrentIndex(index)
        if index == 1 and self.survey is not None:
            self.passages.load(self.survey.counts.rejected)

    def refresh(self, survey: Survey) -> None:
        counts = survey.counts
        has = counts.documents > 0
        self.body.setCurrentIndex(int(has))
        self.view.setVisible(has)
        self.add.setVisible(has)
        self.add.setEnabled(self.session.job is None)
        self.header.state.setText(
            self.tr("{documents}, {words} kept, {passages}").format(
                documents=words.format_count("documents", counts.documents),
                words=words.format_count("words", counts.words - counts.words_removed),
                passages=words.format_count("passages", counts.chosen),
            )
            if has
            else self.tr("What the author wrote.")
        )
        project = self.session.project
        if project is not None:

            def read() -> list[DocumentRow]:
                with project.open_store() as store:
                    return store.load_documents()

            self.session.fetch(read, self._show_documents)
        self.report.show_counts(counts)
        self.report.show_profile(survey.profile)
        self.budget.show_counts(counts, survey.budget)
        self.show_view(self.views.currentIndex())

    def _show_documents(self, documents: list[DocumentRow]) -> None:
        at = self.table.currentIndex().row()
        self.documents.put(documents)
        self.report.show_documents(documents)
        if documents:
            self.table.selectRow(min(max(at, 0), len(documents) - 1))

    def _read_row(self, number: int) -> None:
        document = self.documents.row(number)
        if document is not None:
            self.reader.show_document(document)

    # ------------------------------------------------------------ adding

    def choose_files(self) -> None:
        """Let the user choose texts."""
        found, _ = QFileDialog.getOpenFileNames(self, self.tr("Add Texts"))
        self.add_files([Path(name) for name in found])

    def use_sample(self) -> None:
        """Add the texts that come along."""
        self.add_files([locate_sample()])

    def add_files(self, paths: list[Path]) -> None:
        """Read files and folders into the project."""
        if paths:
            self.session.start(CorpusRequest(project=self.session.folder, paths=tuple(paths)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self.session.job is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    # ------------------------------------------------------------ deciding

    def decide(self, decision: TextDecision) -> None:
        """Do what the user decided about a text; it can be undone."""

        def restore(request: RestoreRequest) -> None:
            self._work(request)

        self.undo_stack.push(ValueChange(decision.undo, decision.do, restore))

    def _change_budget(self, before: int, after: int) -> None:
        def choose(budget: int) -> None:
            self.budget.put(budget)
            self._work(ChooseRequest(project=self.session.folder, budget=budget))

        self.undo_stack.push(ValueChange(before, after, choose))

    def undo(self) -> None:
        """Take back the last decision or budget."""
        self.undo_stack.undo()

    def redo(self) -> None:
        """Decide again what was taken back."""
        self.undo_stack.redo()

    def _work(self, request: JobRequest[Any]) -> None:
        """Start a job, after the one that runs."""
        self._waiting.append(request)
        if self.session.job is None:
            self._next()

    def _next(self) -> None:
        if self._waiting:
            self.session.start(self._waiting.pop(0))

    def _ask_to_drop(self) -> None:
        document = self.documents.row(self.table.currentIndex().row()) if self.documents.rows else None
        if document is None:
            return
        sheet = Sheet(
            self.window(),
            self.tr("Take “{text}” out of the project?").format(text=words.format_text_name(document.path)),
            self.tr("Its copy in the project is deleted, and with it its passages. The file it came from stays."),
            choices=[
                (
                    self.tr("Take Out"),
                    lambda: self._work(DropRequest(project=self.session.folder, documents=(document.id,))),
                )
            ],
            close=self.tr("Cancel"),
        )
        sheet.open()

    # ------------------------------------------------------------ jobs

    def on_job_began(self, job: RunningJob) -> None:
        self.add.setEnabled(False)
        if isinstance(job.request, CorpusRequest):
            self.empty.say(self.tr("Reading the texts …"), self.tr("They appear here when they are read."), True)

    def on_job_ended(self, job: RunningJob, how: JobOutcome[Any]) -> None:
        self.add.setEnabled(True)
        self.empty.say(*self._invitation, False)
        if how.kind in ("failed", "crashed"):
            self._waiting.clear()
        if isinstance(how.result, CorpusResult) and how.result.failed:
            self._tell_failures(how.result.failed)
        self._next()

    def _tell_failures(self, failed: tuple[FailedFile, ...]) -> None:
        """Say which files could not be read, and why."""
        self.failures = Sheet(
            self.window(),
            self.tr("{files} could not be read").format(files=words.format_count("files", len(failed))),
            f"{failed[0].message} {failed[0].remedy}",
            self.tr("All the others are in the project."),
            "\n".join(f"{one.path}\n  {one.message} {one.remedy}" for one in failed),
        )
        self.failures.open()
