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

START = re.compile(
    r"^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG.*(?:\n(?!\n).*\*\*\*.*)?$|^\*END[* ]*THE SMALL PRINT.*$",
    re.M | re.I,
)
END = re.compile(
    r"^\s*(?:\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG|(?:this is the )?END (?:OF )?(?:THE |THIS )?PROJECT GUTENBERG"
    r"|ENDE? (?:dieses|des|of) (?:the |this )?Proje[ck]t[ -]Gutenberg).*$",
    re.M | re.I,
)
EDITOR = re.compile(
    r"[\[(_ ]*(?:(?:original |project gutenberg )?(?:transcriber|redactor|editor|publisher|proofreader)['’]?s?['’]? ?"
    r"(?:note|remark|comment)|produced by (?-i:[A-Z])"
    r"|e-?text prepared|this e-?(?:text|book)|transcribed (?:from|by)|scanned (?:and|by)|updated edition"
    r"|note\. ?[-—]+this (?:text|edition)|\[?illustrations? (?:by|generated)|html version|an electronic)",
    re.I,
)
NEVER_PROSE = re.compile(r"\bproject gutenberg\b|\be-?texts?\b", re.I)
TRANSCRIBER = re.compile(r"(?:original )?(?:transcriber|redactor|project gutenberg|e-?text\b|proofread)", re.I)
AFTER = re.compile(
    r"(?:transcriber['’]?s['’]? notes?|advertisements?|by the same author|(?:other )?(?:books|works|novels) by\b.*|footnotes?"
    r"|index|glossary|press notices|opinions of the press|errata|corrigenda|colophon|bibliography|printed by.*"
    r"|concluding remarks.*|some press.*|(?:popular )?(?:copyright )?(?:novels|fiction)\b.{0,40}"
    r"|(?:there'?s )?more to follow.*)[.:]?",
    re.I | re.S,
)
THE_END = re.compile(r"[_*\s]*(?:the end|finis|ende|end of (?:the )?(?:book|volume|novel|story).*)[_*.\s]*", re.I)
DATED = re.compile(r"[_(]*[A-Z][\w .,']{2,40}, (?:\w+ )?1[6-9]\d\d(?:[-–—]\d{2,4})?[.)_]*")
MARGIN = 6000  # characters at either end of a file where its makers speak
TRANSCRIBER_NOTE = re.compile(r"\[?transcriber['’]?s['’]? note", re.I)
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
