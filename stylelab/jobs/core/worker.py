"""The worker: a child process that runs one job and tells of it on standard output.

In: a Request line on standard input, then cancel and save_now. Out: messages; the last is finished or failed. End of input
means that the parent died: the job is told to stop, saves what it has and leaves.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from stylelab import log
from stylelab.basemodels import blas
from stylelab.errors import StyleLabError
from stylelab.jobs.catalogue.job import Job
from stylelab.jobs.catalogue.jobs import JobFunction, load_job
from stylelab.jobs.core.context import Cancelled, Context
from stylelab.jobs.core.protocol import (
    Cancel,
    Decoder,
    Down,
    Failed,
    Finished,
    Heartbeat,
    Hello,
    Message,
    Request,
    SaveNow,
    encode,
)

HEARTBEAT_SECONDS = 5.0
AUTOGROUP = Path("/proc/self/autogroup")  # Linux: the niceness of a whole session

logger = logging.getLogger(__name__)


class Sender:
    """Writes messages to the pipe that was standard output; whole lines, from any thread."""

    def __init__(self) -> None:
        self._pipe = os.dup(1)
        os.dup2(2, 1)  # stray prints, of this process and of libraries in C, go to standard error
        self._lock = threading.Lock()

    def __call__(self, message: Down) -> None:
        data = encode(message)
        with self._lock:
            try:
                while data:
                    data = data[os.write(self._pipe, data) :]
            except BrokenPipeError:
                pass  # the parent is gone; the end of input says so too


def main(load: Callable[[str], tuple[Job[Any], JobFunction]] = load_job) -> int:
    """Run one job and return the exit code: 0 when the last message was sent, whatever it said."""
    send = Sender()
    log.start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    send(Hello(pid=os.getpid()))
    inbox = receive()
    request = next(inbox, None)
    if not isinstance(request, Request):
        send(Failed(code="request", message="The worker got no request.", remedy="Start it through a command."))
        return 2
    step_back(request.nice)  # before there are threads: on Linux each has a niceness of its own, taken from its maker
    context = Context(send)
    done = threading.Event()
    threading.Thread(target=_listen, args=(context, inbox), daemon=True).start()
    threading.Thread(target=_beat, args=(send, done), daemon=True).start()
    blas.preload()
    try:
        job, function = load(request.job)
        result = function(context, job.request.model_validate(request.arguments))
        send(Finished(outcome="done", result=result.dump()))
    except Cancelled as stopped:
        send(Finished(outcome="cancelled", result=stopped.result.dump() if stopped.result else None))
    except StyleLabError as error:
        send(Failed(code=error.code, message=error.message, remedy=error.remedy))
    except Exception as error:
        logger.exception("the job '%s' broke", request.job)
        text = f"{type(error).__name__}: {error}"
        send(
            Failed(
                code="bug", message=f"StyleLab made a mistake ({text}).", remedy="Please report it with the log above."
            )
        )
    finally:
        done.set()
    return 0


def step_back(nice: int) -> None:
    """Let others have the processor first; where they leave it, the job still gets all of it.

    Args:
        nice: By how much, 0 to 19; 0 changes nothing.

    **Source:** nice(2); sched(7) for Linux's autogroups: each session has its own, and only their niceness counts between
    sessions. macOS's background class is not asked for: it would keep training off the fast cores.
    """
    if nice == 0:
        return
    os.nice(nice)
    if AUTOGROUP.exists() and os.getsid(0) == os.getpid():  # never the group of a session that is someone else's
        with contextlib.suppress(OSError):  # the system refuses when it is asked too often; the job runs all the same
            AUTOGROUP.write_text(str(nice))


def receive() -> Iterator[Message]:
    """Yield messages from standard input until it ends. Unbuffered: a thread may wait here while the process leaves."""
    decoder = Decoder()
    while data := os.read(0, 65536):
        yield from decoder.feed(data)


def _listen(context: Context, inbox: Iterator[Message]) -> None:
    for message in inbox:
        if isinstance(message, Cancel):
            context.cancel.set()
        elif isinstance(message, SaveNow):
            context.save_now.set()
    context.cancel.set()


def _beat(send: Sender, done: threading.Event) -> None:
    while not done.wait(HEARTBEAT_SECONDS):
        send(Heartbeat())
