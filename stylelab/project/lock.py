"""Lock a project, so that one process at a time works on it.

In: a project's folder. Out: a held lock, released by the system even when the process dies. Next room: jobs.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from stylelab.errors import ProjectError
from stylelab.files import naming


@contextmanager
def hold(folder: Path) -> Generator[None]:
    """Hold the project's lock for the block.

    Raises:
        ProjectError: Another process holds it; it is named.
    """
    path = folder / ".lock"
    with naming(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            owner = os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "unknown"
            raise ProjectError(
                f"Another process (number {owner}) is working on {folder}.",
                remedy="Wait until it ends, or stop it.",
                code="locked",
            ) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)
