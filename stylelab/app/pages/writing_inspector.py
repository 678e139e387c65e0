"""The writing page's inspector: which adapter, how strong, which seed, what length; the drafts kept.

In: runs and drafts. Out: settings. Next: writing page.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QSlider,
    QWidget,
)

from stylelab.app import words
from stylelab.app.session import Session
from stylelab.app.stages import Survey
from stylelab.app.theme import GRID
from stylelab.app.widgets.basics import button, fill_inspector, label, row
from stylelab.project import drafts
from stylelab.training.plan import Plan

STEPS = 20  # of the slider per unit of scale: 0.05 each
DETENT = 3  # steps within which the slider snaps to the training scale


class WritingInspector(QWidget):
    """How to write.

    Signals:
        changed: A setting is another.
        marked: Whether differences are tinted.
        reopened: A draft to look at again.
    """

    changed = Signal()
    marked = Signal(bool)
    reopened = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._trained: dict[str, float] = {}
        self._drafts: list[drafts.Draft] = []
        self._run, self._other = QComboBox(), QComboBox()
        self._run.setAccessibleName(self.tr("Adapter"))
        self._other.setAccessibleName(self.tr("Beside it"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Scale"))
        self._scale = label("")
        self._deviation = label("", "small", wrap=True)
        self._temperature = self._field("0.8", self.tr("Temperature"))
        self._seed = self._field("42", self.tr("Seed"))
        self._words = self._field("", self.tr("Words"))
        self._words.setPlaceholderText(self.tr("as the input"))
        self.differences = QCheckBox(self.tr("Tint differences"))
        self.differences.setAccessibleName(self.tr("Tint differences"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Drafts"))
        self.list.setFixedHeight(120)
        self._none = label(self.tr("Texts you keep appear here."), "small", wrap=True)
        self.forget = button(self.tr("Remove"), self._forget, "link")
        self._build()
        self._run.activated.connect(lambda: self._run_changed())
        self._other.activated.connect(lambda: self.changed.emit())
        self.slider.valueChanged.connect(self._slid)
        self.differences.toggled.connect(self.marked)
        self.list.itemActivated.connect(lambda item: self.reopened.emit(self._drafts[self.list.row(item)]))
        self.list.itemClicked.connect(lambda item: self.reopened.emit(self._drafts[self.list.row(item)]))

    def _build(self) -> None:
        fields = (
            (self.tr("Length in words"), self._words),
            (self.tr("Temperature"), self._temperature),
            (self.tr("Seed"), self._seed),
        )
        fill_inspector(
            self,
            label(self.tr("Adapter"), "section"),
            self._run,
            label(self.tr("Beside it"), "quiet"),
            self._other,
            2 * GRID,
            row(label(self.tr("Scale"), "section"), 0, self._scale),
            self.slider,
            self._deviation,
            2 * GRID,
            *(row(label(name), 0, field) for name, field in fields),
            GRID,
            self.differences,
            2 * GRID,
            row(label(self.tr("Drafts"), "section"), 0, self.forget),
            self._none,
            self.list,
        )

    def _field(self, text: str, title: str) -> QLineEdit:
        made = QLineEdit(text)
        made.setAccessibleName(title)
        made.setFixedWidth(112)
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
        return made

    # ------------------------------------------------------------ settings

    @property
    def run(self) -> str:
        return str(self._run.currentData() or "")

    @property
    def other(self) -> str:
        """Another run to write with; empty for none."""
        return str(self._other.currentData() or "")

    @property
    def scale(self) -> float | None:
        """The scale chosen; None for the training scale."""
        value = self.slider.value() / STEPS
        return None if value == self._trained.get(self.run) else value

    @property
    def seed(self) -> int:
        return int(self._seed.text()) if self._seed.text().isdigit() else 42

    @property
    def temperature(self) -> float | None:
        try:
            return min(2.0, max(0.0, float(self._temperature.text().replace(",", "."))))
        except ValueError:
            return None

    @property
    def words(self) -> int | None:
        return int(self._words.text()) if self._words.text().isdigit() and int(self._words.text()) else None

    def show_survey(self, survey: Survey) -> None:
        """Show the runs that there are; the one chosen stays."""
        names = [run.id for run in reversed(survey.adapters)]
        if names != [self._run.itemData(n) for n in range(self._run.count())]:
            chosen = self.run
            self._run.clear()
            self._other.clear()
            self._other.addItem(self.tr("Nothing more"), "")
            for name in names:
                self._run.addItem(name, name)
                self._other.addItem(name, name)
            newest = not chosen or chosen not in names or names.index(chosen) == 1
            self._run.setCurrentIndex(0 if newest else names.index(chosen))
            project = self._session.project
            if project is not None and names:
                runs = project.runs
                self._session.fetch(
                    lambda: {name: Plan.load(runs / name / "training.yaml").scale for name in names}, self._show_scales
                )
        if survey.persona is not None and not self._temperature.isModified():
            self._temperature.setText(f"{survey.persona.sampling.temperature:g}")
        self.load_drafts()

    def _show_scales(self, scales: dict[str, float]) -> None:
        self._trained = scales
        self._run_changed()

    def _run_changed(self) -> None:
        trained = self._trained.get(self.run, 2.0)
        self.slider.setRange(0, round(2 * trained * STEPS))
        self.slider.setValue(round(trained * STEPS))
        self._slid(self.slider.value())
        self.changed.emit()

    def _slid(self, value: int) -> None:
        trained = self._trained.get(self.run)
        if trained is not None and 0 < abs(value - round(trained * STEPS)) <= DETENT and self.slider.isSliderDown():
            self.slider.setValue(round(trained * STEPS))
            return
        self._scale.setText(words.number(value / STEPS, 2))
        self._deviation.setText(self.deviation_words() or self.tr("As trained."))

    def deviation_words(self) -> str:
        """Return in words how the scale departs from training; empty when it does not."""
        trained, value = self._trained.get(self.run), self.slider.value() / STEPS
        if trained is None or value == trained:
            return ""
        if value == 0:
            return self.tr("At 0 the adapter is off.")
        said = self.tr("Weaker than trained ({trained}): nearer to the base, less voice.")
        if value > trained:
            said = self.tr("Stronger than trained ({trained}): more voice, less sense.")
        return said.format(trained=words.number(trained, 2))

    # ------------------------------------------------------------ drafts

    def load_drafts(self) -> None:
        """Read the drafts anew."""
        project = self._session.project
        if project is not None:
            self._session.fetch(lambda: drafts.drafts(project.folder), self._show_drafts)

    def _show_drafts(self, found: list[drafts.Draft]) -> None:
        self._drafts = found
        self.list.clear()
        for draft in found:
            self.list.addItem(f"{draft.source}: {' '.join(draft.text.split())[:60]}")
        self.list.setVisible(bool(found))
        self._none.setVisible(not found)
        self.forget.setVisible(bool(found))

    def _forget(self) -> None:
        project, at = self._session.project, self.list.currentRow()
        if project is not None and at >= 0:
            self._session.fetch(lambda: drafts.forget(project.folder, at), lambda done: self.load_drafts())
