"""What stands before the story: title page, contents, prefaces, dedications, mottoes.

In: a Page. Out: spans. Next: clean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stylelab.corpus import heading, layout
from stylelab.corpus.layout import Block, Span
from stylelab.corpus.rules.rule import CONTENTS, Page, Rule, is_listing, is_prose
from stylelab.language.books import book_words

SECTION = re.compile(f"(?:{book_words('front')})", re.I | re.S)
TO = re.compile(rf"(?:{book_words('dedicated_to')})\b", re.I)
DEDICATED = re.compile(rf"(?:{book_words('dedication_starts')})\b.*(?:{book_words('dedication_words')})", re.I | re.S)
ATTRIBUTION = re.compile(r"(?:^[_(\[]*|[.!?][\"”’']*)\s?(?:--|—|–|-)\s?_?[A-Z][^.!?]{0,70}[.)_]*$", re.S)
SOURCE = re.compile(r"[_(]+[^_]{2,60}[_.)]+")
LETTER = re.compile(rf"\b(?:{book_words('letters')}|\d{{4}})\b", re.I)
FRONT = 0.15  # share of a text in which front matter is looked for
LONGEST = 8000  # words of a preface; beyond, the heading is a chapter's


class TitlePage(Rule):
    name = "title_page"
    reason = "title, author, publisher, dedication"
    ends_scene = True

    def find(self, page: Page) -> Iterator[Span]:
        """The short lines before the first heading of a chapter or the first prose, and dedications among them."""
        for i, block in enumerate(page.blocks):
            if heading.is_numbered(block):
                return
            dedication = block.words < 90 and DEDICATED.match(block.text) and block.start < 3000
            short = (
                (block.words <= 25 or heading.is_upper(block.text))
                and len(block.lines) <= 8
                and not self._begins(page, i)
            )
            if not (dedication or short):
                return
            yield block.start, block.end

    @staticmethod
    def _begins(page: Page, i: int) -> bool:
        """Return whether the work's own words begin here."""
        block = page.blocks[i]
        if is_prose(block, page.how.width):
            return True
        if heading.is_upper(block.text) or is_listing(block):
            return False
        ended = layout.ENDED.search(block.text) is not None
        return ended and not heading.is_titled(re.findall(r"[^\W\d_][\w'’]*", block.text))


class Contents(Rule):
    name = "contents"
    reason = "table of contents"
    ends_scene = True

    def find(self, page: Page) -> Iterator[Span]:
        """A heading of contents and the list below it; a list of numbered headings without one."""
        done = -1
        for i, block in enumerate(page.blocks):
            if i <= done:
                continue
            if CONTENTS.fullmatch(block.lines[0].strip(" _*")) and block.start < max(FRONT * page.whole, 20_000):
                for j in page.listed(i):
                    done = j
                    yield page.blocks[j].start, page.blocks[j].end
            elif self._lists_headings(block):
                yield block.start, block.end

    @staticmethod
    def _lists_headings(block: Block) -> bool:
        if len(block.lines) < 4:
            return False
        numbered = sum(bool(heading.NUMBERED.match(line.strip(heading.EMPHASIS))) for line in block.lines)
        return numbered >= 0.6 * len(block.lines)


class FrontSection(Rule):
    name = "preface"
    reason = "preface, dedication or note by author, editor or publisher"
    ends_scene = True

    def find(self, page: Page) -> Iterator[Span]:
        """From a heading of front matter to the next heading that is none of it."""
        blocks, headings = page.blocks, sorted(page.headings)
        limit = max(FRONT * page.whole, 20_000)
        done = -1
        for k, i in enumerate(headings):
            if i <= done or blocks[i].start > limit or not self._opens(page, i):
                continue
            end = next((j for j in headings[k + 1 :] if self._closes(page, i, j)), None)
            if end is None or sum(b.words for b in blocks[i:end]) > LONGEST:
                continue
            done = end - 1
            yield blocks[i].start, blocks[done].end

    @staticmethod
    def _opens(page: Page, i: int) -> bool:
        block = page.blocks[i]
        if SECTION.fullmatch(block.text.strip(heading.EMPHASIS + "[]")):
            return True
        first = next((j for j in sorted(page.headings) if heading.NUMBERED.match(page.blocks[j].text)), 0)
        return i < first and bool(TO.match(block.text)) and heading.is_upper(block.text)

    @staticmethod
    def _closes(page: Page, opened: int, i: int) -> bool:
        """Return whether heading `i` begins something else than a part of the section."""
        block = page.blocks[i]
        if i == opened + 1 and not heading.is_numbered(block):
            return False
        return not SECTION.fullmatch(block.text.strip(heading.EMPHASIS)) and (
            heading.is_numbered(block) or block.gap >= heading.APART + 1
        )


class Epigraph(Rule):
    name = "epigraph"
    reason = "motto above a chapter, by somebody else"

    def find(self, page: Page) -> Iterator[Span]:
        """Verse, set-in lines and quotations with their sources, directly below a heading."""
        blocks = page.blocks
        for i in sorted(i for i in page.headings | {-1} if self._opens_chapter(page, i)):
            j = i + 1
            run: list[Block] = []
            while j < len(blocks) and j not in page.headings and self._is_motto(page, j, bool(run)):
                run.append(blocks[j])
                j += 1
            if run and (i >= 0 or any(ATTRIBUTION.search(b.lines[-1].strip()) for b in run)) and j < len(blocks):
                for block in run:
                    yield block.start, block.end

    @staticmethod
    def _opens_chapter(page: Page, i: int) -> bool:
        """Return whether heading `i` is a chapter's, or the title below it; an inscription has no motto."""
        chain = i
        while chain >= 0 and chain in page.headings and i - chain < 3:
            if heading.is_numbered(page.blocks[chain]) or page.blocks[chain].gap > heading.APART:
                return True
            chain -= 1
        return i < 0

    @staticmethod
    def _is_motto(page: Page, i: int, inside: bool) -> bool:
        block = page.blocks[i]
        if block.words > 150:
            return False
        apart = block.indent >= 2 and page.how.mode != "indent"
        if layout.is_verse(block, page.how.width):
            return apart or ATTRIBUTION.search(block.lines[-1].strip()) is not None or block.text[0] in '"“'
        quoted = block.text[0] in '"“'
        if ATTRIBUTION.search(block.lines[-1].strip()) and (apart or inside or quoted):
            return True
        if inside and block.words <= 6 and (SOURCE.fullmatch(block.text) or apart):
            return True
        ragged = layout.raggedness(block, page.how.width) >= 0.5 and len(block.lines) > 1
        below = page.blocks[i + 1] if i + 1 < len(page.blocks) else None
        follows = (
            below is not None and below.words <= 8 and (ATTRIBUTION.match(below.text) or SOURCE.fullmatch(below.text))
        )
        return bool(follows and (apart or quoted)) or (apart and (ragged or block.words <= 20) and not is_letter(block))


def is_letter(block: Block) -> bool:
    """Return whether a set-in block is a letter's head or greeting, which is part of the story."""
    return LETTER.search(block.text) is not None
