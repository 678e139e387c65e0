"""The loss: how little the model expects the author's own words after a prompt.

In: an engine, tokenised pairs. Out: the mean over all target tokens, in nats. Next: measure.
"""

from __future__ import annotations

from collections.abc import Sequence

from stylelab.batches.tokenise import Example
from stylelab.evaluation.metrics import Score
from stylelab.training.gradient_accumulation import GradientEngine
from stylelab.training.validation import validate


def compute(engine: GradientEngine, examples: Sequence[Example]) -> Score:
    """Return the loss as a run's validation computes it, dropout off."""
    loss = validate(engine, examples)
    return Score(loss.loss_nats, loss.by_kind)
