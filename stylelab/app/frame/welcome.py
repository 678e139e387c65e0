"""What the window shows before a project is open: a new one, one from the disk, the recent ones.

In: Preferences. Out: wishes. Next: window.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from stylelab.app.look import icons, theme
from stylelab.app.look.theme import GRID
from stylelab.app.session.preferences import Preferences
from stylelab.app.texts.words import shorten_path
from stylelab.app.widgets.basics import clear_layout, make_button, make_column, make_label, make_row


class ApplicationMark(QWidget):
    """The application's mark: a pen on a square of ink."""

    SIDE = 64

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(self.SIDE, self.SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.draw_mark(painter, QRectF(self.rect()))
        painter.end()


class RecentProject(QAbstractButton):
    """One recent project."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.setAccessibleName(folder.name)
        self.setAccessibleDescription(str(folder))
        self.setToolTip(str(folder))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(380, 52)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.get_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(theme.make_colour(c.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.make_colour(c.hover))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        icons.draw_icon(painter, "corpus", QRectF(12, 14, 24, 24), c.accent, 1.4)
        painter.setFont(theme.make_text_font(weight=theme.Weight.DemiBold))
        painter.setPen(theme.make_colour(c.text))
        self._write(painter, 7, 19, self.folder.name)
        painter.setFont(theme.make_text_font(theme.SMALL_PIXELS))
        painter.setPen(theme.make_colour(c.quiet))
        self._write(painter, 27, 17, shorten_path(self.folder.parent))
        painter.end()

    def _write(self, painter: QPainter, top: int, height: int, text: str) -> None:
        """Write a line; where it is too long, its middle is left out."""
        width = self.width() - 62
        fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, width)
        painter.drawText(QRectF(50, top, width, height), Qt.AlignmentFlag.AlignVCenter, fitting)


class Welcome(QWidget):
    """The first thing a user sees.

    Signals:
        wanted_new, wanted_open: A new project; one from the disk.
        wanted_sample, wanted_models: The sample, tried all the way; the base models.
        wanted: A recent project's folder.
    """

    wanted_new = Signal()
    wanted_open = Signal()
    wanted_sample = Signal()
    wanted_models = Signal()
    wanted = Signal(object)

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        title = make_label("StyleLab")
        title.setFont(theme.make_text_font(34, theme.Weight.Bold))
        said = make_label(self.tr("Teach a language model to write in an author’s voice."), "quiet")
        said.setFont(theme.make_text_font(15))
        private = make_label(self.tr("Everything happens on this computer."), "quiet")
        self.new = make_button(self.tr("New Project …"), self.wanted_new.emit, "primary")
        self.open = make_button(self.tr("Open …"), self.wanted_open.emit)
        self.sample = make_button(self.tr("Try the Sample …"), self.wanted_sample.emit, "link")
        self.models = make_button(self.tr("Base Models …"), self.wanted_models.emit, "link")
        buttons = make_row(self.new, self.open, 0)
        others = make_row(self.sample, self.models, 0, gap=2 * GRID)
        self._heading = make_label(self.tr("Recent"), "section")
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._side = QWidget()
        self._side.setLayout(make_column(0, self._heading, GRID, self._list, 0, gap=0))
        self._side.setFixedWidth(400)
        words = make_column(
            0, ApplicationMark(), 2 * GRID, title, 4, said, private, 3 * GRID, buttons, GRID, others, 0, gap=4
        )
        self.setLayout(make_row(0, words, 64, self._side, 0, edges=(48, 24, 48, 48)))

    def refresh(self) -> None:
        """Show the recent projects as they are now."""
        clear_layout(self._list)
        folders = self._preferences.recent
        for folder in folders:
            made = RecentProject(folder)
            made.clicked.connect(lambda checked=False, f=folder: self.wanted.emit(f))
            self._list.addWidget(made)
        self._side.setVisible(bool(folders))
