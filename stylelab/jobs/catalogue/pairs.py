"""The jobs of the pairs room: what they take, return and say.

In: nothing. Out: requests, results, JOBS. Next: jobs.run, cli, app.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field

from stylelab.jobs.catalogue.job import Job, JobRecord, JobResult, ProjectRequest


class StageRow(JobRecord):
    """One stage of the funnel: what entered, what left, what was dropped and why."""

    stage: str
    entered: int = Field(validation_alias="in", serialization_alias="in")
    left: int = Field(validation_alias="out", serialization_alias="out")
    dropped: dict[str, int]


class LeakRow(JobRecord):
    """How many eight-word sequences of a held-out split the training split gives away."""

    split: str
    grams: int
    repeated: int
    leaked: int


class RejectedPair(JobRecord):
    """A pair that is in no split, and why."""

    passage: str
    pair: str
    reason: str | None


class PairsAudit(JobResult):
    """What a dataset is made of; the dataset keeps it as audit.json.

    Args:
        splits: Pairs per split.
        shares: Per column, the share of each value.
        bleed: Of the author's distinctive words, the share that the inputs give away: quartiles, and the share below half.
    """

    funnel: tuple[StageRow, ...]
    splits: dict[str, int]
    shares: dict[str, dict[str, float]]
    bleed: dict[str, float]
    leaks: tuple[LeakRow, ...]
    rejected: tuple[RejectedPair, ...]
    warnings: tuple[str, ...]
    sha256: dict[str, str]
    recipe_sha256: str


class PairsRequest(ProjectRequest[PairsAudit]):
    """Make the project's dataset anew; what was drafted before is not drafted again.

    Args:
        processes: How many draft at once; by the size of the work if not given. The dataset is the same.
        allow_remote: Whether text may go to the plan's server in this run.
    """

    processes: int | None = None
    allow_remote: bool = False


class HarvestedSource(JobRecord):
    """What a source of given pairs had, what was taken, why the rest was not, and how many were new."""

    source: str
    found: int = Field(validation_alias="in", serialization_alias="in")
    taken: int = Field(validation_alias="out", serialization_alias="out")
    dropped: dict[str, int]
    new: int


class HarvestResult(JobResult):
    """The counts of every source, and the pairs of all."""

    sources: tuple[HarvestedSource, ...]
    pairs: int


class HarvestRequest(ProjectRequest[HarvestResult]):
    """Take in pairs that exist; `pairs make` puts them into the dataset.

    Args:
        paths: Files; or one folder of drafts, with `finals`.
        input, target: Where rows have their texts, like "messages[0].content"; by usual names if not given.
        categories: Further fields to keep, to look at balance.
        finals: A folder whose files have the names of the drafts.
    """

    paths: tuple[Path, ...]
    input: str | None = None
    target: str | None = None
    categories: tuple[str, ...] = ()
    finals: Path | None = None


class LengthsResult(JobResult):
    """The tokens of every pair, prompt and completion together."""

    lengths: tuple[int, ...]


class LengthsRequest(ProjectRequest[LengthsResult]):
    """Count every pair's tokens as training counts them, in the order train, valid, test."""


JOBS: tuple[Job[Any], ...] = (
    Job(
        "harvest",
        "pairs",
        HarvestRequest,
        HarvestResult,
        {"read": "Reading pairs"},
        doing="Taking pairs in",
        done="The pairs are taken in.",
        changes_project=True,
    ),
    Job(
        "pairs",
        "pairs",
        PairsRequest,
        PairsAudit,
        {
            "seal the recipe": "Sealing the recipe",
            "rewrite": "Rewriting passages",
            "make pairs": "Making pairs",
            "write the dataset": "Saving the dataset",
        },
        doing="Making pairs",
        done="The pairs are made.",
        changes_project=True,
    ),
    Job("lengths", "pairs", LengthsRequest, LengthsResult),
)
