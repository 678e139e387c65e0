"""The machine's memory: how much training may use, and how MLX is held to it.

In: the plan's memory_gb. Out: a budget in bytes. Next: loop, jobs. Metal's own settings are touched on Metal only.
"""

from __future__ import annotations

from typing import Any

import mlx.core as mx

from stylelab.machine import read_machine_bytes

GB = 10**9
SHARE = 0.8  # of the system's memory, where no GPU names its own limit
CACHE_SHARE = 0.1  # of the budget: freed buffers that MLX keeps for the next update


def has_metal() -> bool:
    """Whether arrays live in a Mac's shared memory."""
    return mx.metal.is_available()


def choose_budget_bytes(memory_gb: float) -> int:
    """Return how many bytes training may use: what is asked for, or what the machine recommends."""
    if memory_gb:
        return int(memory_gb * GB)
    if has_metal():
        info: Any = mx.device_info()
        return int(info["max_recommended_working_set_size"])
    return int(SHARE * read_machine_bytes())


def apply_memory_limit(budget: int) -> None:
    """Hold MLX to the budget: beyond it MLX finishes what is under way first. On Metal the model stays resident."""
    mx.set_memory_limit(budget)
    mx.set_cache_limit(int(CACHE_SHARE * budget))
    if has_metal():
        info: Any = mx.device_info()
        mx.set_wired_limit(int(info["max_recommended_working_set_size"]))


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error means that memory ran out."""
    if isinstance(error, MemoryError):
        return True
    text = str(error).lower()
    return isinstance(error, RuntimeError) and (
        "allocate" in text or "out of memory" in text or "insufficient memory" in text
    )
