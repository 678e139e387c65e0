"""The forward pass of a pack: every token once, and of the last block only what a target needs.

In: a base with its adapter, and a Pack. Out: final hidden states at the places that predict something. Next: loss.
Works for models whose blocks are `self_attn` and `mlp` with seven linear layers (Llama, Mistral, Ministral 3, SmolLM 3, Qwen 2
and 3, Gemma 1 and 3); `find_packing_obstacle` says why another model is computed in padded batches instead. Linear layers see
the row as one matrix without padding; RoPE and attention go segment by segment, so a segment's place in the row is of no account.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import mlx.core as mx
import mlx.nn as nn
import numpy as np

from stylelab.adapters.lora import project
from stylelab.basemodels.load import Base
from stylelab.batches.pack import Pack
from stylelab.kernels.attention import attend
from stylelab.kernels.exponential import geglu, swiglu
from stylelab.notes import Note

INPUTS = 4  # dropout masks of a block: before attention, before o_proj, before the MLP, before down_proj


def _gelu_gate(gate: mx.array, up: mx.array) -> mx.array:
    return nn.gelu(gate) * up


GATES: Mapping[str, Callable[[mx.array, mx.array], mx.array]] = {
    "silu": swiglu,
    "gelu": _gelu_gate,
    "gelu_tanh": geglu,
}


def find_packing_obstacle(base: Base) -> Note | None:
    """Return that this model's pairs cannot be packed, and why; None when they can."""
    if base.family.padded:
        return base.family.padded
    wanted = {"self_attn.rope", "input_layernorm", "post_attention_layernorm", "mlp.down_proj", "self_attn.o_proj"}
    for block in base.blocks:
        if not wanted <= {name for name, _ in block.named_modules()} or type(block.mlp).__name__ != "MLP":
            return Note(
                "{kind} models train in padded batches: this one has blocks of another kind.",
                kind=base.kind,
            )
    return None


def compute_target_hidden(
    base: Base, pack: Pack, key: mx.array | None, recomputed: int, noise: float = 0.0
) -> mx.array:
    """Return final hidden states [rows, hidden] of a pack's predicting places.

    Args:
        key: Decides the dropout masks; None for none.
        recomputed: How many blocks, from the first, drop their inner results and compute them again for the backward pass.
        noise: NEFTune's alpha: uniform noise on the embeddings, of size alpha / sqrt(sequence length * hidden).

    **Source:** Jain et al. 2023, arXiv:2310.05914, algorithm 1.
    """
    model, blocks = base.text_model.model, base.blocks
    h = model.embed_tokens(mx.array(pack.inputs)[None])
    if noise and key is not None:
        size = mx.array(noise / np.sqrt(pack.lengths * h.shape[-1]))[None, :, None]
        h = h + (size * mx.random.uniform(-1, 1, h.shape, key=mx.random.split(key, len(blocks) + 1)[-1])).astype(
            h.dtype
        )
    h = _scale_embeddings(h, base.family.embedding)
    keys: Any = [None] * len(blocks) if key is None else mx.random.split(key, len(blocks))
    way = _BlockWay(GATES[base.family.gate], _find_window(model))
    for index, (block, own) in enumerate(zip(blocks, keys, strict=True)):
        last = index == len(blocks) - 1
        if index < recomputed and base.model.training:
            h = _recompute_block(block, h, pack, own, last, way)
        else:
            h = _compute_block(block, h, pack, own, last, way)
    return model.norm(h)[0]


@dataclass(frozen=True)
class _BlockWay:
    """How a model's blocks compute.

    Args:
        gate: What MLP makes of its gate and its values.
        window: Keys that a query sees in those blocks that attend through a window.
    """

    gate: Callable[[mx.array, mx.array], mx.array]
    window: int


def _scale_embeddings(h: mx.array, embedding: str) -> mx.array:
    if embedding == "plain":
        return h
    root = h.shape[-1] ** 0.5
    return h * (root if embedding == "root" else mx.array(root, mx.bfloat16).astype(h.dtype))


def _find_window(model: Any) -> int:
    """Return the window of the blocks that have one, as mlx-lm's Gemma 3 or its Llama and Ministral call it."""
    return int(getattr(model, "window_size", None) or getattr(model, "sliding_window", None) or 0)


def _is_windowed(block: Any) -> bool:
    return bool(getattr(block, "use_sliding", False) or getattr(block.self_attn, "is_sliding", False))


def _recompute_block(
    block: nn.Module, h: mx.array, pack: Pack, key: mx.array | None, last: bool, way: _BlockWay
) -> mx.array:
    def inner(parameters: Any, x: mx.array) -> mx.array:
        block.update(parameters)
        return _compute_block(block, x, pack, key, last, way)

    return mx.checkpoint(inner)(block.trainable_parameters(), h)


def _compute_block(block: Any, h: mx.array, pack: Pack, key: mx.array | None, last: bool, way: _BlockWay) -> mx.array:
    """Return a block's output, [1, length, hidden], of the last one only at the pack's rows, [1, rows, hidden]."""
    keys: Any = [None] * INPUTS if key is None else mx.random.split(key, INPUTS)
    attention, mlp = block.self_attn, block.mlp
    if last:
        k, v = project((attention.k_proj, attention.v_proj), (h,), keys[0], block.input_layernorm)
        h = h[:, mx.array(pack.rows)]
        # Other inputs than k and v read, so a mask of their own: the same key draws the first masks again.
        own = None if key is None else mx.random.split(keys[0])[0]
        (q,) = project((attention.q_proj,), (h,), own, block.input_layernorm)
    else:
        q, k, v = project((attention.q_proj, attention.k_proj, attention.v_proj), (h,), keys[0], block.input_layernorm)
    read = _attend(attention, q, k, v, pack, last, way.window if _is_windowed(block) else 0)
    r = project((attention.o_proj,), (read,), keys[1], _join_heads)[0]
    sandwiched = "pre_feedforward_layernorm" in block  # Gemma 3: what attention and MLP add is normalised, too
    h = _add(h, block.post_attention_layernorm(r)) if sandwiched else h + r
    norm = block.pre_feedforward_layernorm if sandwiched else block.post_attention_layernorm
    gate, up = project((mlp.gate_proj, mlp.up_proj), (h,), keys[2], norm)
    r = project((mlp.down_proj,), (gate, up), keys[3], way.gate)[0]
    return _add(h, block.post_feedforward_layernorm(r)) if sandwiched else h + r


def _join_heads(x: mx.array) -> mx.array:
    """Return [1, length, heads * dim] of [1, heads, length, dim]."""
    return x.transpose(0, 2, 1, 3).reshape(1, x.shape[2], -1)


def _add(h: mx.array, r: mx.array) -> mx.array:
    """Return a residual stream and what is added, within what half floats hold: Gemma 3 grows out of it."""
    if h.dtype != mx.float16:
        return h + r
    most = mx.finfo(mx.float16).max
    return mx.clip(h.astype(mx.float32) + r.astype(mx.float32), -most, most).astype(mx.float16)


def _attend(attention: Any, q: mx.array, k: mx.array, v: mx.array, pack: Pack, last: bool, window: int) -> mx.array:
    """Return what every query reads, [1, heads, queries, dim], segment by segment."""
    q = _heads(q, attention.n_heads, attention.get("q_norm"))
    k = _heads(k, attention.n_kv_heads, attention.get("k_norm"))
    v = _heads(v, attention.n_kv_heads, None)
    keys: list[mx.array] = []
    outs: list[mx.array] = []
    at = 0
    for segment in pack.segments:
        keys.append(attention.rope(k[:, :, segment.start : segment.stop], offset=segment.depth))
        skipped = segment.first if last else 0
        count = segment.tokens - skipped
        if count:
            own = attention.rope(q[:, :, at : at + count], offset=segment.depth + skipped)
            own = _scale_far_queries(attention, own, segment.depth + skipped)
            path = [*segment.path, len(keys) - 1]
            seen_k = _join([keys[i] for i in path])
            seen_v = _join([v[:, :, pack.segments[i].start : pack.segments[i].stop] for i in path])
            outs.append(attend(own, seen_k, seen_v, attention.scale, window, traced=attention.training))
        at += count
    return _join(outs)


def _scale_far_queries(attention: Any, q: mx.array, offset: int) -> mx.array:
    """Return queries, larger beyond the length that Ministral 3 was first trained on; those of others as they are.

    Args:
        q: [1, heads, queries, dim]. offset: Position of the first.
    """
    reach = getattr(attention, "original_max_position_embeddings", None)
    if reach is None or offset + q.shape[2] <= reach:
        return q
    turns = mx.floor(mx.arange(offset, offset + q.shape[2]) / reach)
    return q * (1 + attention.scaling_beta * mx.log(1 + turns)).astype(q.dtype)[:, None]


def _heads(x: mx.array, heads: int, norm: Any) -> mx.array:
    """Return [1, heads, length, dim] of [1, length, heads * dim]."""
    x = x.reshape(1, x.shape[1], heads, -1)
    return (x if norm is None else norm(x)).transpose(0, 2, 1, 3)


def _join(parts: list[mx.array]) -> mx.array:
    return parts[0] if len(parts) == 1 else mx.concatenate(parts, axis=2)
