"""How far the job is, on the Dock's tile or the taskbar's icon. Elsewhere the same calls do nothing.

In: a share. Out: a badge with a percentage on a Mac, a bar on Linux desktops that know Unity's launcher interface (Plasma,
Ubuntu's dock). Next: session. One seam with three sides; two speak to something that can be stood in for, so that what they
say can be tested anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtGui import QGuiApplication

from stylelab.app.platform import macos

# **Source:** Unity's Launcher API, interface com.canonical.Unity.LauncherEntry: the signal Update(application, properties).
LAUNCHER = ("/com/canonical/unity/launcherentry/1", "com.canonical.Unity.LauncherEntry", "Update")


class Tile:
    """Shows nothing: the side of every system without a Dock or a taskbar that listens."""

    def __init__(self) -> None:
        self._percent: int | None = None

    def show(self, share: float | None) -> None:
        """Show how much is done.

        Args:
            share: 0 to 1; None where nothing runs, or nothing is known.
        """
        percent = None if share is None else round(100 * share)
        if percent != self._percent:  # a job tells of itself far more often than a picture of it changes
            self._percent = percent
            self._say(percent)

    def _say(self, percent: int | None) -> None:
        pass


class Badges(Protocol):
    """The part of the Objective-C runtime that is needed."""

    def set_badge(self, text: str | None) -> None: ...


class DockTile(Tile):
    """A badge on the Dock's icon."""

    def __init__(self, runtime: Badges) -> None:
        super().__init__()
        self._runtime = runtime

    def _say(self, percent: int | None) -> None:
        self._runtime.set_badge(None if percent is None else f"{percent}%")


class Launcher(Tile):
    """A bar across the taskbar's icon."""

    def __init__(self, send: Callable[[str, Mapping[str, float | bool]], None]) -> None:
        super().__init__()
        self._send = send

    def _say(self, percent: int | None) -> None:
        name = f"application://{QGuiApplication.desktopFileName()}.desktop"
        self._send(name, {"progress": (percent or 0) / 100, "progress-visible": percent is not None})


def send_update(application: str, properties: Mapping[str, float | bool]) -> None:
    """Send the signal on the session's bus; where there is no bus, nobody hears it."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage  # only where a job runs: the first paint does not wait

    message = QDBusMessage.createSignal(*LAUNCHER)
    message.setArguments([application, dict(properties)])
    QDBusConnection.sessionBus().send(message)


def choose_tile(screen: str) -> Tile:
    """Return the side of a kind of screen, as `QGuiApplication.platformName` calls it; offscreen has none."""
    if screen == "cocoa":
        return DockTile(macos.ObjectiveC())
    return Launcher(send_update) if screen.startswith(("xcb", "wayland")) else Tile()
