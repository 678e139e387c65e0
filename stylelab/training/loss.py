"""Cross-entropy on the response only, gathered before the vocabulary projection.

In: hidden states at target positions, and labels. Out: each target's loss in nats. Next room: loop.
The [batch, length, vocabulary] array never exists. Hidden states are projected in chunks; each chunk's gradient with respect
to its hidden states is taken while its logits are at hand, so the backward pass projects nothing again and keeps no logits.
"""

from __future__ import annotations

from typing import Any

import mlx.core as mx
import mlx.nn as nn

from stylelab.basemodels.load import Base, HeadForm
from stylelab.kernels.backend import custom_function, on_cpu
from stylelab.kernels.exponential import LN2, LOG2E, exp2
from stylelab.kernels.frozen_product import multiply_frozen, multiply_frozen_backward, read_frozen_rows

CHUNK_ELEMENTS = 16 * 1024 * 1024  # logits held at once: 64 MiB in float32
CACHED_ELEMENTS = 512 * 1024  # on a CPU: 2 MiB, so that the passes over a chunk find it in the cache
FEWEST_ROWS = 64  # however large the vocabulary: a head is read once per chunk


def compute_target_losses(base: Base, form: HeadForm, hidden: mx.array, labels: mx.array) -> mx.array:
    """Return the negative log-likelihood in nats of each label, float32 [targets].

    Args:
        base: Its head projects hidden states to the vocabulary; the head is frozen.
        form: What more the head does: the base's `head_form`.
        hidden: [targets, hidden].
        labels: int32 [targets].

    **Source:** chunks whose gradient is taken in the forward pass: Hsu et al. 2024, arXiv:2410.10989, section 3.2.
    """
    head = base.head_layer
    most = CACHED_ELEMENTS if on_cpu() else CHUNK_ELEMENTS
    rows = max(FEWEST_ROWS, most // int(head["weight"].shape[0]))
    spans = [slice(start, start + rows) for start in range(0, len(labels), rows)]
    if form.scale != 1:
        hidden = hidden * form.scale
    plain = not form.cap and "bias" not in head
    if not base.model.training:
        if plain:
            return mx.concatenate([_compute_values(head, hidden[span], labels[span]) for span in spans])
        return mx.concatenate([_compute_formed(head, form, hidden[span], labels[span])[0] for span in spans])

    @custom_function
    def losses(h: mx.array) -> tuple[mx.array, mx.array]:
        values: list[mx.array] = []
        slopes: list[mx.array] = []
        for span in spans:
            own = mx.depends(h[span], [values[-1], slopes[-1]]) if values else h[span]
            if plain:
                value, slope = _compute_chunk(head, own, labels[span])
            else:
                value, slope = _compute_formed(head, form, own, labels[span])
            values.append(value)
            slopes.append(slope)
        return mx.concatenate(values), mx.concatenate(slopes)

    @losses.vjp
    def _(primals: Any, cotangents: Any, outputs: Any) -> mx.array:
        return cotangents[0][:, None].astype(outputs[1].dtype) * outputs[1]

    return losses(hidden)[0]


def _compute_chunk(head: Any, hidden: mx.array, labels: mx.array) -> tuple[mx.array, mx.array]:
    """Return losses [n] and their gradients with respect to the hidden states [n, hidden]."""
    logits = multiply_frozen(head, hidden * LOG2E).astype(mx.float32)  # as powers of two
    top = mx.max(logits, axis=-1, keepdims=True)
    e = exp2(logits - top)
    total = mx.sum(e, axis=-1, keepdims=True)
    value = LN2 * (top + mx.log2(total) - mx.take_along_axis(logits, labels[:, None], axis=-1))[:, 0]
    expected = multiply_frozen_backward(head, e.astype(hidden.dtype)) / total.astype(hidden.dtype)
    return value, expected - read_frozen_rows(head, labels).astype(hidden.dtype)


def _compute_formed(head: Any, form: HeadForm, hidden: mx.array, labels: mx.array) -> tuple[mx.array, mx.array]:
    """Return what `_compute_chunk` does, of a head with a bias or a cap on its logits."""
    logits = multiply_frozen(head, hidden).astype(mx.float32)
    if form.cap:
        logits = form.cap * mx.tanh(logits / form.cap)
    top = mx.max(logits, axis=-1, keepdims=True)
    e = exp2((logits - top) * LOG2E)
    total = mx.sum(e, axis=-1, keepdims=True)
    value = (top + mx.log(total) - mx.take_along_axis(logits, labels[:, None], axis=-1))[:, 0]
    slope = e / total - (mx.arange(logits.shape[-1]) == labels[:, None])
    if form.cap:
        slope = slope * (1 - mx.square(logits / form.cap))
    return value, multiply_frozen_backward(head, slope.astype(hidden.dtype))


def _compute_values(head: Any, hidden: mx.array, labels: mx.array) -> mx.array:
    """Return losses [n] alone, for validation; on a CPU a piece of the vocabulary at a time, which its cache holds."""
    scaled = hidden * LOG2E
    own = mx.sum(scaled.astype(mx.float32) * read_frozen_rows(head, labels).astype(mx.float32), axis=-1)
    vocabulary = int(head["weight"].shape[0])
    columns = max(1, CACHED_ELEMENTS // len(labels)) if on_cpu() else vocabulary
    tops: list[mx.array] = []
    totals: list[mx.array] = []
    for start in range(0, vocabulary, columns):
        x = mx.depends(scaled, totals[-1]) if totals else scaled
        whole = columns >= vocabulary
        piece = multiply_frozen(head, x) if whole else x @ read_frozen_rows(head, slice(start, start + columns)).T
        piece = piece.astype(mx.float32)
        tops.append(mx.max(piece, axis=-1))
        totals.append(mx.sum(exp2(piece - tops[-1][:, None]), axis=-1))
    each = mx.stack(tops)
    top = mx.max(each, axis=0)
    return LN2 * (top + mx.log2(mx.sum(mx.stack(totals) * exp2(each - top), axis=0)) - own)


def compute_losses_from_logits(base: Base, inputs: mx.array, positions: mx.array, labels: mx.array) -> mx.array:
    """Return each target's loss from the model's own logits: for kinds whose head is not declared.

    Args:
        inputs: int32 [rows, length]. positions: int32 [targets], flat. labels: int32 [targets].
    """
    logits = base.compute_logits(inputs)
    gathered = logits.reshape(-1, logits.shape[-1])[positions]
    return nn.losses.cross_entropy(gathered.astype(mx.float32), labels)
