"""Causal attention of one segment's queries to its path's keys, to all of them or through a sliding window.

In: queries, keys, values of one example's path. Out: what the queries read. Next: training.
It is computed in blocks of queries that see only the keys up to their own place, so the upper triangle costs nothing, and the
backward pass computes each block again from its log-sum: no [queries, keys] array is kept or ever whole. Without gradients, a
GPU's own fused attention does as much; while gradients are traced MLX has none there (0.32.4: scores whole, and kept).

**Source:** Dao et al. 2022, arXiv:2205.14135, algorithm 4 (the backward pass).
"""

from __future__ import annotations

from typing import Any

import mlx.core as mx

from stylelab.kernels.backend import custom_function, on_cpu
from stylelab.kernels.exponential import LOG2E, exp2

BLOCK, BLOCK_GPU = 128, 256  # queries
HIDDEN = -1e9  # the score of a key that a query does not see


def attend(q: mx.array, k: mx.array, v: mx.array, scale: float, window: int = 0, *, traced: bool = True) -> mx.array:
    """Return attention's output [1, heads, queries, dim]; the last query sees all keys, the one before all but one, …

    Args:
        q: [1, heads, queries, dim], rotated.
        k, v: [1, kv_heads, keys, dim]; keys >= queries.
        scale: Factor on the scores.
        window: A query sees so many keys at most, the last of those it could see; 0 for all.
        traced: Whether gradients may be taken of it.
    """
    window = 0 if window >= k.shape[2] else window
    if not traced and not (on_cpu() and q.dtype == mx.float32):
        mask = _build_window_mask(q.shape[2], k.shape[2], window) if window else "causal"
        return mx.fast.scaled_dot_product_attention(q, k, v, scale=scale, mask=mask)
    heads, kv = q.shape[1], k.shape[1]
    grouped = q.reshape(kv, heads // kv, *q.shape[2:])
    # A view across heads would be copied for every product.
    out, _ = _build_attention(scale, window)(grouped, mx.contiguous(k[0]), mx.contiguous(v[0]))
    return out.reshape(q.shape)


def _build_window_mask(queries: int, keys: int, window: int) -> mx.array:
    """Return which keys each query sees, bool [queries, keys]."""
    distance = mx.arange(keys - queries, keys)[:, None] - mx.arange(keys)
    return (distance >= 0) & (distance < window)


class _Part:
    """Some of the keys that a block of queries sees, and which of them each query does not.

    Args:
        start, stop: The keys.
        mask: Added to the scores, [keys, 1, queries]; None where every query sees every one.
    """

    def __init__(self, start: int, stop: int, low: int, high: int, past: int, window: int) -> None:
        self.start, self.stop = start, stop
        self.mask: mx.array | None = None
        hides_late, hides_early = stop - 1 > past + low, window and start <= past + high - 1 - window
        if hides_late or hides_early:
            distance = mx.arange(past + low, past + high) - mx.arange(start, stop)[:, None]
            seen = (distance >= 0) & (distance < window) if window else distance >= 0
            self.mask = mx.where(seen, 0.0, HIDDEN)[:, None]

    def score(self, q: mx.array, k: mx.array) -> mx.array:
        """Return masked scores, as powers of two, float32 [kv, keys, group * queries]; keys lie in rows, so that a maximum or
        a sum over keys runs along whole rows."""
        s = (k[:, self.start : self.stop] @ q.swapaxes(1, 2)).astype(mx.float32)
        if self.mask is None:
            return s
        queries = self.mask.shape[-1]
        split = s.reshape(*s.shape[:2], s.shape[2] // queries, queries) + self.mask
        return split.reshape(s.shape)


def _divide_keys(low: int, high: int, past: int, window: int) -> list[_Part]:
    """Return the keys that queries [low, high) see: those before them all, where there are any, and those of their own places."""
    first = max(0, past + low - window + 1) if window else 0
    spans = [(first, past + low), (past + low, past + high)]
    return [_Part(a, b, low, high, past, window) for a, b in spans if b > a]


def _list_spans(queries: int) -> list[tuple[int, int]]:
    block = BLOCK if on_cpu() else BLOCK_GPU
    return [(low, min(queries, low + block)) for low in range(0, queries, block)]


def _build_attention(scale: float, window: int) -> Any:
    """Return attention of q [kv, group, queries, dim] to k, v [kv, keys, dim]: the output like q, and the log-sums of the
    scores as powers of two, float32 [kv, group, queries]."""

    @custom_function
    def forward(q: mx.array, k: mx.array, v: mx.array) -> tuple[mx.array, mx.array]:
        return _read(q, k, v, scale, window)

    @forward.vjp
    def _(primals: Any, cotangents: Any, outputs: Any) -> tuple[mx.array, mx.array, mx.array]:
        q, k, v = primals
        return _compute_gradients(q, k, v, outputs[0], outputs[1], cotangents[0], scale, window)

    return forward


def _read(q: mx.array, k: mx.array, v: mx.array, scale: float, window: int) -> tuple[mx.array, mx.array]:
    past = k.shape[1] - q.shape[2]
    outs: list[mx.array] = []
    logs: list[mx.array] = []
    for low, high in _list_spans(q.shape[2]):
        own = _take(q, low, high) * (scale * LOG2E)
        own = mx.depends(own, outs[-1]) if outs else own  # one block in memory at a time
        parts = _divide_keys(low, high, past, window)
        scores = [part.score(own, k) for part in parts]
        tops = [mx.max(s, axis=1, keepdims=True) for s in scores]
        top = tops[0] if len(tops) == 1 else mx.maximum(*tops)
        total = out = None
        for part, s in zip(parts, scores, strict=True):
            p = exp2(s - top)
            sums, read = mx.sum(p, axis=1), p.astype(v.dtype).swapaxes(1, 2) @ v[:, part.start : part.stop]
            total, out = (sums, read) if total is None or out is None else (total + sums, out + read)
        assert total is not None and out is not None  # every query sees itself
        outs.append((out / total[..., None]).astype(q.dtype))
        logs.append(top[:, 0] + mx.log2(total))
    return _put(outs, q), _put(logs, q)


def _compute_gradients(
    q: mx.array, k: mx.array, v: mx.array, out: mx.array, logs: mx.array, g: mx.array, scale: float, window: int
) -> tuple[mx.array, mx.array, mx.array]:
    past = k.shape[1] - q.shape[2]
    delta = mx.sum((g * out).astype(mx.float32), axis=-1)
    slopes: list[mx.array] = []
    dk, dv = mx.zeros_like(k), mx.zeros_like(v)
    for low, high in _list_spans(q.shape[2]):
        own, back = _take(q, low, high) * (scale * LOG2E), _take(g, low, high)
        own = mx.depends(own, [slopes[-1], dk, dv] if slopes else back)
        log, mean = _take(logs, low, high)[:, None], _take(delta, low, high)[:, None]
        slope = None
        for part in _divide_keys(low, high, past, window):
            keys, values = k[:, part.start : part.stop], v[:, part.start : part.stop]
            p = exp2(part.score(own, k) - log)
            ds = (p * ((values @ back.swapaxes(1, 2)).astype(mx.float32) - mean)).astype(q.dtype)
            more = ds.swapaxes(1, 2) @ keys
            slope = more if slope is None else slope + more
            rest = [(0, 0), (part.start, k.shape[1] - part.stop), (0, 0)]
            dk = dk + mx.pad(ds @ own, rest)
            dv = dv + mx.pad(p.astype(v.dtype) @ back, rest)
        assert slope is not None
        slopes.append(slope * scale)
    return _put(slopes, q), dk * (1 / LOG2E), dv


def _take(x: mx.array, low: int, high: int) -> mx.array:
    """Return a block's queries of [kv, group, queries, …] in rows: [kv, group * queries, …]."""
    return x[:, :, low:high].reshape(x.shape[0], -1, *x.shape[3:])


def _put(blocks: list[mx.array], like: mx.array) -> mx.array:
    """Return blocks side by side, [kv, group, queries, …]: what `_take` takes apart."""
    own = [x.reshape(*like.shape[:2], -1, *x.shape[2:]) for x in blocks]
    return own[0] if len(own) == 1 else mx.concatenate(own, axis=2)
