"""The plan of the pairs in the inspector: which variants and points of view, and who rewrites, at what cost and in what privacy.

In: pairs.yaml. Out: the same, edited, each change one step to undo. Next: pairs page.
"""

from __future__ import annotations

from stylelab.app.pages.settings_inspector import SettingsInspector
from stylelab.app.session.session import Session
from stylelab.app.session.stages import Survey
from stylelab.app.texts.remedies.explain import explain
from stylelab.app.texts.settings_words import translate_settings
from stylelab.app.texts.words import translate
from stylelab.app.widgets.basics import fill_inspector, label
from stylelab.errors import StyleLabError
from stylelab.pairs import plan as pairs_plan
from stylelab.project.project import Project
from stylelab.project.save import save_pairs_plan
from stylelab.recipe import PairsPlan


def list_variant_names() -> dict[str, str]:
    """Return what the variants of an input are called."""
    return dict(translate_settings(PairsPlan)["variants"].choices)


def list_perspective_names() -> dict[str, str]:
    """Return what the points of view are called."""
    return dict(translate_settings(PairsPlan)["perspectives"].choices)


def describe_rewriter_cost(plan: PairsPlan) -> str:
    """Return what a rewriter costs, and who reads along."""
    return {
        "rules": translate("pairs", "Rules need no model: a few seconds, and nothing leaves this computer."),
        "local": translate("pairs", "A model on this computer: some seconds for each passage, and nothing leaves it."),
        "remote": translate(
            "pairs", "Text leaves this computer for {server}. Its owner can read it, and may charge for it."
        ),
    }[plan.rewriter].format(server=plan.endpoint or "…")


class PairsInspector(SettingsInspector[PairsPlan]):
    """Which pairs to make."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, PairsPlan)
        self.cost = label("", "quiet", wrap=True)
        self.wrong = label("", "bad", wrap=True)
        self.wrong.hide()
        fill_inspector(self, label(self.tr("Plan"), "section"), self.cost, self.wrong, self.form)

    def show_survey(self, survey: Survey) -> None:
        """Show the plan as the disk has it."""
        self.follow_disk(survey.pairs_plan)

    def take(self, plan: PairsPlan) -> None:
        """Take another plan and save it, unless its parts do not fit together."""
        self.cost.setText(describe_rewriter_cost(plan))
        try:
            pairs_plan.check(plan)
        except StyleLabError as error:
            said = explain(error)
            self.wrong.setText(str(error).removeprefix("pairs.yaml: ") if said.text else said.happened)
            self.wrong.setToolTip(said.details)
            self.wrong.show()
        else:
            self.wrong.hide()
            super().take(plan)

    def undo(self) -> None:
        """Take back what was refused, else the last change."""
        if self.wrong.isVisibleTo(self) and self.plan is not None:
            self.show_plan(self.plan)
        else:
            super().undo()

    def show_plan(self, plan: PairsPlan) -> None:
        super().show_plan(plan)
        self.cost.setText(describe_rewriter_cost(plan))
        self.wrong.hide()

    def write(self, project: Project, plan: PairsPlan) -> None:
        save_pairs_plan(project, plan)

    def saved(self) -> None:
        self.session.changed.emit()
