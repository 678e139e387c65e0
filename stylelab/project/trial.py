"""The bundled sample as a project that is trained in minutes: on a real small base, or on the tiny one that comes along.

In: which base. Out: a new project folder, without its texts. Next: the demo command, the window's "Try the Sample".
Both are short on purpose: what they show in minutes is that the way works, not how good it can get.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stylelab.basemodels.identity import BUNDLED_ENTRY
from stylelab.files import explain_os_errors
from stylelab.pairs import plan as pairs_plan
from stylelab.paths import locate_bundled
from stylelab.persona import card
from stylelab.project.project import Project, create
from stylelab.recipe import PairsPlan
from stylelab.training.plan import Plan

AUTHOR, SAMPLE = "Ansel Merrow", "tidewright"  # whose texts they are; the name of the texts' folder and of the persona
REAL_BASE = "smollm2-135m"  # of the catalogue
COMMON: dict[str, Any] = {
    "lr_schedule": "cosine",
    "batch_size": 4,
    "grad_checkpoint": False,
    "max_seq_length": 1024,
}
# Of one update, four pairs: two cores train the real base on about 130 tokens a second, and twenty updates take five minutes.
REAL_PLAN = Plan.model_validate(
    {
        **COMMON,
        "rank": 32,
        "learning_rate": 5e-4,
        "warmup": 2,
        "iters": 20,
        "grad_accumulation_steps": 1,
        "steps_per_eval": 10,
        "save_every": 10,
        "samples": 0,
    }
)
# A higher rate than the 1e-5 of a 14 B base, and under two epochs; more of them overfit (measured).
BUNDLED_PLAN = Plan.model_validate(
    {
        **COMMON,
        "learning_rate": 4e-4,
        "warmup": 5,
        "iters": 120,
        "grad_accumulation_steps": 2,
        "steps_per_eval": 24,
        "save_every": 40,
    }
)
# One pair a passage, clean: so few pairs have nothing to spare for noise.
REAL_PAIRS = PairsPlan.model_validate({"variants": ["neutral"], "robustness": False, "perspectives": [], "rate": 0.0})


@dataclass(frozen=True)
class Trial:
    """The settings that suit a base for the sample."""

    pairs: PairsPlan
    plan: Plan


TRIALS = {  # by base
    REAL_BASE: Trial(REAL_PAIRS, REAL_PLAN),
    BUNDLED_ENTRY: Trial(pairs_plan.SMALL, BUNDLED_PLAN),
}


def locate_sample() -> Path:
    """Return the folder of the sample's texts."""
    return locate_bundled("resources") / "samples" / SAMPLE


def create_trial(folder: Path, base: str) -> Project:
    """Create a project for the sample, set up for one of TRIALS' bases.

    Raises:
        ProjectError: The folder is in use.
        FileError: It cannot be written.
    """
    trial = TRIALS[base]
    persona = card.list_bundled_personas()[SAMPLE]
    with explain_os_errors(persona, "read"):
        text = persona.read_text(encoding="utf-8")
    return create(folder, AUTHOR, text, trial.plan.dump_yaml(), base, pairs_plan.dump(trial.pairs))
