"""The step: learning rate, gradient limit, optimizer.

In: a plan. Out: what turns summed gradients into changed weights. Next: loop.
"""

from __future__ import annotations

import math
from typing import Any, cast

import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim
from mlx.utils import tree_flatten, tree_map

from stylelab.basemodels.load import number
from stylelab.training.plan import Plan


def compute_learning_rate(plan: Plan, update: int) -> float:
    """Return the learning rate of an update, counted from 0."""
    if update < plan.warmup:
        return plan.learning_rate * (update + 1) / plan.warmup
    passed = min(1.0, (update - plan.warmup) / max(1, plan.updates - plan.warmup))
    match plan.lr_schedule:
        case "constant":
            return plan.learning_rate
        case "linear":
            return plan.learning_rate * (1 - passed)
        case "cosine":
            return plan.learning_rate * 0.5 * (1 + math.cos(math.pi * passed))


def build_optimizer(plan: Plan) -> optim.Optimizer:
    """Return the plan's optimizer."""
    match plan.optimizer:
        case "adamw":
            return optim.AdamW(learning_rate=plan.learning_rate, weight_decay=plan.weight_decay)
        case "muon":
            return optim.Muon(learning_rate=plan.learning_rate, weight_decay=plan.weight_decay)
        case "adafactor":
            return optim.Adafactor(
                learning_rate=plan.learning_rate,
                weight_decay=plan.weight_decay,
                relative_step=False,
                scale_parameter=False,
            )


def compute_norm(gradients: Any) -> float:
    """Return the length of a tree of gradients."""
    flat = cast("list[tuple[str, mx.array]]", tree_flatten(gradients))
    return math.sqrt(number(mx.array([mx.sum(mx.square(g)) for _, g in flat]).sum()))


def apply_gradients(
    model: nn.Module, optimizer: optim.Optimizer, gradients: Any, rate: float, length: float, limit: float
) -> None:
    """Take one optimizer step.

    Args:
        gradients: Of the mean loss.
        length: Their norm.
        limit: They are cut to this length; 0 for no limit.
    """
    if limit and length > limit:
        gradients = tree_map(lambda g: g * (limit / length), gradients)
    optimizer.learning_rate = mx.array(rate)
    optimizer.update(model, gradients)
    mx.eval(model.trainable_parameters(), optimizer.state)
