"""The jobs of the training room: what they take, return and say.

In: nothing. Out: requests, results, JOBS. Next: jobs.run, cli, app.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import JsonValue

from stylelab.events import Warn
from stylelab.jobs.catalogue.job import Job, JobRecord, JobResult, ProjectRequest

LOADING = {"load the base model": "Loading the base model"}


class TokensPerPair(JobRecord):
    """The shortest pair, the one in the middle and the longest, in tokens."""

    min: int
    median: int
    max: int


class MemoryFigures(JobRecord):
    """Bytes at the peak of an update: the base, the adapter with its optimizer, everything else."""

    weight_bytes: int
    state_bytes: int
    work_bytes: int


class FitFigures(JobRecord):
    """How a run fits into memory."""

    pack_tokens: int
    recomputed: int
    rank: int
    max_seq_length: int


class PairFigures(JobRecord):
    """How many pairs and tokens a plan means.

    Args:
        too_long: Pairs left out. tokens_in_all: Of every epoch. tokens_rehearsed: Of the rehearsed update.
    """

    updates: int
    epochs: float
    train_pairs: int
    valid_pairs: int
    too_long: int
    tokens_per_epoch: int
    tokens_in_all: int
    tokens_rehearsed: int
    learned_token_share: float
    tokens_per_pair: TokensPerPair


class SuggestedFigures(JobRecord):
    """What the table of defaults has for a base's size and a number of pairs.

    Args:
        measured: Whether it was measured on bases of about this size; else it is a guess.
    """

    parameters: int
    learning_rate: float
    updates: int
    pairs_per_update: int
    measured: bool


class PlanFigures(PairFigures):
    """What a plan means, in figures.

    Args:
        suggested: Another learning rate or number of updates, where the plan's is far from what suits base and pairs.
        tokens_per_second, seconds: None while no rate is known; `rate_from` says whose it is.
        seconds_longest_update: Measured by a rehearsal alone.
        peak_bytes: Measured by a rehearsal, else estimated. fit: None where nothing fits into `budget_bytes`.
        told: What was given up to fit, in sentences.
        kind_notes: What is to be known of training this kind of base.
    """

    tokens_per_second: float | None
    seconds: int | None
    rate_from: Literal["earlier run", "rehearsal"] | None
    seconds_longest_update: float | None
    peak_bytes: int | None
    memory: MemoryFigures | None
    budget_bytes: int
    fit: FitFigures | None
    suggested: SuggestedFigures | None = None
    told: tuple[str, ...]
    kind_notes: tuple[Warn, ...] = ()


class PlanResult(PlanFigures, JobResult):
    """What a plan means, in figures and in sentences."""

    words: tuple[str, ...]


class PlanRequest(ProjectRequest[PlanResult]):
    """Work out what a plan means.

    Args:
        plan: Settings in place of training.yaml's.
        rehearse: Load the base, compute one update of the longest pairs, and measure.
    """

    plan: dict[str, JsonValue] | None = None
    rehearse: bool = False


class TrainResult(JobResult):
    """A run's figures; a machine that writes nothing knows its outcome and its updates alone, and no run."""

    run: str = ""
    outcome: Literal["finished", "early", "stopped", "diverged"]
    reason: str = ""
    updates: int
    epochs: float = 0.0
    train_pairs: int = 0
    valid_pairs: int = 0
    valid_loss_nats_first: float | None = None
    valid_loss_nats_best: float | None = None
    best_update: int = 0
    tokens_per_second: float = 0.0
    peak_bytes: int = 0
    adapter: str = ""


class TrainRequest(ProjectRequest[TrainResult]):
    """Train a new run, or go on with one.

    Args:
        run: Which to resume; the newest by default.
    """

    run: str | None = None
    resume: bool = False


class EvaluateResult(JobResult):
    """Every metric on both held-out splits, as `evaluation.metrics.read_scores` reads them.

    Args:
        other_recipe: Whether the run was trained on other pairs than the dataset's.
    """

    run: str
    other_recipe: bool
    valid: dict[str, JsonValue]
    test: dict[str, JsonValue]


class EvaluateRequest(ProjectRequest[EvaluateResult]):
    """Measure a run's adapter on held-out pairs; the newest run by default."""

    run: str | None = None


class RatePoint(JobRecord):
    """A learning rate and the loss it had; None where that was no number."""

    learning_rate: float
    loss_nats: float | None


class RateResult(JobResult):
    """The learning rate to try, the plan's, and what was measured."""

    suggested: float | None
    planned: float
    points: tuple[RatePoint, ...]


class RateRequest(ProjectRequest[RateResult]):
    """Find a learning rate by letting it grow over so many updates."""

    updates: int = 40


JOBS: tuple[Job[Any], ...] = (
    Job(
        "plan",
        "training",
        PlanRequest,
        PlanResult,
        {"count tokens": "Counting tokens", "rehearse one update": "Computing one update"},
        doing="Rehearsing",
        done="The plan is rehearsed.",
    ),
    Job(
        "train",
        "training",
        TrainRequest,
        TrainResult,
        {**LOADING, "tokenise": "Counting tokens", "train": "Learning", "train with the first machine": "Learning"},
        doing="Training",
        done="Training has finished.",
        changes_project=True,
    ),
    Job(
        "evaluate",
        "training",
        EvaluateRequest,
        EvaluateResult,
        {**LOADING, "measure held-out pairs": ""},
    ),
    Job(
        "rate",
        "training",
        RateRequest,
        RateResult,
        {**LOADING, "try learning rates": "Trying learning rates"},
        doing="Trying learning rates",
        done="The learning rates are tried.",
    ),
)
