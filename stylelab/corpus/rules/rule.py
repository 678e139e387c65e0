"""What a cleaning rule is, and the page it looks at.

In: a text. Out: a Page with its blocks and headings, found once for all rules. Next: the rules beside this file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from stylelab.corpus import heading, layout
from stylelab.corpus.layout import Block, Setting, Span
from stylelab.language.books import book_words

CONTENTS = re.compile(book_words("contents"), re.I)


@dataclass(frozen=True)
class Page:
    """A text as the rules see it.

    Args:
        text: What is left of the document.
        how: How the whole document is set; what is left of it is set no differently.
        whole: Characters of the whole document.
    """

    text: str
    how: Setting
    whole: int

    @cached_property
    def blocks(self) -> list[Block]:
        return layout.blocks(self.text, self.how)

    @cached_property
    def entries(self) -> frozenset[str]:
        """The lines of the table of contents, normalised."""
        at = next((i for i, b in enumerate(self.blocks) if CONTENTS.fullmatch(b.lines[0].strip())), None)
        if at is None:
            return frozenset()
        lines = [line for i in self.listed(at) for line in self.blocks[i].lines]
        return frozenset(e for e in map(heading.plain, lines) if len(e) > 3)

    @cached_property
    def headings(self) -> frozenset[int]:
        """The indices of the blocks that are headings."""
        return heading.find_headings(self.blocks, self.entries)

    @cached_property
    def body(self) -> int:
        """The index of the first block of prose: it ends like a sentence and is no short line."""
        for i, block in enumerate(self.blocks):
            if is_prose(block, self.how.width) and i not in self.headings:
                return i
        return len(self.blocks)

    def listed(self, at: int) -> Iterator[int]:
        """Yield a list's heading and the blocks below it as long as they are entries, not prose."""
        yield at
        for i in range(at + 1, len(self.blocks)):
            if not is_listing(self.blocks[i]):
                return
            yield i


def is_listing(block: Block) -> bool:
    """Return whether a block consists of entries: short lines that are no sentences."""
    lines = [line.strip() for line in block.lines]
    if len(lines) > 1 and layout.is_verse(block, 60) and lines[-1][-1] in ".!?,;:—":
        return False
    last = re.sub(r"[\s.]{2,}[\divxlc]+$", "", lines[-1])  # without the page's number
    return all(layout.count_words(line) < 16 for line in lines) and not re.search(r"[.!?,;:—…][\"”’')_]*$", last)


def is_prose(block: Block, width: int) -> bool:
    """Return whether a block reads like a paragraph of prose."""
    if layout.is_verse(block, width) or not layout.ENDED.search(block.text):
        return False
    return (
        block.words >= 25 or (block.words >= 8 and not heading.is_upper(block.text)) or block.text[0] in layout.SPEECH
    )


class Rule:
    """Finds what must go. One rule, one kind of thing."""

    name: ClassVar[str]
    reason: ClassVar[str]  # shown to the user: why this goes
    ends_scene: ClassVar[bool] = False  # whether what stood before and after must not join in one passage

    def find(self, page: Page) -> Iterator[Span]:
        """Yield the spans of page.text to remove."""
        raise NotImplementedError
