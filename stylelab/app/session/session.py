"""The open project and what works on it: one job at a time, questions beside it, reading in the background.

In: a project's folder. Out: signals. Next: the window and its pages, which never read or compute themselves.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QGuiApplication

from stylelab.app.platform import dock, macos
from stylelab.app.session.job_process import JobProcess
from stylelab.errors import StyleLabError
from stylelab.events import Step, Warn
from stylelab.jobs.catalogue.job import Job, JobRequest, ProjectRequest, R
from stylelab.jobs.catalogue.jobs import find_job
from stylelab.jobs.catalogue.training import TrainRequest
from stylelab.jobs.core.client import WORKER, JobOutcome
from stylelab.jobs.core.protocol import Down, Phase, Progress
from stylelab.project.project import Project, open_project

T = TypeVar("T")
SWITCH_SECONDS = (
    0.0005  # a thread that reads gives way to the window so often; Python's own is 5 ms, ten times too long
)


@dataclass
class RunningJob:
    """The job that runs now, as the status area shows it."""

    kind: Job[Any]
    request: JobRequest[Any]
    process: JobProcess
    phase: str = ""
    done: int = 0
    total: int = 0
    unit: str = ""
    peak_bytes: int | None = None
    seconds_left: float | None = None
    cancelling: bool = False
    notes: list[Warn] = field(default_factory=list[Warn])  # what the job warned of
    explained: tuple[str, ...] = ()  # codes of errors that whoever started it explains
    explained_there: bool = False  # whoever started it explains every error, in its own place
    began: float = field(default_factory=time.monotonic)
    _phase_began: float = field(default_factory=time.monotonic)

    def take(self, message: Down) -> None:
        """Learn from a message how far the job is."""
        match message:
            case Phase():
                self.phase, self.done, self.total, self.unit = message.name, 0, 0, ""
                self.seconds_left, self._phase_began = None, time.monotonic()
            case Progress():
                self.done, self.total, self.unit = message.done, message.total, message.unit
                spent = time.monotonic() - self._phase_began
                self.seconds_left = spent / message.done * (message.total - message.done) if message.done else None
            case Step():
                self.done, self.total, self.unit = message.update, message.updates, "updates"
                self.seconds_left, self.peak_bytes = message.seconds_left, message.peak_bytes
            case Warn():
                self.notes.append(message)
            case _:
                pass

    @property
    def share(self) -> float | None:
        """How much is done, 0 to 1; None while that is not known."""
        return min(1.0, self.done / self.total) if self.total else None


class _Answer(QObject):
    ready = Signal(object, object)


class _Reading(QRunnable):
    """Runs a function in a thread and hands its result back to the window's."""

    def __init__(self, read: Callable[[], Any], answer: _Answer) -> None:
        super().__init__()
        self._read, self._answer = read, answer

    def run(self) -> None:
        value, error = None, None
        try:
            value = self._read()
        except Exception as problem:  # noqa: BLE001 - it is raised again in the window's thread
            error = problem
        with contextlib.suppress(RuntimeError):  # the window closed meanwhile
            self._answer.ready.emit(value, error)


class Session(QObject):
    """A project in a window.

    Signals:
        opened: Another project is open, or none.
        changed: What the project holds has changed; a job that changes nothing ends without it.
        job_began, job_told, job_ended: The main job; the same and a message; the same and its Outcome.
        trouble: A StyleLabError for the user, with details.
    """

    opened = Signal()
    changed = Signal()
    job_began = Signal(object)
    job_told = Signal(object, object)
    job_ended = Signal(object, object)
    trouble = Signal(object, str)

    def __init__(
        self,
        parent: QObject | None = None,
        command: Sequence[str] = WORKER,
        find: Callable[[JobRequest[Any]], Job[Any]] = find_job,
    ) -> None:
        super().__init__(parent)
        self._find_job = find
        self.project: Project | None = None
        self.job: RunningJob | None = None
        self._command = command
        sys.setswitchinterval(SWITCH_SECONDS)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._answers: set[_Answer] = set()
        self._asked: set[JobProcess] = set()
        self._awake = macos.choose_awake()
        self._tile = dock.choose_tile(QGuiApplication.platformName())

    # ------------------------------------------------------------ the project

    def open(self, folder: Path) -> bool:
        """Open a project; tell the user when that is not possible."""
        try:
            project = open_project(folder)
            project.open_store().close()  # an older database is brought up to date here, with a backup
        except StyleLabError as error:
            self.trouble.emit(error, "")
            return False
        self.project = project
        self.opened.emit()
        self.changed.emit()
        return True

    def reload(self) -> None:
        """Read project.yaml again after it was changed."""
        if self.project is not None:
            self.project = open_project(self.project.folder)
            self.changed.emit()

    def close(self) -> None:
        """Leave the project; a question still asked is dropped."""
        for process in list(self._asked):
            process.kill()
        self._pool.waitForDone()
        self.project = None
        self.opened.emit()

    # ------------------------------------------------------------ reading

    def fetch(self, read: Callable[[], T], then: Callable[[T], None]) -> None:
        """Run `read` in a thread and `then` with its result in this one; an error of ours is told to the user."""
        answer = _Answer(self)
        self._answers.add(answer)

        def deliver(value: Any, error: BaseException | None) -> None:
            self._answers.discard(answer)
            answer.deleteLater()
            if isinstance(error, StyleLabError):
                self.trouble.emit(error, "")
            elif error is not None:
                raise error
            else:
                then(value)

        answer.ready.connect(deliver)
        self._pool.start(_Reading(read, answer))

    @property
    def quiet(self) -> bool:
        """Whether nothing is being read, asked or worked on."""
        return not self._answers and not self._asked and self.job is None

    # ------------------------------------------------------------ work

    @property
    def folder(self) -> Path:
        """The open project's folder; without one, no job starts that works on a project."""
        return self.project.folder if self.project is not None else Path()

    def start(self, request: JobRequest[Any]) -> RunningJob | None:
        """Start a request's job; None when one runs already, or when it works on a project and none is open."""
        if self.job is not None or (self.project is None and isinstance(request, ProjectRequest)):
            return None
        job = self._find_job(request)
        process = JobProcess(job, request, self, self._command)
        self.job = running = RunningJob(job, request, process)
        process.told.connect(lambda message: self._take(running, message))
        process.ended.connect(lambda how: self._finish(running, how))
        self._awake.begin(f"StyleLab: {job.name}")
        process.start()
        self.job_began.emit(running)
        return running

    def cancel(self) -> None:
        """Ask the running job to save and stop."""
        if self.job is not None:
            self.job.cancelling = True
            self.job.process.cancel()

    def ask(self, request: JobRequest[R], then: Callable[[R], None], quiet: bool = False) -> JobProcess:
        """Run a job that changes nothing beside the main one; `then` gets its result. A `quiet` one may fail unseen."""
        process = JobProcess(self._find_job(request), request, self, self._command)
        self._asked.add(process)

        def finish(how: JobOutcome[R]) -> None:
            self._asked.discard(process)
            if how.kind == "finished" and how.result is not None:
                then(how.result)
            elif how.kind == "failed" and not quiet:
                self.trouble.emit(StyleLabError(how.message, remedy=how.remedy, code=how.code), process.log)
            process.deleteLater()

        process.ended.connect(finish)
        process.start()
        return process

    def _take(self, job: RunningJob, message: Down) -> None:
        job.take(message)
        self._tile.show(job.share)
        self.job_told.emit(job, message)

    def _finish(self, job: RunningJob, how: JobOutcome[Any]) -> None:
        self.job = None
        self._awake.end()
        self._tile.show(None)
        if how.kind in ("failed", "crashed") and how.code not in job.explained and not job.explained_there:
            code = "train_crashed" if how.code == "crashed" and isinstance(job.request, TrainRequest) else how.code
            self.trouble.emit(StyleLabError(how.message, remedy=how.remedy, code=code), job.process.log)
        self.job_ended.emit(job, how)
        if job.kind.changes_project:
            self.changed.emit()
        job.process.deleteLater()
