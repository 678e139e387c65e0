"""Every metric, declared once: what is computed, its JSON keys and how it is shown derive from it. Light.

In: nothing. Out: METRICS, and the scores of an adapter beside its base's. Next: measure, cli. Adding a metric takes a line here
and a module of its name beside this one, which offers `compute` as loss_nats.py does; the worker alone imports it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Metric:
    """Something that is measured on held-out pairs.

    Args:
        name: Its key in JSON; also its module's in this room.
        title: What it is called in a heading.
        unit: Of its values.
        better: Which way is better.
    """

    name: str
    title: str
    unit: str
    better: Literal["lower", "higher"]


METRICS: tuple[Metric, ...] = (Metric("loss_nats", "Loss", "nats per token", "lower"),)


@dataclass(frozen=True)
class Score:
    """A metric's value over all pairs, and over those of each kind."""

    value: float
    by_kind: Mapping[str, float]


@dataclass(frozen=True)
class AdapterScore:
    """A metric's score with the adapter, and of the base alone on the same pairs."""

    metric: Metric
    adapter: Score
    base: Score

    @property
    def change(self) -> float:
        """How much of the base's value the adapter adds or takes away, as a share."""
        return (self.adapter.value - self.base.value) / self.base.value


def dump_scores(pairs: int, scores: Sequence[AdapterScore]) -> dict[str, Any]:
    """Return a split's scores as JSON has them: four keys per metric, beside the number of pairs."""
    out: dict[str, Any] = {"pairs": pairs}
    for score in scores:
        name = score.metric.name
        out |= {
            name: score.adapter.value,
            f"base_{name}": score.base.value,
            f"{name}_by_kind": dict(score.adapter.by_kind),
            f"base_{name}_by_kind": dict(score.base.by_kind),
        }
    return out


def read_scores(part: Mapping[str, Any]) -> tuple[AdapterScore, ...]:
    """Return the scores that `dump_scores` wrote."""
    return tuple(
        AdapterScore(
            metric,
            Score(part[metric.name], part[f"{metric.name}_by_kind"]),
            Score(part[f"base_{metric.name}"], part[f"base_{metric.name}_by_kind"]),
        )
        for metric in METRICS
    )
