"""NEFTune's noise on the embeddings of a padded batch; `packed_forward` adds its own to a pack's row.

In: a base and the lengths of a batch's rows. Out: the same base, noisy for one forward pass. Next: gradient_accumulation.
Source: Jain et al. 2023, arXiv:2310.05914, algorithm 1. Where a kind scales its embeddings, the noise is scaled with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import mlx.core as mx
import numpy as np

from stylelab.basemodels.load import Base
from stylelab.errors import TrainingError


@contextmanager
def add_embedding_noise(base: Base, key: mx.array | None, alpha: float, lengths: Sequence[int]) -> Iterator[None]:
    """Add noise to what the embedding returns, as long as the context lasts.

    Args:
        key: Decides the noise; None for none. alpha: NEFTune's; 0 for none.
        lengths: Input tokens of each row.

    Raises:
        TrainingError: This kind of model has its embedding elsewhere.
    """
    if not alpha or key is None:
        yield
        return
    layer: Any = getattr(getattr(base.text_model, "model", None), "embed_tokens", None)
    if layer is None:
        raise TrainingError(
            f"Noise cannot be added to the embeddings of a {base.kind} model.",
            remedy="Set neftune_alpha in training.yaml to 0.",
            code="plan_value",
        )
    kind: Any = type(layer)

    def call(self: Any, tokens: mx.array) -> mx.array:
        h = kind.__call__(self, tokens)
        size = mx.array((alpha / np.sqrt(np.array(lengths) * h.shape[-1])).astype(np.float32))[:, None, None]
        return h + (size * mx.random.uniform(-1, 1, h.shape, key=key)).astype(h.dtype)

    layer.__class__ = type(kind.__name__, (kind,), {"__call__": call})
    try:
        yield
    finally:
        layer.__class__ = kind
