"""The persona page: form and YAML are one text; beside it the prompt that comes of it.

In: persona.yaml. Out: the same, edited and checked. Next: pairs page.
"""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QSplitter, QStackedWidget

from stylelab.app.look.theme import GRID
from stylelab.app.pages.page import Page
from stylelab.app.pages.persona.form import PersonaForm
from stylelab.app.pages.persona.prompt import PromptView
from stylelab.app.session.session import Session
from stylelab.app.session.stages import Survey
from stylelab.app.texts.remedies.explain import explain
from stylelab.app.widgets.basics import Scroll, Segmented, area, button, column, label, rule
from stylelab.app.widgets.sheet import Sheet
from stylelab.app.widgets.yaml_editor import YamlEditor
from stylelab.errors import PersonaError
from stylelab.files import sha256_text
from stylelab.persona import card
from stylelab.project.save import load_persona_text, save_persona
from stylelab.recipe import PersonaPart
from stylelab.settings.writer import replace_value

SETTLE_MS = 250  # after the last key, before the text is read


class PersonaPage(Page):
    """The situations an author is written from."""

    name = "persona"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._read_hash = ""
        self._last: PersonaPart | None = None
        self.undo_stack = QUndoStack(self)
        self.editor = YamlEditor(self.tr("Persona as YAML"), self.undo_stack)
        self.form = PersonaForm()
        self.prompt = PromptView(session, self.editor.toPlainText)
        self.view = Segmented([self.tr("YAML"), self.tr("Prompt")], self.tr("Right side"))
        self.revert = button(self.tr("Revert"), self.load)
        self.save = button(self.tr("Save"), self.store, "primary")
        self.header.add(self.view, self.revert, self.save)
        self._problem = label("", "bad", wrap=True)
        self._effect = label("", "warn", wrap=True)
        notes = area(column(self._problem, self._effect, edges=(4 * GRID, 0, 3 * GRID, GRID), gap=4))
        self._notes = notes
        scroll = Scroll(self.form)
        self._right = QStackedWidget()
        self._right.addWidget(self.editor)
        self._right.addWidget(self.prompt)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(scroll)
        split.addWidget(self._right)
        self.editor.setMinimumWidth(440)
        split.setSizes([520, 520])
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        self.body.addWidget(area(column(notes, rule(), split, gap=0)))
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._read)
        self.editor.textChanged.connect(self._settle.start)
        self.form.edited.connect(self._form_edited)
        self.view.chosen.connect(self._show_side)
        self.load()

    # ------------------------------------------------------------ text

    def load(self) -> None:
        """Read persona.yaml and drop what was not saved."""
        project = self.session.project
        if project is None:
            return

        def show(text: str) -> None:
            self._read_hash = sha256_text(text)
            self.editor.put(text)
            self._read(everywhere=True)

        self.session.fetch(lambda: load_persona_text(project), show)

    def store(self) -> None:
        """Check and save."""
        project, text = self.session.project, self.editor.toPlainText()
        if project is None:
            return
        before = self._read_hash

        def saved(done: bool) -> None:
            if not done:
                self._ask_about_other_change()
                return
            self._read_hash = sha256_text(text)
            self.undo_stack.setClean()
            self._read()
            self.session.changed.emit()

        self.session.fetch(lambda: save_persona(project, text, before), saved)

    def _ask_about_other_change(self) -> None:
        sheet = Sheet(
            self.window(),
            self.tr("persona.yaml was changed elsewhere"),
            self.tr("Another program saved it since it was read here. Your changes are still in this window."),
            choices=[(self.tr("Read It Again"), self.load)],
            close=self.tr("Keep Mine for Now"),
        )
        sheet.open()

    def undo(self) -> None:
        """Take back the last change, typed into the text or into the form."""
        self.undo_stack.undo()
        self._read(everywhere=True)

    def redo(self) -> None:
        """Do again what was taken back."""
        self.undo_stack.redo()
        self._read(everywhere=True)

    def _read(self, everywhere: bool = False) -> None:
        """Show in the form, the notes and the prompt what the text says now.

        Args:
            everywhere: In the field under the cursor, too.
        """
        self._settle.stop()
        self._show_text(everywhere)
        self._ask_prompt()

    def _show_text(self, everywhere: bool = False) -> None:
        text = self.editor.toPlainText()
        try:
            persona = card.parse(text, "persona.yaml")
        except PersonaError as error:
            line = re.search(r"line (\d+)", error.message)
            self.editor.mark_line(int(line.group(1)) if line else None)
            said = explain(error)
            self._problem.setText(said.happened.removeprefix("persona.yaml").lstrip(", :"))
            self._problem.setToolTip(said.details)
            self._last = None
        else:
            self.editor.mark_line(None)
            self._problem.setText("")
            self._last = persona
            self.form.show_persona(persona, everywhere)
        self.form.setEnabled(self._last is not None)
        self._show_notes()

    def _ask_prompt(self) -> None:
        """Have the prompt made, where it is shown and there is something to make it of."""
        if self.view.index == 1 and self._last is not None:
            if self.survey is not None and self.survey.counts.chosen:
                self.prompt.ask()
            else:
                self.prompt.nothing()

    def _form_edited(self, path: tuple[str, ...], value: object, field: str) -> None:
        self.editor.edit_to(replace_value(self.editor.toPlainText(), path, value), field)
        self._show_text()  # the prompt waits until typing pauses

    # ------------------------------------------------------------ showing

    def refresh(self, survey: Survey) -> None:
        self._show_notes()
        self._ask_prompt()

    def _show_notes(self) -> None:
        changed = not self.undo_stack.isClean()
        self.save.setEnabled(changed and self._last is not None)
        self.revert.setVisible(changed)
        persona, recipe = self._last, self.survey.recipe if self.survey else None
        frames = len(persona.frames.NARRATIVE) + len(persona.frames.CONCEPTUAL) if persona else 0
        self.header.state.setText(
            self.tr("{author}, {count} situations to write from").format(author=persona.author, count=frames)
            if persona
            else self.tr("The text on the right has an error.")
        )
        said = ""
        if persona is not None and recipe is not None and recipe.persona != persona:
            names = ", ".join(self.form.name_of(field) for field in list_differences(recipe.persona, persona))
            said = self.tr(
                "Changed since the pairs were made: {fields}. Make the pairs again and train; "
                "adapters trained so far keep the persona they learned."
            ).format(fields=names)
        self._effect.setText(said)
        self._effect.setVisible(bool(said))
        self._problem.setVisible(bool(self._problem.text()))
        self._notes.setVisible(bool(said) or bool(self._problem.text()))

    def _show_side(self, index: int) -> None:
        self._right.setCurrentIndex(index)
        self._ask_prompt()

    def leave(self) -> bool:
        if self.undo_stack.isClean():
            return True
        sheet = Sheet(
            self.window(),
            self.tr("The persona is not saved"),
            self.tr("Its changes would be lost."),
            choices=[(self.tr("Save"), self.store), (self.tr("Discard"), self.load)],
            close=self.tr("Cancel"),
        )
        sheet.open()
        return False


def list_differences(a: PersonaPart, b: PersonaPart) -> list[str]:
    """Return the names of the fields in which two personas differ."""
    return [name for name in PersonaPart.model_fields if getattr(a, name) != getattr(b, name)]
