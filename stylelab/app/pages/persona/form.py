"""The persona as a form. What is edited here is written into the YAML's text, which stays the one truth.

In: a PersonaPart. Out: `edited` with a path in the YAML and a value. Next: persona page.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from stylelab.app.look import theme
from stylelab.app.look.theme import GRID
from stylelab.app.texts.words import translate
from stylelab.app.widgets.basics import button, label, row, tool
from stylelab.app.widgets.number import Number
from stylelab.recipe import Constraint, PersonaPart


class Lines(QPlainTextEdit):
    """A text that tells its end of editing, as high as what is in it.

    Signals:
        done: The user has left it with another text.
    """

    done = Signal()
    EDGE = 8  # above and below the text

    def __init__(self, title: str, rows: int = 2) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setProperty("role", "field")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows, self._before = rows, ""
        self.textChanged.connect(self._fit)

    def put(self, text: str) -> None:
        """Show another text, unless the user is at it."""
        self._before = text
        if not self.hasFocus() and self.toPlainText() != text:
            self.setPlainText(text)
        self._fit()

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
        if self.toPlainText() != self._before:
            self._before = self.toPlainText()
            self.done.emit()


class ConstraintLine(QWidget):
    """One line of advice and its share of prompts.

    Signals:
        done, gone: Edited; removed.
    """

    done = Signal()
    gone = Signal()

    def __init__(self, constraint: Constraint) -> None:
        super().__init__()
        self.text = Lines(self.tr("Advice"), 1)
        self.text.setFont(theme.text_font())
        self.text.put(constraint.text)
        self.share = Number(self.tr("Share of prompts"), 1, 100, "%")
        self.share.put(round(constraint.share * 100))
        remove = tool(self.tr("Remove this advice"), "close", self.gone.emit)
        line = row(self.text, self.share, remove, gap=6)
        for part in (self.share, remove):
            line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.text.done.connect(self.done)
        self.share.chosen.connect(lambda value: self.done.emit())

    @property
    def value(self) -> dict[str, Any]:
        return {"text": " ".join(self.text.toPlainText().split()), "share": self.share.value / 100}


class PersonaForm(QWidget):
    """The fields of a persona.

    Signals:
        edited: Path of keys, value.
    """

    edited = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: PersonaPart | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(4 * GRID, 2 * GRID, 3 * GRID, 4 * GRID)
        self._box.setSpacing(6)
        self.author = QLineEdit()
        self.author.setAccessibleName(self.name_of("author"))
        self.author.editingFinished.connect(lambda: self._send(("author",), self.author.text().strip()))
        self._section(self.name_of("author"), "", self.author)
        self.worldview = Lines(self.name_of("worldview"))
        self.worldview.done.connect(lambda: self._send(("worldview",), " ".join(self.worldview.toPlainText().split())))
        self._section(
            self.name_of("worldview"), self.tr("How this author sees things, in a sentence or two."), self.worldview
        )
        self.narrative = self._lines("NARRATIVE", ("frames", "NARRATIVE"))
        self._section(
            self.tr("Situations for stories"),
            self.tr("One a line. Where the author is and what they are doing, never who they are."),
            self.narrative,
        )
        self.conceptual = self._lines("CONCEPTUAL", ("frames", "CONCEPTUAL"))
        self._section(self.tr("Situations for thoughts"), "", self.conceptual)
        self.instructions = self._lines("instructions", ("instructions",))
        self._section(self.name_of("instructions"), "", self.instructions)
        self.constraints = QVBoxLayout()
        self.constraints.setSpacing(6)
        self._constraint_lines: list[ConstraintLine] = []
        self._section(
            self.name_of("constraints"), self.tr("Each appears in its share of the prompts, two to four in any one.")
        )
        self._box.addLayout(self.constraints)
        self.add: QPushButton = button(self.tr("Add Advice"), self._add, "link")
        self._box.addWidget(self.add, alignment=Qt.AlignmentFlag.AlignLeft)
        self.content = QComboBox()
        self.content.setAccessibleName(self.name_of("default_content"))
        self.content.addItem(self.tr("Stories"), "NARRATIVE")
        self.content.addItem(self.tr("Thoughts"), "CONCEPTUAL")
        self.content.activated.connect(lambda: self._send(("default_content",), self.content.currentData()))
        self.content.setMinimumWidth(160)
        self._box.addSpacing(GRID)
        line = row(label(self.name_of("default_content"), wrap=True), self.content)
        line.setStretch(0, 1)
        self._box.addLayout(line)
        self._box.addStretch(1)

    def name_of(self, field: str) -> str:
        """Return what a field of a persona is called."""
        names = {
            "name": translate("persona", "Name"),
            "author": translate("persona", "Author"),
            "worldview": translate("persona", "Worldview"),
            "frames": translate("persona", "Situations"),
            "instructions": translate("persona", "Instructions"),
            "constraints": translate("persona", "Advice"),
            "sampling": translate("persona", "Sampling"),
            "default_perspective": translate("persona", "Perspective"),
            "default_content": translate("persona", "When a text could be either"),
        }
        return names.get(field, field)

    def _section(self, title: str, text: str, *parts: QWidget) -> None:
        if self._box.count():
            self._box.addSpacing(2 * GRID)
        self._box.addWidget(label(title, "section"))
        if text:
            self._box.addWidget(label(text, "small", wrap=True))
        for part in parts:
            self._box.addWidget(part)

    def _lines(self, title: str, path: tuple[str, ...]) -> Lines:
        made = Lines(title)
        made.setFont(theme.text_font())

        def send() -> None:
            found = [line.strip() for line in made.toPlainText().split("\n") if line.strip()]
            if found:
                self._send(path, found)

        made.done.connect(send)
        return made

    def show_persona(self, persona: PersonaPart) -> None:
        """Show another persona; the field under the cursor is left alone."""
        self._shown = persona
        if not self.author.hasFocus():
            self.author.setText(persona.author)
        self.worldview.put(persona.worldview)
        self.narrative.put("\n".join(persona.frames.NARRATIVE))
        self.conceptual.put("\n".join(persona.frames.CONCEPTUAL))
        self.instructions.put("\n".join(persona.instructions))
        self.content.setCurrentIndex(self.content.findData(persona.default_content))
        now = [line.value for line in self._constraint_lines]
        if now != [c.model_dump() for c in persona.constraints]:
            self._build_constraints(persona)

    def _build_constraints(self, persona: PersonaPart) -> None:
        for line in self._constraint_lines:
            line.deleteLater()
        self._constraint_lines = [ConstraintLine(c) for c in persona.constraints]
        for line in self._constraint_lines:
            self.constraints.addWidget(line)
            line.done.connect(self._send_constraints)
            line.gone.connect(lambda own=line: self._remove(own))

    def _add(self) -> None:
        said = [*(line.value for line in self._constraint_lines), {"text": self.tr("Something to heed."), "share": 0.3}]
        self._send(("constraints",), said)
        if self._constraint_lines:
            self._constraint_lines[-1].text.setFocus()
            self._constraint_lines[-1].text.selectAll()

    def _remove(self, line: ConstraintLine) -> None:
        self._send(("constraints",), [own.value for own in self._constraint_lines if own is not line])

    def _send_constraints(self) -> None:
        said = [line.value for line in self._constraint_lines if line.value["text"]]
        if self._shown is not None and said != [c.model_dump() for c in self._shown.constraints]:
            self._send(("constraints",), said)

    def _send(self, path: tuple[str, ...], value: Any) -> None:
        now: Any = self._shown
        for key in path:
            now = getattr(now, key)
        if value and value != now and (not isinstance(now, tuple) or value != list(now)):
            self.edited.emit(path, value)
