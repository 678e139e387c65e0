"""The new-project wizard: author, files, persona, base, go. Five short pages; each has one question.

In: the user's answers. Out: a project on the disk, and `created` with what to do next. Next: window.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from stylelab.app.look import theme
from stylelab.app.look.theme import GRID
from stylelab.app.session import presets
from stylelab.app.session.preferences import Preferences
from stylelab.app.session.session import Session
from stylelab.app.texts.remedies.explain import explain
from stylelab.app.widgets.basics import make_area, make_button, make_label, make_row, make_rule
from stylelab.app.widgets.sheet import prepare_sheet
from stylelab.app.wizard.base import BaseStep
from stylelab.app.wizard.questions import AuthorStep, FilesStep, GoStep, PersonaStep, WizardStep
from stylelab.errors import StyleLabError
from stylelab.machine import read_machine_bytes
from stylelab.pairs import plan as pairs_plan
from stylelab.project.project import create
from stylelab.project.trial import SAMPLE
from stylelab.training.plan import Plan

SIZE = (680, 560)


class Dots(QWidget):
    """How far the wizard is."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count, self._at = count, 0
        self.setFixedSize(QSize(16 * count, 16))

    def show_step(self, at: int) -> None:
        """Show another step."""
        self._at = at
        self.setAccessibleName(self.tr("Step {number} of {all}").format(number=at + 1, all=self._count))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.get_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for n in range(self._count):
            painter.setBrush(theme.make_colour(c.accent if n == self._at else c.line))
            painter.drawEllipse(QRectF(16 * n + 4, 4, 7, 7))
        painter.end()


class Wizard(QDialog):
    """The questions before a project.

    Signals:
        created: The project's folder, the files to read, and whether to go on to a trained adapter.
    """

    created = Signal(object, object, bool)

    def __init__(self, parent: QWidget | None, preferences: Preferences, session: Session) -> None:
        super().__init__(parent)
        prepare_sheet(self, self.tr("New Project"))
        self.setFixedSize(*SIZE)
        self.plan: Plan | None = None  # set by whoever wants another than the base's preset
        self.author = AuthorStep(preferences)
        self.files = FilesStep()
        self.persona = PersonaStep()
        self.base = BaseStep(session)
        self.finished.connect(self.base.picker.stop)  # however the wizard is left
        self.last = GoStep()
        self.steps: list[WizardStep] = [self.author, self.files, self.persona, self.base, self.last]
        self.stack = QStackedWidget()
        for step in self.steps:
            self.stack.addWidget(step)
            step.changed.connect(self._check)
            step.prepared.connect(lambda: self._turn(1))
        self.files.sampled.connect(lambda: self.persona.cards.choose(SAMPLE))
        self._dots = Dots(len(self.steps))
        self._wrong = make_label("", "bad", wrap=True)
        self._wrong.hide()
        self.back = make_button(self.tr("Back"), lambda: self._turn(-1))
        self.leave = make_button(self.tr("Cancel"), self.reject)
        self.on = make_button(self.tr("Continue"), self._forward, "primary")
        self.on.setDefault(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.stack, 1)
        box.addWidget(make_area(make_row(self._wrong, edges=(5 * GRID, 0, 5 * GRID, GRID))))
        box.addWidget(make_rule())
        box.addWidget(
            make_area(make_row(self._dots, 0, self.leave, self.back, self.on, edges=(24, 16, 24, 16)), "inspector")
        )
        self._show(0)

    @property
    def at(self) -> int:
        """Number of the step shown."""
        return self.stack.currentIndex()

    def _show(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self._dots.show_step(at)
        self.back.setVisible(at > 0)
        last = at == len(self.steps) - 1
        self.on.setText(self.tr("Create") if last else self.tr("Continue"))
        if last:
            self.last.show_summary(
                self.author.author,
                self.author.folder,
                self.files.paths,
                self.persona.name,
                self.base.name,
                self.base.quick,
            )
        self.on.setFocus()
        self.steps[at].enter()
        self._check()

    def _check(self) -> None:
        self._wrong.hide()
        self.on.setEnabled(self.steps[self.at].ready)

    def _turn(self, by: int) -> None:
        self._show(max(0, min(len(self.steps) - 1, self.at + by)))

    def _forward(self) -> None:
        try:
            self.steps[self.at].check()
            if self.at == len(self.steps) - 1:
                self._create()
            elif self.steps[self.at].prepare():
                self._turn(1)
        except StyleLabError as error:
            said = explain(error)
            self._wrong.setText(f"{said.happened} {said.remedy}")
            self._wrong.setToolTip(said.details)
            self._wrong.show()

    def _create(self) -> None:
        base = self.base.base
        plan = self.plan or presets.choose_plan(base, read_machine_bytes())
        folder = self.author.folder  # asked once: it is the first that does not exist yet
        few = pairs_plan.dump(pairs_plan.SMALL) if self.base.quick else ""
        create(folder, self.author.author, self.persona.text, plan.dump_yaml(), base, few)
        self.accept()
        self.created.emit(folder, self.files.paths, self.last.all_the_way)
