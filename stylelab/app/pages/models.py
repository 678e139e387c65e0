"""The base models page: which base this project learns on, and whether it fits into the machine.

In: a model's folder. Out: project.yaml's base. Next: training page.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from stylelab.app.look.theme import GRID
from stylelab.app.pages.page import RoomPage
from stylelab.app.session import presets
from stylelab.app.session.session import Session
from stylelab.app.session.stages import Survey
from stylelab.app.texts import words
from stylelab.app.texts.remedies.explain import explain
from stylelab.app.widgets.basics import make_button, make_label, make_row
from stylelab.app.widgets.cards import Cards
from stylelab.app.widgets.sheet import Sheet
from stylelab.basemodels.identity import inspect, resolve
from stylelab.errors import StyleLabError
from stylelab.project.project import Project
from stylelab.project.save import choose_base
from stylelab.training.presets import read_machine_bytes


@dataclass(frozen=True)
class InspectedBase:
    """A base that can be looked at, or why it cannot."""

    entry: str
    name: str
    kind: str = ""
    bytes: int = 0
    blocks: int = 0
    wrong: str = ""


def inspect_base(entry: str, project: Path) -> InspectedBase:
    """Return what a base is, without loading it; called in a thread."""
    folder = resolve(entry, project)
    try:
        files = inspect(folder)
    except StyleLabError as error:
        return InspectedBase(entry, folder.name, wrong=explain(error).happened)
    size = sum(path.stat().st_size for path in files.weights)
    blocks = int(files.config.get("num_hidden_layers", 0))
    return InspectedBase(entry, folder.name, str(files.config["model_type"]), size, blocks)


class ModelsPage(RoomPage):
    """Bases to learn on."""

    name = "models"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.choose = make_button(self.tr("Choose a Folder …"), self._choose)
        self.use = make_button(self.tr("Use for This Project"), self._use, "primary")
        self.header.add(self.choose, self.use)
        self._entries: list[str] = ["bundled"]
        self.cards = Cards(self.tr("Base models"))
        self.cards.chosen.connect(lambda key: self._show_button())
        preset = presets.choose_preset("folder", read_machine_bytes())
        advice = self.tr(
            "This computer has {memory}: for real work, a {size} base model (not an instruct one) in 4-bit. Any MLX or "
            "Hugging Face folder of the Qwen, Llama or Mistral kind will do."
        ).format(memory=words.format_memory(read_machine_bytes()), size=preset.base)
        inner = QWidget()
        inner.setMaximumWidth(700)
        box = QVBoxLayout(inner)
        box.setContentsMargins(4 * GRID, GRID, 4 * GRID, 4 * GRID)
        box.setSpacing(2 * GRID)
        box.addWidget(self.cards)
        box.addWidget(make_label(advice, "quiet", wrap=True))
        box.addStretch(1)
        outer = QWidget()
        outer.setLayout(make_row(inner, 0))
        outer.layout().setStretch(0, 10)  # type: ignore[union-attr]
        self.body.addWidget(outer)

    def refresh(self, survey: Survey) -> None:
        project = self.session.project
        if project is None:
            return
        own = project.settings.base
        if own not in self._entries:
            self._entries.append(own)
        self._look(project, own)
        self.header.state.setText(
            self.tr("This project learns on {base}.").format(
                base=self.tr("the small base that comes along") if own == "bundled" else Path(own).name
            )
        )

    def _look(self, project: Project, choose: str) -> None:
        entries = list(self._entries)

        def show(found: list[InspectedBase]) -> None:
            self.cards.put([(f.entry, self._title(f), self._describe(f)) for f in found])
            self.cards.choose(choose)
            self._show_button()

        self.session.fetch(lambda: [inspect_base(entry, project.folder) for entry in entries], show)

    def _title(self, found: InspectedBase) -> str:
        return self.tr("Small base, comes along") if found.entry == "bundled" else found.name

    def _describe(self, found: InspectedBase) -> str:
        if found.wrong:
            return found.wrong
        said = self.tr("{kind}, {blocks} blocks, {size} on disk.").format(
            kind=found.kind, blocks=found.blocks, size=words.format_size(found.bytes)
        )
        if found.entry == "bundled":
            return said + " " + self.tr("It takes on a voice and makes little sense: to try things out.")
        if found.bytes > 0.7 * read_machine_bytes():
            return said + " " + self.tr("Too large to train on this computer.")
        return said + f"\n{found.entry}"

    def _show_button(self) -> None:
        project = self.session.project
        own = project.settings.base if project else ""
        self.use.setEnabled(self.session.job is None and self.cards.key != own)

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose a Model’s Folder"))
        if name:
            self.offer_folder(Path(name))

    def offer_folder(self, folder: Path) -> None:
        """Offer a model's folder."""
        project = self.session.project
        if project is not None:
            if str(folder) not in self._entries:
                self._entries.append(str(folder))
            self._look(project, str(folder))

    def _use(self) -> None:
        if self.survey is None or self.survey.recipe is None:
            self._change()
            return
        sheet = Sheet(
            self.window(),
            self.tr("Learn on another base?"),
            self.tr("The pairs were made for the present one and must be made again. Adapters trained so far stay."),
            choices=[(self.tr("Use It"), self._change)],
            close=self.tr("Cancel"),
        )
        sheet.open()

    def _change(self) -> None:
        project, entry = self.session.project, self.cards.key
        if project is not None:
            self.session.fetch(lambda: choose_base(project, entry), lambda _: self.session.reload())
