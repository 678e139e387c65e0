"""The learning-rate finder: the rate grows from update to update, and the losses say where it helps most.

In: a base, training examples, a plan. Out: rates with their losses, and a rate to try. The adapter is thrown away. Next: jobs.
Source: Smith 2017, arXiv:1506.01186, section 3.3 (the range test).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from mlx.utils import tree_map

from stylelab.adapters import lora
from stylelab.basemodels.load import Base
from stylelab.batches.bucket import iterate_batches
from stylelab.batches.tokenise import Example
from stylelab.events import Step
from stylelab.training.gradient_accumulation import GradientEngine
from stylelab.training.memory_choice import choose_memory_plan
from stylelab.training.optimizer import apply_gradients, build_optimizer, compute_norm
from stylelab.training.plan import Plan

LOWEST, HIGHEST = 1e-6, 1e-1  # LoRA's rates lie well between
SMOOTHED = 0.7  # weight of the past in the running mean of losses
WORSE = 1.5  # a loss this many times the best ends the test
SAFETY = 3.0  # the rate to try is this much below the one where the loss is least


def sweep_rates(base: Base, examples: Sequence[Example], plan: Plan, updates: int, budget: int) -> Iterator[Step]:
    """Train with a rate that grows tenfold every so many updates; yield each update, stop when the loss runs away.

    Args:
        updates: From the lowest rate to the highest.
        budget: Bytes that may be used.
    """
    memory_plan, _ = choose_memory_plan(base, examples, plan, budget)
    optimizer = build_optimizer(plan)
    optimizer.init(base.model.trainable_parameters())
    engine = GradientEngine(base, memory_plan, plan.seed, noise=plan.neftune_alpha)
    short = [e for e in examples if len(e.tokens) <= memory_plan.max_seq_length]
    order = iterate_batches(short, plan.batch_size, plan.seed, 0)
    best = mean = math.nan
    for update in range(updates):
        rate = LOWEST * (HIGHEST / LOWEST) ** (update / max(1, updates - 1))
        chosen = [e for _ in range(plan.grad_accumulation_steps) for e in next(order)]
        sums = engine.accumulate(chosen, update)
        loss_nats = sums.loss_nats / sums.targets
        gradients: Any = tree_map(lambda g, n=sums.targets: g / n, sums.gradients)
        length = compute_norm(gradients)
        yield Step(
            update=update + 1,
            updates=updates,
            loss_nats=loss_nats,
            learning_rate=rate,
            grad_norm=length,
            tokens_per_second=0.0,
            peak_bytes=0,
            tokens=sums.real_tokens,
            seconds_left=0.0,
        )
        mean = loss_nats if math.isnan(mean) else SMOOTHED * mean + (1 - SMOOTHED) * loss_nats
        best = mean if math.isnan(best) else min(best, mean)
        if not math.isfinite(loss_nats + length) or mean > WORSE * best:
            break
        apply_gradients(base.model, optimizer, gradients, rate, length, plan.max_grad_norm)
    lora.detach(base.model)


def suggest_rate(rates: Sequence[float], losses: Sequence[float | None]) -> float | None:
    """Return a rate to try: a third of the one where the smoothed loss is least; None if the loss never fell.

    Args:
        rates, losses: Of each update, in order; None for a loss that was no number.
    """
    smooth: list[float] = []
    for measured in losses:
        loss = math.nan if measured is None else measured
        smooth.append(loss if not smooth else SMOOTHED * smooth[-1] + (1 - SMOOTHED) * loss)
    least = min(range(len(smooth)), key=lambda i: smooth[i] if math.isfinite(smooth[i]) else math.inf)
    if not math.isfinite(smooth[least]) or smooth[least] >= smooth[0]:
        return None
    return rates[least] / SAFETY
