"""The writing page: one input; base and adapter side by side as they write; the scale, the seed, kept drafts.

In: a text. Out: write jobs. Next: export page.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QSplitter

from stylelab.app.pages.page import Page
from stylelab.app.pages.writing.column import Column
from stylelab.app.pages.writing.inspector import Source, WritingInspector
from stylelab.app.session.session import RunningJob, Session
from stylelab.app.session.stages import Survey
from stylelab.app.texts import words
from stylelab.app.texts.differences import differing
from stylelab.app.widgets.basics import Empty, area, button, column, label, row, rule
from stylelab.app.widgets.prose import Draft as DraftEditor
from stylelab.app.widgets.prose import Mark
from stylelab.app.widgets.sheet import Sheet
from stylelab.corpus import readers
from stylelab.jobs.catalogue.writing import WriteRequest, WriteResult, WrittenText
from stylelab.jobs.core.client import Outcome
from stylelab.jobs.core.protocol import Down, Text
from stylelab.project import drafts

LONGEST_FILE = 4000  # words written again at once
EXAMPLE = "I walked down to the water after supper. The wind was cold and the boats were tied up."


class WritingPage(Page):
    """Plain text in, the author's voice out."""

    name = "writing"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._third = False  # the third column's own job runs
        self.write = button(self.tr("Write"), self.start, "primary")
        self.restyle = button(self.tr("Restyle a File …"), self.choose_file)
        self.header.add(self.restyle, self.write)
        self.waits = Empty(
            "writing",
            self.tr("First an adapter"),
            self.tr("Train one; then base and adapter write side by side here."),
            button(self.tr("Show Training"), lambda: self.go.emit("training"), "primary"),
        )
        self.input = DraftEditor(
            self.tr("Plain text"), self.tr("Say it plainly, in short sentences. The author says it again.")
        )
        self.input.setPlainText(EXAMPLE)
        self.base = Column(self.tr("Base with persona"))
        self.adapter = Column(self.tr("Adapter"))
        self.other = Column("")
        self.columns = (self.base, self.adapter, self.other)
        for one in self.columns:
            one.keep.connect(lambda own=one: self._keep(own))
        self.settings = WritingInspector(session)
        self.inspector = self.settings
        self.settings.reopened.connect(self._reopen)
        self.settings.marked.connect(lambda on: self._mark_differences())
        top = area(
            column(
                row(label(self.tr("Plain text"), "section"), edges=(32, 4, 24, 4)),
                row(self.input, edges=(32, 0, 24, 12)),
                gap=0,
            )
        )
        below = QSplitter(Qt.Orientation.Horizontal)
        for one in self.columns:
            below.addWidget(one)
        below.setHandleWidth(1)
        below.setChildrenCollapsible(False)
        below.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding
        )  # the note above takes its line only
        self._told = label("", "warn", wrap=True)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(top)
        self._notes = area(row(self._told, edges=(32, 8, 24, 0)))
        self._notes.hide()
        split.addWidget(area(column(rule(), self._notes, below, gap=0)))
        split.setSizes([190, 500])
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        self.body.addWidget(self.waits)
        self.body.addWidget(split)
        self.other.hide()
        self.settings.changed.connect(self._show_names)
        self.input.textChanged.connect(self._show_button)

    @property
    def inspector_shown(self) -> bool:
        return self.survey is not None and bool(self.survey.adapters)

    def refresh(self, survey: Survey) -> None:
        has = bool(survey.adapters)
        self.body.setCurrentIndex(int(has))
        self.write.setVisible(has)
        self.restyle.setVisible(has)
        self.settings.show_survey(survey)
        self._show_names()
        self._show_button()
        self.header.state.setText(
            self.tr("The same prompt, the same seed, side by side.") if has else self.tr("Plain text in, a voice out.")
        )

    def _show_names(self) -> None:
        self.adapter.title.setText(self.settings.run)
        other = self.settings.other
        self.other.setVisible(other is not None)
        self.other.title.setText(other.title if other is not None else "")

    def _show_button(self) -> None:
        job = self.session.job
        own = job is not None and isinstance(job.request, WriteRequest)
        self.write.setText(self.tr("Stop") if own else self.tr("Write"))
        self.write.setEnabled(own or (job is None and bool(self.input.toPlainText().strip())))
        self.restyle.setEnabled(job is None)

    # ------------------------------------------------------------ writing

    def start(self) -> None:
        """Write with base and adapter; while they write, stop."""
        if self.session.job is not None:
            self.session.cancel()
            return
        self._third = False
        for one in self.columns:
            one.put("")
        self._notes.hide()
        self._start(Source(self.settings.run), both=True)

    def _start(self, source: Source, both: bool) -> None:
        s = self.settings
        request = WriteRequest(
            project=self.session.folder,
            text=self.input.toPlainText().strip(),
            run=source.run,
            checkpoint=source.checkpoint,
            scale=s.scale if source.run == s.run else None,
            both=both,
            perspective=s.perspective,
            allow_remote=s.allow_remote,
            seed=s.seed,
            temperature=s.temperature,
            words=s.words,
        )
        self.session.start(request)

    def job_began(self, job: RunningJob) -> None:
        if isinstance(job.request, WriteRequest):
            (self.other if self._third else self.base).wait(self.tr("Loading …"))
        self._show_button()

    def job_told(self, job: RunningJob, message: Down) -> None:
        if isinstance(message, Text):
            target = self.other if self._third else self.base if message.column == "base" else self.adapter
            target.put(message.text)

    def job_ended(self, job: RunningJob, how: Outcome[Any]) -> None:
        if isinstance(job.request, WriteRequest):
            if isinstance(how.result, WriteResult):
                self._show_result(how.result)
            for one in self.columns:
                one.stop_waiting()
            other = self.settings.other
            if how.kind == "finished" and not self._third and other is not None:
                self._third = True
                self._start(other, both=False)
        self._show_button()

    def _show_result(self, result: WriteResult) -> None:
        if self._third:
            self.other.put(result.adapter.text, self._note(result.adapter))
            return
        if result.base is not None:
            self.base.put(result.base.text, self._note(result.base))
        self.adapter.put(result.adapter.text, self._note(result.adapter))
        said = [
            self.settings.deviation_words(),
            self.settings.stance_words(),
            self._change_words(result.logit_change_max),
        ]
        self._told.setText(" ".join(part for part in said if part))
        self._notes.setVisible(any(said))
        self._mark_differences()

    def _change_words(self, change: float) -> str:
        return "" if change > 0 else self.tr("The adapter changes nothing: both texts come from the base alone.")

    def _note(self, written: WrittenText) -> str:
        count = words.unit("words", len(written.text.split()))
        return count if written.ended == "end" else self.tr("{count}, cut at the limit").format(count=count)

    def _mark_differences(self) -> None:
        on = self.settings.differences.isChecked()
        base, adapter = self.base.text, self.adapter.text
        if not on or not base or not adapter:
            self.adapter.show_marks([])
            return
        hint = self.tr("not in the base’s text")
        self.session.fetch(
            lambda: [Mark(start, end, 1, hint) for start, end in differing(base, adapter)], self.adapter.show_marks
        )

    # ------------------------------------------------------------ drafts and files

    def _keep(self, one: Column) -> None:
        project, s = self.session.project, self.settings
        if project is None or not one.text:
            return
        source = "base" if one is self.base else one.title.text()
        draft = drafts.Draft(self.input.toPlainText(), one.text, source, s.scale or 0.0, s.seed)
        self.session.fetch(lambda: drafts.keep(project.folder, draft), lambda done: self.settings.load_drafts())

    def _reopen(self, draft: drafts.Draft) -> None:
        self.input.setPlainText(draft.input)
        target = self.base if draft.source == "base" else self.adapter
        target.put(draft.text)

    def choose_file(self) -> None:
        """Let the user choose a file to write again."""
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Restyle a File"))
        if name:
            self.restyle_file(Path(name))

    def restyle_file(self, path: Path) -> None:
        """Take a file's text as the input; one too long for a single piece is said."""
        self.session.fetch(lambda: readers.read(path).text, self._take_text)

    def _take_text(self, text: str) -> None:
        count = len(text.split())
        if count > LONGEST_FILE:
            sheet = Sheet(
                self.window(),
                self.tr("That is a long text"),
                self.tr("It has {count}. Restyle it in pieces of at most {limit} words.").format(
                    count=words.unit("words", count), limit=words.number(LONGEST_FILE)
                ),
            )
            sheet.open()
            return
        self.input.setPlainText(" ".join(text.split()))
        self.start()
