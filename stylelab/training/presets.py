"""Plans to start from, by the memory of the machine.

In: gigabytes. Out: a Plan. Next: plan, the commands and the window.
"""

from __future__ import annotations

from typing import Any

from stylelab.errors import TrainingError
from stylelab.training.plan import Plan

# A Mac lends its GPU about three quarters of its memory (Metal's recommended working set); the system needs some of that.
USABLE = 0.7

# What METHOD §4 asks for, cut down to the memory there is; bases that fit are named in docs/training.md.
PRESETS: dict[int, dict[str, Any]] = {
    16: {"rank": 32, "max_seq_length": 1024},
    32: {},
    64: {"max_seq_length": 4096},
    128: {"max_seq_length": 4096, "batch_size": 2, "grad_accumulation_steps": 2, "iters": 1050},
}

# For the small base that comes along and a small sample, in a few minutes on two cores: a higher rate than the 1e-5 of a
# 14 B base, and under two epochs; more of them overfit (measured).
SMALL: dict[str, Any] = {
    "learning_rate": 4e-4,
    "lr_schedule": "cosine",
    "warmup": 5,
    "iters": 120,
    "batch_size": 4,
    "grad_accumulation_steps": 2,
    "grad_checkpoint": False,
    "max_seq_length": 1024,
    "steps_per_eval": 24,
    "save_every": 40,
}


def preset(memory_gb: int) -> Plan:
    """Return the plan for a machine with so many gigabytes.

    Raises:
        TrainingError: There is no preset for it.
    """
    if memory_gb not in PRESETS:
        known = ", ".join(str(size) for size in PRESETS)
        raise TrainingError(f"There is no preset for {memory_gb} GB.", remedy=f"Choose one of {known}.", code="preset")
    return Plan.model_validate({**PRESETS[memory_gb], "memory_gb": round(memory_gb * USABLE, 1)})
