"""Measure an adapter and its base on the same pairs, by every declared metric.

In: a loaded base with the adapter, tokenised pairs. Out: a score per metric. Next: jobs.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import cast

from stylelab.batches.tokenise import Example
from stylelab.evaluation.metrics import METRICS, AdapterScore, Metric, Score
from stylelab.training.gradient_accumulation import GradientEngine
from stylelab.writing.loaded import LoadedBase

Compute = Callable[[GradientEngine, Sequence[Example]], Score]


def load_metric(metric: Metric) -> Compute:
    """Return the function that computes a metric."""
    return cast("Compute", importlib.import_module(f"stylelab.evaluation.{metric.name}").compute)


def measure_adapter(
    loaded: LoadedBase, adapter: str, engine: GradientEngine, examples: Sequence[Example]
) -> tuple[AdapterScore, ...]:
    """Return every metric's score with an adapter and without; the base is left alone in the end.

    Args:
        loaded: A base that knows `adapter`.
        engine: Computes on `loaded.base`.
    """
    scores: list[AdapterScore] = []
    for metric in METRICS:
        compute = load_metric(metric)
        loaded.choose(adapter)
        with_adapter = compute(engine, examples)
        loaded.choose(None)
        scores.append(AdapterScore(metric, with_adapter, compute(engine, examples)))
    return tuple(scores)
