"""The export page: which adapter, in which form, where to; and what the check showed.

In: a run. Out: export jobs. Next: other programs.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontMetrics
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget

from stylelab.app.look import theme
from stylelab.app.look.theme import GRID
from stylelab.app.pages.page import RoomPage
from stylelab.app.session.session import RunningJob, Session
from stylelab.app.session.stages import Survey
from stylelab.app.texts import words
from stylelab.app.texts.words import translate
from stylelab.app.widgets.basics import EmptyPage, make_button, make_choice, make_column, make_label, make_row
from stylelab.app.widgets.cards import Cards
from stylelab.basemodels.identity import resolve
from stylelab.exporting.formats import FORMATS, find_format
from stylelab.jobs.catalogue.export import ExportRequest, ExportResult
from stylelab.jobs.core.client import JobOutcome

COMMAND_WIDTH = 560  # pixels; the command is shown short and copied whole


class ExportPage(RoomPage):
    """An adapter for other programs, checked before it appears."""

    name = "export"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.go_on = make_button(self.tr("Export …"), self.choose_place, "primary")
        self.header.add(self.go_on)
        self.waits = EmptyPage(
            "export",
            self.tr("First an adapter"),
            self.tr("Train one; then it can leave for other programs."),
            make_button(self.tr("Show Training"), lambda: self.go.emit("training"), "primary"),
        )
        self.run = make_choice(self.tr("Adapter"), least=280)
        self.form = Cards(self.tr("Form"))
        self.form.put(
            [(form.name, translate("formats", form.title), translate("formats", form.purpose)) for form in FORMATS]
        )
        self._folder = self.whole = ""
        self._done = make_label("", "good")
        self._done.setFont(theme.make_text_font(15, theme.Weight.DemiBold))
        self._check = make_label("", "quiet", wrap=True)
        self.command = make_label("")
        self.command.setFont(theme.make_mono_font())
        self.command.setTextInteractionFlags(self.command.textInteractionFlags().TextSelectableByMouse)
        self._show = make_button(self.tr("Show in Folder"), self._open, icon="folder")
        self._copy = make_button(self.tr("Copy Command"), lambda: QApplication.clipboard().setText(self.whole))
        self.result = QWidget()
        self.result.setLayout(
            make_column(self._done, self._check, GRID, self.command, GRID, make_row(self._show, self._copy, 0), gap=6)
        )
        self.result.hide()
        inner = QWidget()
        inner.setMaximumWidth(640)
        box = QVBoxLayout(inner)
        box.setContentsMargins(4 * GRID, GRID, 4 * GRID, 4 * GRID)
        box.setSpacing(GRID)
        box.addWidget(make_label(self.tr("Adapter"), "section"))
        box.addWidget(self.run)
        box.addSpacing(2 * GRID)
        box.addWidget(make_label(self.tr("Form"), "section"))
        box.addWidget(self.form)
        box.addSpacing(4 * GRID)
        box.addWidget(self.result)
        box.addStretch(1)
        outer = QWidget()
        outer.setLayout(make_row(inner, 0))
        outer.layout().setStretch(0, 10)  # type: ignore[union-attr]
        self.body.addWidget(self.waits)
        self.body.addWidget(outer)

    def refresh(self, survey: Survey) -> None:
        has = bool(survey.adapters)
        self.body.setCurrentIndex(int(has))
        self.go_on.setVisible(has)
        self.go_on.setEnabled(self.session.job is None)
        names = [r.id for r in reversed(survey.adapters)]
        if names != [self.run.itemData(n) for n in range(self.run.count())]:
            self.run.clear()
            for r in reversed(survey.adapters):
                loss = words.format_number(r.valid_best or 0.0, 3)
                self.run.addItem(self.tr("{run}, validation loss {loss}").format(run=r.id, loss=loss), r.id)
        self.header.state.setText(self.tr("An adapter for other programs, checked before it appears."))

    def choose_place(self) -> None:
        """Let the user choose where the export goes."""
        project = self.session.project
        start = str(project.folder / "exports" / str(self.run.currentData())) if project else ""
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export"), start)
        if name:
            self.export_to(Path(name))

    def export_to(self, folder: Path) -> None:
        """Export the chosen adapter into a new folder."""
        self.result.hide()
        self.session.start(
            ExportRequest(project=self.session.folder, to=folder, run=str(self.run.currentData()), format=self.form.key)
        )

    def on_job_began(self, job: RunningJob) -> None:
        self.go_on.setEnabled(False)

    def on_job_ended(self, job: RunningJob, how: JobOutcome[Any]) -> None:
        self.go_on.setEnabled(True)
        result, request = how.result, job.request
        if not isinstance(result, ExportResult) or not isinstance(request, ExportRequest):
            return
        self._folder = result.export
        self._done.setText(self.tr("Exported {run}").format(run=result.run))
        self._check.setText(
            self.tr(
                "Loaded back with mlx-lm: the same {tokens} tokens, logits at most {difference} apart.\n{folder}"
            ).format(
                tokens=words.format_number(result.tokens_compared),
                difference=f"{result.logit_difference_max:.2g}",
                folder=words.shorten_path(Path(self._folder)),
            )
        )
        project = self.session.project
        model = resolve(project.settings.base, project.folder) if project else Path()
        form = find_format(request.format)
        self.whole = form.build_command(shlex.quote(str(model)), shlex.quote(self._folder))
        short = form.build_command(model.name, words.shorten_path(Path(self._folder)))
        cut = QFontMetrics(self.command.font()).elidedText(short, Qt.TextElideMode.ElideMiddle, COMMAND_WIDTH)
        self.command.setText(cut)
        self.command.setToolTip(self.whole)
        self.result.show()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder))
