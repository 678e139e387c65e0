"""Telling a user who looks elsewhere: a notification and the taskbar's attention when a long job ends.

In: a window and a job. Out: nothing. Next: window.
"""

from __future__ import annotations

import time

from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from stylelab.app.look import icons
from stylelab.app.session.session import RunningJob

LONG_SECONDS = 20.0  # a job shorter than this ends before anyone looks away


def wanted(job: RunningJob, active: bool, now: float) -> bool:
    """Return whether a job's end is worth a notification: it was long, and the window is not in front."""
    return not active and now - job.began >= LONG_SECONDS


def ended(window: QWidget, job: RunningJob, said: str) -> bool:
    """Tell that a job has ended; return whether anything was told."""
    if not wanted(job, window.isActiveWindow(), time.monotonic()):
        return False
    QApplication.alert(window)  # the Dock's icon bounces, the taskbar's flashes
    if said and QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
        tray = QSystemTrayIcon(icons.icon("writing", "accent"), window)
        tray.show()
        tray.showMessage("StyleLab", said, icons.icon("writing", "accent"))
    return True


def progress(window: QWidget, share: float | None) -> None:
    """Say in the window's title how far the job is: what Dock, taskbar and window lists all show."""
    title = window.windowTitle().split(" · ")[-1]
    window.setWindowTitle(title if share is None else f"{share:.0%} · {title}")
