"""The persona as a form. What is edited here is written into the YAML's text, which stays the one truth.

In: a PersonaPart. Out: `edited` with a path in the YAML and a value. Next: persona page.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QTextCursor
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from stylelab.app.look import theme
from stylelab.app.look.theme import GRID
from stylelab.app.texts.settings_words import translate_settings
from stylelab.app.widgets.basics import button, label, row, tool
from stylelab.app.widgets.form import FieldLine
from stylelab.app.widgets.number import Number
from stylelab.app.widgets.undo import UndoneAbove
from stylelab.recipe import Constraint, Frames, PersonaPart
from stylelab.settings.declaration import Declaration


class FieldText(UndoneAbove, QPlainTextEdit):
    """A text that tells what is typed, as high as what is in it.

    Signals:
        typed: The user has typed.
        left: The user has left it.
    """

    typed = Signal()
    left = Signal()
    EDGE = 8  # above and below the text

    def __init__(self, title: str, rows: int = 2) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setProperty("role", "field")
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows, self._known = rows, ""
        self.textChanged.connect(self._changed)

    def put(self, text: str, everywhere: bool = True) -> None:
        """Show another text; unless `everywhere`, the user's is left alone while the cursor is in it."""
        if text == self.toPlainText() or (self.hasFocus() and not everywhere):
            return
        self.blockSignals(True)  # what is shown is not typed
        self.setPlainText(text)
        self.blockSignals(False)
        self._known = self.toPlainText()
        self._fit()
        if self.hasFocus():
            self.moveCursor(QTextCursor.MoveOperation.End)

    def _changed(self) -> None:
        self._fit()
        if self.toPlainText() != self._known:
            self._known = self.toPlainText()
            self.typed.emit()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        line = QFontMetrics(self.font()).lineSpacing()
        width = max(80, self.viewport().width() - 8)
        metrics = QFontMetrics(self.font())
        lines = 0
        for part in self.toPlainText().split("\n"):
            place = metrics.boundingRect(0, 0, width, 100_000, Qt.TextFlag.TextWordWrap, part or " ")
            lines += max(1, round(place.height() / line))
        self.setFixedHeight(max(self._rows, lines) * line + 2 * self.EDGE)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class ConstraintLine(QWidget):
    """One line of advice and its share of prompts.

    Signals:
        edited, gone: Edited; removed, or left without a text.
    """

    edited = Signal()
    gone = Signal()

    def __init__(self, constraint: Constraint) -> None:
        super().__init__()
        declared = translate_settings(Constraint)
        self.text = FieldText(declared["text"].title, 1)
        self.text.setFont(theme.text_font())
        self.share = Number(declared["share"].title, 1, 100, "%")
        self.put(constraint)
        remove = tool(self.tr("Remove this advice"), "close", self.gone.emit)
        line = row(self.text, self.share, remove, gap=6)
        for part in (self.share, remove):
            line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.text.typed.connect(lambda: self.edited.emit() if self.value["text"] else None)
        self.text.left.connect(lambda: None if self.value["text"] else self.gone.emit())
        self.share.chosen.connect(lambda value: self.edited.emit())

    def put(self, constraint: Constraint, everywhere: bool = True) -> None:
        """Show another advice; unless `everywhere`, a text under the cursor is left alone."""
        if " ".join(self.text.toPlainText().split()) != constraint.text:
            self.text.put(constraint.text, everywhere)
        self.share.put(round(constraint.share * 100))

    @property
    def value(self) -> dict[str, Any]:
        return {"text": " ".join(self.text.toPlainText().split()), "share": self.share.value / 100}


class PersonaForm(QWidget):
    """The fields of a persona.

    Signals:
        edited: Path of keys, value, and the field; edits of one field in a row are one step to undo.
    """

    edited = Signal(object, object, str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: PersonaPart | None = None
        self._declared = translate_settings(PersonaPart)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(4 * GRID, 2 * GRID, 3 * GRID, 4 * GRID)
        self._box.setSpacing(6)
        self.author = FieldLine()
        self.author.setAccessibleName(self.name_of("author"))
        self.author.textEdited.connect(lambda text: self._send(("author",), text.strip()))
        self.author.editingFinished.connect(self._show_again)
        self._section(self._declared["author"], self.author)
        self.worldview = FieldText(self.name_of("worldview"))
        self.worldview.typed.connect(lambda: self._send(("worldview",), " ".join(self.worldview.toPlainText().split())))
        self.worldview.left.connect(self._show_again)
        self._section(self._declared["worldview"], self.worldview)
        frames = translate_settings(Frames)
        self.narrative = self._lines(frames["NARRATIVE"], ("frames", "NARRATIVE"))
        self.conceptual = self._lines(frames["CONCEPTUAL"], ("frames", "CONCEPTUAL"))
        self.instructions = self._lines(self._declared["instructions"], ("instructions",))
        self.constraints = QVBoxLayout()
        self.constraints.setSpacing(6)
        self._constraint_lines: list[ConstraintLine] = []
        self._section(self._declared["constraints"])
        self._box.addLayout(self.constraints)
        self.add: QPushButton = button(self.tr("Add Advice"), self._add, "link")
        self._box.addWidget(self.add, alignment=Qt.AlignmentFlag.AlignLeft)
        self._build_content()
        self._box.addStretch(1)

    def _build_content(self) -> None:
        declared = self._declared["default_content"]
        self.content = QComboBox()
        self.content.setAccessibleName(declared.title)
        for value, title in declared.choices.items():
            self.content.addItem(title, value)
        self.content.activated.connect(lambda: self._send((declared.key,), self.content.currentData()))
        self.content.setMinimumWidth(160)
        self._box.addSpacing(GRID)
        line = row(label(declared.title, wrap=True), self.content)
        line.setStretch(0, 1)
        self._box.addLayout(line)

    def name_of(self, field: str) -> str:
        """Return what a field of a persona is called."""
        return self._declared[field].title

    def _section(self, declared: Declaration, *parts: QWidget) -> None:
        if self._box.count():
            self._box.addSpacing(2 * GRID)
        self._box.addWidget(label(declared.title, "section"))
        self._box.addWidget(label(declared.meaning, "small", wrap=True))
        for part in parts:
            self._box.addWidget(part)

    def _lines(self, declared: Declaration, path: tuple[str, ...]) -> FieldText:
        lines = FieldText(declared.title)
        lines.setFont(theme.text_font())

        def send() -> None:
            found = [line.strip() for line in lines.toPlainText().split("\n") if line.strip()]
            if found:
                self._send(path, found)

        lines.typed.connect(send)
        lines.left.connect(self._show_again)
        self._section(declared, lines)
        return lines

    def show_persona(self, persona: PersonaPart, everywhere: bool) -> None:
        """Show another persona; unless `everywhere`, the field under the cursor is left alone."""
        self._shown = persona
        if (everywhere or not self.author.hasFocus()) and self.author.text() != persona.author:
            self.author.setText(persona.author)
        self.worldview.put(persona.worldview, everywhere)
        self.narrative.put("\n".join(persona.frames.NARRATIVE), everywhere)
        self.conceptual.put("\n".join(persona.frames.CONCEPTUAL), everywhere)
        self.instructions.put("\n".join(persona.instructions), everywhere)
        self.content.setCurrentIndex(self.content.findData(persona.default_content))
        if len(self._constraint_lines) != len(persona.constraints):
            self._build_constraints(persona)
        for line, constraint in zip(self._constraint_lines, persona.constraints, strict=True):
            line.put(constraint, everywhere)

    def _show_again(self) -> None:
        """Show in a field that is left what the persona says: without blanks at its ends, or the former text for none."""
        if self._shown is not None:
            self.show_persona(self._shown, True)

    def _build_constraints(self, persona: PersonaPart) -> None:
        for line in self._constraint_lines:
            line.blockSignals(True)  # it loses the cursor now, and says no more
            line.hide()
            line.deleteLater()
        self._constraint_lines = [ConstraintLine(c) for c in persona.constraints]
        for number, line in enumerate(self._constraint_lines):
            self.constraints.addWidget(line)
            line.edited.connect(lambda number=number: self._send_constraints(f"constraints.{number}"))
            line.gone.connect(lambda own=line: self._remove(own))

    def _add(self) -> None:
        lines = [
            *(line.value for line in self._constraint_lines),
            {"text": self.tr("Something to heed."), "share": 0.3},
        ]
        self._send(("constraints",), lines, f"{len(lines)} constraints")
        if self._constraint_lines:
            self._constraint_lines[-1].text.setFocus()
            self._constraint_lines[-1].text.selectAll()

    def _remove(self, line: ConstraintLine) -> None:
        lines = [own.value for own in self._constraint_lines if own is not line]
        self._send(("constraints",), lines, f"{len(lines)} constraints")

    def _send_constraints(self, field: str) -> None:
        lines = [line.value for line in self._constraint_lines if line.value["text"]]
        if self._shown is not None and lines != [c.model_dump() for c in self._shown.constraints]:
            self._send(("constraints",), lines, field)

    def _send(self, path: tuple[str, ...], value: Any, field: str = "") -> None:
        now: Any = self._shown
        for key in path:
            now = getattr(now, key)
        if value and value != now and (not isinstance(now, tuple) or value != list(now)):
            self.edited.emit(path, value, field or ".".join(path))
