"""Read a project's database a page at a time, so that the window never waits: counts and a few rows, read only.

In: a project. Out: counts and rows. Next room: app. `store` reads whole tables; a hundred thousand pairs are too many for that.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Counts:
    """What the database holds.

    Args:
        passages: Those that repeat no other; `chosen` of them are learned from.
        tokens, tokens_chosen: Of these passages, of those learned from.
        rejected: What is not learned from, by reason.
        pairs: Of the dataset, per split.
    """

    documents: int
    words: int
    words_removed: int
    passages: int
    chosen: int
    tokens: int
    tokens_chosen: int
    rejected: Mapping[str, int]
    pairs: Mapping[str, int]


@dataclass(frozen=True)
class PairLine:
    """A pair's line in a table: without its texts but for the beginning of the input.

    Args:
        reason: Why it is in no split; empty for one that is.
        verdict: What a person decided: accept, reject, edit, or nothing.
    """

    id: str
    split: str
    kind: str
    variant: str
    perspective: str
    bleed: float
    words: int
    begins: str
    reason: str
    verdict: str


@dataclass(frozen=True)
class PairText:
    """A pair's texts, for reading."""

    id: str
    input: str
    completion: str
    prompt: str
    lost: tuple[str, ...]
    bleed: float
    reason: str


@dataclass(frozen=True)
class PassageLine:
    """A passage, kept or left out; `reason` is empty for one that is learned from, `kind` for what was no passage."""

    document: str
    words: int
    reason: str
    kind: str
    text: str


# A passage that repeats another, or lies beyond the budget, is kept in its table and left out of what is learned. A row of
# both tables has a key of its own: even for passages, odd for what became none.
KEPT = """
SELECT 2 * rowid AS key, document, position, words, kind, text,
  CASE WHEN repeats IS NOT NULL THEN 'near_duplicate' WHEN NOT chosen THEN 'budget' ELSE '' END AS reason FROM passages
"""
LEFT = "SELECT 2 * rowid + 1 AS key, document, position, 0 AS words, '' AS kind, text, reason FROM rejections"
PASSAGES = f"{KEPT} UNION ALL {LEFT}"


# What a person decided about a pair holds for its anchor's text and what was done to it: the id behind the anchor's own.
JUDGED = (
    "LEFT JOIN edits e ON e.anchor_sha256 = p.anchor_sha256"
    " AND p.id = p.anchor || '-' || e.shape AND p.anchor_sha256 <> ''"
)


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
        kept = self._db.execute(
            "SELECT TOTAL(repeats IS NULL), TOTAL(chosen), TOTAL(CASE WHEN repeats IS NULL THEN tokens ELSE 0 END),"
            " TOTAL(tokens * chosen) FROM passages"
        ).fetchone()
        reasons = f"SELECT reason, COUNT(*) FROM ({PASSAGES}) WHERE reason <> '' GROUP BY reason"
        rejected = dict(self._db.execute(reasons))
        pairs = dict(self._db.execute("SELECT split, COUNT(*) FROM pairs WHERE reason IS NULL GROUP BY split"))
        documents, words, removed = (int(n) for n in one)
        passages, chosen, tokens, tokens_chosen = (int(n) for n in kept)
        return Counts(documents, words, removed, passages, chosen, tokens, tokens_chosen, rejected, pairs)

    def pair_keys(self, which: str = "") -> list[str]:
        """Return the ids of pairs in the dataset's order.

        Args:
            which: A split; "left_out" for those that are in none, "judged" for those a person decided about; all in the
                dataset if empty.
        """
        where = {"left_out": "p.reason IS NOT NULL", "judged": "e.shape IS NOT NULL", "": "p.reason IS NULL"}
        rows = self._db.execute(
            f"SELECT p.id FROM pairs p {JUDGED} WHERE {where.get(which, 'p.reason IS NULL AND p.split = ?')}"
            " ORDER BY p.ordinal",
            () if which in where else (which,),
        )
        return [row[0] for row in rows]

    def pair_lines(self, ids: Sequence[str]) -> list[PairLine]:
        """Return the lines of some pairs, in the order of their ids."""
        rows = self._db.execute(
            "SELECT p.id, p.split, p.kind, p.variant, coalesce(p.perspective, ''), p.bleed, p.completion,"
            " substr(coalesce(e.input, p.input), 1, 160), coalesce(p.reason, ''),"
            " coalesce(e.verdict, CASE WHEN e.shape IS NULL THEN '' ELSE 'edit' END)"
            f" FROM pairs p {JUDGED} WHERE p.id IN ({', '.join('?' * len(ids))})",
            ids,
        )
        found: dict[str, PairLine] = {}
        for id, split, kind, variant, perspective, bleed, completion, begins, reason, verdict in rows:
            words, first = len(completion.split()), " ".join(begins.split())
            found[id] = PairLine(id, split, kind, variant, perspective, bleed, words, first, reason, verdict)
        return [found[id] for id in ids if id in found]

    def pair(self, id: str) -> PairText | None:
        """Return a pair's texts, or None when there is no such pair any more."""
        row = self._db.execute(
            "SELECT p.id, coalesce(e.input, p.input), coalesce(e.target, p.completion), p.prompt, p.lost, p.bleed,"
            f" coalesce(p.reason, '') FROM pairs p {JUDGED} WHERE p.id = ?",
            (id,),
        ).fetchone()
        if row is None:
            return None
        own, given, target, prompt, lost, bleed, reason = row
        return PairText(own, given, target, prompt, tuple(json.loads(lost)), float(bleed), reason)

    def passage_keys(self, reason: str | None = "", search: str = "") -> list[int]:
        """Return the keys of passages in corpus order.

        Args:
            reason: Why they were left out; empty for those learned from, None for all.
            search: Words that stand in them; empty for any.
        """
        rows = self._db.execute(
            f"SELECT x.key FROM ({PASSAGES}) x JOIN documents d ON d.id = x.document"
            " WHERE (? IS NULL OR x.reason = ?) AND (? = '' OR instr(lower(x.text), lower(?)))"
            " ORDER BY d.ordinal, x.position",
            (reason, reason, search, search),
        )
        return [int(row[0]) for row in rows]

    def passage_lines(self, keys: Sequence[int]) -> list[PassageLine]:
        """Return some passages, in the order of their keys."""
        found: dict[int, PassageLine] = {}
        for table, odd in ((KEPT, 0), (LEFT, 1)):
            own = [key // 2 for key in keys if key % 2 == odd]
            rows = self._db.execute(
                f"SELECT x.key, d.name, x.words, x.reason, x.kind, x.text FROM ({table} WHERE rowid IN"
                f" ({', '.join('?' * len(own))})) x JOIN documents d ON d.id = x.document",
                own,
            )
            for key, name, words, reason, kind, text in rows:
                found[int(key)] = PassageLine(name, words or len(text.split()), reason, kind, text)
        return [found[key] for key in keys if key in found]

    def passage_sizes(self) -> list[int]:
        """Return the number of words of every chosen passage."""
        return [int(words) for (words,) in self._db.execute("SELECT words FROM passages WHERE chosen")]
