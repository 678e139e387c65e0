"""What a training run tells of itself: each event declared once, for the loop, the protocol, events.jsonl and the window.

In: figures of the training loop. Out: records that travel unchanged. Next: training, project (a run's history), jobs.
Light: it knows no model library. Every kind and every key stays as it is: runs of older versions are read too.
"""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from stylelab.notes import Note

RunOutcome = Literal["finished", "stopped", "early", "diverged"]


def finite_or_none(value: float | None) -> float | None:
    """Return a measured number, or None for one that is missing or not finite: JSON has no word for those."""
    return value if value is not None and math.isfinite(value) else None


Measured = Annotated[float | None, AfterValidator(finite_or_none)]


class Record(BaseModel):
    """A frozen record of which one line of JSON can be made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(Record):
    """One optimizer update. `loss_nats` is the mean over the update's target tokens; `tokens` are the data's own."""

    kind: Literal["step"] = "step"
    update: int
    updates: int
    loss_nats: Measured
    learning_rate: float
    grad_norm: Measured
    tokens_per_second: float
    peak_bytes: int
    tokens: int
    seconds_left: float


class Validation(Record):
    """Mean loss over all target tokens of the validation pairs, and over those of each kind of pair."""

    kind: Literal["validation"] = "validation"
    update: int
    loss_nats: Measured
    items: int
    best: bool
    loss_nats_by_kind: dict[str, Measured] = Field(default_factory=dict[str, float | None])


class Sample(Record):
    """A text written from a fixed validation prompt with the adapter as it stands."""

    kind: Literal["sample"] = "sample"
    update: int
    prompt: str
    text: str


class Saved(Record):
    """A checkpoint that a run can resume from; `path` is relative to the run's folder."""

    kind: Literal["saved"] = "saved"
    update: int
    path: str


class Warn(Record):
    """What the user should know, in English; `template` and `values` say it again in another language."""

    kind: Literal["warning"] = "warning"
    message: str
    update: int = 0
    template: str = ""
    values: dict[str, int | str] = Field(default_factory=dict[str, int | str])

    @classmethod
    def of(cls, message: str, update: int = 0) -> Warn:
        """Return the record of a sentence, with its values where it is a Note."""
        if isinstance(message, Note):
            return cls(message=str(message), update=update, template=message.template, values=message.values)
        return cls(message=message, update=update)


class Ended(Record):
    """The loop's last event: why it stopped, and the run's figures. It becomes the job's result and is not kept.

    Args:
        update: Of the last checkpoint if the run diverged, else of the last update.
        reason: Of an early stop or a divergence, in words.
    """

    kind: Literal["ended"] = "ended"
    outcome: RunOutcome
    update: int
    valid_loss_nats_first: Measured
    valid_loss_nats_best: Measured
    best_update: int
    tokens_per_second: float
    peak_bytes: int
    reason: str = ""


RunEvent = Step | Validation | Sample | Saved | Warn

_run_event: TypeAdapter[RunEvent] = TypeAdapter(Annotated[RunEvent, Field(discriminator="kind")])


def parse_run_event(line: bytes) -> RunEvent | None:
    """Return the event of a line of events.jsonl, or None when it is none."""
    try:
        return _run_event.validate_json(line)
    except ValidationError:
        return None
