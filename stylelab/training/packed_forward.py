"""The forward pass of a pack: every token once, and of the last block only what a target needs.

In: a base with its adapter, and a Pack. Out: final hidden states at the places that predict something. Next: loss.
Works for models whose blocks are `self_attn` and `mlp` with seven linear layers (Llama, Mistral, Qwen2, Qwen3);
`find_packing_obstacle` says why another model is computed in padded batches instead. Linear layers see the row as one matrix
without padding; RoPE and attention go segment by segment, so a segment's place in the row is of no account.
"""

from __future__ import annotations

from typing import Any

import mlx.core as mx
import mlx.nn as nn
import numpy as np

from stylelab.adapters.lora import project
from stylelab.basemodels.load import Base
from stylelab.batches.pack import Pack
from stylelab.kernels.attention import attend
from stylelab.kernels.exponential import swiglu

INPUTS = 4  # dropout masks of a block: before attention, before o_proj, before the MLP, before down_proj


def find_packing_obstacle(base: Base) -> str | None:
    """Return why this model's blocks cannot be packed, or None when they can."""
    if not base.plain_head:
        return f"{base.files.config['model_type']} models do more than project the last hidden state"
    blocks: Any = base.model.layers
    for block in blocks:
        if getattr(block, "use_sliding", False):
            return "some blocks attend through a sliding window"
        names = {name for name, _ in block.named_modules()}
        wanted = {"self_attn.rope", "input_layernorm", "post_attention_layernorm", "mlp.down_proj", "self_attn.o_proj"}
        if not wanted <= names or type(block.mlp).__name__ != "MLP":
            return "its blocks are not attention and a gated MLP"
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
    model: Any = base.model
    blocks = list(model.layers)
    h = model.model.embed_tokens(mx.array(pack.inputs)[None])
    if noise and key is not None:
        size = mx.array(noise / np.sqrt(pack.lengths * h.shape[-1]))[None, :, None]
        h = h + (size * mx.random.uniform(-1, 1, h.shape, key=mx.random.split(key, len(blocks) + 1)[-1])).astype(
            h.dtype
        )
    keys: Any = [None] * len(blocks) if key is None else mx.random.split(key, len(blocks))
    for index, (block, own) in enumerate(zip(blocks, keys, strict=True)):
        last = index == len(blocks) - 1
        if index < recomputed and base.model.training:
            h = _recompute_block(block, h, pack, own, last)
        else:
            h = _compute_block(block, h, pack, own, last)
    return model.model.norm(h)[0]


def _recompute_block(block: nn.Module, h: mx.array, pack: Pack, key: mx.array | None, last: bool) -> mx.array:
    def inner(parameters: Any, x: mx.array) -> mx.array:
        block.update(parameters)
        return _compute_block(block, x, pack, key, last)

    return mx.checkpoint(inner)(block.trainable_parameters(), h)


def _compute_block(block: Any, h: mx.array, pack: Pack, key: mx.array | None, last: bool) -> mx.array:
    """Return a block's output, [1, length, hidden], of the last one only at the pack's rows, [1, rows, hidden]."""
    keys: Any = [None] * INPUTS if key is None else mx.random.split(key, INPUTS)
    attention, mlp = block.self_attn, block.mlp
    x = block.input_layernorm(h)
    if last:
        rows = mx.array(pack.rows)
        k, v = project((attention.k_proj, attention.v_proj), x, keys[0])
        # Other inputs than k and v read, so a mask of their own: the same key draws the first masks again.
        (q,) = project((attention.q_proj,), x[:, rows], None if key is None else mx.random.split(keys[0])[0])
        h = h[:, rows]
    else:
        q, k, v = project((attention.q_proj, attention.k_proj, attention.v_proj), x, keys[0])
    read = _attend(attention, q, k, v, pack, last)
    h = h + project((attention.o_proj,), read, keys[1])[0]
    x = block.post_attention_layernorm(h)
    gate, up = project((mlp.gate_proj, mlp.up_proj), x, keys[2])
    return h + project((mlp.down_proj,), swiglu(gate, up), keys[3])[0]


def _attend(attention: Any, q: mx.array, k: mx.array, v: mx.array, pack: Pack, last: bool) -> mx.array:
    """Return what every query reads, [1, queries, heads * dim], segment by segment."""
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
            path = [*segment.path, len(keys) - 1]
            seen_k = _join([keys[i] for i in path])
            seen_v = _join([v[:, :, pack.segments[i].start : pack.segments[i].stop] for i in path])
            outs.append(attend(own, seen_k, seen_v, attention.scale))
        at += count
    out = mx.concatenate(outs, axis=2)
    return out.transpose(0, 2, 1, 3).reshape(1, out.shape[2], -1)


def _heads(x: mx.array, heads: int, norm: Any) -> mx.array:
    """Return [1, heads, length, dim] of [1, length, heads * dim]."""
    x = x.reshape(1, x.shape[1], heads, -1)
    return (x if norm is None else norm(x)).transpose(0, 2, 1, 3)


def _join(parts: list[mx.array]) -> mx.array:
    return parts[0] if len(parts) == 1 else mx.concatenate(parts, axis=2)
