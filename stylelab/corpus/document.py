"""A source text and what was taken out of it. Light records: project and jobs use them too.

In: a reader's text. Out: Document, Removal, Cleaned. Next room: passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
