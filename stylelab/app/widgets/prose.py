"""A page of prose to read: a book's face, a narrow measure, stretches tinted, a click on a tint told.

In: text and marks. Out: `pressed` with a mark's number. Next: corpus, pairs, training and writing pages.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from stylelab.app.look import theme

MEASURE = 620  # pixels; a line of about 75 letters
EDGE = 32  # pixels left of the text
LEADING = 1.6  # height of a line over the size of its type


@dataclass(frozen=True)
class TextMark:
    """A stretch of the text [start, end) in characters; `tint` counts the scheme's tints."""

    start: int
    end: int
    tint: int = 0
    hint: str = ""
    plain: bool = False  # underlined with dots instead of tinted


class Prose(QTextEdit):
    """Read-only prose, no wider than is good to read.

    Signals:
        pressed: The number of the mark that was clicked.
    """

    pressed = Signal(int)

    def __init__(self, title: str, pixels: int = theme.PROSE_PIXELS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks: list[TextMark] = []
        self._text = ""
        self._wide: list[int] = []  # places of letters that Qt counts twice
        self._pixels = pixels
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(title)
        self.setFont(theme.make_prose_font(pixels))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setMouseTracking(True)
        self.viewport().installEventFilter(self)
        self.document().setDocumentMargin(0)

    def show_text(self, text: str, marks: Sequence[TextMark] = ()) -> None:
        """Show another text with its marks; the same text stays where it is scrolled to."""
        if text == self._text:
            self.show_marks(marks)
            return
        self._text = text
        self.setPlainText(text)
        self._wide = [n for n, letter in enumerate(text) if letter > "\uffff"]
        block = QTextBlockFormat()
        block.setLineHeight(LEADING * self._pixels, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(block)
        self.show_marks(marks)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_parts(self, parts: Sequence[tuple[str, str]]) -> None:
        """Show texts below each other, each under a small heading."""
        self.clear()
        self.marks, self._text, self._wide = [], "", []
        cursor = QTextCursor(self.document())
        small, plain = QTextCharFormat(), QTextCharFormat()
        small.setFont(theme.make_text_font(theme.SMALL_PIXELS, theme.Weight.DemiBold))
        small.setForeground(theme.make_colour(theme.get_colours().quiet))
        plain.setFont(theme.make_prose_font(self._pixels))
        head, body = QTextBlockFormat(), QTextBlockFormat()
        head.setBottomMargin(4)
        body.setLineHeight(LEADING * self._pixels, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        body.setBottomMargin(20)
        for n, (title, text) in enumerate(parts):
            if n:
                cursor.insertBlock()
            cursor.setBlockFormat(head)
            cursor.insertText(title, small)
            cursor.insertBlock(body)
            cursor.insertText(text, plain)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_marks(self, marks: Sequence[TextMark]) -> None:
        """Show other marks over the same text."""
        self.marks = list(marks)
        self._paint_marks()

    def _paint_marks(self) -> None:
        c = theme.get_colours()
        found: list[QTextEdit.ExtraSelection] = []
        for mark, start, end in self._lines():
            format = QTextCharFormat()
            if mark.plain:
                format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
                format.setUnderlineColor(theme.make_colour(c.accent))
            else:
                format.setBackground(theme.make_colour(c.tints[mark.tint % len(c.tints)]))
            format.setForeground(theme.make_colour(c.text))
            selection = QTextEdit.ExtraSelection()
            selection.format = format  # pyright: ignore[reportAttributeAccessIssue]
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._to_qt(start))
            cursor.setPosition(self._to_qt(end), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor  # pyright: ignore[reportAttributeAccessIssue]
            found.append(selection)
        self.setExtraSelections(found)

    def _lines(self) -> Iterator[tuple[TextMark, int, int]]:
        """Yield every mark's stretches line by line: the ends of lines and blank ones are not painted."""
        for mark in self.marks:
            at = mark.start
            for line in self._text[mark.start : mark.end].split("\n"):
                if line.strip():
                    yield mark, at, at + len(line)
                at += len(line) + 1

    @property
    def selected(self) -> tuple[int, int] | None:
        """The stretch that the user has selected."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        return self._from_qt(cursor.selectionStart()), self._from_qt(cursor.selectionEnd())

    def _to_qt(self, place: int) -> int:
        return place + bisect_left(self._wide, place)

    def _from_qt(self, place: int) -> int:
        return place - sum(1 for n, at in enumerate(self._wide) if at + n < place)

    def mark_at(self, position: int) -> int | None:
        """Return the number of the mark that covers a character, if one does."""
        return next((n for n, m in enumerate(self.marks) if m.start <= position < m.end), None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.marks:
            self._paint_marks()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setViewportMargins(EDGE, 16, max(24, self.width() - EDGE - MEASURE), 0)
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and watched is self.viewport():
            at = self._from_qt(self.cursorForPosition(event.position().toPoint()).position())
            over = self.mark_at(at)
            if event.type() == QEvent.Type.MouseMove:
                self.viewport().setToolTip(self.marks[over].hint if over is not None else "")
            if (
                event.type() == QEvent.Type.MouseButtonRelease
                and not self.textCursor().hasSelection()
                and over is not None
            ):
                self.pressed.emit(over)
        return super().eventFilter(watched, event)


class ProseEdit(QPlainTextEdit):
    """Prose to write: the same face, with undo."""

    def __init__(self, title: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setPlaceholderText(placeholder)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.make_prose_font())
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
