"""What is tried before a run: a rehearsal of its plan, and the learning rates; nothing of it is kept but what is chosen.

In: the plan shown. Out: plan and rate jobs, and a sheet about each; a rate for the plan. Next: training page.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from stylelab.app.pages.training.plan import PlanInspector
from stylelab.app.session.session import Session
from stylelab.app.texts import words
from stylelab.app.widgets.rate_chart import RateChart, measured
from stylelab.app.widgets.sheet import Choice, Sheet
from stylelab.jobs.catalogue.training import PlanRequest, PlanResult, RateRequest, RateResult
from stylelab.jobs.core.client import Outcome
from stylelab.training.plan import Plan


class Trials(QObject):
    """Rehearses a plan, and finds a learning rate for it."""

    def __init__(self, page: QWidget, session: Session, inspector: PlanInspector) -> None:
        super().__init__(page)
        self._page, self._session, self._inspector = page, session, inspector
        self._plan: Plan | None = None  # the one that is rehearsed
        self.sheet: Sheet | None = None
        inspector.rehearse.clicked.connect(self.rehearse)
        inspector.rates.clicked.connect(self.find)

    def rehearse(self) -> None:
        """Compute one update of the longest pairs, measure, and keep nothing."""
        plan = self._inspector.plan
        if plan is not None:
            self._plan = plan
            self._session.start(
                PlanRequest(project=self._session.folder, plan=plan.model_dump(mode="json"), rehearse=True)
            )

    def find(self) -> None:
        """Let the learning rate grow until the loss runs away, and keep nothing."""
        self._session.start(RateRequest(project=self._session.folder))

    def ended(self, how: Outcome[Any]) -> None:
        """Say what a trial found."""
        if isinstance(how.result, PlanResult):
            self._tell_rehearsal(how.result)
        elif isinstance(how.result, RateResult):
            self.tell_rates(how.result)

    def _tell_rehearsal(self, figures: PlanResult) -> None:
        if self._plan is not None:
            self._inspector.show_figures(self._plan, figures)
        said = [
            self.tr("One update of the longest pairs took {seconds} s; the whole plan takes about {time}.").format(
                seconds=words.number(figures.seconds_longest_update or 0.0, 1),
                time=words.duration(figures.seconds or 0.0),
            ),
            self.tr("At most {size} of {limit} of memory were in use.").format(
                size=words.memory(figures.peak_bytes or 0), limit=words.memory(figures.budget_bytes)
            ),
        ]
        self._show(
            self.tr("The plan is rehearsed"),
            " ".join(said),
            self.tr("Measured; validation and samples come on top. Nothing of it is kept."),
        )

    def tell_rates(self, found: RateResult) -> None:
        """Show what the rates did, and offer the one to try."""
        title = self.tr("Loss by learning rate")
        points = measured([(p.learning_rate, p.loss_nats) for p in found.points])
        if not found.suggested:
            self._show(
                self.tr("No learning rate helped"),
                self.tr("The loss never fell. Look at the pairs before the rate."),
                body=RateChart(title, points),
            )
            return
        rate, planned = float(f"{found.suggested:.1e}"), found.planned
        text = self.tr("Try {rate}: a third of the rate at which the loss was least. The plan has {planned}.")
        self._show(
            self.tr("A learning rate is found"),
            text.format(rate=f"{rate:g}", planned=f"{planned:g}"),
            choices=[(self.tr("Use {rate}").format(rate=f"{rate:g}"), lambda: self._use(rate))]
            if rate != planned
            else [],
            close=self.tr("Keep {rate}").format(rate=f"{planned:g}"),
            body=RateChart(title, points, [(rate, f"{rate:g}"), (planned, self.tr("plan"))]),
        )

    def _use(self, rate: float) -> None:
        plan = self._inspector.plan
        if plan is not None:
            self._inspector.take(plan.model_copy(update={"learning_rate": rate}))

    def _show(
        self,
        title: str,
        text: str,
        remedy: str = "",
        choices: list[Choice] | None = None,
        close: str = "",
        body: QWidget | None = None,
    ) -> None:
        self.sheet = Sheet(
            self._page.window(), title, text, remedy, "", choices or [], close, "training", "accent", body
        )
        self.sheet.open()
