"""The project's database: SQLite in WAL mode, every change in one transaction.

In and out: the rooms' records. Next room: jobs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stylelab.corpus.passage import Passage
from stylelab.errors import FileError, ProjectError
from stylelab.pairs.pair import Pair, Split
from stylelab.project import migrations
from stylelab.project.corpus_rows import CorpusRows, DocumentRow
from stylelab.project.pair_rows import PairRows


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

    @property
    def corpus(self) -> CorpusRows:
        """The tables of the corpus room: documents, removals, passages, decisions."""
        return CorpusRows(self._db)

    def documents(self) -> list[DocumentRow]:
        """Return the documents in the order they were added."""
        return self.corpus.documents()

    def passages(self) -> list[Passage]:
        """Return the passages to learn from, in corpus order."""
        return list(self.corpus.passages())

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
