"""A source text and what was taken out of it. Light records: project and jobs use them too.

In: a reader's text. Out: Document, Removal, Cleaned. Next room: passage.
"""

from __future__ import annotations

from dataclasses import dataclass

from stylelab.corpus.layout import Span, count_words

@dataclass(frozen=True)
class Document:
    """A text as read.

    Args:
        id: First 16 hex digits of the SHA-256 of the file's bytes.
        name: File name.
        encoding: How the bytes were read.
        text: With line ends as \\n.
    """

    id: str
    name: str
    encoding: str
    text: str

    @property
    def words(self) -> int:
        return count_words(self.text)


@dataclass(frozen=True)
class Removal:
    """A stretch of Document.text that a rule took out; it can be put back."""

    rule: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Decisions:
    """What a person decided about a document's cleaning; it survives every new cleaning.

    Args:
        rules_off: Rules that do not run on this document.
        restored: Spans of Document.text that no rule may take.
        removed: Spans that go although no rule finds them.
    """

    rules_off: frozenset[str] = frozenset()
    restored: tuple[Span, ...] = ()
    removed: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Cleaned:
    """A document and its removals, in order and without overlap: removed and kept together are the text."""

    document: Document
    removals: tuple[Removal, ...]

    @property
    def kept(self) -> str:
        """The text without the removals."""
        pieces: list[str] = []
        at = 0
        for removal in self.removals:
            pieces.append(self.document.text[at : removal.start])
            at = removal.end
        return "".join([*pieces, self.document.text[at:]])
