"""A project's database in pages, for a window that must not wait: counts and a few rows at a time, nothing written.

In: a project. Out: counts and rows. Next room: app. `store` reads whole tables; a hundred thousand pairs are too many for that.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Counts:
    """What the database holds. `pairs` is per split."""

    documents: int
    words: int
    words_removed: int
    passages: int
    rejected: Mapping[str, int]
    pairs: Mapping[str, int]


@dataclass(frozen=True)
class PairLine:
    """A pair's line in a table: without its texts but for the beginning of the input."""

    id: str
    split: str
    kind: str
    content: str
    bleed: float
    words: int
    begins: str


@dataclass(frozen=True)
class PairText:
    """A pair's texts, for reading."""

    id: str
    input: str
    completion: str
    prompt: str
    lost: tuple[str, ...]
    bleed: float


@dataclass(frozen=True)
class PassageLine:
    """A passage, kept or rejected; `reason` is empty for one that is kept."""

    document: str
    position: int
    words: int
    reason: str
    text: str


class Reading:
    """A read-only connection. Use it in a `with` block, in one thread."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(f"{(folder / 'stylelab.db').absolute().as_uri()}?mode=ro", uri=True, timeout=5)

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *exception: object) -> None:
        self._db.close()

    def counts(self) -> Counts:
        """Return what the database holds."""
        one = self._db.execute("SELECT COUNT(*), TOTAL(words), TOTAL(words_removed) FROM documents").fetchone()
        (passages,) = self._db.execute("SELECT COUNT(*) FROM passages").fetchone()
        rejected = dict(self._db.execute("SELECT reason, COUNT(*) FROM rejections GROUP BY reason"))
        pairs = dict(self._db.execute("SELECT split, COUNT(*) FROM pairs GROUP BY split"))
        return Counts(int(one[0]), int(one[1]), int(one[2]), int(passages), rejected, pairs)

    def pair_count(self, split: str | None = None) -> int:
        """Return the number of pairs of a split, or of all."""
        row = self._db.execute("SELECT COUNT(*) FROM pairs WHERE ? IS NULL OR split = ?", (split, split)).fetchone()
        return int(row[0])

    def pair_lines(self, first: int, count: int, split: str | None = None) -> list[PairLine]:
        """Return `count` lines from line `first` on, in the dataset's order."""
        rows = self._db.execute(
            "SELECT id, split, kind, content, bleed, completion, substr(input, 1, 160) FROM pairs"
            " WHERE ? IS NULL OR split = ? ORDER BY ordinal LIMIT ? OFFSET ?",
            (split, split, count, first),
        )
        return [PairLine(*row[:5], words=len(row[5].split()), begins=" ".join(row[6].split())) for row in rows]

    def pair(self, id: str) -> PairText | None:
        """Return a pair's texts, or None when there is no such pair any more."""
        row = self._db.execute(
            "SELECT id, input, completion, prompt, lost, bleed FROM pairs WHERE id = ?", (id,)
        ).fetchone()
        return None if row is None else PairText(*row[:4], lost=tuple(json.loads(row[4])), bleed=float(row[5]))

    def passage_lines(self) -> list[PassageLine]:
        """Return every passage, kept and rejected, in corpus order, with the document's name."""
        rows = self._db.execute(
            "SELECT d.name, x.position, x.words, x.reason, x.text FROM"
            " (SELECT document, position, words, '' AS reason, text FROM passages"
            "  UNION ALL SELECT document, position, 0, reason, text FROM rejections) x"
            " JOIN documents d ON d.id = x.document ORDER BY d.ordinal, x.position"
        )
        return [PassageLine(row[0], row[1], row[2] or len(row[4].split()), row[3], row[4]) for row in rows]

    def passage_sizes(self) -> list[int]:
        """Return the number of words of every kept passage."""
        return [int(words) for (words,) in self._db.execute("SELECT words FROM passages")]
