"""The plan of the pairs in the inspector: which variants and points of view, and who rewrites, at what cost and in what privacy.

In: pairs.yaml. Out: the same, edited, each change one step to undo. Next: pairs page.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from stylelab.app.session.session import Session
from stylelab.app.session.stages import Survey
from stylelab.app.texts.remedies.explain import explain
from stylelab.app.texts.words import translate
from stylelab.app.widgets.basics import fill_inspector, label
from stylelab.app.widgets.form import ModelForm, Wording
from stylelab.errors import StyleLabError
from stylelab.pairs import plan as pairs_plan
from stylelab.project.save import save_pairs_plan
from stylelab.recipe import PairsPlan


def wordings() -> dict[str, Wording]:
    """Return what the settings are called, in the order of the form."""
    rewriters = {
        "rules": translate("pairs", "rules"),
        "local": translate("pairs", "local model"),
        "remote": translate("pairs", "server"),
    }
    return {
        "rewriter": Wording(
            translate("pairs", "Rewriter"), translate("pairs", "What makes a text plain."), choices=rewriters
        ),
        "model": Wording(
            translate("pairs", "Model"), translate("pairs", "A folder, or the model’s name on the server.")
        ),
        "endpoint": Wording(
            translate("pairs", "Server"), translate("pairs", "Address of an OpenAI-compatible server.")
        ),
        "variants": Wording(
            translate("pairs", "Inputs"),
            translate("pairs", "What the model is given, for the same text of the author’s."),
            choices=variant_names(),
        ),
        "perspectives": Wording(
            translate("pairs", "Also told in"),
            translate("pairs", "Points of view that both sides of a pair are turned to."),
            choices=perspective_names(),
        ),
        "robustness": Wording(
            translate("pairs", "Damaged inputs"), translate("pairs", "One more pair with many mistakes in the input.")
        ),
        "snowflake": Wording(
            translate("pairs", "Other topics"), translate("pairs", "One more pair about something else; needs a model.")
        ),
        "narrativise": Wording(
            translate("pairs", "First person first"),
            translate("pairs", "Impersonal input is turned to the first person, in training and in writing."),
            advanced=True,
        ),
        "rate": Wording(
            translate("pairs", "Damage"),
            translate("pairs", "Share of an input’s words that are damaged."),
            advanced=True,
        ),
        "robustness_rate": Wording(
            translate("pairs", "Heavy damage"), translate("pairs", "The same, in damaged inputs."), advanced=True
        ),
        "renamed": Wording(
            translate("pairs", "New names"),
            translate("pairs", "Share of passages with one more pair under other names."),
            advanced=True,
        ),
    }


def variant_names() -> dict[str, str]:
    """Return what the variants of an input are called."""
    return {
        "neutral": translate("pairs", "plain"),
        "dropout": translate("pairs", "without adjectives"),
        "abstract": translate("pairs", "without nouns"),
    }


def perspective_names() -> dict[str, str]:
    """Return what the points of view are called."""
    return {
        "first_person_singular": translate("pairs", "I"),
        "first_person_plural": translate("pairs", "we"),
        "second_person": translate("pairs", "you"),
        "third_person": translate("pairs", "third person"),
        "impersonal": translate("pairs", "impersonal"),
    }


def cost(plan: PairsPlan) -> str:
    """Return what a rewriter costs, and who reads along."""
    return {
        "rules": translate("pairs", "Rules need no model: a few seconds, and nothing leaves this computer."),
        "local": translate("pairs", "A model on this computer: some seconds for each passage, and nothing leaves it."),
        "remote": translate(
            "pairs", "Text leaves this computer for {server}. Its owner can read it, and may charge for it."
        ),
    }[plan.rewriter].format(server=plan.endpoint or "…")


class PairsInspector(QWidget):
    """Which pairs to make."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.plan: PairsPlan | None = None
        self._past: list[PairsPlan] = []
        self.cost = label("", "quiet", wrap=True)
        self.wrong = label("", "bad", wrap=True)
        self.wrong.hide()
        self.form = ModelForm(wordings())
        self.form.edited.connect(self.take)
        fill_inspector(self, label(self.tr("Plan"), "section"), self.cost, self.wrong, self.form)

    def show_survey(self, survey: Survey) -> None:
        """Show the plan as the disk has it."""
        if survey.pairs_plan is not None and survey.pairs_plan != self.plan:
            self._show(survey.pairs_plan)

    def take(self, plan: PairsPlan) -> None:
        """Take another plan and save it, unless its parts do not fit together."""
        if self.plan is None or plan == self.plan:
            return
        self.cost.setText(cost(plan))
        try:
            pairs_plan.parse(pairs_plan.dump(plan), "pairs.yaml")
        except StyleLabError as error:
            said = explain(error)
            self.wrong.setText(str(error).removeprefix("pairs.yaml: ") if said.text else said.happened)
            self.wrong.setToolTip(said.details)
            self.wrong.show()
            return
        self._past.append(self.plan)
        self._put(plan)

    def undo(self) -> None:
        """Take back the last change."""
        if self._past:
            self._put(self._past.pop())

    def _put(self, plan: PairsPlan) -> None:
        project = self._session.project
        self._show(plan)
        if project is not None:
            self._session.fetch(
                lambda: save_pairs_plan(project, plan),
                lambda done: self._session.changed.emit(),
            )

    def _show(self, plan: PairsPlan) -> None:
        self.plan = plan
        self.form.show_model(plan)
        self.cost.setText(cost(plan))
        self.wrong.hide()
