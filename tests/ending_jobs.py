"""A worker with jobs that end in every way, for tests of the client."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from stylelab.errors import CorpusError
from stylelab.jobs.catalogue.job import Job, JobResult, ProjectRequest
from stylelab.jobs.catalogue.jobs import JobFunction
from stylelab.jobs.core import worker
from stylelab.jobs.core.context import Context


class CountResult(JobResult):
    count: int = 0


class EndRequest(ProjectRequest[CountResult]):
    """What the jobs here are asked: how often to count, where to write that it saved, how to end."""

    project: Path = Path()
    count: int = 2
    mark: Path | None = None
    end: str = ""


def finish(context: Context, request: EndRequest) -> CountResult:
    for done in range(request.count):
        context.progress(done + 1, request.count, "things")
    return CountResult(count=request.count)


def stray(context: Context, request: EndRequest) -> CountResult:
    print("a library prints this")
    os.write(1, b"and C code that\n")
    return CountResult()


def refuse(context: Context, request: EndRequest) -> CountResult:
    raise CorpusError("The file is wrong.", remedy="Mend it.", code="wrong")


def bug(context: Context, request: EndRequest) -> CountResult:
    return CountResult(count=1 // 0)


def abort(context: Context, request: EndRequest) -> CountResult:
    os.abort()


def wait(context: Context, request: EndRequest) -> CountResult:
    context.phase("waiting")
    context.cancel.wait()
    if request.mark is not None:
        with open(request.mark, "w") as stream:
            stream.write("saved")
    context.check()
    return CountResult()


def half(context: Context, request: EndRequest) -> CountResult:
    """Be half done, then end like another job."""
    context.progress(1, 2, "things")
    return FUNCTIONS[request.end](context, request)


FUNCTIONS: dict[str, Callable[[Context, EndRequest], CountResult]] = {
    "finish": finish, "stray": stray, "refuse": refuse, "bug": bug, "abort": abort, "wait": wait, "half": half
}  # fmt: skip


def declare(name: str, changes: bool = True) -> Job[CountResult]:
    """Return one of the jobs here."""
    return Job(name, "corpus", EndRequest, CountResult, {"waiting": "Waiting"}, changes_project=changes)


def load(name: str) -> tuple[Job[Any], JobFunction]:
    """Return one of the jobs here with its function, for the worker."""
    return declare(name), FUNCTIONS[name]


if __name__ == "__main__":
    sys.exit(worker.main(load))
