"""A form generated from a pydantic model: label, unit, range and help of every field; the rarer ones folded away.

In: a frozen model and what its fields are called. Out: `edited` with a valid model, or a field marked wrong with its reason.
Next: inspectors. Kinds of fields: numbers, words, yes or no, one or several of a list of words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from stylelab.app.look.theme import GRID
from stylelab.app.widgets.basics import button, column, label, row

FIELD = 112  # pixels of a field


@dataclass(frozen=True)
class Wording:
    """What the window calls a field.

    Args:
        unit: Shown behind the value; may be empty.
        choices: What the values of a choice are called.
    """

    name: str
    help: str
    unit: str = ""
    advanced: bool = False
    choices: Mapping[str, str] | None = None


def limits(field: FieldInfo) -> tuple[str, str]:
    """Return the lowest and highest value a field takes, as text; empty where it has no limit."""
    low = next((f"{m.ge:g}" for m in field.metadata if isinstance(m, Ge)), "")  # type: ignore[str-format]
    low = low or next((f"> {m.gt:g}" for m in field.metadata if isinstance(m, Gt)), "")  # type: ignore[str-format]
    high = next((f"{m.le:g}" for m in field.metadata if isinstance(m, Le)), "")  # type: ignore[str-format]
    high = high or next((f"< {m.lt:g}" for m in field.metadata if isinstance(m, Lt)), "")  # type: ignore[str-format]
    return low, high


class Several(QWidget):
    """Some of a list of words, each with a box to tick.

    Signals:
        edited: Others are ticked.
    """

    edited = Signal()

    def __init__(self, values: Sequence[str], wording: Wording) -> None:
        super().__init__()
        self._boxes = {value: QCheckBox((wording.choices or {}).get(value, value)) for value in values}
        for box in self._boxes.values():
            box.setAccessibleName(f"{wording.name}: {box.text()}")
            box.toggled.connect(lambda: self.edited.emit())
        self.setLayout(column(*self._boxes.values(), edges=(0, 0, 0, 4), gap=4))

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(value for value, box in self._boxes.items() if box.isChecked())

    def put(self, values: Sequence[str]) -> None:
        """Tick others."""
        for value, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(value in values)
            box.blockSignals(False)


class ModelForm(QWidget):
    """The fields of a model that have a wording, in the wordings' order.

    Signals:
        edited: A model with the user's values; only when every value is valid.
    """

    edited = Signal(object)

    def __init__(self, wordings: Mapping[str, Wording], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wordings = wordings
        self._model: BaseModel | None = None
        self.fields: dict[str, QWidget] = {}
        self._wrong = label("", "bad", wrap=True)
        self._wrong.hide()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GRID)
        self._advanced = column(gap=GRID)
        self._folded = QWidget()
        self._folded.setLayout(self._advanced)
        self._folded.hide()
        self.fold = button(self.tr("More Settings"), self._unfold, "link")

    def show_model(self, model: BaseModel) -> None:
        """Show a model's values; the form is built the first time."""
        self._model = model
        if not self.fields:
            self._build(model)
        for name, widget in self.fields.items():
            self._put(widget, getattr(model, name))
        self._clear()

    def set_enabled(self, on: bool) -> None:
        """Let the values be edited or not."""
        for widget in self.fields.values():
            widget.setEnabled(on)

    def _build(self, model: BaseModel) -> None:
        has_advanced = False
        for name, wording in self._wordings.items():
            if name not in type(model).model_fields:
                continue
            field = type(model).model_fields[name]
            line = self._line(name, field, wording)
            if wording.advanced:
                self._advanced.addLayout(line)
                has_advanced = True
            else:
                self._box.addLayout(line)
        self._box.addWidget(self._wrong)
        if has_advanced:
            self._box.addWidget(self.fold, alignment=Qt.AlignmentFlag.AlignLeft)
            self._box.addWidget(self._folded)
        self._box.addStretch(1)

    def _line(self, name: str, field: FieldInfo, wording: Wording) -> Any:
        widget = self._widget(field, wording)
        self.fields[name] = widget
        widget.setAccessibleName(wording.name)
        low, high = limits(field)
        reach = f"{low} – {high}" if low and high else (low and f"≥ {low}".replace("≥ >", ">")) or high
        widget.setToolTip(f"{wording.help}\n{reach}".strip())
        widget.setAccessibleDescription(wording.help)
        title = label(wording.name)
        title.setToolTip(widget.toolTip())
        title.setBuddy(widget)
        if isinstance(widget, Several):
            return column(title, widget, gap=2)
        widget.setFixedWidth(FIELD)
        if wording.unit:
            title.setText(f"{wording.name}")
            unit = label(wording.unit, "small")
            return row(column(title, unit, gap=0), 0, widget)
        return row(title, 0, widget)

    def _widget(self, field: FieldInfo, wording: Wording) -> QWidget:
        if field.annotation is bool:
            box = QCheckBox()
            box.toggled.connect(lambda: self._edit())
            return box
        if get_origin(field.annotation) is tuple:
            several = Several(get_args(get_args(field.annotation)[0]), wording)
            several.edited.connect(self._edit)
            return several
        if get_origin(field.annotation) is Literal:
            choice = QComboBox()
            for value in get_args(field.annotation):
                choice.addItem((wording.choices or {}).get(value, str(value)), value)
            choice.activated.connect(lambda: self._edit())
            return choice
        line = QLineEdit()
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.editingFinished.connect(self._edit)
        return line

    def _put(self, widget: QWidget, value: Any) -> None:
        widget.blockSignals(True)
        if isinstance(widget, QCheckBox):
            widget.setChecked(bool(value))
        elif isinstance(widget, QComboBox):
            widget.setCurrentIndex(widget.findData(value))
        elif isinstance(widget, Several):
            widget.put(value)
        elif isinstance(widget, QLineEdit):
            widget.setText(f"{value:g}" if isinstance(value, float) else str(value))
            widget.setCursorPosition(0)
        widget.blockSignals(False)

    def values(self) -> dict[str, Any]:
        """Return what the form says now, unchecked."""
        found: dict[str, Any] = {}
        for name, widget in self.fields.items():
            if isinstance(widget, QCheckBox):
                found[name] = widget.isChecked()
            elif isinstance(widget, QComboBox):
                found[name] = widget.currentData()
            elif isinstance(widget, Several):
                found[name] = widget.values
            elif isinstance(widget, QLineEdit):
                said = widget.text().strip()
                found[name] = said if isinstance(getattr(self._model, name), str) else said.replace(",", ".")
        return found

    def _edit(self) -> None:
        if self._model is None:
            return
        try:
            made = type(self._model).model_validate({**self._model.model_dump(), **self.values()})
        except ValidationError as error:
            self._complain(error)
            return
        self._clear()
        if made != self._model:
            self._model = made
            self.edited.emit(made)

    def _complain(self, error: ValidationError) -> None:
        self._clear()
        said: list[str] = []
        for problem in error.errors():
            name = str(problem["loc"][0])
            self._set_wrong(self.fields[name], True)
            low, high = limits(type(self._model).model_fields[name])  # type: ignore[union-attr]
            reach = " – ".join(part for part in (low, high) if part)
            said.append(self.tr("{name}: give a number ({range}).").format(name=self._wordings[name].name, range=reach))
        self._wrong.setText("\n".join(said))
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
