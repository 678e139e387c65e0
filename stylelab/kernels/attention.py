"""Causal attention of one segment's queries to its path's keys, to all of them or through a sliding window.

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


def attend(q: mx.array, k: mx.array, v: mx.array, scale: float, window: int = 0) -> mx.array:
    """Return attention's output [1, heads, queries, dim]; the last query sees all keys, the one before all but one, …

    Args:
        q: [1, heads, queries, dim], rotated.
        k, v: [1, kv_heads, keys, dim]; keys >= queries.
        scale: Factor on the scores.
        window: A query sees so many keys at most, the last of those it could see; 0 for all.
    """
    window = 0 if window >= k.shape[2] else window
    if not on_cpu() or q.dtype != mx.float32:
        mask = _build_window_mask(q.shape[2], k.shape[2], window) if window else "causal"
        return mx.fast.scaled_dot_product_attention(q, k, v, scale=scale, mask=mask)
    heads, kv = q.shape[1], k.shape[1]
    grouped = q.reshape(1, kv, heads // kv, *q.shape[2:])
    out, _ = _blocks(scale, window)(grouped, k[:, :, None], v[:, :, None])
    return out.reshape(q.shape)


def _build_window_mask(queries: int, keys: int, window: int) -> mx.array:
    """Return which keys each query sees, bool [queries, keys]."""
    distance = mx.arange(keys - queries, keys)[:, None] - mx.arange(keys)
    return (distance >= 0) & (distance < window)


def _scores(q: mx.array, k: mx.array, span: tuple[int, int], past: int, scale: float, window: int) -> mx.array:
    """Return masked scores, as powers of two, of a span's queries to the keys that one of them may see."""
    low, high = span
    first = _find_first_key(low, past, window)
    s = (q[..., low:high, :] * (scale * LOG2E)) @ k[..., first : past + high, :].swapaxes(-1, -2)
    if window:
        return s + mx.where(_build_window_mask(high - low, past + high - first, window), 0.0, -1e9)
    own = mx.triu(mx.full((high - low, high - low), -1e9), k=1)
    return s + mx.concatenate([mx.zeros((high - low, past + low)), own], axis=1)


def _find_first_key(low: int, past: int, window: int) -> int:
    return max(0, past + low - window + 1) if window else 0


def _spans(queries: int) -> list[tuple[int, int]]:
    return [(low, min(queries, low + BLOCK)) for low in range(0, queries, BLOCK)]


def _blocks(scale: float, window: int) -> Any:
    @custom_function
    def forward(q: mx.array, k: mx.array, v: mx.array) -> tuple[mx.array, mx.array]:
        past = k.shape[-2] - q.shape[-2]
        outs, logs = [], []
        for low, high in _spans(q.shape[-2]):
            first = _find_first_key(low, past, window)
            s = _scores(q, k, (low, high), past, scale, window)
            top = mx.max(s, axis=-1, keepdims=True)
            p = exp2(s - top)
            total = mx.sum(p, axis=-1, keepdims=True)
            outs.append((p @ v[..., first : past + high, :]) / total)
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
            first, seen = _find_first_key(low, past, window), past + high
            rest = [(0, 0)] * 3 + [(first, k.shape[-2] - seen), (0, 0)]
            p = exp2(_scores(q, k, (low, high), past, scale, window) - logs[..., low:high, :])
            own = g[..., low:high, :]
            ds = p * (own @ v[..., first:seen, :].swapaxes(-1, -2) - delta[..., low:high, :]) * scale
            dq.append(ds @ k[..., first:seen, :])
            # the query heads of one key head add up
            dv = dv + mx.pad(mx.sum(p.swapaxes(-1, -2) @ own, axis=2, keepdims=True), rest)
            dk = dk + mx.pad(mx.sum(ds.swapaxes(-1, -2) @ q[..., low:high, :], axis=2, keepdims=True), rest)
        return mx.concatenate(dq, axis=-2), dk, dv

    return forward
