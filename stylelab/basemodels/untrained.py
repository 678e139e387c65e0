"""Find the special tokens that a base model was never trained on.

In: a loaded base. Out: the tokens as they are written. Next: the jobs, which warn where a prompt or a completion uses one: an
adapter leaves embeddings alone, so the model cannot learn such a token.

**Source:** Land and Bartolo 2024, "Fishing for Magikarp": embeddings of tokens that never occur stay near zero, or drift together
in one direction, since the loss pushes all of them alike.
"""

from __future__ import annotations

from typing import Any, cast

import mlx.core as mx
import mlx.nn as nn
import numpy as np

from stylelab.basemodels.load import Base

SAMPLE = 512  # ordinary tokens, whose length is the usual one
SPARE = 64  # rows that belong to no token at all, where a model has such
NEAR_ZERO = 0.05  # of the usual length
# Cosine from which two special tokens were never told apart. Measured on SmolLM2 135M: 1.000 among eleven that its training
# texts do not hold, at most 0.993 among the six that they do.
TOGETHER = 0.999


def find_untrained_tokens(base: Base) -> list[str]:
    """Return the special tokens whose embeddings are near zero, or point the same way as another's or an unused row's."""
    embedding = find_embedding(base)
    special = dict(sorted(base.encoding.special_tokens.items()))
    if embedding is None or not special:
        return []
    rows = int(embedding.weight.shape[0])
    known = [token for token in special if token < rows]
    used = len(base.tokenizer)
    spare = list(range(used, min(rows, used + SPARE)))
    ordinary = [
        token for token in np.linspace(0, min(used, rows) - 1, SAMPLE, dtype=int).tolist() if token not in special
    ]
    vectors = read_rows(embedding, [*known, *spare])
    lengths = np.linalg.norm(vectors, axis=1)
    usual = float(np.median(np.linalg.norm(read_rows(embedding, ordinary), axis=1)))
    near_zero = lengths < NEAR_ZERO * usual
    directions = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)[:, None]
    cosines = directions @ directions.T
    np.fill_diagonal(cosines, 0.0)
    together = (cosines > TOGETHER).any(axis=1)
    return [special[token] for token, bad in zip(known, near_zero | together, strict=False) if bad]


def find_embedding(base: Base) -> Any:
    """Return the layer that turns tokens into vectors; None where none is found."""
    layers = cast("list[tuple[str, Any]]", base.model.named_modules())
    found = [layer for _, layer in layers if isinstance(layer, nn.Embedding | nn.QuantizedEmbedding)]
    return max(found, key=lambda layer: layer.weight.shape[0], default=None)


def read_rows(embedding: Any, tokens: list[int]) -> np.ndarray:
    """Return the vectors of tokens, one a row, in float32."""
    return np.array(embedding(mx.array(tokens)).astype(mx.float32))
