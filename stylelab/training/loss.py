"""Cross-entropy on the response only, gathered before the vocabulary projection.

In: hidden states at target positions, and labels. Out: each target's loss in nats. Next room: loop.
The [batch, length, vocabulary] array never exists. The vocabulary is gone through in pieces, with a running maximum and sum; a
piece's part of the gradient with respect to the hidden states is taken while its logits are at hand, so the backward pass
projects nothing again and keeps no logits, and the head is read once.
"""

from __future__ import annotations

from typing import Any

import mlx.core as mx
import mlx.nn as nn

from stylelab.basemodels.load import Base, HeadForm
from stylelab.kernels.backend import custom_function, on_cpu
from stylelab.kernels.exponential import LN2, LOG2E, exp2
from stylelab.kernels.frozen_product import FrozenRows, read_frozen_rows
from stylelab.training.vocabulary_pieces import MOST_ROWS, count_columns


def compute_target_losses(base: Base, form: HeadForm, hidden: mx.array, labels: mx.array) -> mx.array:
    """Return the negative log-likelihood in nats of each label, float32 [targets].

    Args:
        base: Its head projects hidden states to the vocabulary; the head is frozen.
        form: What more the head does: the base's `head_form`.
        hidden: [targets, hidden].
        labels: int32 [targets].

    **Source:** the gradient taken in the forward pass: Hsu et al. 2024, arXiv:2410.10989, section 3.2; the running maximum and
    sum: Milakov and Gimelshein 2018, arXiv:1805.02867, algorithm 3.
    """
    head = base.head_layer
    spans = [slice(start, start + MOST_ROWS) for start in range(0, len(labels), MOST_ROWS)]
    if form.scale != 1:
        hidden = hidden * form.scale
    if not base.model.training:
        found: list[mx.array] = []
        for span in spans:
            own = mx.depends(hidden[span], found[-1]) if found else hidden[span]
            found.append(_compute_span(head, form, own, labels[span], slopes=False)[0])
        return mx.concatenate(found)

    @custom_function
    def losses(h: mx.array) -> tuple[mx.array, mx.array]:
        values: list[mx.array] = []
        slopes: list[mx.array] = []
        for span in spans:
            own = mx.depends(h[span], [values[-1], slopes[-1]]) if values else h[span]
            value, slope = _compute_span(head, form, own, labels[span], slopes=True)
            assert slope is not None
            values.append(value)
            slopes.append(slope)
        return mx.concatenate(values), mx.concatenate(slopes)

    @losses.vjp
    def _(primals: Any, cotangents: Any, outputs: Any) -> mx.array:
        return cotangents[0][:, None].astype(outputs[1].dtype) * outputs[1]

    return losses(hidden)[0]


def _compute_span(
    head: Any, form: HeadForm, hidden: mx.array, labels: mx.array, *, slopes: bool
) -> tuple[mx.array, mx.array | None]:
    """Return losses [n] and, if asked for, their gradients with respect to the hidden states [n, hidden]."""
    vocabulary = int(head["weight"].shape[0])
    columns = count_columns(vocabulary, len(labels), cpu=on_cpu())
    top: mx.array | None = None  # of the logits as powers of two, [n, 1]
    total, slope = mx.array(0.0), mx.array(0.0)
    for start in range(0, vocabulary, columns):
        x = hidden if top is None else mx.depends(hidden, [top, total, slope])  # one piece at a time in memory
        piece = slice(start, min(vocabulary, start + columns))
        rows = FrozenRows(head, piece)
        logits, bends = _form_logits(head, form, rows.multiply(x).astype(mx.float32), piece)
        highest = mx.max(logits, axis=-1, keepdims=True)
        highest = highest if top is None else mx.maximum(top, highest)
        shrunk = mx.array(0.0) if top is None else mx.exp((top - highest) * LN2)  # 1, exactly, where nothing changed
        e = exp2(logits - highest)
        total = total * shrunk + mx.sum(e, axis=-1, keepdims=True)
        if slopes:
            e = e if bends is None else e * bends
            slope = slope * shrunk + rows.multiply_backward(e.astype(hidden.dtype)).astype(mx.float32)
        top = highest
    assert top is not None  # a vocabulary has tokens
    rows = read_frozen_rows(head, labels).astype(mx.float32)
    own = mx.sum(hidden.astype(mx.float32) * rows, axis=-1, keepdims=True)
    own, bend = _form_logits(head, form, own, labels[:, None])
    value = LN2 * (top + mx.log2(total) - own)[:, 0]
    if not slopes:
        return value, None
    pull = rows if bend is None else rows * bend
    return value, (slope / total - pull).astype(hidden.dtype)


def _form_logits(
    head: Any, form: HeadForm, logits: mx.array, tokens: slice | mx.array
) -> tuple[mx.array, mx.array | None]:
    """Return logits as powers of two, with the head's bias and cap, and the slope of the cap where there is one."""
    if "bias" in head:
        logits = logits + head["bias"][tokens]
    if not form.cap:
        return logits * LOG2E, None
    capped = mx.tanh(logits / form.cap)
    return capped * (form.cap * LOG2E), 1 - mx.square(capped)


def compute_losses_from_logits(base: Base, inputs: mx.array, positions: mx.array, labels: mx.array) -> mx.array:
    """Return each target's loss from the model's own logits: for kinds whose head is not declared.

    Args:
        inputs: int32 [rows, length]. positions: int32 [targets], flat. labels: int32 [targets].
    """
    logits = base.compute_logits(inputs)
    gathered = logits.reshape(-1, logits.shape[-1])[positions]
    return nn.losses.cross_entropy(gathered.astype(mx.float32), labels)
