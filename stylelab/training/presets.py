"""Plans to start from, by the memory of the machine.

In: gigabytes. Out: a Plan. Next: plan, the commands and the window.
"""

from __future__ import annotations

from typing import Any

from stylelab.errors import TrainingError
from stylelab.training.plan import Plan

# A Mac lends its GPU about three quarters of its memory (Metal's recommended working set); the system needs some of that.
USABLE = 0.7
GIB = 2**30
TOLERANCE = 1.05  # a machine that is sold with 16 GB may report somewhat less

# What METHOD §4 asks for, cut down to the memory there is; bases that fit are named in docs/training.md.
PRESETS: dict[int, dict[str, Any]] = {
    16: {"rank": 32, "max_seq_length": 1024},
    32: {},
    64: {"max_seq_length": 4096},
    128: {"max_seq_length": 4096, "batch_size": 2, "grad_accumulation_steps": 2, "iters": 1050},
}


def choose_memory_preset(memory_bytes: int) -> int:
    """Return the largest preset, in gigabytes, that a machine with so much memory has; the smallest where it has none."""
    return max((size for size in PRESETS if size * GIB <= memory_bytes * TOLERANCE), default=min(PRESETS))


def preset(memory_gb: int) -> Plan:
    """Return the plan for a machine with so many gigabytes.

    Raises:
        TrainingError: There is no preset for it.
    """
    if memory_gb not in PRESETS:
        known = ", ".join(str(size) for size in PRESETS)
        raise TrainingError(f"There is no preset for {memory_gb} GB.", remedy=f"Choose one of {known}.", code="preset")
    return Plan.model_validate({**PRESETS[memory_gb], "memory_gb": round(memory_gb * USABLE, 1)})
