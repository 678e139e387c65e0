"""What the application indexes of a project: SQLite in WAL mode, every change one transaction.

In and out: the rooms' records. Next room: jobs.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stylelab.corpus.document import Cleaned, Removal, count_words
from stylelab.corpus.passage import Passage, Passages, Rejection
from stylelab.errors import FileError, ProjectError
from stylelab.files import sha256_text
from stylelab.pairs.pair import Pair, Split
from stylelab.project import migrations
from stylelab.project.pair_rows import PairRows


@dataclass(frozen=True)
class DocumentRow:
    """A document's line in `corpus report`."""

    id: str
    path: str
    encoding: str
    words_in: int
    words_removed: int
    removed_by_rule: Mapping[str, int]
    paragraphs: int
    passages: int
    rejected_by_reason: Mapping[str, int]


@dataclass(frozen=True)
class RunRow:
    """A training run's line in `train runs`."""

    id: str
    started: str
    outcome: str
    updates: int
    valid_first: float | None
    valid_best: float | None


class Store:
    """A project's database. Close it, or use it in a `with` block."""

    def __init__(self, path: Path) -> None:
        """Open the database, migrate an older one.

        Raises:
            ProjectError: It is damaged or of a newer schema.
        """
        self._path = path
        try:
            self._db = sqlite3.connect(path, isolation_level=None, timeout=30)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA foreign_keys=ON")
            migrations.migrate(self._db, path)
        except sqlite3.DatabaseError as error:
            raise ProjectError(
                f"{path} cannot be read: {error}.",
                remedy="Move it away and run 'stylelab corpus add' again: your texts are in texts/.",
                code="store_damaged",
            ) from error

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Do everything in the block or nothing."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            full = "full" in str(error)
            raise FileError(
                f"{self._path} was not written: {error}. Nothing was changed.",
                remedy="Free some space and run the same command again." if full else "Try again.",
                code="disk_full" if full else "store_write",
            ) from error

    # ------------------------------------------------------------ corpus

    def put_document(self, cleaned: Cleaned, passages: Passages) -> None:
        """Store a cleaned document with all that became of it, in place of an earlier state."""
        d = cleaned.document
        removed = sum(count_words(r.text) for r in cleaned.removals)
        with self.transaction():
            row = self._db.execute("SELECT ordinal FROM documents WHERE id=?", (d.id,)).fetchone()
            ordinal = row[0] if row else self._count("documents")
            self._db.execute("DELETE FROM documents WHERE id=?", (d.id,))
            self._db.execute(
                "INSERT INTO documents VALUES (?,?,?,?,?,?,?)",
                (d.id, ordinal, d.name, d.encoding, d.words, removed, passages.paragraphs),
            )
            self._db.executemany(
                "INSERT INTO removals VALUES (?,?,?,?,?)",
                [(d.id, r.rule, r.start, r.end, r.text) for r in cleaned.removals],
            )
            self._db.executemany(
                "INSERT INTO passages VALUES (?,?,?,?,?)",
                [(p.id, p.document, p.position, p.text, p.words) for p in passages.kept],
            )
            self._db.executemany(
                "INSERT INTO rejections VALUES (?,?,?,?)",
                [(r.document, r.position, r.reason, r.text) for r in passages.rejected],
            )

    def document_ids(self) -> set[str]:
        return {row[0] for row in self._db.execute("SELECT id FROM documents")}

    def passage_hashes(self, but: str | None = None) -> set[str]:
        """Return the content hashes of all passages, as `corpus.passage.cut` counts duplicates."""
        from stylelab.corpus.document import WORD

        rows = self._db.execute("SELECT text FROM passages WHERE document IS NOT ?", (but,))
        return {sha256_text(" ".join(WORD.findall(text.lower()))) for (text,) in rows}

    def documents(self) -> list[DocumentRow]:
        """Return the documents in the order they were added."""
        out: list[DocumentRow] = []
        rows = self._db.execute(
            "SELECT id, name, encoding, words, words_removed, paragraphs FROM documents ORDER BY ordinal, id"
        ).fetchall()
        for own, name, encoding, words, removed, paragraphs in rows:
            rules = Counter[str]()
            for rule, text in self._db.execute("SELECT rule, text FROM removals WHERE document=?", (own,)):
                rules[rule] += count_words(text)
            reasons = dict(
                self._db.execute("SELECT reason, COUNT(*) FROM rejections WHERE document=? GROUP BY reason", (own,))
            )
            (count,) = self._db.execute("SELECT COUNT(*) FROM passages WHERE document=?", (own,)).fetchone()
            out.append(DocumentRow(own, name, encoding, words, removed, dict(rules), paragraphs, count, reasons))
        return out

    def passages(self) -> list[Passage]:
        """Return all passages in corpus order."""
        rows = self._db.execute(
            "SELECT p.id, p.document, p.position, p.text, p.words FROM passages p JOIN documents d ON d.id = p.document"
            " ORDER BY d.ordinal, d.id, p.position"
        )
        return [Passage(*row) for row in rows]

    def removals(self) -> list[tuple[str, Removal]]:
        """Return every removal with its document's name."""
        rows = self._db.execute(
            'SELECT d.name, r.rule, r.start, r."end", r.text FROM removals r JOIN documents d ON d.id = r.document'
            " ORDER BY d.ordinal, r.start"
        )
        return [(name, Removal(rule, start, end, text)) for name, rule, start, end, text in rows]

    def rejections(self) -> list[Rejection]:
        return [Rejection(*row) for row in self._db.execute("SELECT document, position, reason, text FROM rejections")]

    # ------------------------------------------------------------ pairs and runs

    @property
    def dataset(self) -> PairRows:
        """The tables of the pairs room: pairs, drafts, edits and given pairs."""
        return PairRows(self._db)

    def pairs(self, split: Split | None = None) -> list[Pair]:
        """Return the pairs of a split, or of all splits."""
        return self.dataset.pairs(split)

    def put_run(self, run: RunRow) -> None:
        """Store a run's line, new or changed."""
        with self.transaction():
            values = (run.id, run.started, run.outcome, run.updates, run.valid_first, run.valid_best)
            self._db.execute("INSERT OR REPLACE INTO runs VALUES (?,?,?,?,?,?)", values)

    def runs(self) -> list[RunRow]:
        """Return the runs, oldest first."""
        return [RunRow(*row) for row in self._db.execute("SELECT * FROM runs ORDER BY started, id")]

    def _count(self, table: str) -> int:
        return int(self._db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])
