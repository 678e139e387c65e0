"""The plan in the inspector: a preset, what it means, its settings.

In: training.yaml. Out: the same, edited, each change one step to undo. Next: training page.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QWidget

from stylelab.app.look.theme import GRID
from stylelab.app.session import presets
from stylelab.app.session.job_process import JobProcess
from stylelab.app.session.session import Session
from stylelab.app.session.stages import Survey
from stylelab.app.texts import plan_words
from stylelab.app.widgets.basics import button, fill_inspector, label, row
from stylelab.app.widgets.form import ModelForm
from stylelab.files import atomic_write
from stylelab.jobs.catalogue.training import PlanFigures, PlanRequest
from stylelab.training.plan import Plan

SETTLE_MS = 500  # after the last change, before the plan is worked out


class PlanInspector(QWidget):
    """The plan of the next run."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.plan: Plan | None = None  # as it is shown
        self._measured: object = None  # what the figures were asked for
        self._past: list[Plan] = []
        self._pairs = 0
        self._figures: PlanFigures | None = None
        self._asked: JobProcess | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._measure)
        self.preset = QComboBox()
        self.preset.setAccessibleName(self.tr("Preset"))
        self.preset.addItem(self.tr("Own settings"), None)
        for one in presets.presets():
            self.preset.addItem(one.name, one)
        self.preset.activated.connect(lambda: self._take_preset())
        self.words = label("", "quiet", wrap=True)
        self.form = ModelForm(plan_words.wordings())
        self.form.edited.connect(self.take)
        self.rehearse = button(self.tr("Rehearse"), lambda: None, "link")
        self.rehearse.setToolTip(self.tr("Compute one update of the longest pairs, measure, and keep nothing."))
        self.rates = button(self.tr("Find a Learning Rate"), lambda: None, "link")
        self.rates.setToolTip(self.tr("Let the rate grow until the loss runs away, and keep nothing."))
        trials = row(self.rehearse, self.rates, 0, gap=2 * GRID)
        fill_inspector(self, label(self.tr("Plan"), "section"), self.preset, self.words, trials, GRID, self.form)

    def show_survey(self, survey: Survey) -> None:
        """Show the plan as the disk has it."""
        self._pairs = survey.counts.pairs.get("train", 0)
        if survey.plan is not None and survey.plan != self.plan:
            self.plan = survey.plan
            self.form.show_model(survey.plan)
        if (survey.plan, self._pairs, len(survey.runs)) != self._measured:
            self._measured = (survey.plan, self._pairs, len(survey.runs))
            self._figures = None
            self._settle.start()
        self._show_words()

    def meaning(self, survey: Survey) -> str:
        """Return what the plan means for a project."""
        if survey.plan is None:
            return ""
        return plan_words.meaning(survey.plan, survey.counts.pairs.get("train", 0))

    def take(self, plan: Plan) -> None:
        """Take another plan and save it."""
        if self.plan is not None and plan != self.plan:
            self._past.append(self.plan)
            self._put(plan)

    def free(self, on: bool) -> None:
        """Let something be tried, or not while something works."""
        for made in (self.rehearse, self.rates):
            made.setEnabled(on)

    def show_figures(self, plan: Plan, figures: PlanFigures) -> None:
        """Show what a plan means, as a job found out; unless another is shown by now."""
        if plan == self.plan:
            self._figures = figures
            self._show_words()

    def undo(self) -> None:
        """Take back the last change."""
        if self._past:
            self._put(self._past.pop())

    def _put(self, plan: Plan) -> None:
        project = self._session.project
        self.plan, self._figures = plan, None
        self._measured = (plan, self._pairs, self._measured[2] if isinstance(self._measured, tuple) else 0)
        self.form.show_model(plan)
        self._show_words()
        self._settle.start()
        if project is not None:
            self._session.fetch(lambda: atomic_write(project.plan, plan.dump_yaml()), lambda done: None)

    def _take_preset(self) -> None:
        chosen = self.preset.currentData()
        if isinstance(chosen, presets.Preset):
            self.take(chosen.plan)

    def _measure(self) -> None:
        """Have the plan's tokens, time and memory worked out, unless there is nothing to work on."""
        if self.plan is None or not self._pairs or self._session.job is not None:
            return
        if self._asked is not None:
            self._asked.kill()
        wanted = self.plan

        def show(figures: PlanFigures) -> None:
            self._asked = None
            if self._figures is None:  # a rehearsal, which measured, was not quicker
                self.show_figures(wanted, figures)

        request = PlanRequest(project=self._session.folder, plan=wanted.model_dump(mode="json"))
        self._asked = self._session.ask(request, show, quiet=True)

    def _show_words(self) -> None:
        if self.plan is None:
            return
        same = next((n for n, p in enumerate(presets.presets(), 1) if p.plan == self.plan), 0)
        self.preset.setCurrentIndex(same)
        self.words.setText(plan_words.meaning(self.plan, self._pairs, self._figures))
