"""Cross-entropy on the response only, gathered before the vocabulary projection.

In: a base with its adapter, and a Batch. Out: the sum of the targets' losses in nats. Next room: loop.
The [batch, length, vocabulary] array never exists: hidden states are gathered at target positions, projected in chunks,
and each chunk's logits are recomputed in the backward pass.
"""

from __future__ import annotations

from functools import partial

import mlx.core as mx
import mlx.nn as nn

from stylelab.basemodels.load import Base
from stylelab.batches.mask import Batch

CHUNK_ELEMENTS = 16 * 1024 * 1024  # logits held at once: 64 MiB in float32


def loss_sum(base: Base, batch: Batch) -> mx.array:
    """Return the summed negative log-likelihood in nats over a batch's target tokens, a float32 scalar."""
    inputs, positions, labels = mx.array(batch.inputs), mx.array(batch.positions), mx.array(batch.labels)
    if not base.plain_head:
        logits = base.logits(inputs)
        gathered = logits.reshape(-1, logits.shape[-1])[positions]
        return nn.losses.cross_entropy(gathered.astype(mx.float32), labels, reduction="sum")
    hidden = base.hidden(inputs)
    hidden = hidden.reshape(-1, hidden.shape[-1])[positions]
    vocabulary = int(base.files.config["vocab_size"])
    rows = max(1, CHUNK_ELEMENTS // vocabulary)

    def part(h: mx.array, own: mx.array) -> mx.array:
        return nn.losses.cross_entropy(base.head(h).astype(mx.float32), own, reduction="sum")

    if hidden.shape[0] <= rows:
        return part(hidden, labels)
    total = mx.array(0.0)
    for start in range(0, hidden.shape[0], rows):
        own = labels[start : start + rows]  # closed over: labels have no gradient to compute
        total = total + mx.checkpoint(partial(part, own=own))(hidden[start : start + rows])
    return total
