"""Run a job from a command: progress on standard error, Ctrl-C that saves, an outcome that means something.

In: a job's request. Out: its result. Next: the commands show it.
"""

from __future__ import annotations

import signal
import sys
import time
from types import FrameType

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from stylelab.errors import StyleLabError
from stylelab.events import Sample, Saved, Step, Validation, Warn
from stylelab.jobs.catalogue.job import JobRequest, R
from stylelab.jobs.catalogue.jobs import find_job
from stylelab.jobs.catalogue.training import TrainResult
from stylelab.jobs.core import client
from stylelab.jobs.core.protocol import Down, Phase
from stylelab.jobs.core.protocol import Progress as Done

CANCELLED = 130
MB = 10**6


class JobError(StyleLabError):
    """A job failed or crashed; code, message and remedy are the worker's."""


def run_job(request: JobRequest[R], quiet: bool = False) -> R:
    """Run a request's job in a worker and return its result.

    Raises:
        JobError: It failed or crashed.
        typer.Exit: 130 when it was cancelled.
    """
    view: View = Silent() if quiet else ProgressBars() if sys.stderr.isatty() else ProgressLines()
    presses: list[float] = []
    workers: list[client.Worker[R]] = []

    def interrupt(number: int, frame: FrameType | None) -> None:
        presses.append(time.monotonic())
        for worker in workers:
            if len(presses) == 1:
                view.line("stopping: saving first; Ctrl-C again ends it at once")
                worker.cancel()
            else:
                worker.kill()

    former = signal.signal(signal.SIGINT, interrupt)
    try:
        with view:
            outcome = client.run(find_job(request), request, view, on_start=workers.append)
    finally:
        signal.signal(signal.SIGINT, former)
    if outcome.kind == "cancelled" or (presses and outcome.kind == "crashed"):
        place = f" Saved up to update {outcome.result.updates}." if isinstance(outcome.result, TrainResult) else ""
        typer.echo(f"Cancelled.{place}", err=True)
        raise typer.Exit(CANCELLED)
    if outcome.result is None:
        raise JobError(outcome.message, remedy=outcome.remedy, code=outcome.code)
    return outcome.result


class View:
    """Takes a job's messages and shows some of them."""

    def __enter__(self) -> View:
        return self

    def __exit__(self, *exception: object) -> None: ...

    def __call__(self, message: Down) -> None:
        match message:
            case Phase():
                self.phase(message.name)
            case Done(unit="bytes"):
                self.progress(message.done // MB, message.total // MB, "MB", "")
            case Done():
                self.progress(message.done, message.total, message.unit, describe_rewrites(message))
            case Step():
                self.progress(message.update, message.updates, "updates", describe_step(message))
            case Validation() if message.loss_nats is not None:
                best = ", the best so far" if message.best and message.update else ""
                self.line(
                    f"update {message.update}: validation loss {message.loss_nats:.4f} nats over {message.items} pairs{best}"
                )
            case Sample():
                self.line(f"update {message.update} writes: {' '.join(message.text.split())[:240]}")
            case Saved():
                self.line(f"update {message.update}: checkpoint saved")
            case Warn():
                self.line(f"warning: {message.message}")
            case _:
                pass

    def phase(self, name: str) -> None: ...

    def progress(self, done: int, total: int, unit: str, note: str) -> None: ...

    def line(self, text: str) -> None: ...


class Silent(View):
    """Shows nothing."""


def describe_rewrites(message: Done) -> str:
    """Return how many of a model's rewrites were accepted and rejected; nothing where no model rewrites."""
    if message.accepted is None:
        return ""
    reasons = ", ".join(f"{reason.replace('_', ' ')} {count:,}" for reason, count in message.rejected.items())
    rejected = sum(message.rejected.values())
    return f"accepted {message.accepted:,}, rejected {rejected:,}{f' ({reasons})' if reasons else ''}"


def describe_step(step: Step) -> str:
    """Return an update's loss, speed and memory."""
    loss = "lost" if step.loss_nats is None else f"{step.loss_nats:.3f}"
    return f"loss {loss} · {step.tokens_per_second:,.0f} tokens/s · {step.peak_bytes / 2**30:.2f} GiB"


class ProgressLines(View):
    """Plain lines on standard error, a few per stage."""

    def __init__(self) -> None:
        self._tenth = -1
        self._began = time.monotonic()

    def phase(self, name: str) -> None:
        self._tenth, self._began = -1, time.monotonic()
        self.line(name)

    def progress(self, done: int, total: int, unit: str, note: str) -> None:
        tenth = 10 * done // total if total else 0
        if tenth == self._tenth or not done:
            return
        self._tenth = tenth
        spent = time.monotonic() - self._began
        left = spent / done * (total - done)
        rate = f"{done / spent:.1f} {unit}/s" if spent > 0 else ""
        self.line(f"  {done}/{total} {unit}  {rate}  {left:.0f} s left  {note}".rstrip())

    def line(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)


class ProgressBars(View):
    """A bar with rate and time left, for terminals."""

    def __init__(self) -> None:
        self._bars = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}", markup=False),
            TimeRemainingColumn(),
            TextColumn("{task.fields[note]}", style="dim", markup=False),
            console=Console(stderr=True, markup=False),
        )
        self._task: TaskID | None = None
        self._began = time.monotonic()

    def __enter__(self) -> View:
        self._bars.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._close()
        self._bars.stop()

    def _close(self) -> None:
        """Take away a bar that never had a length; one that had keeps standing."""
        if self._task is not None and self._bars.tasks[self._bars.task_ids.index(self._task)].total is None:
            self._bars.remove_task(self._task)
        self._task = None

    def phase(self, name: str) -> None:
        self._close()
        self._began = time.monotonic()
        self._task = self._bars.add_task(name, total=None, rate="", note="")

    def progress(self, done: int, total: int, unit: str, note: str) -> None:
        if self._task is None:
            return
        spent = time.monotonic() - self._began
        rate = f"{done / spent:.1f} {unit}/s" if spent > 0 and done else ""
        self._bars.update(self._task, completed=done, total=total, rate=rate, note=note)

    def line(self, text: str) -> None:
        self._bars.console.print(text, highlight=False)
