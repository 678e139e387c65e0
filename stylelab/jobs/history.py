"""What a run told, read back: its losses by update, and how two runs differ.

In: runs/<id>/events.jsonl and training.yaml. Out: a History, a Comparison. Next: the commands. Light: it knows no model library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stylelab.files import naming
from stylelab.jobs.core.protocol import Decoder, Step, Validation
from stylelab.training.plan import Plan


@dataclass(frozen=True)
class History:
    """A run's losses in nats per token, by update.

    Args:
        training: Of each update; None where the loss was no number.
        validation: Of each validation, update 0 is the base alone.
    """

    run: str
    plan: Plan
    training: Mapping[int, float | None]
    validation: Mapping[int, float | None]
    seconds_per_update: float | None

    @property
    def best(self) -> tuple[int, float] | None:
        """Update and loss of the best validation."""
        measured = [(loss, update) for update, loss in self.validation.items() if loss is not None]
        return (min(measured)[1], min(measured)[0]) if measured else None


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side.

    Args:
        differences: Of their plans, 'rank: 64 → 32'.
        rows: (update, first run's validation loss, second run's, second minus first); None where one has not measured.
    """

    first: History
    second: History
    differences: tuple[str, ...]
    rows: tuple[tuple[int, float | None, float | None, float | None], ...]


def read(folder: Path) -> History:
    """Read a run's history; a last line that was being written is passed over.

    Raises:
        FileError: A file cannot be read.
        TrainingError: The run's plan is damaged.
    """
    training: dict[int, float | None] = {}
    validation: dict[int, float | None] = {}
    rates: list[tuple[int, float]] = []
    path = folder / "events.jsonl"
    with naming(path, "read"):
        data = path.read_bytes()
    for message in Decoder().feed(data):
        if isinstance(message, Step):
            training[message.update] = message.loss_nats
            rates.append((message.tokens, message.tokens_per_second))
        elif isinstance(message, Validation):
            validation[message.update] = message.loss_nats
    seconds = sum((now - before) / rate for (before, _), (now, rate) in zip([(0, 0.0), *rates], rates, strict=False))
    plan = Plan.load(folder / "training.yaml")
    return History(folder.name, plan, training, validation, seconds / len(rates) if rates else None)


def compare(first: History, second: History) -> Comparison:
    """Return two runs side by side, at every update at which one of them was validated."""
    updates = sorted({*first.validation, *second.validation})
    rows: list[tuple[int, float | None, float | None, float | None]] = []
    for update in updates:
        a, b = first.validation.get(update), second.validation.get(update)
        rows.append((update, a, b, None if a is None or b is None else b - a))
    return Comparison(first, second, tuple(first.plan.differences(second.plan)), tuple(rows))
