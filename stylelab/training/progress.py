"""What the training loop tells: typed events, in order.

Next room: jobs, which send them on; the loop neither prints nor draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Stepped:
    """One optimizer update. `loss_nats` is the mean over the update's target tokens."""

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
    """Mean loss over all target tokens of the validation pairs."""

    update: int
    loss_nats: float
    items: int
    best: bool


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
class Ended:
    """The last event: why the loop stopped, and the run's figures."""

    outcome: Literal["finished", "stopped", "diverged"]
    update: int
    valid_loss_nats_first: float
    valid_loss_nats_best: float
    best_update: int
    tokens_per_second: float
    peak_bytes: int


Event = Stepped | Validated | Sampled | Saved | Ended
