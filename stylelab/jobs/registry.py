"""The jobs by name. A job is `run(context, **arguments) -> dict`; its module is imported in the worker only.

In: a name. Out: the job. Next: worker.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from stylelab.errors import StyleLabError

JOBS = {
    "corpus": "stylelab.jobs.corpus",
    "restore": "stylelab.jobs.restore",
    "choose": "stylelab.jobs.choose",
    "tokens": "stylelab.jobs.tokens",
    "harvest": "stylelab.jobs.harvest",
    "pairs": "stylelab.jobs.pairs",
    "plan": "stylelab.jobs.plan",
    "train": "stylelab.jobs.train",
    "evaluate": "stylelab.jobs.evaluate",
    "rate": "stylelab.jobs.rate",
    "write": "stylelab.jobs.write",
    "export": "stylelab.jobs.export",
    "preview": "stylelab.jobs.preview",
    "lengths": "stylelab.jobs.lengths",
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
