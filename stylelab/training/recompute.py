"""Gradient checkpointing: a block's inner results are dropped after the forward pass and computed again for the backward.

In: a model with an adapter. Out: the same model, whose blocks recompute. Next: gradient_accumulation. The recomputation sees
the same dropout mask, since LoRALinear draws it from an explicit key; stock mlx-lm's draws a new one.
"""

from __future__ import annotations

from typing import Any

import mlx.core as mx
import mlx.nn as nn


def recompute_blocks(model: nn.Module) -> None:
    """Make every block of the model recompute. Blocks keep their names and parameters; calling twice changes nothing."""
    blocks: Any = model.layers
    for block in blocks:
        kind = type(block)
        if kind.__name__.startswith("Recomputed"):
            continue

        def call(self: Any, *inputs: Any, _kind: type = kind) -> Any:
            if not self.training:
                return _kind.__call__(self, *inputs)

            def inner(parameters: Any, *inner_inputs: Any) -> Any:
                self.update(parameters)
                return _kind.__call__(self, *inner_inputs)

            return mx.checkpoint(inner)(self.trainable_parameters(), *inputs)

        block.__class__ = type(f"Recomputed{kind.__name__}", (kind,), {"__call__": call})
