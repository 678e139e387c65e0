"""The jobs of the export room: what they take, return and say.

In: nothing. Out: requests, results, JOBS. Next: jobs.run, cli, app.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stylelab.exporting.formats import FORMATS
from stylelab.jobs.catalogue.job import Job, JobResult, ProjectRequest


class ExportResult(JobResult):
    """Where the export is, and what its check showed."""

    run: str
    export: str
    stock_greedy_match: bool
    tokens_compared: int
    logit_difference_max: float


class ExportRequest(ProjectRequest[ExportResult]):
    """Export a run's adapter into a new folder; the newest run by default."""

    to: Path
    run: str | None = None
    format: str = FORMATS[0].name


JOBS: tuple[Job[Any], ...] = (
    Job(
        "export",
        "export",
        ExportRequest,
        ExportResult,
        {"export and load back with stock mlx-lm": "Exporting and checking"},
        doing="Exporting",
        done="The adapter is exported.",
    ),
)
