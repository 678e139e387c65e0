"""The tables of the pairs room: pairs, drafts by content hash, people's edits, harvested pairs.

In and out: the pairs room's records. Next: store, which owns the connection and the transactions.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from stylelab.errors import PairsError
from stylelab.pairs.pair import Draft, Edit, Given, Pair, Split

PAIR = (
    "id, anchor, document, position, kind, content, prompt, completion, input, lost, bleed, perspective, variant, renamed,"
    " category, reason, edited, anchor_sha256"
)
DRAFT = "key, target, plain, lost, dropout, abstract, content, names, problem"
AT_ONCE = 500  # keys in one question; SQLite's own limit is higher


class PairRows:
    """The tables of one project. Changes belong in the store's transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    # ------------------------------------------------------------ pairs

    def put_pairs(self, splits: Mapping[Split, Sequence[Pair]], rejected: Sequence[Pair] = ()) -> None:
        """Store the pairs of a dataset, and those it left out, in place of an earlier one's."""
        rows: list[tuple[Any, ...]] = []
        for split, pairs in {**splits, "": rejected}.items():
            for p in pairs:
                place = (p.id, p.anchor, p.document, p.position, p.kind, p.content, p.prompt, p.completion, p.input)
                shape = (p.perspective, p.variant, int(p.renamed), listed(dict(p.category)), p.reason, int(p.edited))
                rows.append((*place, listed(p.lost), p.bleed, *shape, p.anchor_sha256, len(rows), split))
        self._db.execute("DELETE FROM pairs")
        marks = ",".join("?" * (PAIR.count(",") + 3))
        self._db.executemany(f'INSERT INTO pairs ({PAIR}, ordinal, "split") VALUES ({marks})', rows)

    def pairs(self, split: Split | None = None) -> list[Pair]:
        """Return the pairs of a split, or of all splits; without those that were left out."""
        return self._pairs("reason IS NULL AND (? IS NULL OR split = ?)", (split, split))

    def rejected(self) -> list[Pair]:
        """Return the pairs that are in no split; `reason` says why."""
        return self._pairs("reason IS NOT NULL", ())

    def pair(self, pair: str) -> Pair:
        """Return one pair, in a split or not.

        Raises:
            PairsError: There is none of that id.
        """
        found = self._pairs("id = ?", (pair,))
        if not found:
            raise PairsError(
                f"There is no pair '{pair}'.", remedy="See their ids with 'stylelab pairs show'.", code="pair_missing"
            )
        return found[0]

    def split_of(self) -> dict[str, str]:
        """Return every pair's split by its id; "" for one that is in none."""
        return dict(self._db.execute('SELECT id, "split" FROM pairs'))

    def _pairs(self, where: str, values: tuple[Any, ...]) -> list[Pair]:
        rows = self._db.execute(f"SELECT {PAIR} FROM pairs WHERE {where} ORDER BY ordinal", values)
        return [
            Pair(
                *row[:9],
                lost=tuple(json.loads(row[9])),
                bleed=row[10],
                perspective=row[11],
                variant=row[12],
                renamed=bool(row[13]),
                category=json.loads(row[14]),
                reason=row[15],
                edited=bool(row[16]),
                anchor_sha256=row[17],
            )
            for row in rows
        ]

    # ------------------------------------------------------------ drafts

    def put_drafts(self, drafts: Sequence[Draft]) -> None:
        """Keep drafts under their keys."""
        rows = [
            (d.key, d.target, d.plain, listed(d.lost), d.dropout, d.abstract, d.content, listed(d.names),
             d.problem) for d in drafts
        ]  # fmt: skip
        self._db.executemany(f"INSERT OR REPLACE INTO drafts ({DRAFT}) VALUES ({','.join('?' * 9)})", rows)

    def drafts(self, keys: Sequence[str]) -> dict[str, Draft]:
        """Return the drafts that are kept, of those asked for."""
        out: dict[str, Draft] = {}
        for first in range(0, len(keys), AT_ONCE):
            some = keys[first : first + AT_ONCE]
            rows = self._db.execute(f"SELECT {DRAFT} FROM drafts WHERE key IN ({','.join('?' * len(some))})", some)
            for row in rows:
                key, target, plain, lost, dropout, abstract, content, names, problem = row
                lost, names = tuple(json.loads(lost)), tuple(json.loads(names))
                out[key] = Draft(key, target, plain, lost, dropout, abstract, content, names, problem)
        return out

    # ------------------------------------------------------------ edits and given pairs

    def put_edit(self, edit: Edit) -> None:
        """Keep what a person decided, in place of an earlier decision about the same pair."""
        values = (edit.anchor_sha256, edit.shape, edit.verdict, edit.input, edit.target)
        self._db.execute("INSERT OR REPLACE INTO edits VALUES (?,?,?,?,?)", values)

    def drop_edit(self, anchor_sha256: str, shape: str) -> None:
        """Forget what a person decided about a pair."""
        self._db.execute("DELETE FROM edits WHERE anchor_sha256=? AND shape=?", (anchor_sha256, shape))

    def edits(self) -> dict[tuple[str, str], Edit]:
        """Return all decisions by anchor hash and shape."""
        rows = self._db.execute("SELECT anchor_sha256, shape, verdict, input, target FROM edits")
        return {(row[0], row[1]): Edit(*row) for row in rows}

    def put_given(self, given: Sequence[Given]) -> int:
        """Keep harvested pairs; return how many were not there before."""
        before = self._db.total_changes
        rows = [(g.id, g.source, g.position, g.input, g.target, listed(dict(g.category))) for g in given]
        self._db.executemany("INSERT OR IGNORE INTO given VALUES (?,?,?,?,?,?)", rows)
        return self._db.total_changes - before

    def given(self) -> list[Given]:
        """Return the harvested pairs, by source and place."""
        rows = self._db.execute(
            "SELECT id, source, position, input, target, category FROM given ORDER BY source, position, id"
        )
        return [Given(*row[:5], category=json.loads(row[5])) for row in rows]


def listed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
