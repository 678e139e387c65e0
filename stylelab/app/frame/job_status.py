"""The status area at the sidebar's foot: the running job with progress, time left and cancel; memory against the machine's.

In: a RunningJob. Out: `cancelled`. Next: sidebar.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from stylelab.app.look import theme
from stylelab.app.look.theme import GRID
from stylelab.app.session.session import RunningJob
from stylelab.app.texts import words
from stylelab.app.widgets.basics import make_button, make_label, make_row, make_tool
from stylelab.machine import read_machine_bytes

PIECE, STEP = 0.3, 0.02  # of a meter's width: the piece that moves, and how far at a time


class Meter(QWidget):
    """A thin bar that is filled from the left; without a share a piece of it moves."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.share: float | None = 0.0
        self._at = 0.0  # where the piece is that moves while nothing is known
        self._timer = QTimer(self, interval=40)
        self._timer.timeout.connect(self._move)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(80, 4)

    def show_share(self, share: float | None) -> None:
        """Show another share, 0 to 1, or None."""
        self.share = share
        self.setAccessibleDescription("" if share is None else f"{share:.0%}")
        self._run()
        self.update()

    def _run(self) -> None:
        if self.share is None and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def _move(self) -> None:
        self._at = (self._at + STEP) % (1 + PIECE)
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.get_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.make_colour(c.line))
        painter.drawRoundedRect(QRectF(self.rect()), 2, 2)
        painter.setBrush(theme.make_colour(c.accent))
        left, right = (0.0, self.share) if self.share is not None else (max(0.0, self._at - PIECE), min(1.0, self._at))
        place = QRectF(self.width() * left, 0, self.width() * (right - left), self.height())
        painter.drawRoundedRect(place, 2, 2)
        painter.end()


class JobStatus(QWidget):
    """What runs now.

    Signals:
        cancelled: The user wants the job to stop.
        noted: The user wants to see what the last job warned of.
    """

    cancelled = Signal()
    noted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._what = make_label("", wrap=True)
        self._what.setFont(theme.make_text_font(12, theme.Weight.DemiBold))
        self._how_far = make_label("", "small", wrap=True)
        self._bar = Meter(self.tr("Progress"))
        self._memory = make_label("", "small")
        self._memory_bar = Meter(self.tr("Memory"))
        self.cancel = make_tool(self.tr("Stop (saves first)"), "close", self.cancelled.emit)
        self.cancel.setIconSize(QSize(14, 14))
        self.notes = make_button(self.tr("Notes"), self.noted.emit, "link")
        self.notes.hide()
        self._job = QWidget()
        box = QVBoxLayout(self._job)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        head = make_row(self._what, self.cancel)
        head.setStretch(0, 1)
        box.addLayout(head)
        box.addWidget(self._bar)
        box.addWidget(self._how_far)
        box.addWidget(self._memory_bar)
        box.addWidget(self._memory)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(10, GRID, 6, GRID)
        outer.addWidget(self._job)
        outer.addWidget(self.notes)
        self.show_job(None)

    def show_notes(self, count: int) -> None:
        """Say that the last job warned of something."""
        self.notes.setVisible(count > 0)
        self.notes.setText(words.format_count("notes", count))
        self.notes.setAccessibleName(self.notes.text())

    def show_job(self, job: RunningJob | None) -> None:
        """Show another job, or how far it is now."""
        self._job.setVisible(job is not None)
        if job is None:
            return
        self._what.setText(self.tr("Stopping …") if job.cancelling else words.describe_job(job.kind))
        self._bar.show_share(job.share)
        self.cancel.setEnabled(not job.cancelling)
        far = words.describe_phase(job.kind, job.phase) if job.phase else self.tr("Starting")
        if job.total:
            done, total = words.format_number(job.done), words.format_count(job.unit, job.total)
            if job.unit == "bytes":
                done, total = words.format_size(job.done), words.format_size(job.total)
            far = self.tr("{done} of {total}").format(done=done, total=total)
        if job.seconds_left is not None and job.seconds_left >= 1:
            far += "\n" + self.tr("{time} left").format(time=words.format_duration(job.seconds_left))
        self._how_far.setText(far)
        known = job.peak_bytes is not None
        self._memory.setVisible(known)
        self._memory_bar.setVisible(known)
        if job.peak_bytes is not None:
            self._memory_bar.show_share(min(1.0, job.peak_bytes / read_machine_bytes()))
            self._memory.setText(
                self.tr("{used} of {all} memory").format(
                    used=words.format_memory(job.peak_bytes), all=words.format_memory(read_machine_bytes())
                )
            )
