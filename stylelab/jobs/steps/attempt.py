"""What a project remembers of a model's rewriting: what its probe found, and how far a dataset came that was not made.

In: judged texts. Out: rewriter.json and dataset-attempt.json, which appear whole, and the error that says why a model is no use.
Next: model_drafting and probing write them; `audit`, `pairs report` and the next `pairs make` read them.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from stylelab.errors import FileError, PairsError
from stylelab.files import read_json, write_json
from stylelab.jobs.catalogue.job import JobRecord
from stylelab.jobs.catalogue.pairs import PairsAttempt, RejectedText, RewriterProbe
from stylelab.project.project import Project

EXCERPT = 200  # characters of a rejected text that are kept
EXAMPLE = 90  # of one in an error
BY_RULES = "Set 'rewriter: rules' in pairs.yaml, or take a larger instruct model."

T = TypeVar("T", bound=JobRecord)


@dataclass
class Tally:
    """How many of a model's rewrites were accepted, and those that were not."""

    accepted: int = 0
    rejected: list[RejectedText] = field(default_factory=list[RejectedText])

    @property
    def done(self) -> int:
        return self.accepted + len(self.rejected)

    def count_reasons(self) -> dict[str, int]:
        """Return how many were rejected for each reason, the most frequent first."""
        return dict(Counter(row.reason for row in self.rejected).most_common())

    def plus(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(self.accepted + other.accepted, [*self.rejected, *other.rejected])


def describe_rejections(rejected: list[RejectedText]) -> str:
    """Return how many texts were rejected for each reason, each with an example: "2 truncated (“He went …”)"."""
    reasons = Counter(row.reason for row in rejected)
    parts: list[str] = []
    for reason, count in reasons.most_common():
        first = next((row.text for row in rejected if row.reason == reason and row.text), "")
        example = f" (“{shorten(first, EXAMPLE)}”)" if first else ""
        parts.append(f"{count:,} {reason.replace('_', ' ')}{example}")
    return ", ".join(parts)


def shorten(text: str, limit: int) -> str:
    """Return a text's beginning in one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def build_hopeless(tally: Tally, remedy: str) -> PairsError:
    """Return the error that says how many texts a model's rewriter lost, and why."""
    return PairsError(
        f"{len(tally.rejected):,} of {tally.done:,} texts were rejected that the model was to make plain: "
        f"{describe_rejections(tally.rejected)}.",
        remedy=remedy,
        code="rewriter_hopeless",
    )


class AttemptLog:
    """The attempt that runs now, on the disk as it goes; nothing is written before the model has answered."""

    def __init__(self, project: Project) -> None:
        self._path = project.attempt
        self._now: PairsAttempt | None = None

    def write(self, rewriter: str, pivot: str, texts: int, tally: Tally) -> None:
        """Say how far it is, in place of an earlier attempt."""
        self._now = PairsAttempt(
            rewriter=rewriter,
            pivot=pivot,
            texts=texts,
            done=tally.done,
            accepted=tally.accepted,
            rejected=tally.count_reasons(),
            rejections=tuple(tally.rejected),
        )
        write_json(self._path, self._now.dump())

    def fail(self, message: str) -> None:
        """Say why it ended without a dataset."""
        if self._now is not None:
            write_json(self._path, self._now.model_copy(update={"message": message}).model_dump(mode="json"))

    def clear(self) -> None:
        """Forget it: the dataset is made."""
        self._path.unlink(missing_ok=True)


def load_attempt(project: Project) -> PairsAttempt | None:
    """Return how far a model came with a dataset that was not made, or None."""
    return _load(project.attempt, PairsAttempt)


def load_probe(project: Project) -> RewriterProbe | None:
    """Return what the last probe of a model rewriter found, or None."""
    return _load(project.probe, RewriterProbe)


def save_probe(project: Project, probe: RewriterProbe) -> None:
    """Keep what a probe found."""
    write_json(project.probe, probe.dump())


def _load(path: Path, kind: type[T]) -> T | None:
    """Return a kept record; one that is damaged or of another version counts as none: it is made anew."""
    if path.is_file():
        with contextlib.suppress(FileError, ValidationError):
            return kind.model_validate(read_json(path))
    return None
