"""The jobs of the base models as a list of them shows them: one at a time, paused or cancelled, with rate and time left.

In: requests, and what the session tells of its job. Out: `told` and `ended`, by the name that a list knows the model by.
Next: the page of the base models and the wizard.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from stylelab.app.session.session import RunningJob, Session
from stylelab.basemodels.catalogue import HubSource, find_entry
from stylelab.basemodels.download.hub import discard_partial, hold_partial
from stylelab.basemodels.download.plan import DownloadPlan, list_partial
from stylelab.basemodels.identity import BUNDLED_ENTRY, locate_bundled_base
from stylelab.errors import StyleLabError
from stylelab.jobs.catalogue.basemodels import (
    AddRequest,
    CheckBaseRequest,
    ConvertRequest,
    ImportGgufRequest,
    PullRequest,
)
from stylelab.jobs.catalogue.job import JobRequest
from stylelab.jobs.core.client import JobOutcome
from stylelab.jobs.core.protocol import Down, Phase, Progress
from stylelab.paths import models_folder

PACKAGE = "package:"
RATE_SECONDS = 6.0  # over which the rate of a download is taken
TICK = 1000  # milliseconds between two looks at a download that tells nothing
PAGE = "models"
LOADING = ("ask the hub", "download")  # phases of the pull job
GONE_SECONDS = 5.0  # in which a process that loads has left for certain
PAUSE_SECONDS = 0.05


@dataclass
class ModelJob:
    """A job of a base model that runs now.

    Args:
        key: What a list knows its model by.
        stopping: Whether it is about to stop, and what becomes of what has arrived: kept by a pause, removed by a cancel.
    """

    key: str
    job: RunningJob
    stopping: Literal["", "pause", "cancel"] = ""
    began: bool = False  # it has told of a phase: from here on it listens
    _samples: deque[tuple[float, int]] = field(default_factory=deque[tuple[float, int]])

    @property
    def packaged(self) -> bool:
        """Whether the model comes in a Python package, of which nothing can be kept."""
        request = self.job.request
        asked = isinstance(request, PullRequest) and request.model.startswith(PACKAGE)
        return asked or any("package" in note.values for note in self.job.notes)

    @property
    def can_pause(self) -> bool:
        """Whether what has arrived can be kept."""
        return isinstance(self.job.request, PullRequest) and not self.packaged and not self.stopping

    def can_die(self, how: str) -> bool:
        """Return whether the worker may be ended without asking it.

        So it is while it starts, since nothing has begun; and while it loads from the hub what is to be removed anyway: the
        process that loads sees its parent's end and leaves.
        """
        loads = isinstance(self.job.request, PullRequest) and self.job.phase in LOADING and not self.packaged
        return not self.began or (how == "cancel" and loads)

    def sample(self, now: float) -> None:
        """Remember how many bytes are there, for the rate."""
        if self.job.unit != "bytes":
            self._samples.clear()
            return
        self._samples.append((now, self.job.done))
        while len(self._samples) > 2 and self._samples[1][0] < now - RATE_SECONDS:
            self._samples.popleft()

    @property
    def bytes_per_second(self) -> float | None:
        """The rate of the last seconds; None before there is one."""
        if len(self._samples) < 2:
            return None
        (first, before), (last, after) = self._samples[0], self._samples[-1]
        return max(0, after - before) / (last - first) if last - first >= 1 else None

    @property
    def seconds_left(self) -> float | None:
        """What is left at that rate."""
        rate = self.bytes_per_second
        return (self.job.total - self.job.done) / rate if rate else None


class ModelJobs(QObject):
    """Runs the jobs of the base models, one at a time, and remembers which went wrong.

    Signals:
        told: A model's key: its job has got further.
        ended: A model's key, and the outcome.
    """

    told = Signal(str)
    ended = Signal(str, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.current: ModelJob | None = None
        self.faults: dict[str, StyleLabError] = {}
        self.requests: dict[str, JobRequest[Any]] = {}  # of the job that runs and of those that went wrong
        self._ticker = QTimer(self, interval=TICK)
        self._ticker.timeout.connect(self._tick)
        session.job_told.connect(self._take)
        session.job_ended.connect(self._finish)
        if session.job is not None and session.job.kind.page == PAGE:  # another list started it
            self._follow(session.job)

    @property
    def busy(self) -> bool:
        """Whether a job runs, of a base model or another."""
        return self._session.job is not None

    def start(self, request: JobRequest[Any]) -> bool:
        """Start a job of a base model; return False where another job runs."""
        running = self._session.start(request)
        if running is None:
            return False
        running.explained_there = True
        self.faults.pop(find_key(request), None)
        self._follow(running)
        self.told.emit(find_key(request))
        return True

    def pause(self) -> None:
        """Stop the download; what has arrived is kept."""
        if self.current is not None and self.current.can_pause:
            self._stop("pause")

    def cancel(self) -> None:
        """Stop the job; what has arrived is removed."""
        if self.current is not None:
            self._stop("cancel")

    def forget(self, key: str) -> None:
        """Forget what went wrong with a model."""
        self.faults.pop(key, None)
        self.requests.pop(key, None)

    def _follow(self, running: RunningJob) -> None:
        key = find_key(running.request)
        self.current = ModelJob(key, running)
        self.requests[key] = running.request
        self._ticker.start()

    def _stop(self, how: Literal["pause", "cancel"]) -> None:
        current = self.current
        assert current is not None
        current.stopping = how
        if current.can_die(how):
            current.job.cancelling = True
            current.job.process.kill()
        else:
            self._session.cancel()
        self.told.emit(current.key)

    def _tick(self) -> None:
        if self.current is not None:
            self.current.sample(time.monotonic())
            self.told.emit(self.current.key)

    def _take(self, job: RunningJob, message: Down) -> None:
        current = self.current
        if current is None or job is not current.job:
            return
        current.began = current.began or isinstance(message, Phase)
        if isinstance(message, Progress | Phase):
            current.sample(time.monotonic())
        self.told.emit(current.key)

    def _finish(self, job: RunningJob, how: JobOutcome[Any]) -> None:
        current = self.current
        if current is None or job is not current.job:
            return
        self.current = None
        self._ticker.stop()
        if current.stopping == "cancel" and how.kind != "finished":
            self.requests.pop(current.key, None)
            self._session.fetch(lambda: discard_partials(current.key), lambda _: self.ended.emit(current.key, how))
            return
        if how.kind == "failed" or (how.kind == "crashed" and not current.stopping):
            self.faults[current.key] = StyleLabError(how.message, remedy=how.remedy, code=how.code)
        else:
            self.requests.pop(current.key, None)
        self.ended.emit(current.key, how)


def find_key(request: JobRequest[Any]) -> str:
    """Return what a list knows the model of a request by."""
    match request:
        case PullRequest():
            return request.model.removeprefix(PACKAGE)
        case ImportGgufRequest() | AddRequest():
            return str(request.path)
        case CheckBaseRequest():
            return request.model
        case ConvertRequest():
            return name_base(request.source)
        case _:
            return ""


def name_base(folder: Path) -> str:
    """Return what a project calls the model in a folder."""
    if folder == locate_bundled_base():
        return BUNDLED_ENTRY
    return folder.name if folder.parent == models_folder() else str(folder)


def list_repos(model: str) -> frozenset[str]:
    """Return the hub's repositories of a model of the catalogue, or the repository itself, in lower case."""
    entry = find_entry(model)
    repos = [source.repo for source in entry.sources if isinstance(source, HubSource)] if entry else [model]
    return frozenset(repo.lower() for repo in repos)


def discard_partials(model: str) -> int:
    """Remove what has arrived of a model; return the bytes that are free now.

    Raises:
        ModelError: Another process downloads it.
    """
    repos, models = list_repos(model), models_folder()
    freed = 0
    for plan, done in list_partial(models):
        if plan.repo.lower() in repos:
            with hold_partial(plan.partial_folder(models), plan):
                remove_partial(plan, models)
            freed += done
    return freed


def remove_partial(plan: DownloadPlan, models: Path) -> None:
    """Remove what has arrived, also while the process that loaded it is just leaving and may still write a last piece."""
    until = time.monotonic() + GONE_SECONDS
    discard_partial(plan, models)
    while plan.partial_folder(models).exists() and time.monotonic() < until:
        time.sleep(PAUSE_SECONDS)
        discard_partial(plan, models)
