"""The validation loss: over all target tokens of held-out pairs, and by kind of pair.

In: held-out examples and a base with its adapter. Out: ValidationLoss. Next: loop, jobs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stylelab.batches.tokenise import Example
from stylelab.training.gradient_accumulation import GradientEngine
from stylelab.training.parallel import ALONE, Team


@dataclass(frozen=True)
class ValidationLoss:
    """Mean loss over all and by kind, in nats per target token."""

    loss_nats: float
    by_kind: dict[str, float]


def validate(engine: GradientEngine, examples: Sequence[Example], team: Team = ALONE) -> ValidationLoss:
    """Return the mean loss over all target tokens of the examples, dropout off."""
    own = team.share(examples)
    losses = np.zeros(len(examples))
    if own:
        losses[own] = engine.measure_losses([examples[i] for i in own])
    sums: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for example, loss in zip(examples, team.sum_numbers(losses.tolist()), strict=True):
        sums[example.kind] += loss
        counts[example.kind] += example.targets
    by_kind = {kind: sums[kind] / counts[kind] for kind in sorted(sums) if kind}
    return ValidationLoss(sum(sums.values()) / sum(counts.values()), by_kind)
