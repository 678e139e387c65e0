"""What belongs to the printed page and not to the text: numbers, running heads, pictures, rows of stars; chapter titles.

In: a Page. Out: spans. Next: clean.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from stylelab.corpus import heading
from stylelab.corpus.layout import ENDED, Block, Span
from stylelab.corpus.rules.rule import Page, Rule
from stylelab.language.books import book_words

NUMBER = re.compile(rf"[-–—\[({{ ]*(?:(?:{book_words('page_labels')})\s*)?\d{{1,4}}[-–—\])}} ]*", re.I)
INLINE_NUMBER = re.compile(rf"\s?[\[{{](?:{book_words('inline_pages')})\.? ?\d{{1,4}}[\]}}]", re.I)
BREAK = re.compile(r"[\s*·•#~_=—–\-.…⁂+xo]*[*·•#~_=—–\-⁂][\s*·•#~_=—–\-.…⁂+xo]*")
PICTURE = re.compile(rf"\[+\s*(?:{book_words('pictures')})\b|\{{[^{{}}]*\.(?:jpe?g|png|gif)\}}", re.I)
PICTURE_INLINE = re.compile(rf"\s?\[(?:{book_words('inline_pictures')})\b[^\]]{{0,400}}\]", re.I)
TIMES = 5  # a running head comes at least so often
BROKEN = 0.5  # and breaks a sentence in at least this share of its places


class ChapterTitle(Rule):
    name = "chapter_title"
    reason = "heading of a chapter or part"
    ends_scene = True

    def find(self, page: Page) -> Iterator[Span]:
        """Every heading."""
        for i in sorted(page.headings):
            yield page.blocks[i].start, page.blocks[i].end


class PageNumber(Rule):
    name = "page_number"
    reason = "page number"

    def find(self, page: Page) -> Iterator[Span]:
        """Numbers that stand alone and are no chapter's: they count on, or stand in brackets or dashes; [Pg 12] anywhere."""
        alone = [b for b in page.blocks if len(b.lines) == 1 and NUMBER.fullmatch(b.text)]
        bare = [b for b in alone if b.text.isdigit()]
        chapters = len(bare) > 1 and all(b.gap >= heading.APART for b in bare)
        for block in alone:
            if not (chapters and block.text.isdigit()):
                yield block.start, block.end
        for match in INLINE_NUMBER.finditer(page.text):
            yield match.span()


class RunningHead(Rule):
    name = "running_head"
    reason = "title repeated at the head of every page"

    def find(self, page: Page) -> Iterator[Span]:
        """Short lines that come again and again, and mostly in the middle of a sentence."""
        places: dict[str, list[int]] = defaultdict(list)
        for i, block in enumerate(page.blocks):
            if len(block.lines) == 1 and 0 < block.words <= 10 and block.text[-1].isalnum() and block.text[0].isalnum():
                key = heading.plain(block.text)
                if len(key) > 2:
                    places[key].append(i)
        for found in places.values():
            if len(found) >= TIMES and sum(self._breaks(page, i) for i in found) >= BROKEN * len(found):
                for i in found:
                    yield page.blocks[i].start, page.blocks[i].end

    @staticmethod
    def _breaks(page: Page, i: int) -> bool:
        before = next((j for j in range(i - 1, max(-1, i - 4), -1) if not NUMBER.fullmatch(page.blocks[j].text)), None)
        if before is None or before in page.headings:
            return False
        return not ENDED.search(page.blocks[before].text) and page.blocks[before].words > 5


class Illustration(Rule):
    name = "illustration"
    reason = "a picture's caption"

    def find(self, page: Page) -> Iterator[Span]:
        """Captions in brackets that stand alone, to the bracket's end; and those inside a paragraph."""
        inside = 0
        for block in page.blocks:
            if block.start < inside or not PICTURE.match(block.text):
                continue
            inside = self._end(page.text, block)
            yield block.start, inside
        for match in PICTURE_INLINE.finditer(page.text):
            yield match.span()

    @staticmethod
    def _end(text: str, block: Block) -> int:
        close = text.find("}" if block.text[0] == "{" else "]", block.start, block.start + 1500)
        if close < 0:
            return block.end
        return block.end if close < block.end and not text[close + 1 : block.end].strip(" ]}\n") else close + 1


class SceneBreak(Rule):
    name = "scene_break"
    reason = "a row of stars or dashes between scenes"
    ends_scene = True

    def find(self, page: Page) -> Iterator[Span]:
        """Rows of signs."""
        for block in page.blocks:
            if not block.words and BREAK.fullmatch(block.text):
                yield block.start, block.end
