"""Which of MLX's backends computes, and MLX's way to write out a gradient, with a type.

Next: the other kernels, adapters, training.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import mlx.core as mx

# A function whose `vjp` is written out. MLX's own types say that such a function takes one array and returns an object.
custom_function: Any = mx.custom_function


_branch: list[bool] = []  # what `as_on_gpu` says in place of the device, the innermost last


def on_cpu() -> bool:
    """Whether arrays are computed by MLX's CPU backend."""
    return not _branch and mx.default_device() == mx.Device(mx.cpu)


@contextmanager
def as_on_gpu() -> Iterator[None]:
    """Compute as on a GPU while this lasts, whatever computes: for tests and benchmarks on machines without one."""
    _branch.append(True)
    try:
        yield
    finally:
        _branch.pop()
