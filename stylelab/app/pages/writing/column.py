"""One column of the writing page: whose text it is, the text as it grows, what can be done with it.

In: a text. Out: `keep`. Next: writing page.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from stylelab.app.widgets.basics import make_column, make_label, make_row, make_tool
from stylelab.app.widgets.prose import Prose, TextMark


class WritingColumn(QWidget):
    """A text beside others.

    Signals:
        keep: The user wants to keep it.
    """

    keep = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.text = ""
        self.title = make_label(title, "section")
        self.note = make_label("", "small")
        self.prose = Prose(title or self.tr("Another adapter"))
        self._copy = make_tool(self.tr("Copy"), "copy", self._to_clipboard)
        self._keep = make_tool(self.tr("Keep as a draft"), "keep", self.keep.emit)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(
            make_column(make_row(self.title, 0, self._copy, self._keep), self.note, edges=(32, 10, 16, 0), gap=0)
        )
        box.addWidget(self.prose, 1)
        self.put("")

    def put(self, text: str, note: str = "") -> None:
        """Show another text."""
        self.text = text
        self.prose.show_text(text)
        self.note.setText(note)
        for made in (self._copy, self._keep):
            made.setVisible(bool(text))

    def wait(self, said: str) -> None:
        """Say that the text is about to come."""
        self.note.setText(said)

    def stop_waiting(self) -> None:
        """Say no more that the text is about to come."""
        if not self.text:
            self.note.setText("")

    def show_marks(self, marks: Sequence[TextMark]) -> None:
        """Tint stretches of the text."""
        self.prose.show_marks(marks)

    def _to_clipboard(self) -> None:
        QApplication.clipboard().setText(self.text)
