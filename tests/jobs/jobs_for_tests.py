"""A worker with jobs that end in every way, for tests of the client."""

from __future__ import annotations

import os
import sys
from typing import Any

from stylelab.errors import CorpusError
from stylelab.jobs.core import worker
from stylelab.jobs.core.catalogue import Job
from stylelab.jobs.core.context import Context


def finish(context: Context, count: int = 2) -> dict[str, Any]:
    for done in range(count):
        context.progress(done + 1, count, "things")
    return {"count": count}


def stray(context: Context) -> dict[str, Any]:
    print("a library prints this")
    os.write(1, b"and C code that\n")
    return {}


def refuse(context: Context) -> dict[str, Any]:
    raise CorpusError("The file is wrong.", remedy="Mend it.", code="wrong")


def bug(context: Context) -> dict[str, Any]:
    return {"never": 1 // 0}


def abort(context: Context) -> dict[str, Any]:
    os.abort()


def wait(context: Context, mark: str | None = None) -> dict[str, Any]:
    context.phase("waiting")
    context.cancel.wait()
    if mark:
        with open(mark, "w") as stream:
            stream.write("saved")
    context.check()
    return {}


def half(context: Context, project: str, end: str) -> dict[str, Any]:
    """Be half done, then end like another job."""
    context.progress(1, 2, "things")
    return JOBS[end](context)


JOBS: dict[str, Job] = {
    "finish": finish, "stray": stray, "refuse": refuse, "bug": bug, "abort": abort, "wait": wait, "half": half
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(worker.main(JOBS.__getitem__))
