"""The plan in the inspector: a preset, what it means, its settings.

In: training.yaml. Out: the same, edited, each change one step to undo. Next: training page.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox

from stylelab.app.look.theme import GRID
from stylelab.app.pages.settings_inspector import SettingsInspector
from stylelab.app.session import presets
from stylelab.app.session.job_process import JobProcess
from stylelab.app.session.session import Session
from stylelab.app.session.stages import Survey
from stylelab.app.texts import plan_words
from stylelab.app.widgets.basics import button, fill_inspector, label, row
from stylelab.jobs.catalogue.training import PlanFigures, PlanRequest
from stylelab.project.project import Project
from stylelab.project.save import save_training_plan
from stylelab.training.plan import Plan

SETTLE_MS = 500  # after the last change, before the plan is worked out


class PlanInspector(SettingsInspector[Plan]):
    """The plan of the next run."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, Plan)
        self._measured: object = None  # what the figures were asked for
        self._pairs = 0
        self._figures: PlanFigures | None = None
        self._asked: JobProcess | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._measure)
        self.preset = QComboBox()
        self.preset.setAccessibleName(self.tr("Preset"))
        self.preset.addItem(self.tr("Own settings"), None)
        for one in presets.list_presets():
            self.preset.addItem(one.name, one)
        self.preset.activated.connect(lambda: self._take_preset())
        self.words = label("", "quiet", wrap=True)
        self.rehearse = button(self.tr("Rehearse"), lambda: None, "link")
        self.rehearse.setToolTip(self.tr("Compute one update of the longest pairs, measure, and keep nothing."))
        self.rates = button(self.tr("Find a Learning Rate"), lambda: None, "link")
        self.rates.setToolTip(self.tr("Let the rate grow until the loss runs away, and keep nothing."))
        trials = row(self.rehearse, self.rates, 0, gap=2 * GRID)
        fill_inspector(self, label(self.tr("Plan"), "section"), self.preset, self.words, trials, GRID, self.form)

    def show_survey(self, survey: Survey) -> None:
        """Show the plan as the disk has it."""
        self._pairs = survey.counts.pairs.get("train", 0)
        self.follow_disk(survey.plan)
        if (survey.plan, self._pairs, len(survey.runs)) != self._measured:
            self._measured = (survey.plan, self._pairs, len(survey.runs))
            self._figures = None
            self._settle.start()
        self._show_words()

    def describe_plan(self, survey: Survey) -> str:
        """Return what the plan means for a project."""
        if survey.plan is None:
            return ""
        return plan_words.describe_plan(survey.plan, survey.counts.pairs.get("train", 0))

    def free(self, on: bool) -> None:
        """Let something be tried, or not while something works."""
        for made in (self.rehearse, self.rates):
            made.setEnabled(on)

    def show_figures(self, plan: Plan, figures: PlanFigures) -> None:
        """Show what a plan means, as a job found out; unless another is shown by now."""
        if plan == self.plan:
            self._figures = figures
            self._show_words()

    def show_plan(self, plan: Plan) -> None:
        super().show_plan(plan)
        self._figures = None
        self._measured = (plan, self._pairs, self._measured[2] if isinstance(self._measured, tuple) else 0)
        self._show_words()
        self._settle.start()

    def write(self, project: Project, plan: Plan) -> None:
        save_training_plan(project, plan)

    def _take_preset(self) -> None:
        chosen = self.preset.currentData()
        if isinstance(chosen, presets.Preset):
            self.take(chosen.plan)

    def _measure(self) -> None:
        """Have the plan's tokens, time and memory worked out, unless there is nothing to work on."""
        if self.plan is None or not self._pairs or self.session.job is not None:
            return
        if self._asked is not None:
            self._asked.kill()
        wanted = self.plan

        def show(figures: PlanFigures) -> None:
            self._asked = None
            if self._figures is None:  # a rehearsal, which measured, was not quicker
                self.show_figures(wanted, figures)

        request = PlanRequest(project=self.session.folder, plan=wanted.model_dump(mode="json"))
        self._asked = self.session.ask(request, show, quiet=True)

    def _show_words(self) -> None:
        if self.plan is None:
            return
        same = next((n for n, p in enumerate(presets.list_presets(), 1) if p.plan == self.plan), 0)
        self.preset.setCurrentIndex(same)
        self.words.setText(plan_words.describe_plan(self.plan, self._pairs, self._figures))
