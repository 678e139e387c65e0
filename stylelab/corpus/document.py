"""A source text and what was taken out of it. Light records: project and jobs use them too.

In: a reader's text. Out: Document, Removal, Cleaned. Next room: passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LONG_LINE = 120  # characters; hard-wrapped text keeps below it
LONG_SHARE = 0.2  # share of such lines from which lines are paragraphs
INLINE = frozenset({"footnote_mark", "illustration_inline"})  # removals inside a paragraph: no scene ends there


def count_words(text: str) -> int:
    """Return the number of words; inner apostrophes belong to the word."""
    return sum(1 for _ in WORD.finditer(text))


def lines_are_paragraphs(text: str) -> bool:
    """Return whether a text has one line per paragraph, as word processors export it, instead of hard-wrapped lines."""
    lines = [len(line) for line in text.split("\n") if line.strip()]
    return bool(lines) and sum(n > LONG_LINE for n in lines) >= LONG_SHARE * len(lines)


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
class Cleaned:
    """A document and its removals, in order and without overlap: removed and kept together are the text."""

    document: Document
    removals: tuple[Removal, ...]

    def _pieces(self) -> Iterator[tuple[str, str | None]]:
        at = 0
        for removal in self.removals:
            yield self.document.text[at : removal.start], removal.rule
            at = removal.end
        yield self.document.text[at:], None

    @property
    def kept(self) -> str:
        """The text without the removals."""
        return "".join(piece for piece, _ in self._pieces())

    @property
    def scenes(self) -> list[str]:
        """The kept text, cut where a heading, a note or a break was removed."""
        scenes = [""]
        for piece, rule in self._pieces():
            scenes[-1] += piece
            if rule is not None and rule not in INLINE:
                scenes.append("")
        return [scene for scene in scenes if scene.strip()]
