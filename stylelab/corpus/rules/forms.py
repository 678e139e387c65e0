"""Text that is no prose: verse, tables, and the names before speeches.

In: a RuleInput. Out: spans. Next: clean.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from stylelab.corpus import layout
from stylelab.corpus.layout import Span
from stylelab.corpus.rules.rule import Rule, RuleInput

SPEAKER = re.compile(r"_?([A-Z][A-Za-z'’. ]{0,24}?)[.:]_?(?:--|—| )\s*(?=\S)")
SPEECHES = 6  # a name is a label when it opens so many paragraphs
SHARE = 0.2  # and all labels together this share of them


class TableRule(Rule):
    name = "table"
    reason = "a table or list in columns"

    def find(self, page: RuleInput) -> Iterator[Span]:
        """Blocks whose lines are cut into columns."""
        for block in page.blocks:
            if layout.is_table(block):
                yield block.start, block.end


class Verse(Rule):
    name = "verse"
    reason = "verse: set line by line"

    def find(self, page: RuleInput) -> Iterator[Span]:
        """Stanzas."""
        if page.how.mode == "line":
            return
        for block in page.blocks:
            if layout.is_verse(block, page.how.width):
                yield block.start, block.end


class SpeakerLabel(Rule):
    name = "speaker_label"
    reason = "the speaker's name before a speech"

    def find(self, page: RuleInput) -> Iterator[Span]:
        """Names before speeches where a good part of the paragraphs have one, and two names or more come often."""
        found = [
            (b.start + m.start(), b.start + m.end(), m[1])
            for b in page.blocks
            if (m := SPEAKER.match(page.text[b.start : b.end]))
        ]
        often = {name for name, n in Counter(name for _, _, name in found).items() if n >= SPEECHES}
        labels = [(s, e) for s, e, name in found if name in often]
        if len(often) > 1 and len(labels) >= SHARE * len(page.blocks):
            yield from labels
