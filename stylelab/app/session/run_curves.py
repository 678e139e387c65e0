"""A run as its messages tell it: live ones and those of an old run's events.jsonl go through the same code. Knows no Qt.

In: protocol records. Out: curves, figures, samples. Next: training page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from stylelab.jobs.core.protocol import Down, Message, Sample, Saved, Step, Validation, decode


@dataclass
class RunStory:
    """What a run has told so far. Losses are nats per token; an update without a finite loss has none."""

    name: str = ""
    updates: int = 0
    losses: list[tuple[int, float]] = field(default_factory=list[tuple[int, float]])
    valid: list[tuple[int, float]] = field(default_factory=list[tuple[int, float]])
    best: int | None = None
    samples: list[Sample] = field(default_factory=list[Sample])
    saved: list[int] = field(default_factory=list[int])
    last: Step | None = None

    def take(self, message: Down | Message) -> None:
        """Learn from one more message."""
        match message:
            case Step():
                self.last, self.updates = message, message.updates
                if message.loss_nats is not None:
                    self.losses.append((message.update, message.loss_nats))
            case Validation() if message.loss_nats is not None:
                self.valid.append((message.update, message.loss_nats))
                if message.best:
                    self.best = message.update
            case Sample():
                self.samples.append(message)
            case Saved():
                self.saved.append(message.update)
            case _:
                pass

    @property
    def best_loss(self) -> float | None:
        """Validation loss at the best update."""
        return next((loss for update, loss in self.valid if update == self.best), None)


def replay(folder: Path) -> RunStory:
    """Return an old run's story from its events; a last line that was being written is passed over."""
    story = RunStory(folder.name)
    path = folder / "events.jsonl"
    if path.is_file():
        with path.open("rb") as stream:
            for line in stream:
                message = decode(line) if line.endswith(b"\n") else None
                if message is not None:
                    story.take(message)
    return story
