"""The corpus page: drop texts, see what was taken out of each and put it back, look at the passages.

In: a project's documents. Out: corpus jobs. Next: pairs page.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget

from stylelab.app import words
from stylelab.app.models.rows import Column, Rows
from stylelab.app.pages.corpus_passages import Passages
from stylelab.app.pages.corpus_reader import Reader
from stylelab.app.pages.corpus_report import Report
from stylelab.app.pages.page import Page
from stylelab.app.session import Job, Session
from stylelab.app.stages import Survey
from stylelab.app.widgets.basics import Empty, Segmented, area, button, column, row, rule
from stylelab.app.widgets.table import TEXT_EDGE, Table
from stylelab.jobs.client import Outcome
from stylelab.paths import bundled
from stylelab.project.store import DocumentRow


class CorpusPage(Page):
    """Texts and what became of them."""

    name = "corpus"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setAcceptDrops(True)
        self.add = button(self.tr("Add Texts …"), self.choose_files, "primary", "plus")
        self.view = Segmented([self.tr("Texts"), self.tr("Passages"), self.tr("Report")], self.tr("View"))
        self.header.add(self.view, self.add)
        self.empty = Empty(
            "drop",
            self.tr("Drop an author’s texts here"),
            self.tr(
                "StyleLab takes out licences, headings and notes, keeps a record of each, and cuts the rest into "
                "passages. Nothing leaves this computer."
            ),
            button(self.tr("Use a Sample"), self.use_sample),
            button(self.tr("Choose Files …"), self.choose_files, "primary"),
        )
        self.documents: Rows[DocumentRow] = Rows(
            [
                Column(self.tr("Text"), lambda d: words.text_name(d.path), hint=lambda d: d.path),
                Column(self.tr("Words"), lambda d: words.number(d.words_in), lambda d: d.words_in, True),
                Column(self.tr("Removed"), lambda d: words.number(d.words_removed), lambda d: d.words_removed, True),
                Column(self.tr("Passages"), lambda d: words.number(d.passages), lambda d: d.passages, True),
            ]
        )
        self.table = Table(self.tr("Texts"), self.documents, (0, 72, 84, 84), sorts=True)
        self.reader = Reader(session)
        texts = QSplitter(Qt.Orientation.Horizontal)
        texts.addWidget(area(row(self.table, edges=(TEXT_EDGE, 0, 0, 0))))
        texts.addWidget(self.reader)
        texts.setSizes([420, 620])
        texts.setChildrenCollapsible(False)
        texts.setHandleWidth(1)
        self.passages = Passages(session)
        self.report = Report(session)
        self.views = QStackedWidget()
        for view in (texts, self.passages, self.report):
            self.views.addWidget(view)
        self.full = area(column(rule(), self.views, gap=0))
        self.body.addWidget(self.empty)
        self.body.addWidget(self.full)
        self.view.chosen.connect(self.show_view)
        self.table.row_chosen.connect(self._read_row)
        self.view.hide()

    def show_view(self, index: int) -> None:
        """Show texts, passages or the report."""
        self.views.setCurrentIndex(index)
        if index == 1:
            self.passages.load()

    def refresh(self, survey: Survey) -> None:
        counts = survey.counts
        has = counts.documents > 0
        self.body.setCurrentIndex(int(has))
        self.view.setVisible(has)
        self.add.setVisible(has)
        self.add.setEnabled(self.session.job is None)
        self.header.state.setText(
            self.tr("{documents}, {words} kept, {passages}").format(
                documents=words.unit("documents", counts.documents),
                words=words.unit("words", counts.words - counts.words_removed),
                passages=words.unit("passages", counts.passages),
            )
            if has
            else self.tr("What the author wrote.")
        )
        project = self.session.project
        if project is not None:

            def read() -> list[DocumentRow]:
                with project.store() as store:
                    return store.documents()

            self.session.fetch(read, self._show_documents)
        self.report.show_counts(counts)
        if self.views.currentIndex() == 1:
            self.passages.load()

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
        self.add_files([bundled("resources") / "samples" / "tidewright"])

    def add_files(self, paths: list[Path]) -> None:
        """Read files and folders into the project."""
        if paths:
            self.session.start("corpus", paths=[str(path) for path in paths])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self.session.job is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def job_began(self, job: Job) -> None:
        self.add.setEnabled(False)

    def job_ended(self, job: Job, how: Outcome) -> None:
        self.add.setEnabled(True)
