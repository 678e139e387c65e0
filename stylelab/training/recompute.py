"""Gradient checkpointing: a block's inner results are dropped after the forward pass and computed again for the backward.

In: a model with an adapter. Out: the same model, whose blocks recompute. Next: gradient_accumulation. The recomputation sees
the same dropout mask, since LoRALinear draws it from an explicit key; stock mlx-lm's draws a new one.
"""

from __future__ import annotations

from typing import Any

import mlx.core as mx
import mlx.nn as nn

PREFIX = "Recomputed"


def recompute_blocks(model: nn.Module, count: int) -> None:
    """Make the first `count` blocks of the model recompute, and no other. Blocks keep their names and parameters."""
    blocks: Any = model.layers
    for index, block in enumerate(blocks):
        kind: Any = type(block)
        plain: Any = kind.__bases__[0] if kind.__name__.startswith(PREFIX) else kind
        block.__class__ = _build_recomputed_kind(plain) if index < count else plain


def _build_recomputed_kind(kind: Any) -> Any:
    """Return a class of blocks that compute as those of a kind, twice."""

    def call(self: Any, *inputs: Any, **named: Any) -> Any:
        if not self.training:
            return kind.__call__(self, *inputs, **named)

        def inner(parameters: Any, *inner_inputs: Any) -> Any:
            self.update(parameters)
            return kind.__call__(self, *inner_inputs, **named)

        return mx.checkpoint(inner)(self.trainable_parameters(), *inputs)

    return type(f"{PREFIX}{kind.__name__}", (kind,), {"__call__": call})
