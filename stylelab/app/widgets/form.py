"""A form generated from a model's declared settings: title, unit, range and meaning of each; the advanced ones folded away.

In: a model's class, and a record of it. Out: `edited` with a valid record, or a field marked wrong with its reason. Next:
inspectors. Kinds of fields: numbers, words, yes or no, one or several of a list of words (and any other, where the setting is
a text); what is none of these is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from stylelab.app.look.theme import GRID
from stylelab.app.texts.settings_words import translate_settings
from stylelab.app.widgets.basics import make_button, make_column, make_label, make_row
from stylelab.app.widgets.undo import UndoneAbove, undo_above
from stylelab.settings.declaration import Declaration

FIELD = 112  # pixels of a field


class FieldLine(UndoneAbove, QLineEdit):
    """A number or a word, typed."""


class CheckList(QWidget):
    """Some of a list of words, each with a box to tick.

    Signals:
        edited: Others are ticked.
    """

    edited = Signal()

    def __init__(self, values: Sequence[str], declared: Declaration) -> None:
        super().__init__()
        self._boxes = {value: QCheckBox(declared.choices.get(value, value)) for value in values}
        for box in self._boxes.values():
            box.setAccessibleName(f"{declared.title}: {box.text()}")
            box.toggled.connect(lambda: self.edited.emit())
        self.setLayout(make_column(*self._boxes.values(), edges=(0, 0, 0, 4), gap=4))

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(value for value, box in self._boxes.items() if box.isChecked())

    def put(self, values: Sequence[str]) -> None:
        """Tick others."""
        for value, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(value in values)
            box.blockSignals(False)


class OpenChoice(QComboBox):
    """One of a list of words, or another word, typed.

    Signals:
        edited: Another was chosen or typed.
    """

    edited = Signal()

    def __init__(self, choices: Mapping[str, str]) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for value, said in choices.items():
            self.addItem(said, value)
        self.activated.connect(lambda: self.edited.emit())
        line = self.lineEdit()
        if line is not None:
            line.editingFinished.connect(self.edited.emit)

    @property
    def value(self) -> str:
        """The value of the words chosen, or the words typed."""
        said = self.currentText().strip()
        at = self.findText(said)
        return str(self.itemData(at)) if at >= 0 else said

    def put(self, value: str) -> None:
        """Show another value."""
        at = self.findData(value)
        self.setCurrentIndex(at)
        self.setEditText(value if at < 0 else self.itemText(at))


class ModelForm(QWidget):
    """The settings of a model, in the file's order.

    Signals:
        edited: A record with the user's values; only when every value is valid.
    """

    edited = Signal(object)

    def __init__(self, model: type[BaseModel], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = model
        self._declared = translate_settings(model)
        self._model: BaseModel | None = None
        self.fields: dict[str, QWidget] = {}
        self._shown: dict[str, str] = {}  # the texts that were put into lines, rounded to be read
        self._wrong = make_label("", "bad", wrap=True)
        self._wrong.hide()
        self._folded = QWidget()
        self._folded.hide()
        self.fold = make_button(self.tr("More Settings"), self._unfold, "link")
        self._build()

    def show_model(self, model: BaseModel) -> None:
        """Show a record's values."""
        self._model = model
        for name, widget in self.fields.items():
            self._put(name, widget, getattr(model, name))
        self._clear()

    def set_enabled(self, on: bool) -> None:
        """Let the values be edited or not."""
        for widget in self.fields.values():
            widget.setEnabled(on)

    def undo(self) -> None:
        """Take back what is typed and not yet taken over, else the last change."""
        self._finish("undo")

    def redo(self) -> None:
        """Do again what was taken back."""
        self._finish("redo")

    def _finish(self, what: Literal["undo", "redo"]) -> None:
        """Let what is typed become a change, then undo or redo; what is typed wrongly is only dropped."""
        self._edit()
        if self._wrong.isVisibleTo(self) and self._model is not None:
            self.show_model(self._model)
        else:
            undo_above(self, what)

    def _build(self) -> None:
        box, folded = QVBoxLayout(self), make_column(gap=GRID)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        for name, declared in self._declared.items():
            widget = self._widget(self._kind.model_fields[name].annotation, declared)
            if widget is not None:
                self.fields[name] = widget
                (folded if declared.advanced else box).addLayout(self._line(widget, declared))
        self._folded.setLayout(folded)
        box.addWidget(self._wrong)
        if folded.count():
            box.addWidget(self.fold, alignment=Qt.AlignmentFlag.AlignLeft)
            box.addWidget(self._folded)
        box.addStretch(1)

    def _line(self, widget: QWidget, declared: Declaration) -> Any:
        widget.setAccessibleName(declared.title)
        widget.setToolTip(f"{declared.meaning}\n{describe_range(declared)}".strip())
        widget.setAccessibleDescription(declared.meaning)
        title = make_label(declared.title)
        title.setToolTip(widget.toolTip())
        title.setBuddy(widget)
        if isinstance(widget, CheckList):
            return make_column(title, widget, gap=2)
        widget.setFixedWidth(FIELD)
        if declared.unit:
            return make_row(make_column(title, make_label(declared.unit, "small"), gap=0), 0, widget)
        return make_row(title, 0, widget)

    def _widget(self, kind: Any, declared: Declaration) -> QWidget | None:
        """Return the widget for a kind of value; None where a form has none."""
        items = get_args(kind)[0] if get_origin(kind) is tuple else None
        if kind is bool:
            box = QCheckBox()
            box.toggled.connect(lambda: self._edit())
            return box
        if get_origin(items) is Literal:
            several = CheckList(get_args(items), declared)
            several.edited.connect(self._edit)
            return several
        if get_origin(kind) is Literal:
            choice = QComboBox()
            for value in get_args(kind):
                choice.addItem(declared.choices.get(value, str(value)), value)
            choice.activated.connect(lambda: self._edit())
            return choice
        if kind is str and declared.choices:
            open_choice = OpenChoice(declared.choices)
            open_choice.edited.connect(self._edit)
            return open_choice
        if kind not in (int, float, str):
            return None
        line = FieldLine()
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.editingFinished.connect(self._edit)
        return line

    def _put(self, name: str, widget: QWidget, value: Any) -> None:
        widget.blockSignals(True)
        if isinstance(widget, QCheckBox):
            widget.setChecked(bool(value))
        elif isinstance(widget, OpenChoice):
            widget.put(str(value))
        elif isinstance(widget, QComboBox):
            widget.setCurrentIndex(widget.findData(value))
        elif isinstance(widget, CheckList):
            widget.put(value)
        elif isinstance(widget, QLineEdit):
            self._shown[name] = f"{value:g}" if isinstance(value, float) else str(value)
            widget.setText(self._shown[name])
            widget.setCursorPosition(0)
        widget.blockSignals(False)

    def values(self) -> dict[str, Any]:
        """Return what the form says now, unchecked."""
        found: dict[str, Any] = {}
        for name, widget in self.fields.items():
            if isinstance(widget, QCheckBox):
                found[name] = widget.isChecked()
            elif isinstance(widget, OpenChoice):
                found[name] = widget.value
            elif isinstance(widget, QComboBox):
                found[name] = widget.currentData()
            elif isinstance(widget, CheckList):
                found[name] = widget.values
            elif isinstance(widget, QLineEdit):
                said = widget.text().strip()
                found[name] = said if isinstance(getattr(self._model, name), str) else said.replace(",", ".")
        return found

    def _edit(self) -> None:
        if self._model is None:
            return
        given = {
            name: value
            for name, value in self.values().items()
            if not isinstance(line := self.fields[name], QLineEdit) or line.text() != self._shown[name]
        }
        try:
            made = self._kind.model_validate({**self._model.model_dump(), **given})
        except ValidationError as error:
            self._complain(error)
            return
        self._clear()
        if made != self._model:
            self._model = made
            self.edited.emit(made)

    def _complain(self, error: ValidationError) -> None:
        self._clear()
        reasons: list[str] = []
        for problem in error.errors():
            name = str(problem["loc"][0])
            declared, widget = self._declared[name], self.fields[name]
            self._set_wrong(widget, True)
            if isinstance(widget, CheckList):
                reason = self.tr("{name}: choose at least one.")
            elif self._kind.model_fields[name].annotation is str:
                reason = self.tr("{name}: too short or too long.")
            else:
                reason = self.tr("{name}: give a number ({range}).")
            reach = " – ".join(part for part in (declared.low, declared.high) if part)
            reasons.append(reason.format(name=declared.title, range=reach))
        self._wrong.setText("\n".join(reasons))
        self._wrong.show()

    def _clear(self) -> None:
        self._wrong.hide()
        for widget in self.fields.values():
            self._set_wrong(widget, False)

    def _set_wrong(self, widget: QWidget, wrong: bool) -> None:
        if bool(widget.property("wrong")) != wrong:
            widget.setProperty("wrong", wrong)
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def _unfold(self) -> None:
        self._folded.setVisible(not self._folded.isVisibleTo(self))
        self.fold.setText(self.tr("Fewer Settings") if self._folded.isVisibleTo(self) else self.tr("More Settings"))


def describe_range(declared: Declaration) -> str:
    """Return the range of a setting's values: "1 – 9", "≥ 1", "> 0", or nothing."""
    low, high = declared.low, declared.high
    if low and high:
        return f"{low} – {high}"
    return high or (low if low.startswith(">") else low and f"≥ {low}")
