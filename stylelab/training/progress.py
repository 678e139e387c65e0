"""What the training loop tells: typed events, in order.

Next room: jobs, which send them on; the loop neither prints nor draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["finished", "stopped", "early", "diverged"]


@dataclass(frozen=True)
class Stepped:
    """One optimizer update. `loss_nats` is the mean over the update's target tokens; `tokens` are the data's own."""

    update: int
    updates: int
    loss_nats: float
    learning_rate: float
    grad_norm: float
    tokens_per_second: float
    peak_bytes: int
    tokens: int
    seconds_left: float


@dataclass(frozen=True)
class Validated:
    """Mean loss over all target tokens of the validation pairs, and over those of each kind of pair."""

    update: int
    loss_nats: float
    items: int
    best: bool
    loss_nats_by_kind: Mapping[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True)
class Sampled:
    """A text written from a fixed validation prompt with the adapter as it stands."""

    update: int
    prompt: str
    text: str


@dataclass(frozen=True)
class Saved:
    """A checkpoint that a run can resume from."""

    update: int
    path: str


@dataclass(frozen=True)
class Warned:
    """Something the user should know: memory made do with, overfitting, a loop in a sample."""

    update: int
    message: str


@dataclass(frozen=True)
class Ended:
    """The last event: why the loop stopped, and the run's figures.

    Args:
        reason: Of an early stop or a divergence, in words.
    """

    outcome: Outcome
    update: int
    valid_loss_nats_first: float
    valid_loss_nats_best: float
    best_update: int
    tokens_per_second: float
    peak_bytes: int
    reason: str = ""


Event = Stepped | Validated | Sampled | Saved | Warned | Ended
