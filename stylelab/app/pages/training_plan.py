"""The plan in the inspector: a preset, what it means, its settings.

In: training.yaml. Out: the same, edited, each change one step to undo. Next: training page.
"""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from stylelab.app import plan_words, presets
from stylelab.app.models.run import replay
from stylelab.app.session import Session
from stylelab.app.stages import Survey
from stylelab.app.theme import GRID
from stylelab.app.widgets.basics import label, scrolled
from stylelab.app.widgets.form import ModelForm
from stylelab.files import atomic_write
from stylelab.project.project import Project
from stylelab.training.plan import Plan


class PlanInspector(QWidget):
    """The plan of the next run."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._plan: Plan | None = None
        self._past: list[Plan] = []
        self._pairs = 0
        self._seconds_per_batch: float | None = None
        self._peak_bytes: float | None = None
        self.preset = QComboBox()
        self.preset.setAccessibleName(self.tr("Preset"))
        self.preset.addItem(self.tr("Own settings"), None)
        for one in presets.presets():
            self.preset.addItem(one.name, one)
        self.preset.activated.connect(lambda: self._take_preset())
        self.words = label("", "quiet", wrap=True)
        self.form = ModelForm(plan_words.wordings())
        self.form.edited.connect(self.take)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(2 * GRID, 3 * GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID)
        box.addWidget(label(self.tr("Plan"), "section"))
        box.addWidget(self.preset)
        box.addWidget(self.words)
        box.addSpacing(GRID)
        box.addWidget(self.form)
        box.addStretch(1)
        scroll = scrolled(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def show_survey(self, survey: Survey) -> None:
        """Show the plan as the disk has it."""
        self._pairs = survey.counts.pairs.get("train", 0)
        if survey.plan is not None and survey.plan != self._plan:
            self._plan = survey.plan
            self.form.show_model(survey.plan)
        self._measure(survey)
        self._show_words()

    def meaning(self, survey: Survey) -> str:
        """Return what the plan means for a project."""
        if survey.plan is None:
            return ""
        return plan_words.meaning(survey.plan, survey.counts.pairs.get("train", 0))

    def take(self, plan: Plan) -> None:
        """Take another plan and save it."""
        if self._plan is not None and plan != self._plan:
            self._past.append(self._plan)
            self._put(plan)

    def undo(self) -> None:
        """Take back the last change."""
        if self._past:
            self._put(self._past.pop())

    def _put(self, plan: Plan) -> None:
        project = self._session.project
        self._plan = plan
        self.form.show_model(plan)
        self._show_words()
        if project is not None:
            self._session.fetch(lambda: atomic_write(project.plan, plan.dump_yaml()), lambda done: None)

    def _take_preset(self) -> None:
        chosen = self.preset.currentData()
        if isinstance(chosen, presets.Preset):
            self.take(chosen.plan)

    def _measure(self, survey: Survey) -> None:
        """Learn from the last run how long a batch takes and how much memory."""
        project = self._session.project
        if project is None or not survey.runs:
            return
        run = survey.runs[-1].id
        self._session.fetch(lambda: cost(project, run), self._show_cost)

    def _show_cost(self, found: tuple[float, float] | None) -> None:
        if found is not None:
            self._seconds_per_batch, self._peak_bytes = found
            self._show_words()

    def _show_words(self) -> None:
        if self._plan is None:
            return
        same = next((n for n, p in enumerate(presets.presets(), 1) if p.plan == self._plan), 0)
        self.preset.setCurrentIndex(same)
        per_batch = self._seconds_per_batch
        seconds = None if per_batch is None else per_batch * self._plan.iters * self._plan.batch_size
        self.words.setText(plan_words.meaning(self._plan, self._pairs, seconds, self._peak_bytes))


def cost(project: Project, run: str) -> tuple[float, float] | None:
    """Return seconds per pair and peak bytes as a run measured them, or None; called in a thread."""
    story = replay(project.runs / run)
    plan = Plan.load(project.runs / run / "training.yaml")
    last = story.last
    if last is None or last.tokens_per_second <= 0 or not last.tokens:
        return None
    seconds = last.tokens / last.tokens_per_second
    return seconds / (last.update * plan.pairs_per_update), float(last.peak_bytes)
