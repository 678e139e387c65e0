"""A small whole project on a tiny model, for tests of jobs and commands."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import cast

from models import make_model
from stylelab.cli.new import persona_text
from stylelab.errors import StyleLabError
from stylelab.jobs.catalogue.job import Job, JobRequest, R
from stylelab.jobs.catalogue.jobs import load_job
from stylelab.jobs.core.client import JobOutcome
from stylelab.jobs.core.context import Context
from stylelab.jobs.core.protocol import Down
from stylelab.project.project import Project, create
from stylelab.training.plan import Plan

PLAN = {
    "rank": 4,
    "learning_rate": 0.003,
    "iters": 6,
    "batch_size": 2,
    "grad_accumulation_steps": 1,
    "grad_checkpoint": False,
    "max_seq_length": 4096,
    "steps_per_eval": 3,
    "save_every": 2,
    "samples": 0,
}
FEW_PAIRS = "variants: [neutral]\nperspectives: []\n"  # a quick plan of pairs
NOUNS = (
    "lamp",
    "rope",
    "boat",
    "water",
    "sluice",
    "door",
    "house",
    "woman",
    "captain",
    "stone",
    "bell",
    "tide",
    "road",
)
VERBS = ("watched", "carried", "lifted", "counted", "followed", "opened", "crossed", "heard")


def text(seed: int, paragraphs: int = 6) -> str:
    """Return a made-up story of some passages."""
    rng = random.Random(seed)

    def sentence() -> str:
        a, b, c = rng.sample(NOUNS, 3)
        return f"I {rng.choice(VERBS)} the vast {a} beside the gloomy {b}; the {c} was {rng.randrange(1000)} and did not move."

    return "\n\n".join(" ".join(sentence() for _ in range(5)) for _ in range(paragraphs))


def long_model(to: Path) -> Path:
    """Make a tiny model with room for 4,096 positions that knows the words of `text` and of the persona's prompts."""
    return make_model(to, positions=4096, texts=[persona_text("tidewright"), *(text(seed) for seed in range(4))])


def make_project(folder: Path, model: Path, pairs: str = FEW_PAIRS, **plan: object) -> Project:
    """Create an empty project with a fast plan."""
    planned = Plan.parse({**PLAN, **plan}, "the test's plan").dump_yaml()
    return create(folder, "Nobody", persona_text("tidewright"), planned, str(model), pairs)


def run_here(
    job: Job[R], request: JobRequest[R], on_message: Callable[[Down], None] = lambda message: None, **child: object
) -> JobOutcome[R]:
    """Run a job in this process; takes and returns what `client.run` does."""
    try:
        result = load_job(job.name)[1](Context(on_message), request)
    except StyleLabError as error:
        return JobOutcome("failed", code=error.code, message=error.message, remedy=error.remedy)
    return JobOutcome("finished", cast("R", result))
