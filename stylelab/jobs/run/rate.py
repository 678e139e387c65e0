"""The rate job: which learning rate to try, found by letting it grow.

In: the project. Out: rates with their losses, and a rate. It changes nothing: the adapter is thrown away.
"""

from __future__ import annotations

import math

from stylelab.basemodels.load import load
from stylelab.jobs.catalogue.training import RatePoint, RateRequest, RateResult
from stylelab.jobs.core.context import Context
from stylelab.jobs.steps.dataset import sealed, split
from stylelab.project.project import open_project
from stylelab.training.finder import suggested, sweep
from stylelab.training.limits import budget_bytes, hold
from stylelab.training.plan import Plan


def run(context: Context, request: RateRequest) -> RateResult:
    """Return the losses at rates from 1e-6 to 1e-1, and the rate to try.

    Raises:
        PairsError: There are no pairs.
    """
    own = open_project(request.project)
    plan = Plan.load(own.plan)
    context.phase("load the base model")
    where, _ = sealed(own, plan)
    budget = budget_bytes(plan.memory_gb)
    hold(budget)
    base = load(where)
    examples = split(context, own, base, plan, "train").examples
    context.phase("try learning rates")
    rates: list[float] = []
    losses: list[float] = []
    for stepped in sweep(base, examples, plan, request.updates, budget):
        rates.append(stepped.learning_rate)
        losses.append(stepped.loss_nats)
        context.progress(stepped.update, request.updates, "updates")
    points = tuple(
        RatePoint(learning_rate=r, loss_nats=x if math.isfinite(x) else None)
        for r, x in zip(rates, losses, strict=True)
    )
    return RateResult(suggested=suggested(rates, losses), planned=plan.learning_rate, points=points)
