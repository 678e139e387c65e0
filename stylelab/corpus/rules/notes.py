"""Notes and their marks, in all the forms that the books have.

In: a Page. Out: spans. Next: clean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stylelab.corpus import heading
from stylelab.corpus.layout import Block, Span
from stylelab.corpus.rules.rule import Page, Rule
from stylelab.language.books import book_words

SECTION = re.compile(f"(?:{book_words('notes')})[:.]?", re.I)
NOTE_LIKE = re.compile(rf"(?:\(?\*|\[?\(?\d+[\]). ]|\{{|\[|(?:{book_words('note_likes')})\b)", re.I)
LABEL = r"(?:\(\*\d+\)|\[\d{1,3}\]|\{\d{1,3}\w?\}|\[[A-Za-z]\]|\(\d{1,2}\) ?(?=[A-Z])|[†‡§]{1,3} ?(?=\S)|\*{1,3} ?(?=[^\s*]))"
NOTE = book_words("note_labels")
FOOTNOTE = re.compile(rf"\[?(?:{LABEL}|\[?(?:{NOTE})(?: [\dA-Z*]+)?[:.] ?)", re.I)
BRACKETED = re.compile(r"\[[^_\[\]][^\[\]]*\]\.?$", re.S)
MARK = re.compile(
    rf"\s?(?:\(\*\d+\)|\[\d{{1,3}}\]|(?<!_)\{{\d{{1,3}}\w?\}}|\[(?:{book_words('inline_notes')})[^\]]*\]|\[\*+\]|\[[a-z]\](?=[\s.,;:!?\"”'’)—-]|$)|[¹²³⁴⁵⁶⁷⁸⁹⁰]+"
    rf"|\{{(?:{book_words('note_asides')})[^{{}}]*\}})",
    re.I,
)
STAR = re.compile(r"(?<=[\w.,;:!?\"”'’)])(?:\*{1,3}|[†‡§]{1,2})(?=[\s.,;:!?\"”'’)—-]|$)")
BOLD = re.compile(r"(?<![\w*])\*+\w")
LONGEST_NOTE = 6000  # characters of a bracketed note


class NotesSection(Rule):
    name = "notes_section"
    reason = "notes gathered after a chapter or at the end"
    ends_scene = True

    def find(self, page: Page) -> Iterator[Span]:
        """From a heading of notes to the next work's heading, or to the end.

        A heading inside the notes has a note below it; the next work's has prose.
        """
        blocks, done = page.blocks, -1
        for i, block in enumerate(blocks):
            if i <= done or len(block.lines) > 1 or not SECTION.fullmatch(block.text.strip(heading.EMPHASIS)):
                continue
            end = next((j for j in range(i + 1, len(blocks) - 1) if self._is_next_work(page, j)), len(blocks))
            notes = sum(bool(NOTE_LIKE.match(b.text)) for b in blocks[i + 1 : end])
            if not notes:
                continue
            done = end - 1
            yield block.start, blocks[done].end

    @staticmethod
    def _is_next_work(page: Page, i: int) -> bool:
        one, below = page.blocks[i], page.blocks[i + 1]
        return i in page.headings and not NOTE_LIKE.match(one.text) and not NOTE_LIKE.match(below.text)


class Footnote(Rule):
    name = "footnote"
    reason = "a note to the text"

    def find(self, page: Page) -> Iterator[Span]:
        """Paragraphs that begin with a note's label, or stand in brackets as a whole; a bracket may span paragraphs."""
        inside = 0
        for block in page.blocks:
            if block.start < inside:
                continue
            if FOOTNOTE.match(block.text) and self._is_note(page, block):
                inside = self._end(page.text, block)
                yield block.start, inside
            elif BRACKETED.match(block.text) and block.words > 1:
                yield block.start, block.end

    @staticmethod
    def _is_note(page: Page, block: Block) -> bool:
        if block.text[0] == "*" and (block.text.count("*") % 2 == 0 or not block.words):
            return False  # *emphasis*, or a row of stars
        marked = re.match(r"\[[A-Za-z]\]|\(\d+\)", block.text)  # a list has such labels too: a note's comes twice
        return marked is None or page.text.count(marked[0]) > 1

    @staticmethod
    def _end(text: str, block: Block) -> int:
        """Return where the note ends: with its paragraph, its line, or the bracket that its first character opens."""
        if len(block.lines) > 1 and block.lines[0].lstrip().startswith("[") and block.lines[0].endswith("]"):
            return text.index("\n", block.start)
        if not re.match(rf"\[(?:{NOTE})", block.text, re.I):
            return block.end
        depth = 0
        for at in range(block.start, min(len(text), block.start + LONGEST_NOTE)):
            depth += {"[": 1, "]": -1}.get(text[at], 0)
            if depth == 0 and text[at] == "]":
                return max(block.end, at + 1)
        return block.end


class FootnoteMark(Rule):
    name = "footnote_mark"
    reason = "mark of a note inside a sentence"

    def find(self, page: Page) -> Iterator[Span]:
        """(*1), [1], {1}, [A], superscript digits, [Footnote: …], and a star after a word where stars do not emphasise."""
        for match in MARK.finditer(page.text):
            if match.start() and page.text[match.start() - 1] != "\n":
                yield match.span()
        for match in STAR.finditer(page.text):
            line = page.text.rfind("\n\n", 0, match.start()) + 1
            if not BOLD.search(page.text, line, match.start()):
                yield match.span()
