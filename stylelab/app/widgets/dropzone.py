"""A place to drop files on: a dashed outline with a word, or the list of what was dropped.

In: paths. Out: `removed` with a path. Next: wizard.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from stylelab.app.look import icons, theme
from stylelab.app.look.theme import GRID


class Dropzone(QWidget):
    """Files to be read.

    Signals:
        removed: Number of a file that the user does not want after all.
    """

    removed = Signal(int)

    def __init__(self, title: str, invitation: str) -> None:
        super().__init__()
        self._invitation = invitation
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setIconSize(QSize(18, 18))
        self.list.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, GRID)
        box.addWidget(self.list)
        delete = QShortcut(QKeySequence.StandardKey.Delete, self.list, self._remove)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)

    def show_paths(self, rows: Sequence[tuple[Path, str]]) -> None:
        """Show other files, each with its words."""
        self.list.clear()
        for path, said in rows:
            item = QListWidgetItem(icons.make_icon("corpus" if path.is_file() else "folder", "accent"), said)
            item.setSizeHint(QSize(0, 32))
            item.setToolTip(str(path))
            self.list.addItem(item)
        self.list.setVisible(bool(rows))
        self.update()

    def _remove(self) -> None:
        if self.list.currentRow() >= 0:
            self.removed.emit(self.list.currentRow())

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.get_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        empty = self.list.isHidden()
        painter.setPen(
            QPen(
                theme.make_colour(c.quiet if empty else c.line),
                1,
                Qt.PenStyle.DashLine if empty else Qt.PenStyle.SolidLine,
            )
        )
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        if empty:
            middle = self.rect().center()
            icons.draw_icon(painter, "drop", QRectF(middle.x() - 18, middle.y() - 40, 36, 36), c.quiet, 1.2)
            painter.setPen(theme.make_colour(c.quiet))
            painter.setFont(theme.make_text_font())
            place = QRectF(24, middle.y() + 8, self.width() - 48, 40)
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._invitation)
        painter.end()
