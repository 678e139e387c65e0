"""What this machine has: its memory, and whether MLX computes on a GPU, asked in one place and without loading MLX.

In: nothing. Out: bytes, yes or no. Next: whoever plans memory and time, and the window that shows it.
"""

from __future__ import annotations

import importlib.metadata
import os
import sys

CUDA_BUILDS = ("mlx-cuda-12", "mlx-cuda-13")  # packages with MLX's backend for NVIDIA cards


def read_machine_bytes() -> int:
    """Return this machine's memory."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def has_gpu_build(platform: str | None = None) -> bool:
    """Whether MLX is built for a GPU here: Metal on a Mac, elsewhere an NVIDIA card's where that build is installed."""
    if (platform or sys.platform) == "darwin":
        return True
    return any(_is_installed(name) for name in CUDA_BUILDS)


def _is_installed(package: str) -> bool:
    try:
        importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True
