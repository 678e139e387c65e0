"""Which of MLX's backends computes, and MLX's way to write out a gradient, with a type.

Next: the other kernels, adapters, training.
"""

from __future__ import annotations

from typing import Any

import mlx.core as mx

# A function whose `vjp` is written out. MLX's own types say that such a function takes one array and returns an object.
custom_function: Any = mx.custom_function


def on_cpu() -> bool:
    """Whether arrays are computed by MLX's CPU backend."""
    return mx.default_device() == mx.Device(mx.cpu)
