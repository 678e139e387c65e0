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
from stylelab.batches.tokenise import Example
from stylelab.training.engine import Engine
from stylelab.training.fitting import fitted
from stylelab.training.loop import batches, lora_parameters
from stylelab.training.optimise import make_optimizer, norm, step
from stylelab.training.plan import Plan
from stylelab.training.progress import Stepped

LOWEST, HIGHEST = 1e-6, 1e-1  # LoRA's rates lie well between
SMOOTHED = 0.7  # weight of the past in the running mean of losses
WORSE = 1.5  # a loss this many times the best ends the test
SAFETY = 3.0  # the rate to try is this much below the one where the loss is least


def sweep(base: Base, examples: Sequence[Example], plan: Plan, updates: int, budget: int) -> Iterator[Stepped]:
    """Train with a rate that grows tenfold every so many updates; yield each update, stop when the loss runs away.

    Args:
        updates: From the lowest rate to the highest.
        budget: Bytes that may be used.
    """
    fit, _ = fitted(base, examples, plan, budget, lora_parameters)
    optimizer = make_optimizer(plan)
    optimizer.init(base.model.trainable_parameters())
    engine = Engine(base, fit, plan.seed, batch_size=plan.batch_size, noise=plan.neftune_alpha)
    order = batches([e for e in examples if len(e.tokens) <= fit.max_seq_length], plan, 0)
    best = mean = math.nan
    for update in range(updates):
        rate = LOWEST * (HIGHEST / LOWEST) ** (update / max(1, updates - 1))
        chosen = [e for _ in range(plan.grad_accumulation_steps) for e in next(order)]
        sums = engine.gradients(chosen, update)
        loss_nats = sums.loss_nats / sums.targets
        gradients: Any = tree_map(lambda g, n=sums.targets: g / n, sums.gradients)
        length = norm(gradients)
        yield Stepped(update + 1, updates, loss_nats, rate, length, 0.0, 0, sums.real_tokens, 0.0)
        mean = loss_nats if math.isnan(mean) else SMOOTHED * mean + (1 - SMOOTHED) * loss_nats
        best = mean if math.isnan(best) else min(best, mean)
        if not math.isfinite(loss_nats + length) or mean > WORSE * best:
            break
        step(base.model, optimizer, gradients, rate, length, plan.max_grad_norm)
    lora.detach(base.model)


def suggested(rates: Sequence[float], losses: Sequence[float]) -> float | None:
    """Return a rate to try: a third of the one where the smoothed loss is least; None if the loss never fell.

    Args:
        rates, losses: Of each update, in order.
    """
    smooth: list[float] = []
    for loss in losses:
        smooth.append(loss if not smooth else SMOOTHED * smooth[-1] + (1 - SMOOTHED) * loss)
    least = min(range(len(smooth)), key=lambda i: smooth[i] if math.isfinite(smooth[i]) else math.inf)
    if not math.isfinite(smooth[least]) or smooth[least] >= smooth[0]:
        return None
    return rates[least] / SAFETY
