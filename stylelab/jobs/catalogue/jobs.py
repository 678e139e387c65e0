"""Every job. Light: a job's own module is imported in the worker alone.

In: a name or a request. Out: the job's declaration, or its function. Next: worker, cli, app.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any, cast

from stylelab.errors import StyleLabError
from stylelab.jobs.catalogue import basemodels, corpus, export, pairs, persona, training, writing
from stylelab.jobs.catalogue.job import Job, JobRequest, JobResult, R

ROOMS = (basemodels, corpus, persona, pairs, training, writing, export)
JOBS: Mapping[str, Job[Any]] = {job.name: job for room in ROOMS for job in room.JOBS}

JobFunction = Callable[..., JobResult]  # of a Context and the job's request


def find_job(request: JobRequest[R]) -> Job[R]:
    """Return the job that a request is for."""
    return cast("Job[R]", next(job for job in JOBS.values() if job.request is type(request)))


def load_job(name: str) -> tuple[Job[Any], JobFunction]:
    """Return the job of a name, and its function.

    Raises:
        StyleLabError: There is none.
    """
    if name not in JOBS:
        raise StyleLabError(f"There is no job '{name}'.", remedy=f"Known jobs: {', '.join(JOBS)}.", code="job_unknown")
    function: JobFunction = importlib.import_module(f"stylelab.jobs.run.{name}").run
    return JOBS[name], function
