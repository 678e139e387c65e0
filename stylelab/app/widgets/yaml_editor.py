"""An editor for YAML: keys, comments and values told apart, a wrong line marked.

In: a text. Out: the same, edited, each change on a stack to undo. Next: persona page.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextFormat, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from stylelab.app.look import theme
from stylelab.app.widgets.undo import UndoneAbove

KEY = re.compile(r"^(\s*(?:- )?)([\w-]+)(?=\s*:)")
COMMENT = re.compile(r"(?:^|\s)#.*$")
NUMBER = re.compile(r":\s+(-?\d+(?:\.\d+)?)\s*$")


class Highlighter(QSyntaxHighlighter):
    """Colours YAML line by line."""

    def highlightBlock(self, text: str) -> None:
        c = theme.colours()
        for pattern, group, colour in ((KEY, 2, c.accent), (NUMBER, 1, c.good), (COMMENT, 0, c.quiet)):
            for match in pattern.finditer(text):
                format = QTextCharFormat()
                format.setForeground(theme.colour(colour))
                self.setFormat(match.start(group), match.end(group) - match.start(group), format)


class TextChange(QUndoCommand):
    """An editor's text replaced by another. Typing on in one line, or in one field of a form, stays one change.

    Args:
        field: The form's field that it comes from; empty for what is typed into the text.
    """

    def __init__(self, editor: YamlEditor, before: str, after: str, field: str) -> None:
        super().__init__()
        self._editor, self._before, self._after, self._field = editor, before, after, field
        self._start, self._removed, self._added = find_difference(before, after)

    def undo(self) -> None:
        self._editor.show_text(self._before)

    def redo(self) -> None:
        self._editor.show_text(self._after)

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, TextChange) or not self._goes_on_in(other):
            return False
        self._after, self._start, self._added = other._after, other._start, other._added
        self.setObsolete(self._after == self._before)
        return True

    def _goes_on_in(self, other: TextChange) -> bool:
        if self._field or other._field:
            return self._field == other._field
        end = self._start + len(self._added)
        return end in (other._start, other._start + len(other._removed)) and "\n" not in other._added


class YamlEditor(UndoneAbove, QPlainTextEdit):
    """A YAML text under edit.

    Args:
        stack: Where every change goes, typed here or made by `edit_to`.
    """

    def __init__(self, title: str, stack: QUndoStack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self._text = ""  # as the stack knows it
        self._field = ""  # whose edit is being written into the text
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.mono_font())
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(16)
        self._highlighter = Highlighter(self.document())
        self.textChanged.connect(self._record)

    def put(self, text: str) -> None:
        """Show another text; nothing of the former can be undone."""
        self.setPlainText(text)
        self._stack.clear()

    def edit_to(self, text: str, field: str) -> None:
        """Change the text as a form's field says, in a step that can be undone."""
        self._field = field
        self._replace(text)
        self._field = ""

    def show_text(self, text: str) -> None:
        """Show the text of a change that is taken back or done again."""
        if text != self._text:
            self._text = text
            self._replace(text)

    def _record(self) -> None:
        before, self._text = self._text, self.toPlainText()
        if before != self._text:
            self._stack.push(TextChange(self, before, self._text, self._field))

    def _replace(self, text: str) -> None:
        """Replace what differs, and no more: the rest keeps its place under the eye, and the cursor goes to the change."""
        before = self.toPlainText()
        start, removed, added = find_difference(before, text)
        if not removed and not added:
            return
        place = count_units(before[:start])
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.setPosition(place)
        cursor.setPosition(place + count_units(removed), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(added)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def mark_line(self, number: int | None) -> None:
        """Mark a wrong line, counted from 1, or none."""
        found: list[QTextEdit.ExtraSelection] = []
        block = self.document().findBlockByNumber(number - 1) if number else None
        if block is not None and block.isValid():
            selection = QTextEdit.ExtraSelection()
            format = QTextCharFormat()
            format.setBackground(theme.colour(theme.colours().tints[3]))
            format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            selection.format = format  # pyright: ignore[reportAttributeAccessIssue]
            selection.cursor = QTextCursor(block)  # pyright: ignore[reportAttributeAccessIssue]
            found.append(selection)
        self.setExtraSelections(found)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_highlighter"):
            self._highlighter.rehighlight()


def find_difference(before: str, after: str) -> tuple[int, str, str]:
    """Return where two texts begin to differ, and what stands there in each until they are the same again."""
    shorter = min(len(before), len(after))
    start = 0
    while start < shorter and before[start] == after[start]:
        start += 1
    tail = 0
    while tail < shorter - start and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return start, before[start : len(before) - tail], after[start : len(after) - tail]


def count_units(text: str) -> int:
    """Return a text's length as Qt counts it, in units of UTF-16: a sign beyond U+FFFF is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
