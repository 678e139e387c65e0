"""Give MLX's CPU backend on Linux a fast BLAS. Called once by the worker, before anything imports mlx.

The CPU wheel links the reference BLAS; OpenBLAS loaded globally first answers for the same symbols and makes float32
matrix products 30 to 60 times faster. On macOS there is Metal, and this does nothing.
"""

from __future__ import annotations

import ctypes
import os
import sys


def preload(platform: str = sys.platform) -> bool:
    """Load OpenBLAS globally on Linux; return whether it is there. Absent, MLX is slow but right."""
    if platform != "linux":
        return False
    try:
        ctypes.CDLL("libopenblas.so.0", mode=os.RTLD_GLOBAL)
    except OSError:
        return False
    return True
