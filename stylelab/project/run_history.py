"""A run's history: its events read back, its losses by update, how two runs differ; the one place that reads events.jsonl.

In: runs/<id>/ with events.jsonl and training.yaml, or events as they come. Out: RunHistory, RunComparison. Next: jobs, the
commands, the window. Light: it knows no model library. A line that a killed process was writing is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from stylelab.events import RunEvent, Sample, Saved, Step, Validation, parse_run_event
from stylelab.files import atomic_write, naming
from stylelab.training.plan import Plan

EVENTS = "events.jsonl"


@dataclass
class RunHistory:
    """What a run has told so far; of an update that happened twice, the latest.

    Args:
        run: Its name.
        updates: Of the whole run, as planned.
        training: Loss in nats per token of each update; None where it was no number.
        validation: Loss of each validation; update 0 is the base alone.
        saved: Updates whose checkpoints were saved.
        last: The newest update.
    """

    run: str = ""
    updates: int = 0
    training: dict[int, float | None] = field(default_factory=dict[int, float | None])
    validation: dict[int, float | None] = field(default_factory=dict[int, float | None])
    samples: list[Sample] = field(default_factory=list[Sample])
    saved: list[int] = field(default_factory=list[int])
    last: Step | None = None

    def add(self, event: RunEvent) -> None:
        """Take one more event."""
        match event:
            case Step():
                self.last, self.updates = event, event.updates
                self.training[event.update] = event.loss_nats
            case Validation():
                self.validation[event.update] = event.loss_nats
            case Sample():
                self.samples.append(event)
            case Saved():
                self.saved.append(event.update)
            case _:
                pass

    @property
    def best(self) -> tuple[int, float] | None:
        """Update and loss of the best validation."""
        return min(self.validation_curve, key=lambda point: (point[1], point[0]), default=None)

    @property
    def training_curve(self) -> list[tuple[int, float]]:
        """Updates with their training losses, but for those whose loss was no number."""
        return [(update, loss) for update, loss in self.training.items() if loss is not None]

    @property
    def validation_curve(self) -> list[tuple[int, float]]:
        """Updates with their validation losses, but for those whose loss was no number."""
        return [(update, loss) for update, loss in self.validation.items() if loss is not None]


@dataclass(frozen=True)
class RunComparison:
    """Two runs side by side.

    Args:
        differences: Of their plans, 'rank: 64 → 32'.
        rows: (update, first run's validation loss, second run's, second minus first); None where one has not measured.
    """

    first: RunHistory
    second: RunHistory
    differences: tuple[str, ...]
    rows: tuple[tuple[int, float | None, float | None, float | None], ...]


def read_events(folder: Path) -> Iterator[RunEvent]:
    """Yield a run's events in order; none if it has told of nothing yet.

    Raises:
        FileError: The file cannot be read.
    """
    path = folder / EVENTS
    if not path.exists():
        return
    with naming(path, "read"), path.open("rb") as stream:
        for line in stream:
            event = parse_run_event(line) if line.endswith(b"\n") else None
            if event is not None:
                yield event


def load_history(folder: Path) -> RunHistory:
    """Read a run's history.

    Raises:
        FileError: The file cannot be read.
    """
    history = RunHistory(folder.name)
    for event in read_events(folder):
        history.add(event)
    return history


def rewind_history(folder: Path, update: int) -> None:
    """Take back what a run resumed from the checkpoint of `update` tells again: that checkpoint and all after it.

    Raises:
        FileError: The file cannot be read or written.
    """
    path = folder / EVENTS
    if not path.exists():
        return
    kept: list[bytes] = []
    for event in read_events(folder):
        if event.update > update or (event.update == update and isinstance(event, Saved)):
            break
        kept.append(event.model_dump_json().encode() + b"\n")
    atomic_write(path, b"".join(kept))


def compare_runs(first: Path, second: Path) -> RunComparison:
    """Return two runs side by side, at every update at which one of them was validated.

    Raises:
        FileError: A file cannot be read.
        TrainingError: A run's plan is damaged.
    """
    a, b = load_history(first), load_history(second)
    rows: list[tuple[int, float | None, float | None, float | None]] = []
    for update in sorted({*a.validation, *b.validation}):
        x, y = a.validation.get(update), b.validation.get(update)
        rows.append((update, x, y, None if x is None or y is None else y - x))
    plans = [Plan.load(folder / "training.yaml") for folder in (first, second)]
    return RunComparison(a, b, tuple(plans[0].differences(plans[1])), tuple(rows))
