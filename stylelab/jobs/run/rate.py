"""The rate job: which learning rate to try, found by letting it grow.

In: the project. Out: rates with their losses, and a rate. It changes nothing: the adapter is thrown away.
"""

from __future__ import annotations

from stylelab.basemodels.load import load
from stylelab.jobs.catalogue.training import RatePoint, RateRequest, RateResult
from stylelab.jobs.core.context import Context
from stylelab.jobs.steps.dataset import sealed, split
from stylelab.project.project import open_project
from stylelab.training.memory_limit import apply_memory_limit, choose_budget_bytes
from stylelab.training.plan import Plan
from stylelab.training.rate_finder import suggest_rate, sweep_rates


def run(context: Context, request: RateRequest) -> RateResult:
    """Return the losses at rates from 1e-6 to 1e-1, and the rate to try.

    Raises:
        PairsError: There are no pairs.
    """
    own = open_project(request.project)
    plan = Plan.load(own.plan)
    context.phase("load the base model")
    where, _ = sealed(own, plan)
    budget = choose_budget_bytes(plan.memory_gb)
    apply_memory_limit(budget)
    base = load(where)
    examples = split(context, own, base, plan, "train").examples
    context.phase("try learning rates")
    rates: list[float] = []
    losses: list[float | None] = []
    for step in sweep_rates(base, examples, plan, request.updates, budget):
        rates.append(step.learning_rate)
        losses.append(step.loss_nats)
        context.progress(step.update, request.updates, "updates")
    points = tuple(RatePoint(learning_rate=r, loss_nats=x) for r, x in zip(rates, losses, strict=True))
    return RateResult(suggested=suggest_rate(rates, losses), planned=plan.learning_rate, points=points)
