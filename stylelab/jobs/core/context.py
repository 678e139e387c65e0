"""What a job gets from its worker: a way to tell, and to be told to stop.

In: a function that sends. Out: the context that every job's `run` takes beside its request. Next: one file per job.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from stylelab.events import Warn
from stylelab.jobs.catalogue.job import JobResult
from stylelab.jobs.core.protocol import Down, Phase, Progress


class Cancelled(Exception):
    """The user cancelled, or the parent is gone.

    Args:
        result: Of a job that saved what it had.
    """

    def __init__(self, result: JobResult | None = None) -> None:
        super().__init__()
        self.result = result


class Context:
    """A job's line to its parent."""

    def __init__(self, emit: Callable[[Down], None]) -> None:
        self.emit = emit
        self.cancel = threading.Event()
        self.save_now = threading.Event()

    def check(self) -> None:
        """Stop here if the user cancelled.

        Raises:
            Cancelled: So it is.
        """
        if self.cancel.is_set():
            raise Cancelled

    def phase(self, name: str) -> None:
        """Say what begins now."""
        self.check()
        self.emit(Phase(name=name))

    def progress(self, done: int, total: int, unit: str) -> None:
        """Say how far it is, and stop if the user cancelled."""
        self.check()
        self.emit(Progress(done=done, total=total, unit=unit))

    def report_rewrites(self, done: int, total: int, accepted: int, rejected: Mapping[str, int]) -> None:
        """Say how many texts are rewritten, and how many of them were accepted; stop if the user cancelled."""
        self.check()
        self.emit(Progress(done=done, total=total, unit="texts", accepted=accepted, rejected=dict(rejected)))

    def warn(self, message: str) -> None:
        """Say what the user should know."""
        self.emit(Warn.of(message))
