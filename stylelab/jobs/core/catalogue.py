"""The jobs by name. A job is `run(context, **arguments) -> dict`; its module is imported in the worker only.

In: a name. Out: the job. Next: worker.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from stylelab.errors import StyleLabError

JOBS = {
    "corpus": "stylelab.jobs.run.corpus",
    "restore": "stylelab.jobs.run.restore",
    "choose": "stylelab.jobs.run.choose",
    "tokens": "stylelab.jobs.run.tokens",
    "harvest": "stylelab.jobs.run.harvest",
    "pairs": "stylelab.jobs.run.pairs",
    "plan": "stylelab.jobs.run.plan",
    "train": "stylelab.jobs.run.train",
    "evaluate": "stylelab.jobs.run.evaluate",
    "rate": "stylelab.jobs.run.rate",
    "write": "stylelab.jobs.run.write",
    "export": "stylelab.jobs.run.export",
    "preview": "stylelab.jobs.run.preview",
    "lengths": "stylelab.jobs.run.lengths",
}

Job = Callable[..., dict[str, Any]]


def find(name: str) -> Job:
    """Return the job of a name.

    Raises:
        StyleLabError: There is none.
    """
    if name not in JOBS:
        raise StyleLabError(f"There is no job '{name}'.", remedy=f"Known jobs: {', '.join(JOBS)}.", code="job_unknown")
    job: Job = importlib.import_module(JOBS[name]).run
    return job
