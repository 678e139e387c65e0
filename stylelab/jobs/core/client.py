"""Start a worker, pass its messages on, and name how it ended. Knows no Qt and imports nothing heavy.

In: a job's name and arguments. Out: an Outcome. Next rooms: cli, app.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Literal

from pydantic import JsonValue

from stylelab.jobs.core.environment import environment
from stylelab.jobs.core.protocol import Cancel, Decoder, Down, Failed, Finished, Message, Request, SaveNow, Up, encode

WORKER = (sys.executable, "-m", "stylelab", "worker")
PATIENCE_SECONDS = 30.0  # from cancel to terminate, and from terminate to kill


@dataclass(frozen=True)
class Outcome:
    """How a job ended.

    Args:
        kind: finished; cancelled; failed with an error of ours; crashed without a word.
        result: What a finished or cancelled job returned.
        code, message, remedy: Of a failure or a crash.
    """

    kind: Literal["finished", "cancelled", "failed", "crashed"]
    result: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue])
    code: str = ""
    message: str = ""
    remedy: str = ""


class Worker:
    """A running worker."""

    def __init__(self, job: str, arguments: Mapping[str, JsonValue], command: Sequence[str] = WORKER) -> None:
        self.process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
            start_new_session=True,  # Ctrl-C in the terminal reaches the parent alone
        )
        self._timer: threading.Timer | None = None
        self._send(Request(job=job, arguments=dict(arguments)))

    def cancel(self) -> None:
        """Ask the job to save and stop; if it does not, it is ended."""
        self._send(Cancel())
        if self._timer is None:
            self._after(PATIENCE_SECONDS, self._terminate)

    def save_now(self) -> None:
        """Ask for a checkpoint."""
        self._send(SaveNow())

    def kill(self) -> None:
        """End the worker at once."""
        self.process.kill()

    def messages(self, on_message: Callable[[Down], None]) -> Outcome:
        """Pass messages on until the worker is gone; return how it ended."""
        decoder = Decoder()
        last: Finished | Failed | None = None
        out: IO[bytes] = self.process.stdout  # type: ignore[assignment]
        while data := os.read(out.fileno(), 65536):
            for message in decoder.feed(data):
                if isinstance(message, Finished | Failed):
                    last = message
                if not isinstance(message, Cancel | SaveNow | Request):
                    on_message(message)
        code = self.process.wait()
        out.close()
        if self._timer is not None:
            self._timer.cancel()
        with contextlib.suppress(OSError):
            self.process.stdin.close()  # type: ignore[union-attr]
        return outcome(last, code)

    def _after(self, seconds: float, do: Callable[[], None]) -> None:
        self._timer = threading.Timer(seconds, do)
        self._timer.daemon = True
        self._timer.start()

    def _terminate(self) -> None:
        self.process.terminate()
        self._after(PATIENCE_SECONDS, self.process.kill)

    def _send(self, message: Up) -> None:
        pipe = self.process.stdin
        if pipe is None or pipe.closed:
            return
        with contextlib.suppress(OSError, ValueError):  # the worker is gone; how it ended is told by its exit
            os.write(pipe.fileno(), encode(message))  # one system call: a signal handler may come in between two


def outcome(last: Message | None, code: int) -> Outcome:
    """Return the outcome of a worker from its last word and its exit code."""
    if isinstance(last, Finished):
        return Outcome("cancelled" if last.outcome == "cancelled" else "finished", last.result)
    if isinstance(last, Failed):
        return Outcome("failed", code=last.code, message=last.message, remedy=last.remedy)
    name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    likely = " The system most likely ran out of memory." if code == -signal.SIGKILL else ""
    return Outcome(
        "crashed",
        code="crashed",
        message=f"The worker ended without a word ({name}).{likely}",
        remedy="Nothing that was saved is lost: 'stylelab train resume' goes on from the last checkpoint.",
    )


def run(
    job: str,
    arguments: Mapping[str, JsonValue],
    on_message: Callable[[Down], None] = lambda message: None,
    *,
    command: Sequence[str] = WORKER,
    on_start: Callable[[Worker], None] = lambda worker: None,
) -> Outcome:
    """Run a job to its end in a worker of its own."""
    worker = Worker(job, arguments, command)
    on_start(worker)
    return worker.messages(on_message)
