"""Sheets: what happened, what to do, a button that does it, details folded. Also plain questions.

In: an error or a question. Out: the button pressed. Next: window, pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from stylelab.app.look import icons, theme
from stylelab.app.look.theme import GRID
from stylelab.app.widgets.basics import make_button, make_column, make_label, make_row

SheetChoice = tuple[str, Callable[[], object]]
WIDTH = 460  # pixels, at least


class _Sign(QWidget):
    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role
        self.setFixedSize(QSize(32, 32))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.draw_icon(painter, self._name, QRectF(self.rect()), str(getattr(theme.get_colours(), self._role)), 1.4)
        painter.end()


def prepare_sheet(dialog: QDialog, title: str) -> None:
    """Make a dialog a sheet of its window, with a title that is read out, too."""
    dialog.setWindowFlag(Qt.WindowType.Sheet, True)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setWindowTitle(title)
    dialog.setAccessibleName(title)


class Sheet(QDialog):
    """A sheet over its window; the first choice is the primary one, Escape leaves without any."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        remedy: str = "",
        details: str = "",
        choices: Sequence[SheetChoice] = (),
        close: str = "",
        sign: str = "warning",
        role: str = "warn",
        body: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        prepare_sheet(self, title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleDescription(f"{text} {remedy}")
        heading = make_label(title, wrap=True)
        heading.setFont(theme.make_text_font(15, theme.Weight.DemiBold))
        said = [make_label(part, "quiet" if n else "", wrap=True) for n, part in enumerate((text, remedy)) if part]
        for part in said:
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details = QPlainTextEdit(details)
        self._details.setReadOnly(True)
        self._details.setProperty("role", "field")
        self._details.setFont(theme.make_mono_font(11))
        self._details.setFixedHeight(120)
        self._details.setAccessibleName(self.tr("Details"))
        self._details.hide()
        self._fold = make_button(self.tr("Show Details"), self._unfold, "link")
        self._fold.setVisible(bool(details))
        buttons = make_row(self._fold, 0)
        self.leave = make_button(close or self.tr("Close"), self.reject)
        buttons.addWidget(self.leave)
        self.choices = [
            make_button(name, lambda do=do: self._do(do), "primary" if n == 0 else "")
            for n, (name, do) in enumerate(choices)
        ]
        for made in reversed(self.choices):
            buttons.addWidget(made)
        (self.choices or [self.leave])[0].setDefault(True)
        words = make_column(heading, *said, gap=GRID)
        mark = _Sign(sign, role)
        top = make_row(mark, words, gap=2 * GRID)
        top.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        top.setStretch(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 20)
        box.setSpacing(2 * GRID)
        box.addLayout(top)
        if body is not None:
            box.addWidget(body)
        box.addWidget(self._details)
        box.addLayout(buttons)
        (self.choices or [self.leave])[0].setFocus()  # only now they are the sheet's

    def _do(self, do: Callable[[], object]) -> None:
        self.accept()
        do()

    def _unfold(self) -> None:
        self._details.setVisible(not self._details.isVisible())
        self._fold.setText(self.tr("Hide Details") if self._details.isVisible() else self.tr("Show Details"))
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        """Be as wide as the buttons need and as high as the wrapped text does, which a dialog's own guess misses."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            width = max(WIDTH, layout.totalMinimumSize().width())
            self.setFixedWidth(width)
            self.resize(width, layout.totalHeightForWidth(width))
