"""A child process that can be stopped at any moment, whatever it waits for.

In: a command, and one line for it. Out: its lines, as they come, and how it ended. Next: hub and package.

The child stands in a group of its own and is killed with all that it started: a socket that hangs obeys nothing else.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import IO

TICK_SECONDS = 0.1


def run_child(
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    request: str = "",
    on_line: Callable[[str], None],
    on_tick: Callable[[], bool],
    join_errors: bool = False,
) -> int | None:
    """Run a command to its end; return its exit code, or None where `on_tick` wanted it stopped.

    Args:
        request: One line for its standard input, which stays open: its end tells the child that its parent is gone.
        on_line: Called with every line that it writes to standard output.
        on_tick: Called ten times a second; True kills the child.
        join_errors: Whether what it writes to standard error counts as well; otherwise it goes where this process's goes.
    """
    child = subprocess.Popen(
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if join_errors else None,
        env=dict(environment),
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    assert child.stdin is not None and child.stdout is not None
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    reader = threading.Thread(target=pass_lines, args=(child.stdout, lines), daemon=True)
    reader.start()
    try:
        with contextlib.suppress(OSError):  # it has ended already; its exit code says how
            child.stdin.write(request + "\n")
            child.stdin.flush()
        while True:
            try:
                line = lines.get(timeout=TICK_SECONDS)
            except queue.Empty:
                line = ""
            if line is None:
                return child.wait()
            if line:
                on_line(line)
            if on_tick():
                return None
    finally:
        if child.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        reader.join()
        with contextlib.suppress(OSError):
            child.stdin.close()
        child.stdout.close()


def pass_lines(stream: IO[str], lines: queue.SimpleQueue[str | None]) -> None:
    """Put every line of a stream into a queue, and None at its end."""
    for line in stream:
        lines.put(line)
    lines.put(None)
