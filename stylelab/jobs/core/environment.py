"""The environment of a worker process, per platform.

In: this process's environment. Out: the worker's. Next: client.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from stylelab.machine import has_gpu_build


def environment(platform: str = sys.platform, own: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment a worker starts with.

    macOS: the GPU watchdog must not kill training while the display is on (mlx#3267). On a CPU: MLX would compile
    fused kernels with the system's C++ compiler, which a user need not have. Everywhere: no library asks a model hub by itself;
    a download has a process of its own.
    """
    out = dict(own)
    out.setdefault("PYTHONUNBUFFERED", "1")
    out["HF_HUB_OFFLINE"] = "1"
    out["TRANSFORMERS_OFFLINE"] = "1"
    out.setdefault("TOKENIZERS_PARALLELISM", "false")
    if platform == "darwin":
        out.setdefault("AGX_RELAX_CDM_CTXSTORE_TIMEOUT", "1")
    elif not has_gpu_build(platform):
        out.setdefault("MLX_DISABLE_COMPILE", "1")
    return out
