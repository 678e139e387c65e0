"""The system's file manager: shows where something is. On a Mac it is selected there; elsewhere its folder is opened.

In: a path. Out: a window of another program. Next: the pages that offer it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices


def run_apart(command: Sequence[str]) -> None:
    """Start a program that outlives this one."""
    QProcess.startDetached(command[0], list(command[1:]))


def open_place(path: Path) -> None:
    """Open a folder with the program that the system has for folders."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def reveal(
    path: Path,
    platform: str = sys.platform,
    run: Callable[[Sequence[str]], None] = run_apart,
    open_folder: Callable[[Path], None] = open_place,
) -> None:
    """Show a file or folder in the system's file manager.

    **Source:** open(1) of macOS: -R reveals the file in the Finder.
    """
    if platform == "darwin":
        run(("/usr/bin/open", "-R", str(path)))
    else:
        open_folder(path if path.is_dir() else path.parent)
