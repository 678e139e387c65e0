"""How fast this machine multiplies, by a short probe: what a rough estimate of time is made of where nothing better is known.

In: nothing. Out: multiplications per second. Next: jobs.
"""

from __future__ import annotations

import time

import mlx.core as mx

from stylelab.kernels.backend import on_cpu

SIZE_CPU, SIZE_GPU = 768, 2048  # rows and columns: wide enough to keep every core busy, and over in a moment
SECONDS = 0.4  # the probe goes on for at least so long


def measure_multiplications() -> float:
    """Return the multiplications per second of matrix products in the format that bases compute in here."""
    size, dtype = (SIZE_CPU, mx.float32) if on_cpu() else (SIZE_GPU, mx.float16)
    left, right = (mx.random.normal((size, size), dtype=dtype, key=mx.random.key(n)) for n in (0, 1))
    mx.eval(left @ right)  # the first product also wakes the device
    done, began = 0, time.monotonic()
    while (seconds := time.monotonic() - began) < SECONDS:
        mx.eval(left @ right)
        done += 1
    return done * size**3 / seconds
