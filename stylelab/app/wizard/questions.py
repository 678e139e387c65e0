"""The wizard's five questions.

In: preferences. Out: answers. Next: steps.
"""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetrics
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from stylelab.app.look import theme
from stylelab.app.look.theme import GRID
from stylelab.app.session.preferences import Preferences
from stylelab.app.texts.remedies.explain import explain
from stylelab.app.texts.words import shorten_path
from stylelab.app.widgets.basics import clear_layout, make_button, make_label, make_row
from stylelab.app.widgets.cards import Cards
from stylelab.app.widgets.dropzone import Dropzone
from stylelab.errors import StyleLabError
from stylelab.files import explain_os_errors
from stylelab.persona import card
from stylelab.project.trial import locate_sample

PLACE_WIDTH = 320  # pixels; a longer path is cut in its middle
VALUE_WIDTH = 440  # of an answer on the last page


class WizardStep(QWidget):
    """One question.

    Signals:
        changed: The answer is another.
        prepared: What the answer needed is there: the wizard can go on.
    """

    changed = Signal()
    prepared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heading = make_label("", "title")
        self._said = make_label("", "quiet", wrap=True)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 2 * GRID)
        self.box.setSpacing(GRID)
        self.box.addWidget(self._heading)
        self.box.addWidget(self._said)
        self.box.addSpacing(2 * GRID)

    def ask(self, title: str, text: str) -> None:
        """Say what the question is."""
        self._heading.setText(title)
        self._said.setText(text)
        self.setAccessibleName(title)

    @property
    def ready(self) -> bool:
        """Whether the wizard can go on."""
        return True

    def check(self) -> None:
        """Look at the answer closely before going on.

        Raises:
            StyleLabError: It cannot be used; it says why.
        """

    def prepare(self) -> bool:
        """Begin what the answer needs before the wizard goes on; return False while `prepared` is still to come."""
        return True

    def enter(self) -> None:
        """The question is shown."""


class AuthorStep(WizardStep):
    """Whose voice, and where the project goes."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.ask(
            self.tr("Whose voice is it?"),
            self.tr("The author whose texts you have: you yourself, or somebody out of copyright."),
        )
        self._home = preferences.home
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Edgar Allan Poe"))
        self.name.setAccessibleName(self.tr("Author"))
        self.name.setMinimumHeight(36)
        self.name.setFont(theme.make_text_font(15))
        self._where = make_label("", "quiet")
        self.choose = make_button(self.tr("Change …"), self._choose, "link")
        self.box.addWidget(self.name)
        self.box.addSpacing(GRID)
        self.box.addLayout(make_row(self._where, self.choose, 0, gap=4))
        self.box.addStretch(1)
        self.name.textChanged.connect(self._show_place)
        self._show_place()

    @property
    def author(self) -> str:
        return self.name.text().strip()

    @property
    def folder(self) -> Path:
        """Where the project will be: a folder that is not there yet."""
        return choose_project_folder(self._home, self.author)

    @property
    def ready(self) -> bool:
        return bool(self.author)

    def place_in(self, home: Path) -> None:
        """Put the project into another folder."""
        self._home = home
        self._show_place()

    def enter(self) -> None:
        self.name.setFocus()

    def _show_place(self) -> None:
        shown = shorten_path(self.folder)
        fitting = QFontMetrics(self._where.font()).elidedText(shown, Qt.TextElideMode.ElideMiddle, PLACE_WIDTH)
        self._where.setText(self.tr("Saved in {folder}").format(folder=fitting))
        self._where.setToolTip(shown)
        self.changed.emit()

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Where to Save the Project"), str(self._home.parent))
        if name:
            self.place_in(Path(name))


class FilesStep(WizardStep):
    """Which texts.

    Signals:
        sampled: The sample was taken.
    """

    sampled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ask(
            self.tr("What did they write?"),
            self.tr("Drop files or folders. Fifty pages teach a habit or two; a few hundred teach a voice."),
        )
        self.setAcceptDrops(True)
        self.paths: list[Path] = []
        self.zone = Dropzone(self.tr("Texts"), self.tr("Drop texts here. You can also add some later."))
        self.zone.removed.connect(self._remove)
        self.choose = make_button(self.tr("Choose Files …"), self._choose)
        self.folder = make_button(self.tr("Choose a Folder …"), self._choose_folder)
        self.sample = make_button(self.tr("Use the Sample"), self.use_sample, "link")
        self.box.addWidget(self.zone, 1)
        self.box.addLayout(make_row(self.choose, self.folder, 0, self.sample))
        self._show()

    def add(self, paths: list[Path]) -> None:
        """Take more texts."""
        self.paths += [path for path in paths if path not in self.paths]
        self._show()

    def use_sample(self) -> None:
        """Take the sample that comes along: ten tales by an author made up for it."""
        self.add([locate_sample()])
        self.sampled.emit()

    def _remove(self, number: int) -> None:
        del self.paths[number]
        self._show()

    def _show(self) -> None:
        folder = self.tr("{name}, a folder")
        said = [path.name if path.is_file() else folder.format(name=path.name) for path in self.paths]
        self.zone.show_paths(list(zip(self.paths, said, strict=True)))
        self.changed.emit()

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Add Texts"))
        self.add([Path(name) for name in names])

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Add Texts"))
        if name:
            self.add([Path(name)])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])


class PersonaStep(WizardStep):
    """From which situations the author writes."""

    def __init__(self) -> None:
        super().__init__()
        self.ask(
            self.tr("Where do they write from?"),
            self.tr("A persona is a handful of situations to write from. Take the nearest; you can make it your own."),
        )
        self._files = dict(card.list_bundled_personas())
        self.cards = Cards(self.tr("Personas"))
        self.cards.chosen.connect(self.changed)
        self.box.addWidget(self.cards)
        self.box.addLayout(make_row(make_button(self.tr("Choose a File …"), self._choose), 0))
        self.box.addStretch(1)
        self._fill()

    def _fill(self) -> None:
        self.cards.put(
            [(name, name.replace("_", " ").capitalize(), describe_persona(path)) for name, path in self._files.items()]
        )

    @property
    def name(self) -> str:
        return self.cards.key

    @property
    def text(self) -> str:
        """The chosen persona's file.

        Raises:
            StyleLabError: It cannot be read.
        """
        with explain_os_errors(self._files[self.name], "read"):
            return self._files[self.name].read_text(encoding="utf-8")

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a Persona"), "", "YAML (*.yaml *.yml)")
        if name:
            self._files[Path(name).stem] = Path(name)
            self._fill()
            self.cards.choose(Path(name).stem)

    def check(self) -> None:
        card.load(self._files[self.name])


class GoStep(WizardStep):
    """What will happen."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(GRID)
        self.box.addLayout(self._lines)
        self.box.addSpacing(GRID)
        self.go_on = QCheckBox(self.tr("Read the texts, make pairs and train at once"))
        self.go_on.setAccessibleName(self.go_on.text())
        self.box.addWidget(self.go_on)
        self.box.addStretch(1)

    @property
    def all_the_way(self) -> bool:
        return self.go_on.isChecked() and self.go_on.isEnabled()

    def show_summary(self, author: str, folder: Path, paths: list[Path], persona: str, base: str, small: bool) -> None:
        """Say what was answered."""
        clear_layout(self._lines)
        texts = ", ".join(path.name for path in paths[:3]) or self.tr("none yet")
        if len(paths) > 3:
            texts += self.tr(" and {count} more").format(count=len(paths) - 3)
        lines = (
            (self.tr("Author"), author),
            (self.tr("Texts"), texts),
            (self.tr("Persona"), persona.replace("_", " ").capitalize()),
            (self.tr("Base"), base),
            (self.tr("Folder"), shorten_path(folder)),
        )
        for name, value in lines:
            title = make_label(name, "quiet")
            title.setMinimumWidth(96)
            line = QWidget()
            shown = make_label(QFontMetrics(title.font()).elidedText(value, Qt.TextElideMode.ElideMiddle, VALUE_WIDTH))
            shown.setToolTip(value)
            line.setLayout(make_row(title, shown, 0))
            self._lines.addWidget(line)
        self.go_on.setEnabled(bool(paths))
        self.go_on.setChecked(bool(paths) and small)
        said = self.tr("With the small base that takes a few minutes; you can watch, or stop whenever you like.")
        self.ask(
            self.tr("Ready"), said if small else self.tr("Nothing is downloaded, and nothing leaves this computer.")
        )


def choose_project_folder(home: Path, author: str) -> Path:
    """Return a folder for an author's project that is not there yet."""
    stem = re.sub(r"[^\w-]+", "-", author.lower()).strip("-") or "project"
    made, number = home / stem, 2
    while made.exists():
        made, number = home / f"{stem}-{number}", number + 1
    return made


def describe_persona(path: Path) -> str:
    """Return a persona's first situation, to know it by; or what is wrong with it."""
    try:
        return card.load(path).frames.NARRATIVE[0]
    except StyleLabError as error:
        return explain(error).happened
