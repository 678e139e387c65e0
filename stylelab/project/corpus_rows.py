"""The tables of the corpus room: documents, removals, passages, rejections, people's decisions.

In and out: the corpus room's records. Next: store, which owns the connection and the transactions.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stylelab.corpus.choose import Candidate
from stylelab.corpus.decision import Decision
from stylelab.corpus.document import Document, Removal
from stylelab.corpus.layout import count_words
from stylelab.corpus.passage import Passage, Rejection
from stylelab.corpus.profile import Profile
from stylelab.errors import CorpusError

if TYPE_CHECKING:
    from stylelab.corpus.prepared import Prepared  # loads what finds near-duplicates

REPEATED = "near_duplicate"
ORDER = "JOIN documents d ON d.id = x.document {where} ORDER BY d.ordinal, x.position"


@dataclass(frozen=True)
class DocumentRow:
    """A document's line in `corpus report`.

    Args:
        path: The file's name.
        file: Its name in texts/.
        made_with: Hash of what cleaned and cut it; another one now means that it is out of date.
        rejected_by_reason: Groups of paragraphs that became no passage, and passages that repeat another.
        chosen: How many of the passages are learned from.
    """

    id: str
    path: str
    file: str
    encoding: str
    format: str
    language: str
    repairs: Mapping[str, int]
    chapters: tuple[int, ...] | None
    made_with: str
    words_in: int
    words_removed: int
    removed_by_rule: Mapping[str, int]
    paragraphs: int
    passages: int
    rejected_by_reason: Mapping[str, int]
    chosen: int
    tokens: int
    tokens_chosen: int


class CorpusRows:
    """The tables of one project. Changes belong in the store's transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    # ------------------------------------------------------------ documents

    def put(
        self, done: Prepared, file: str, made_with: str, chapters: Sequence[int] | None, ordinal: int | None = None
    ) -> None:
        """Store a document with all that became of it, in place of an earlier state.

        Args:
            ordinal: Its place in the corpus; None for where it was, or last.
        """
        d = done.cleaned.document
        if ordinal is None:
            row = self._db.execute("SELECT ordinal FROM documents WHERE id=?", (d.id,)).fetchone()
            ordinal = row[0] if row else self._next()
        removals = [(r, count_words(r.text)) for r in done.cleaned.removals]
        told = json.dumps(done.profile.dump(), ensure_ascii=False)
        part = None if chapters is None else json.dumps(list(chapters))
        self._db.execute("DELETE FROM documents WHERE id=?", (d.id,))
        self._db.execute(
            "INSERT INTO documents (id, ordinal, name, encoding, words, words_removed, paragraphs, file, format,"
            " language, repairs, chapters, made_with, profile, text) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                *(d.id, ordinal, d.name, d.encoding, d.words, sum(n for _, n in removals), done.passages.paragraphs),
                *(file, d.format, done.passages.language, json.dumps(dict(d.repairs)), part, made_with, told, d.text),
            ),
        )
        self._db.executemany(
            'INSERT INTO removals (document, rule, start, "end", text, words) VALUES (?,?,?,?,?,?)',
            [(d.id, r.rule, r.start, r.end, r.text, words) for r, words in removals],
        )
        self._db.executemany(
            "INSERT INTO passages (id, document, position, text, words, tokens, scene, kind, signature)"
            " VALUES (?,?,?,?,?,?,?,?,?)",
            [
                (p.id, p.document, p.position, p.text, p.words, p.tokens, p.scene, kind, signature)
                for p, kind, signature in zip(done.passages.kept, done.kinds, done.signatures, strict=True)
            ],
        )
        self._db.executemany(
            "INSERT INTO rejections (document, position, reason, text) VALUES (?,?,?,?)",
            [(r.document, r.position, r.reason, r.text) for r in done.passages.rejected],
        )

    def drop(self, document: str) -> None:
        """Delete a document and its passages; people's decisions about it stay, in case it comes back."""
        self._db.execute("DELETE FROM documents WHERE id=?", (document,))

    def ids(self) -> set[str]:
        return {row[0] for row in self._db.execute("SELECT id FROM documents")}

    def find(self, name: str) -> DocumentRow:
        """Return the document of an id, a name, or the beginning of one that no other has.

        Raises:
            CorpusError: None, or several; they are named.
        """
        rows = self.documents()
        exact = [r for r in rows if name in (r.id, r.path, r.file)]
        found = exact or [r for r in rows if r.path.startswith(name) or r.id.startswith(name)]
        if len(found) == 1:
            return found[0]
        names = ", ".join(r.path for r in (found or rows)[:8])
        raise CorpusError(
            f"{len(found)} documents are called '{name}'." if found else f"There is no document '{name}'.",
            remedy=f"Name one of: {names}.",
            code="document_missing",
        )

    def document(self, document: str) -> Document:
        """Return a document as it was read and repaired, by its id.

        Raises:
            CorpusError: It was stored by an older StyleLab, without its text.
        """
        row = self._db.execute(
            "SELECT id, name, encoding, text, format, repairs FROM documents WHERE id=?", (document,)
        ).fetchone()
        if not row[3]:
            raise CorpusError(
                f"{row[1]} was cleaned by an older StyleLab.", remedy="Run 'stylelab corpus clean' first.", code="stale"
            )
        return Document(*row[:5], repairs=json.loads(row[5]))

    def documents(self) -> list[DocumentRow]:
        """Return the documents in the order they were added."""
        rules: dict[str, Counter[str]] = {}
        for own, rule, words in self._db.execute("SELECT document, rule, SUM(words) FROM removals GROUP BY 1, 2"):
            rules.setdefault(own, Counter())[rule] = words
        reasons: dict[str, Counter[str]] = {}
        for own, reason, count in self._db.execute("SELECT document, reason, COUNT(*) FROM rejections GROUP BY 1, 2"):
            reasons.setdefault(own, Counter())[reason] = count
        kept: dict[str, tuple[int, int, int, int, int]] = {}
        for own, *counts in self._db.execute(
            "SELECT document, SUM(repeats IS NULL), SUM(repeats IS NOT NULL), SUM(chosen),"
            " SUM(CASE WHEN repeats IS NULL THEN tokens ELSE 0 END), SUM(tokens * chosen) FROM passages GROUP BY 1"
        ):
            kept[own] = tuple(counts)  # pyright: ignore[reportArgumentType]
        out: list[DocumentRow] = []
        for row in self._db.execute(
            "SELECT id, name, file, encoding, format, language, repairs, chapters, made_with, words, words_removed,"
            " paragraphs FROM documents ORDER BY ordinal, id"
        ):
            passages, repeated, chosen, tokens, tokens_chosen = kept.get(row[0], (0, 0, 0, 0, 0))
            why = dict(reasons.get(row[0], {}))
            if repeated:
                why[REPEATED] = repeated
            part = None if row[7] is None else tuple(json.loads(row[7]))
            out.append(
                DocumentRow(
                    *row[:6],
                    repairs=json.loads(row[6]),
                    chapters=part,
                    made_with=row[8],
                    words_in=row[9],
                    words_removed=row[10],
                    removed_by_rule=dict(rules.get(row[0], {})),
                    paragraphs=row[11],
                    passages=passages,
                    rejected_by_reason=why,
                    chosen=chosen,
                    tokens=tokens,
                    tokens_chosen=tokens_chosen,
                )
            )
        return out

    def profiles(self) -> Iterator[tuple[str, Profile]]:
        """Yield each document's id and profile."""
        for own, value in self._db.execute("SELECT id, profile FROM documents ORDER BY ordinal, id"):
            yield own, Profile.load(json.loads(value))

    # ------------------------------------------------------------ passages

    def passages(self, chosen: bool = True, document: str | None = None) -> Iterator[Passage]:
        """Yield passages in corpus order: those to learn from, or all of them."""
        where = "WHERE (x.chosen OR ?) AND (? IS NULL OR x.document = ?)"
        rows = self._db.execute(
            "SELECT x.id, x.document, x.position, x.text, x.words, x.tokens, x.scene FROM passages x "
            + ORDER.format(where=where),
            (not chosen, document, document),
        )
        return (Passage(*row) for row in rows)

    def removals(self, document: str | None = None) -> list[tuple[str, Removal]]:
        """Return every removal with its document's name."""
        rows = self._db.execute(
            'SELECT d.name, r.rule, r.start, r."end", r.text FROM removals r JOIN documents d ON d.id = r.document'
            " WHERE ? IS NULL OR d.id = ? ORDER BY d.ordinal, r.start",
            (document, document),
        )
        return [(name, Removal(rule, start, end, text)) for name, rule, start, end, text in rows]

    def rejections(self, document: str | None = None) -> list[Rejection]:
        """Return the rejections and the near-duplicates, in corpus order."""
        rows = self._db.execute(
            "SELECT x.document, x.position, x.reason, x.text FROM (SELECT document, position, reason, text FROM rejections"
            f" UNION ALL SELECT document, position, '{REPEATED}', text FROM passages WHERE repeats IS NOT NULL) x "
            + ORDER.format(where="WHERE ? IS NULL OR x.document = ?"),
            (document, document),
        )
        return [Rejection(*row) for row in rows]

    # ------------------------------------------------------------ near-duplicates and the choice

    def signatures(self) -> tuple[list[str], list[bytes]]:
        """Return the ids of all passages in corpus order, and their signatures."""
        rows = self._db.execute("SELECT x.id, x.signature FROM passages x " + ORDER.format(where="")).fetchall()
        return [row[0] for row in rows], [row[1] for row in rows]

    def passage_text(self, passage: str) -> str:
        return str(self._db.execute("SELECT text FROM passages WHERE id=?", (passage,)).fetchone()[0])

    def put_repeats(self, repeats: Mapping[str, str]) -> None:
        """Store which passages are near-duplicates of which earlier one; all others are none."""
        self._db.execute("UPDATE passages SET repeats = NULL WHERE repeats IS NOT NULL")
        self._db.executemany("UPDATE passages SET repeats = ? WHERE id = ?", [(b, a) for a, b in repeats.items()])

    def candidates(self) -> list[Candidate]:
        """Return the passages that may be chosen, in corpus order."""
        rows = self._db.execute(
            "SELECT x.id, x.document, x.kind, x.tokens FROM passages x " + ORDER.format(where="WHERE x.repeats IS NULL")
        )
        return [Candidate(*row) for row in rows]

    def put_choice(self, ids: Iterable[str]) -> None:
        """Store which passages are learned from."""
        self._db.execute("UPDATE passages SET chosen = 0 WHERE chosen")
        self._db.executemany("UPDATE passages SET chosen = 1 WHERE id = ?", [(one,) for one in ids])

    # ------------------------------------------------------------ decisions

    def decisions(self, document: str) -> list[Decision]:
        """Return what was decided about a document."""
        rows = self._db.execute(
            'SELECT kind, rule, start, "end", text FROM decisions WHERE document=? ORDER BY start, rule', (document,)
        )
        return [Decision(*row) for row in rows]

    def put_decisions(self, document: str, decisions: Iterable[Decision]) -> None:
        """Store what is decided about a document, in place of what was."""
        self._db.execute("DELETE FROM decisions WHERE document=?", (document,))
        self._db.executemany(
            "INSERT INTO decisions VALUES (?,?,?,?,?,?)",
            [(document, one.kind, one.rule, one.start, one.end, one.text) for one in decisions],
        )

    def _next(self) -> int:
        return int(self._db.execute("SELECT COALESCE(MAX(ordinal) + 1, 0) FROM documents").fetchone()[0])
