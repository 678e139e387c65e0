"""The number format that a base computes in on this machine: as it is stored, or restored to float32.

In: a model's files, and the loaded model. Out: the same as it computes here. Next: load, and whoever plans memory.
A GPU computes with half precision and quantised weights as they are stored. MLX's CPU backend has a fast product for float32
alone, so there every weight is restored to float32, the same values in more bytes, where that leaves room for the work; where
it does not, quantised matrices stay, and what surrounds them is float32.
"""

from __future__ import annotations

from typing import Any

import mlx.core as mx
import mlx.nn as nn
from mlx_lm.utils import dequantize_model

from stylelab.basemodels.identity import ModelFiles
from stylelab.basemodels.shape import RESTORED_SHARE
from stylelab.kernels.backend import on_cpu
from stylelab.machine import read_machine_bytes


def read_stored_bits(files: ModelFiles) -> int:
    """Return the bits that most weights of a model are stored in."""
    quantisation: dict[str, Any] = files.config.get("quantization") or {}
    dtype = str(files.config.get("torch_dtype", files.config.get("dtype", "")))
    return int(quantisation.get("bits", 32 if "float32" in dtype else 16))


def fits_restored(files: ModelFiles) -> bool:
    """Whether a model's weights, all in float32, leave room for the work on this machine."""
    stored = sum(path.stat().st_size for path in files.weights)
    return stored * 32 / read_stored_bits(files) <= RESTORED_SHARE * read_machine_bytes()


def adapt_config(files: ModelFiles) -> dict[str, Any]:
    """Return a model's config as it computes here: in float32 on the CPU, and without quantisation where weights are restored."""
    if not on_cpu():
        return files.config
    left_out = ("quantization", "quantization_config") if fits_restored(files) else ()
    return {**{key: value for key, value in files.config.items() if key not in left_out}, "torch_dtype": "float32"}


def adapt_weights(model: nn.Module, files: ModelFiles) -> None:
    """Turn a loaded model's weights, in place, into the format that they compute in here."""
    if not on_cpu():
        return
    model.set_dtype(mx.float32)  # scales first: values are restored from them
    if fits_restored(files):
        dequantize_model(model)
