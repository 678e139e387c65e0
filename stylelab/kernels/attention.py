"""Causal attention of one segment's queries to its path's keys.

In: queries, keys, values of one example's path. Out: what the queries read. Next: training.
On a GPU this is MLX's fused attention. On the CPU it is computed in blocks of queries that see only the keys up to their
own place, so the upper triangle costs nothing, and the backward pass recomputes each block from its log-sum (FlashAttention's
backward): no [length, length] array is kept.
"""

from __future__ import annotations

from typing import Any

import mlx.core as mx

from stylelab.kernels.backend import custom_function, on_cpu
from stylelab.kernels.exponential import LOG2E, exp2

BLOCK = 128  # queries


def attend(q: mx.array, k: mx.array, v: mx.array, scale: float) -> mx.array:
    """Return attention's output [1, heads, queries, dim]; the last query sees all keys, the one before all but one, …

    Args:
        q: [1, heads, queries, dim], rotated.
        k, v: [1, kv_heads, keys, dim]; keys >= queries.
        scale: Factor on the scores.
    """
    if not on_cpu() or q.dtype != mx.float32:
        return mx.fast.scaled_dot_product_attention(q, k, v, scale=scale, mask="causal")
    heads, kv = q.shape[1], k.shape[1]
    grouped = q.reshape(1, kv, heads // kv, *q.shape[2:])
    out, _ = _blocks(scale)(grouped, k[:, :, None], v[:, :, None])
    return out.reshape(q.shape)


def _scores(q: mx.array, k: mx.array, low: int, high: int, past: int, scale: float) -> mx.array:
    """Return masked scores, as powers of two, of the queries [low, high) to the keys they may see."""
    s = (q[..., low:high, :] * (scale * LOG2E)) @ k[..., : past + high, :].swapaxes(-1, -2)
    own = mx.triu(mx.full((high - low, high - low), -1e9), k=1)
    return s + mx.concatenate([mx.zeros((high - low, past + low)), own], axis=1)


def _spans(queries: int) -> list[tuple[int, int]]:
    return [(low, min(queries, low + BLOCK)) for low in range(0, queries, BLOCK)]


def _blocks(scale: float) -> Any:
    @custom_function
    def forward(q: mx.array, k: mx.array, v: mx.array) -> tuple[mx.array, mx.array]:
        past = k.shape[-2] - q.shape[-2]
        outs, logs = [], []
        for low, high in _spans(q.shape[-2]):
            s = _scores(q, k, low, high, past, scale)
            top = mx.max(s, axis=-1, keepdims=True)
            p = exp2(s - top)
            total = mx.sum(p, axis=-1, keepdims=True)
            outs.append((p @ v[..., : past + high, :]) / total)
            logs.append(top + mx.log2(total))
        return mx.concatenate(outs, axis=-2), mx.concatenate(logs, axis=-2)

    @forward.vjp
    def _(primals: Any, cotangents: Any, outputs: Any) -> tuple[mx.array, mx.array, mx.array]:
        q, k, v = primals
        g, (out, logs) = cotangents[0], outputs
        past = k.shape[-2] - q.shape[-2]
        delta = mx.sum(g * out, axis=-1, keepdims=True)
        dq, dk, dv = [], mx.zeros_like(k), mx.zeros_like(v)
        for low, high in _spans(q.shape[-2]):
            seen = past + high
            rest = [(0, 0)] * 3 + [(0, k.shape[-2] - seen), (0, 0)]
            p = exp2(_scores(q, k, low, high, past, scale) - logs[..., low:high, :])
            own = g[..., low:high, :]
            ds = p * (own @ v[..., :seen, :].swapaxes(-1, -2) - delta[..., low:high, :]) * scale
            dq.append(ds @ k[..., :seen, :])
            # the query heads of one key head add up
            dv = dv + mx.pad(mx.sum(p.swapaxes(-1, -2) @ own, axis=2, keepdims=True), rest)
            dk = dk + mx.pad(mx.sum(ds.swapaxes(-1, -2) @ q[..., low:high, :], axis=2, keepdims=True), rest)
        return mx.concatenate(dq, axis=-2), dk, dv

    return forward
