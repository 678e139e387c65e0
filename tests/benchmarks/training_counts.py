"""Multiplications of a pair, ours and stock mlx_lm.lora's, and stock's memory: counted from a model's shape, not measured.

In: a ModelShape, rank, lengths in tokens. Out: multiplications and bytes. Next: training_table, docs/training.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from stylelab.training.memory_estimate import FLOAT, SLACK_BYTES, MemoryEstimate, ModelShape


def estimate_stock_memory(s: ModelShape, rank: int, tokens: int, *, recompute: bool = True) -> MemoryEstimate:
    """Return the memory of mlx_lm.lora's update: batch 1, all blocks recomputed, logits of every token.

    Logits, their gradient and the softmax between them stand beside each other in the model's own precision and once in float32.
    """
    adapter = s.adapter_weights(rank) * FLOAT
    q, kv = s.heads * s.head_dim, s.kv_heads * s.head_dim
    inputs = 5 * s.hidden + q + s.mlp  # every layer's own dropped input
    block = tokens * ((3 * s.hidden + inputs + 2 * q + 2 * kv + 4 * s.mlp) * s.element + inputs + 7 * rank * FLOAT)
    scores = tokens * tokens * s.heads * s.element * 2
    kept = s.blocks * (tokens * s.hidden * s.element if recompute else block)
    logits = tokens * s.vocabulary * (FLOAT + 2 * s.element)
    return MemoryEstimate(
        s.weight_bytes, adapter * 5, kept + max(logits, (block if recompute else 0) + scores) + SLACK_BYTES
    )


@dataclass(frozen=True)
class Multiplications:
    """Multiplications of one pair, forward and backward, by where they are done."""

    blocks: float
    adapters: float
    head: float

    @property
    def total(self) -> float:
        return self.blocks + self.adapters + self.head


def count_multiplications(
    s: ModelShape, rank: int, tokens: int, targets: int, shared: int = 0, *, recomputed: int = 0
) -> Multiplications:
    """Return our multiplications for a pair. A frozen layer costs its size forward and its size backward.

    Args:
        shared: Prompt tokens that another pair of the update computes.
        recomputed: Blocks computed forward twice.
    """
    own = tokens - shared
    low = rank * sum(i + o for i, o in s.layers.values())
    part = 1 - (s.layers["self_attn.k_proj"][1] * 2 * s.hidden) / s.block_weights  # the last block but for k and v
    last = targets / own * part + 1 - part
    whole = s.blocks - 1 + last
    forward = whole * (1 + recomputed / s.blocks)
    return Multiplications(
        own * s.block_weights * (forward + whole),
        own * low * (forward + 2 * whole),
        targets * s.vocabulary * s.hidden * 2.0,
    )


def count_stock_multiplications(s: ModelShape, rank: int, tokens: int, *, recompute: bool = True) -> Multiplications:
    """Return mlx_lm.lora's multiplications for a pair: every block forward twice, logits of every token."""
    padded = -(-tokens // 32) * 32
    low = rank * sum(i + o for i, o in s.layers.values())
    forward = 2 if recompute else 1
    return Multiplications(
        padded * s.blocks * s.block_weights * (forward + 1.0),
        padded * s.blocks * low * (forward + 2.0),
        padded * s.vocabulary * s.hidden * 2.0,
    )
