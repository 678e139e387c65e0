"""The training page: a plan, a start, and a run that can be watched, paused and resumed; older runs beside it.

In: a dataset and training.yaml. Out: train jobs. Next: writing page.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from stylelab.app.look.theme import GRID
from stylelab.app.pages.page import Page
from stylelab.app.pages.training.plan import PlanInspector
from stylelab.app.pages.training.runs import Runs
from stylelab.app.pages.training.trials import Trials
from stylelab.app.session.session import RunningJob, Session
from stylelab.app.session.stages import Survey
from stylelab.app.texts import words
from stylelab.app.widgets.basics import Empty, Segmented, area, button, column, label, row, rule
from stylelab.app.widgets.chart import Curve, LossChart, other_tone
from stylelab.app.widgets.figures import Figures
from stylelab.app.widgets.legend import Entry, Legend
from stylelab.app.widgets.prose import Prose
from stylelab.events import Sample, Saved, Step, Validation
from stylelab.jobs.catalogue.training import TrainRequest
from stylelab.jobs.core.client import Outcome
from stylelab.jobs.core.protocol import Down
from stylelab.project.project import Project
from stylelab.project.run_history import RunHistory, load_history


class TrainingPage(Page):
    """Pairs become an adapter."""

    name = "training"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.story = RunHistory()
        self._others: list[RunHistory] = []
        self._live = False
        self.plan = PlanInspector(session)
        self.inspector = self.plan
        self.trials = Trials(self, session, self.plan)
        self.new = button(self.tr("New Run"), self.start)
        self.save = button(self.tr("Save Checkpoint"), self._save_now)
        self.main = button(self.tr("Start Training"), self._main, "primary")
        self.header.add(self.new, self.save, self.main)
        self.waits = Empty(
            "training",
            self.tr("First the pairs"),
            self.tr("A model learns from pairs of plain and written text."),
            button(self.tr("Show the Pairs"), lambda: self.go.emit("pairs"), "primary"),
        )
        self.figures = Figures(
            {
                "update": self.tr("update"),
                "loss": self.tr("loss, nats per token"),
                "valid": self.tr("best validation loss"),
                "speed": self.tr("tokens per second"),
                "left": self.tr("left"),
                "memory": self.tr("memory"),
            }
        )
        self.chart = LossChart(self.tr("Loss by update"))
        self.smooth = QCheckBox(self.tr("Smooth"))
        self.smooth.setAccessibleName(self.tr("Smooth"))
        self.smooth.setChecked(True)
        self.smooth.toggled.connect(self.chart.set_smooth)
        self.all = button(self.tr("Show All"), self.chart.see_all, "link")
        self.view = Segmented([self.tr("Samples"), self.tr("Runs")], self.tr("Below the chart"))
        self.samples = Prose(self.tr("Samples"), 14)
        self.runs = Runs(session)
        self._below = QStackedWidget()
        self._below.addWidget(self.samples)
        self._below.addWidget(self.runs)
        self._build()
        self.view.chosen.connect(self._below.setCurrentIndex)
        self.runs.chosen.connect(self._show_runs)

    def _build(self) -> None:
        self.keys = Legend(self.tr("Curves"))
        self.chart.setToolTip(self.tr("Drag to zoom, double click to see all, point to read."))
        bar = row(label(self.tr("Loss"), "section"), 2 * GRID, self.keys, self.all, self.smooth, edges=(32, 8, 24, 0))
        top = area(column(row(self.figures, edges=(32, 4, 24, 8)), bar, row(self.chart, edges=(16, 0, 24, 8)), gap=4))
        below = area(column(rule(), row(self.view, 0, edges=(32, 10, 24, 4)), self._below, gap=0))
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(top)
        split.addWidget(below)
        split.setSizes([430, 250])
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        self.idle = Empty(
            "training",
            self.tr("Ready to train"),
            "",
            button(self.tr("Start Training"), self._main, "primary"),
        )
        outer = QWidget()
        box = QVBoxLayout(outer)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(split)
        for part in (self.waits, self.idle, outer):
            self.body.addWidget(part)

    # ------------------------------------------------------------ doing

    def start(self) -> None:
        """Train a new run by the plan."""
        self.session.start(TrainRequest(project=self.session.folder))

    def _main(self) -> None:
        if self.session.job is not None and isinstance(self.session.job.request, TrainRequest):
            self.session.cancel()
        elif self._unfinished:
            self.session.start(TrainRequest(project=self.session.folder, resume=True, run=self.story.run or None))
        else:
            self.start()

    def _save_now(self) -> None:
        if self.session.job is not None:
            self.session.job.process.save_now()

    def undo(self) -> None:
        """Take back the last change of the plan."""
        self.plan.undo()

    def redo(self) -> None:
        """Change the plan again as it was before undoing."""
        self.plan.redo()

    @property
    def _unfinished(self) -> bool:
        runs = self.survey.runs if self.survey else ()
        return bool(runs) and runs[-1].outcome in ("stopped", "running")

    @property
    def inspector_shown(self) -> bool:
        return self.survey is not None and sum(self.survey.counts.pairs.values()) > 0

    # ------------------------------------------------------------ showing

    def refresh(self, survey: Survey) -> None:
        pairs = survey.counts.pairs.get("train", 0)
        has_run = bool(survey.runs) or self._live
        self.body.setCurrentIndex(2 if has_run else 1 if pairs else 0)
        self.idle.body.setText(self.plan.describe_plan(survey))
        self.plan.show_survey(survey)
        self.runs.show_runs(survey.runs)
        self._show_buttons(pairs > 0, has_run)
        if not self._live and survey.runs:
            self._load(survey.runs[-1].id)
        elif not has_run:
            self.header.state.setText(self.tr("From pairs to an adapter."))

    def _show_buttons(self, ready: bool, has_run: bool) -> None:
        job = self.session.job
        training = job is not None and isinstance(job.request, TrainRequest)
        self.main.setText(
            self.tr("Pause")
            if training
            else self.tr("Resume")
            if self._unfinished
            else self.tr("Start Training")
            if not has_run
            else self.tr("Train a New Run")
        )
        self.main.setToolTip(self.tr("Saves a checkpoint and gives the memory back.") if training else "")
        self.main.setVisible(ready and has_run)
        self.main.setEnabled(job is None or (training and not job.cancelling))
        self.new.setVisible(ready and self._unfinished and not training)
        self.new.setEnabled(job is None)
        self.save.setVisible(training)
        self.plan.form.set_enabled(not training)
        self.plan.free(ready and job is None)

    def _load(self, run: str) -> None:
        project = self.session.project
        if project is not None:
            self.session.fetch(lambda: stories(project, [run]), lambda found: self._show_story(found[0]))

    def _show_runs(self, names: Sequence[str]) -> None:
        project = self.session.project
        if project is None or self._live or not names:
            return

        def show(found: list[RunHistory]) -> None:
            self._others = found[1:]
            self._show_story(found[0])

        self.session.fetch(lambda: stories(project, names), show)

    def _show_story(self, story: RunHistory) -> None:
        if self._live and story is not self.story:
            return
        self.story = story
        self._others = [other for other in self._others if other.run != story.run]
        self._show_figures()
        self._show_samples()
        self._draw()

    def _draw(self) -> None:
        curves = [
            Curve(s.run, s.training_curve, s.validation_curve, s.best and s.best[0])
            for s in (self.story, *self._others)
        ]
        self.chart.show_curves(curves)
        entries: list[Entry] = [
            (lambda c: c.curves[0], self.tr("training")),
            (lambda c: c.curves[1], self.tr("validation, best circled")),
        ]
        entries += [(partial(other_tone, n), other.run) for n, other in enumerate(self._others)]
        self.keys.show_entries(entries)

    def _show_figures(self) -> None:
        story, last = self.story, self.story.last
        best = story.best
        if last is not None:
            self.figures.put("update", f"{words.number(last.update)} / {words.number(last.updates)}")
            self.figures.put("loss", words.number(last.loss_nats, 3) if last.loss_nats is not None else "")
            self.figures.put("speed", words.number(last.tokens_per_second))
            done = last.update >= last.updates or not self._live
            self.figures.put("left", "" if done else words.duration(last.seconds_left))
            self.figures.put("memory", words.memory(last.peak_bytes))
        self.figures.put("valid", words.number(best[1], 3) if best is not None else "")
        if self._live:
            self.header.state.setText(
                self.tr("{run} is learning.").format(run=story.run)
                if story.last
                else self.tr("{run} begins; the first figures come after a few seconds.").format(run=story.run)
            )
        elif best is not None:
            first = story.validation_curve[0][1]
            self.header.state.setText(
                self.tr("{run}: validation loss {first} → {best} nats per token, best at update {update}").format(
                    run=story.run,
                    first=words.number(first, 3),
                    best=words.number(best[1], 3),
                    update=words.number(best[0]),
                )
            )

    def _show_samples(self) -> None:
        if not self.story.samples:
            self.samples.show_parts([(self.tr("At every checkpoint the model writes a sample; it appears here."), "")])
            return
        parts = [
            (self.tr("After update {number}").format(number=words.number(s.update)), s.text.strip())
            for s in reversed(self.story.samples)
        ]
        self.samples.show_parts(parts)

    # ------------------------------------------------------------ the live run

    def job_began(self, job: RunningJob) -> None:
        if isinstance(job.request, TrainRequest):
            self._live = True
            resumes = job.request.resume and bool(self.story.run)
            runs = self.survey.runs if self.survey else ()
            if not resumes:
                self.story = RunHistory(f"run-{len(runs) + 1:03d}")
                self._others = []
            self.body.setCurrentIndex(2)
            self._show_story(self.story)
        self._show_buttons(True, self._live or bool(self.survey and self.survey.runs))

    def job_told(self, job: RunningJob, message: Down) -> None:
        if not isinstance(job.request, TrainRequest):
            return
        if isinstance(message, Step | Validation | Sample | Saved):
            self.story.add(message)
            if isinstance(message, Sample):
                self._show_samples()
            elif not isinstance(message, Saved) and self.isVisible():
                self._show_figures()
                self._draw()

    def job_ended(self, job: RunningJob, how: Outcome[Any]) -> None:
        trained = isinstance(job.request, TrainRequest)
        if trained:
            self._live = False
        self.trials.ended(how)
        self._show_buttons(True, bool(self.survey and self.survey.runs) or trained)


def stories(project: Project, names: Sequence[str]) -> list[RunHistory]:
    """Return the stories of some runs; called in a thread."""
    return [load_history(project.runs / name) for name in names]
