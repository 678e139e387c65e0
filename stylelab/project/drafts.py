"""Keep written texts, each with its input, its writer and its settings.

In: a Draft. Out: drafts.jsonl in the project's folder, the newest last. Next room: app.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from stylelab.files import read_jsonl, write_jsonl

NAME = "drafts.jsonl"


@dataclass(frozen=True)
class Draft:
    """A text kept. `source` says who wrote it: a run's name, or "base"."""

    input: str
    text: str
    source: str
    scale: float
    seed: int
    kept: str = ""


def drafts(folder: Path) -> list[Draft]:
    """Return a project's drafts, the newest first."""
    path = folder / NAME
    if not path.is_file():
        return []
    fields = set(Draft.__dataclass_fields__)
    found = [Draft(**{k: v for k, v in row.items() if k in fields}) for row in read_jsonl(path, torn_end=True)]
    return list(reversed(found))


def keep(folder: Path, draft: Draft) -> None:
    """Add a draft."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    rows = [asdict(own) for own in reversed(drafts(folder))]
    write_jsonl(folder / NAME, [*rows, {**asdict(draft), "kept": now}])


def forget(folder: Path, number: int) -> None:
    """Remove a draft; `number` counts from the newest, 0."""
    rows = drafts(folder)
    del rows[number]
    write_jsonl(folder / NAME, [asdict(own) for own in reversed(rows)])
