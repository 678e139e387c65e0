"""The status area at the sidebar's foot: the running job with progress, time left and cancel; memory against the machine's.

In: a Job. Out: `cancelled`. Next: sidebar.
"""

from __future__ import annotations

import os

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from stylelab.app import theme, words
from stylelab.app.session import Job
from stylelab.app.theme import GRID
from stylelab.app.widgets.basics import label, row, tool


def machine_bytes() -> int:
    """Return this machine's memory."""
    return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))


class Meter(QWidget):
    """A thin bar that is filled from the left; without a share it shows that something runs."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.share: float | None = 0.0
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(80, 4)

    def show_share(self, share: float | None) -> None:
        """Show another share, 0 to 1, or None."""
        self.share = share
        self.setAccessibleDescription("" if share is None else f"{share:.0%}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(c.line))
        painter.drawRoundedRect(QRectF(self.rect()), 2, 2)
        painter.setBrush(theme.colour(c.accent))
        width = self.width() * (0.3 if self.share is None else self.share)
        painter.drawRoundedRect(QRectF(0, 0, width, self.height()), 2, 2)
        painter.end()


class Foot(QWidget):
    """What runs now.

    Signals:
        cancelled: The user wants the job to stop.
    """

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._what = label("")
        self._what.setFont(theme.text_font(12, theme.Weight.DemiBold))
        self._how_far = label("", "small", wrap=True)
        self._bar = Meter(self.tr("Progress"))
        self._memory = label("", "small")
        self._memory_bar = Meter(self.tr("Memory"))
        self.cancel = tool(self.tr("Stop (saves first)"), "close", self.cancelled.emit)
        self.cancel.setIconSize(QSize(14, 14))
        self._job = QWidget()
        box = QVBoxLayout(self._job)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        head = row(self._what, 0, self.cancel)
        box.addLayout(head)
        box.addWidget(self._bar)
        box.addWidget(self._how_far)
        box.addWidget(self._memory_bar)
        box.addWidget(self._memory)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(10, GRID, 6, GRID)
        outer.addWidget(self._job)
        self.show_job(None)

    def show_job(self, job: Job | None) -> None:
        """Show another job, or how far it is now."""
        self._job.setVisible(job is not None)
        if job is None:
            return
        self._what.setText(self.tr("Stopping …") if job.cancelling else words.doing(job.name))
        self._bar.show_share(job.share)
        self.cancel.setEnabled(not job.cancelling)
        far = words.phase(job.phase) if job.phase else self.tr("Starting")
        if job.total:
            far = self.tr("{done} of {total}").format(
                done=words.number(job.done), total=words.unit(job.unit, job.total)
            )
        if job.seconds_left is not None and job.seconds_left >= 1:
            far += "\n" + self.tr("{time} left").format(time=words.duration(job.seconds_left))
        self._how_far.setText(far)
        known = job.peak_bytes is not None
        self._memory.setVisible(known)
        self._memory_bar.setVisible(known)
        if job.peak_bytes is not None:
            self._memory_bar.show_share(min(1.0, job.peak_bytes / machine_bytes()))
            self._memory.setText(
                self.tr("{used} of {all} memory").format(
                    used=words.memory(job.peak_bytes), all=words.memory(machine_bytes())
                )
            )
