"""The writing page's inspector: which adapter, how strong, from which point of view; seed, length; the drafts kept.

In: runs with their checkpoints, and drafts. Out: settings. Next: writing page.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QSlider,
    QWidget,
)

from stylelab.app.look import theme
from stylelab.app.look.theme import GRID
from stylelab.app.pages.pairs.plan import list_perspective_names
from stylelab.app.session.session import Session
from stylelab.app.session.stages import Survey
from stylelab.app.texts import words
from stylelab.app.texts.words import translate
from stylelab.app.widgets.basics import button, fill_inspector, label, row
from stylelab.project import drafts
from stylelab.project.project import Project
from stylelab.recipe import Perspective, Recipe
from stylelab.training.plan import Plan

STEPS = 20  # of the slider per unit of scale: 0.05 each
DETENT = 3  # steps within which the slider snaps to the training scale


@dataclass(frozen=True)
class Source:
    """Who writes: a run's best adapter, or the one of a checkpoint."""

    run: str
    checkpoint: int | None = None

    @property
    def title(self) -> str:
        """What it is called."""
        if self.checkpoint is None:
            return self.run
        at = words.number(self.checkpoint)
        return translate("writing", "{run}, update {update}").format(run=self.run, update=at)


@dataclass(frozen=True)
class Trained:
    """What a run was trained with, as far as writing asks, and the checkpoints that it keeps."""

    scale: float
    remote: str  # the model on a server that made its inputs plain; empty for none
    perspectives: tuple[str, ...]
    checkpoints: tuple[int, ...]


def trained(project: Project, run: str) -> Trained:
    """Read what a run was trained with; called in a thread."""
    folder = project.runs / run
    pairs = Recipe.load(folder / "recipe.json").pairs
    remote = pairs.model if pairs.rewriter == "remote" else ""
    scale = Plan.load(folder / "training.yaml").scale
    return Trained(scale, remote, pairs.perspectives, tuple(project.checkpoints(run)))


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
        self._trained: dict[str, Trained] = {}
        self._shown: tuple[str | float, ...] = ()
        self._drafts: list[drafts.Draft] = []
        self._run, self._other = QComboBox(), QComboBox()
        self._run.setAccessibleName(self.tr("Adapter"))
        self._other.setAccessibleName(self.tr("Beside it"))
        self._perspective = QComboBox()
        self._perspective.setAccessibleName(self.tr("Point of view"))
        self._perspective.addItem(self.tr("as the input"), None)
        for name, called in list_perspective_names().items():
            if name != "first_person_singular":  # what is turned is told by an I
                self._perspective.addItem(called, name)
        self._allow = QCheckBox(self.tr("Ask the remote model"))
        self._allow.setAccessibleName(self.tr("Ask the remote model"))
        self._allow_note = label("", "small", wrap=True)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Scale"))
        self._scale = label("")
        self._deviation = label("", "small", wrap=True)
        self._temperature = self._field("0.8", self.tr("Temperature"))
        self._seed = self._field("42", self.tr("Seed"))
        self._words = self._field("", self.tr("Words"), self.tr("as the input"))
        self.differences = QCheckBox(self.tr("Tint differences"))
        self.differences.setAccessibleName(self.tr("Tint differences"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Drafts"))
        self.list.setFixedHeight(120)
        self._none = label(self.tr("Texts you keep appear here."), "small", wrap=True)
        self.forget = button(self.tr("Remove"), self._forget, "link")
        self._build()
        self._allow.hide()
        self._allow_note.hide()
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
            label(self.tr("Point of view")),
            self._perspective,
            GRID,
            *(row(label(name), 0, field) for name, field in fields),
            GRID,
            self._allow,
            self._allow_note,
            self.differences,
            2 * GRID,
            row(label(self.tr("Drafts"), "section"), 0, self.forget),
            self._none,
            self.list,
        )

    def _field(self, text: str, title: str, placeholder: str = "") -> QLineEdit:
        made = QLineEdit(text)
        made.setPlaceholderText(placeholder)
        made.setFixedWidth(max(112, QFontMetrics(theme.text_font()).horizontalAdvance(placeholder) + 24))
        made.setAccessibleName(title)
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
        return made

    # ------------------------------------------------------------ settings

    @property
    def run(self) -> str:
        return str(self._run.currentData() or "")

    @property
    def other(self) -> Source | None:
        """Who writes beside it; None for nobody."""
        found = self._other.currentData()
        return found if isinstance(found, Source) else None

    @property
    def perspective(self) -> Perspective | None:
        """The point of view to tell it from; None for the input's own."""
        found: Perspective | None = self._perspective.currentData()
        return found

    @property
    def allow_remote(self) -> bool:
        """Whether this text may go to the server that made training's inputs plain."""
        return not self._allow.isHidden() and self._allow.isChecked()

    @property
    def scale(self) -> float | None:
        """The scale chosen; None for the training scale."""
        value = self.slider.value() / STEPS
        return None if value == self._scale_of(self.run) else value

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
        """Show the runs that there are; the one chosen stays, unless a new one came."""
        names = [run.id for run in reversed(survey.adapters)]
        shown = [self._run.itemData(n) for n in range(self._run.count())]
        if names != shown:
            chosen = self.run if self.run in names and not set(names) - set(shown) else names[0] if names else ""
            self._run.clear()
            for name in names:
                self._run.addItem(name, name)
            self._run.setCurrentIndex(self._run.findData(chosen))
        project = self._session.project
        if project is not None and names:
            self._session.fetch(lambda: {name: trained(project, name) for name in names}, self._show_trained)
        if survey.persona is not None and not self._temperature.isModified():
            self._temperature.setText(f"{survey.persona.sampling.temperature:g}")
        self.load_drafts()

    def _show_trained(self, found: dict[str, Trained]) -> None:
        if found == self._trained:
            return
        self._trained = found
        chosen = self.other
        self._other.clear()
        self._other.addItem(self.tr("Nothing more"), None)
        for name, run in found.items():
            for source in (Source(name), *(Source(name, at) for at in reversed(run.checkpoints))):
                self._other.addItem(source.title, source)
                if source == chosen:
                    self._other.setCurrentIndex(self._other.count() - 1)
        now = (self.run, found[self.run].scale, found[self.run].remote) if self.run in found else ()
        if now != self._shown:  # a new checkpoint alone leaves the scale where it is
            self._shown = now
            self._run_changed()

    def _scale_of(self, run: str) -> float | None:
        found = self._trained.get(run)
        return None if found is None else found.scale

    def _run_changed(self) -> None:
        trained = self._scale_of(self.run) or 2.0
        self.slider.setRange(0, round(2 * trained * STEPS))
        self.slider.setValue(round(trained * STEPS))
        self._slid(self.slider.value())
        remote = self._trained[self.run].remote if self.run in self._trained else ""
        self._allow.setVisible(bool(remote))
        self._allow.setChecked(False)
        self._allow_note.setVisible(bool(remote))
        said = self.tr("{model} made the inputs plain in training. Asked here, it reads this text; unasked, rules do.")
        self._allow_note.setText(said.format(model=remote))
        self.changed.emit()

    def _slid(self, value: int) -> None:
        trained = self._scale_of(self.run)
        if trained is not None and 0 < abs(value - round(trained * STEPS)) <= DETENT and self.slider.isSliderDown():
            self.slider.setValue(round(trained * STEPS))
            return
        self._scale.setText(words.number(value / STEPS, 2))
        self._deviation.setText(self.deviation_words() or self.tr("As trained."))

    def deviation_words(self) -> str:
        """Return in words how the scale departs from training; empty when it does not."""
        trained, value = self._scale_of(self.run), self.slider.value() / STEPS
        if trained is None or value == trained:
            return ""
        if value == 0:
            return self.tr("At 0 the adapter is off.")
        said = self.tr("Weaker than trained ({trained}): nearer to the base, less voice.")
        if value > trained:
            said = self.tr("Stronger than trained ({trained}): more voice, less sense.")
        return said.format(trained=words.number(trained, 2))

    def stance_words(self) -> str:
        """Return in words that training saw no text from the point of view chosen; empty when it did."""
        run = self._trained.get(self.run)
        if run is None or self.perspective in (None, *run.perspectives):
            return ""
        return self.tr("Training saw no text from this point of view.")

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
