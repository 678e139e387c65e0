"""A source text and what was taken out of it. Light records: project and jobs use them too.

In: a reader's text. Out: Document, Removal, Cleaned. Next room: passage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stylelab.corpus.layout import Span, count_words


@dataclass(frozen=True)
class Chapter:
    """A part of a book that can be chosen or left out.

    Args:
        number: Place in the book, from 1.
        title: As the table of contents has it; empty where it has none.
        words: Words of its text, before repair.
    """

    number: int
    title: str
    words: int


@dataclass(frozen=True)
class Change:
    """A paragraph that its author or editor changed, from a document's tracked changes."""

    before: str
    after: str


@dataclass(frozen=True)
class Document:
    """A text as read and repaired.

    Args:
        id: First 16 hex digits of the SHA-256 of the file's bytes; of a folder's parts in their order.
        name: File name.
        encoding: How the bytes were read.
        text: Repaired, with line ends as \\n. Headings that the format marks begin with # as in Markdown.
        format: What kind of file it was: txt, md, html, epub, docx, rtf, odt, pdf, scrivener.
        repairs: What was repaired or only noticed, by kind; kinds that did not occur are left out.
        chapters: The parts of the text where the format knows them, as they were taken.
        changes: Paragraphs that tracked changes touch; the text holds what they became.
    """

    id: str
    name: str
    encoding: str
    text: str
    format: str = "txt"
    repairs: Mapping[str, int] = field(default_factory=dict[str, int], hash=False)
    chapters: tuple[Chapter, ...] = ()
    changes: tuple[Change, ...] = ()

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
