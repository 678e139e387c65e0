"""Start a worker, pass its messages on, and name how it ended. Knows no Qt and imports nothing heavy.

In: a job and a request. Out: an Outcome with the job's own result. Next rooms: cli, app.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, Generic, Literal

from stylelab.jobs.catalogue.job import Job, JobRequest, R
from stylelab.jobs.core.environment import environment
from stylelab.jobs.core.protocol import Cancel, Decoder, Down, Failed, Finished, Message, Request, SaveNow, Up, encode

WORKER = (sys.executable, "-m", "stylelab", "worker")
PATIENCE_SECONDS = 30.0  # from cancel to terminate, and from terminate to kill


@dataclass(frozen=True)
class Outcome(Generic[R]):
    """How a job ended.

    Args:
        kind: finished; cancelled; failed with an error of ours; crashed without a word.
        result: Of a finished job; of a cancelled one that saved what it had.
        code, message, remedy: Of a failure or a crash.
    """

    kind: Literal["finished", "cancelled", "failed", "crashed"]
    result: R | None = None
    code: str = ""
    message: str = ""
    remedy: str = ""


class Worker(Generic[R]):
    """A running worker."""

    def __init__(self, job: Job[R], request: JobRequest[R], command: Sequence[str] = WORKER) -> None:
        self._result = job.result
        self.process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
            start_new_session=True,  # Ctrl-C in the terminal reaches the parent alone
        )
        self._timer: threading.Timer | None = None
        self._send(Request(job=job.name, arguments=request.dump()))

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

    def follow(self, on_message: Callable[[Down], None]) -> Outcome[R]:
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
        return build_outcome(self._result, last, code)

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


def build_outcome(result: type[R], last: Message | None, code: int) -> Outcome[R]:
    """Return the outcome of a worker from its last message and its exit code.

    Args:
        result: What its job returns.
    """
    if isinstance(last, Finished):
        value = None if last.result is None else result.model_validate(last.result)
        return Outcome("cancelled" if last.outcome == "cancelled" else "finished", value)
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
    job: Job[R],
    request: JobRequest[R],
    on_message: Callable[[Down], None] = lambda message: None,
    *,
    command: Sequence[str] = WORKER,
    on_start: Callable[[Worker[R]], None] = lambda worker: None,
) -> Outcome[R]:
    """Run a job to its end in a worker of its own."""
    worker = Worker(job, request, command)
    on_start(worker)
    return worker.follow(on_message)
