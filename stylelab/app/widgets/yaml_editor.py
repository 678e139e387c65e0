"""An editor for YAML: keys, comments and values told apart, a wrong line marked.

In: a text. Out: the same, edited, with undo. Next: persona page.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from stylelab.app.look import theme

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


class YamlEditor(QPlainTextEdit):
    """A YAML text under edit."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.mono_font())
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(16)
        self._highlighter = Highlighter(self.document())

    def put(self, text: str) -> None:
        """Show another text; nothing of the former can be undone."""
        self.setPlainText(text)
        self.document().setModified(False)

    def edit_to(self, text: str) -> None:
        """Change the text as the user would, in one step that can be undone."""
        before = self.toPlainText()
        if before == text:
            return
        start = 0
        while start < min(len(before), len(text)) and before[start] == text[start]:
            start += 1
        tail = 0
        while tail < min(len(before), len(text)) - start and before[-1 - tail] == text[-1 - tail]:
            tail += 1
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.setPosition(start)
        cursor.setPosition(len(before) - tail, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[start : len(text) - tail])
        cursor.endEditBlock()

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
