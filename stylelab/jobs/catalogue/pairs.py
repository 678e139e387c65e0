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
    """A pair that is in no split, and why; of a model's rewrite, the beginning of what it said."""

    passage: str
    pair: str
    reason: str | None
    text: str = ""


class RejectedText(JobRecord):
    """A text that a model did not make plain: why, and the beginning of what it said."""

    passage: str
    stance: str
    reason: str
    text: str


class TriedWay(JobRecord):
    """One way of rewriting, tried on the probe's passages.

    Args:
        pivot: The way: plain, or a language in between.
        seconds_per_passage: In the probe's batch.
    """

    pivot: str
    passages: int
    accepted: int
    seconds_per_passage: float
    rejected: tuple[RejectedText, ...]


class RewriterProbe(JobRecord):
    """What the probe of a model rewriter found; a project keeps it while the model and the plan's way are the same.

    Args:
        engine: Hash of the model and its prompts.
        asked: The way that the plan asked for.
        pivot: The way that was taken.
        texts, seconds: What was then to be rewritten, and how long that should take.
    """

    engine: str
    asked: str
    pivot: str
    tried: tuple[TriedWay, ...]
    texts: int
    seconds: float


class PairsAttempt(JobRecord):
    """How far a model came with the texts of a dataset that is not made, or not yet.

    Args:
        texts, done: To rewrite, and rewritten so far in this attempt.
        message: Why it ended without a dataset; empty where it was stopped.
    """

    rewriter: str
    pivot: str
    texts: int
    done: int
    accepted: int
    rejected: dict[str, int]
    rejections: tuple[RejectedText, ...]
    message: str = ""


class PairsAudit(JobResult):
    """What a dataset is made of; the dataset keeps it as audit.json.

    Args:
        splits: Pairs per split.
        shares: Per column, the share of each value.
        bleed: Of the author's distinctive words, the share that the inputs give away: quartiles, and the share below half.
        probe: How a model rewriter was tried; unset for rules.
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
    probe: RewriterProbe | None = None


class PairsRequest(ProjectRequest[PairsAudit]):
    """Make the project's dataset anew; what was drafted before is not drafted again.

    Args:
        processes: How many draft at once; by the size of the work if not given. The dataset is the same.
        allow_remote: Whether text may go to the plan's server in this run.
        keep_going: Go on with a model that makes next to no text plain.
    """

    processes: int | None = None
    allow_remote: bool = False
    keep_going: bool = False


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
            "try the rewriter": "Trying the model on three passages",
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
