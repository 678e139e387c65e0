"""What the makers of a file and of an edition said: licences, notes by editors and transcribers, end matter.

In: a Page. Out: spans. Next: clean.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from stylelab.corpus import heading
from stylelab.corpus.layout import Span
from stylelab.corpus.rules.rule import Page, Rule
from stylelab.language.books import book_words

START = re.compile(book_words("licence_starts"), re.M | re.I)
END = re.compile(rf"^\s*(?:{book_words('licence_ends')}).*$", re.M | re.I)
EDITOR = re.compile(rf"[\[(_ ]*(?:{book_words('editors')})", re.I)
NEVER_PROSE = re.compile(book_words("never_prose"), re.I)
TRANSCRIBER = re.compile(book_words("transcribers"), re.I)
AFTER = re.compile(f"(?:{book_words('back')})[.:]?", re.I | re.S)
THE_END = re.compile(rf"[_*\s]*(?:{book_words('ends')})[_*.\s]*", re.I)
DATED = re.compile(r"[_(]*[A-Z][\w .,']{2,40}, (?:\w+ )?1[6-9]\d\d(?:[-–—]\d{2,4})?[.)_]*")
MARGIN = 6000  # characters at either end of a file where its makers speak
TRANSCRIBER_NOTE = re.compile(rf"\[?(?:{book_words('transcriber_notes')})", re.I)
SIGNS = "[]_* "
SHORT = 400  # words after 'The End' that are no chapter
TAIL = 0.12  # share of a text in which end matter is looked for


class GutenbergHeader(Rule):
    name = "gutenberg_header"
    reason = "licence and catalogue lines before the work"
    ends_scene = True

    def find(self, page: Page) -> Iterator[Span]:
        """Everything up to the line that starts the work; the last such line wins among those in the first third."""
        near = max(len(page.text) // 3, 20_000)
        found = list(START.finditer(page.text, 0, near))
        if found:
            yield 0, found[-1].end()


class GutenbergFooter(Rule):
    name = "gutenberg_footer"
    reason = "licence after the work"
    ends_scene = True

    def find(self, page: Page) -> Iterator[Span]:
        """Everything from the line that ends the work."""
        match = END.search(page.text, len(page.text) // 2)
        if match:
            yield match.start(), len(page.text)


class EditorNote(Rule):
    name = "editor_note"
    reason = "a note by an editor or transcriber"

    def find(self, page: Page) -> Iterator[Span]:
        """Paragraphs near either end, or in brackets, by those who made the file; a bracket may span paragraphs."""
        inside = 0
        never = [m.start() for m in NEVER_PROSE.finditer(page.text)]
        for block in page.blocks:
            if block.start < inside:
                continue
            at = bisect_left(never, block.start)
            said = at < len(never) and never[at] < block.end
            margin = block.start < MARGIN or block.end > len(page.text) - MARGIN
            bracket = block.text.startswith("[")
            named = EDITOR.match(block.text) and (margin or bracket or TRANSCRIBER.match(block.text.lstrip("[ ")))
            if not (named or said):
                continue
            close = page.text.find("]", block.start) if bracket else -1
            inside = close + 1 if 0 <= close < block.start + 6000 else block.end
            yield block.start, inside


class EndMatter(Rule):
    name = "end_matter"
    reason = "advertisements, notes and colophons after the end"
    ends_scene = True

    def find(self, page: Page) -> Iterator[Span]:
        """From 'The End', or from a heading of end matter, to the end of the text; a place and date below the last line."""
        blocks = page.blocks
        for i in range(len(blocks) - 1, -1, -1):
            block = blocks[i]
            if block.start < len(page.text) - max(TAIL * page.whole, 400):
                break
            if self._ends(page, i):
                yield block.start, len(page.text)
                return
        if len(blocks) > 2 and DATED.fullmatch(blocks[-1].text):
            yield blocks[-1].start, blocks[-1].end

    @staticmethod
    def _ends(page: Page, i: int) -> bool:
        """Return whether the work is over before block `i`. 'The End' is also a chapter's title."""
        block = page.blocks[i]
        if THE_END.fullmatch(block.text):
            rest = page.blocks[i + 1 :]
            told = i > 0 and heading.is_numbered(page.blocks[i - 1])
            return not told and (
                sum(b.words for b in rest) < SHORT or any(AFTER.fullmatch(b.text.strip(SIGNS)) for b in rest)
            )
        if AFTER.fullmatch(block.text.strip(SIGNS)):
            return i in page.headings or block.gap >= heading.APART
        return bool(TRANSCRIBER_NOTE.match(block.text)) and block.words < 12
