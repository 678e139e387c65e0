"""What breaks the fourth wall goes, by rules that can be overruled; every removal is kept with its rule and place.

In: a Document, and what the user decided about it. Out: Cleaned. Next room: passage.
The rules run again over what is left until they find nothing more, so cleaning what was kept removes nothing.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence

from stylelab.corpus import layout
from stylelab.corpus.document import Cleaned, Decisions, Document, Removal
from stylelab.corpus.layout import Setting, Span
from stylelab.corpus.rules import forms, front, makers, notes, pages
from stylelab.corpus.rules.rule import Rule, RuleInput

VERSION = 2
MANUAL = "by_hand"

OUTER: tuple[Rule, ...] = (makers.GutenbergHeader(), makers.GutenbergFooter())
INNER: tuple[Rule, ...] = (
    makers.EditorNote(),
    makers.EndMatter(),
    notes.NotesSection(),
    pages.Illustration(),
    pages.PageNumber(),
    pages.RunningHead(),
    pages.SceneBreak(),
    front.Contents(),
    front.FrontSection(),
    front.TitlePage(),
    notes.Footnote(),
    pages.ChapterTitle(),
    front.Epigraph(),
    forms.TableRule(),
    forms.Verse(),
    notes.FootnoteMark(),
    forms.SpeakerLabel(),
)
RULES: dict[str, Rule] = {rule.name: rule for rule in OUTER + INNER}
NONE = Decisions()


class _Taken:
    """Stretches of a text that are taken, in order and without overlap."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self.spans: list[Span] = []
        for span in spans:
            self.add(span)

    def add(self, span: Span) -> list[Span]:
        """Take a span; return the parts of it that were free."""
        parts = self.free(span)
        for part in parts:
            insort(self.spans, part)
        return parts

    def free(self, span: Span) -> list[Span]:
        """Return the parts of a span that are not taken."""
        out: list[Span] = []
        at, end = span
        for i in range(max(0, bisect_right(self.spans, (at, at)) - 1), len(self.spans)):
            start, stop = self.spans[i]
            if start >= end:
                break
            if start > at:
                out.append((at, start))
            at = max(at, stop)
        if at < end:
            out.append((at, end))
        return out

    def rest(self, text: str) -> tuple[str, list[int], list[int]]:
        """Return what is left of a text, and where each piece of it begins there and in the text."""
        pieces: list[str] = []
        new: list[int] = []
        old: list[int] = []
        length = 0
        for start, end in self.free((0, len(text))):
            pieces.append(text[start:end])
            new.append(length)
            old.append(start)
            length += end - start
        return "".join(pieces), new, old


def clean(document: Document, decisions: Decisions = NONE) -> Cleaned:
    """Return the document with every removal its rules find, in order, without overlap.

    Args:
        decisions: Rules that are off for this document, and stretches that a person restored or removed.
    """
    text = document.text
    taken = _Taken()
    found: list[Removal] = []
    for start, end in decisions.removed:
        found += [Removal(MANUAL, a, b, text[a:b]) for a, b in taken.add((max(0, start), min(end, len(text))))]
    how = layout.detect_setting(text)
    for rules in (OUTER, INNER):
        more = True
        while more:
            more = False
            for start, end, rule in _round(text, taken, how, rules, decisions):
                for a, b in taken.add((start, end)):
                    found.append(Removal(rule, a, b, text[a:b]))
                    more = True
    return Cleaned(document, tuple(sorted(found, key=lambda r: r.start)))


def _round(
    text: str, taken: _Taken, how: Setting, rules: Sequence[Rule], decisions: Decisions
) -> Iterator[tuple[int, int, str]]:
    """Yield what the rules find in what is left, in the text's own places, earlier rules first."""
    left, new, old = taken.rest(text)
    page = RuleInput(left, how, len(text))
    restored = _Taken(decisions.restored)
    for rule in rules:
        if rule.name in decisions.rules_off:
            continue
        for start, end in rule.find(page):
            if left[start:end].strip():
                for span in _original(start, end, new, old):
                    for a, b in restored.free(span):
                        yield a, b, rule.name


def _original(start: int, end: int, new: Sequence[int], old: Sequence[int]) -> list[Span]:
    """Return a span of what is left as spans of the text: more than one where something was taken from within."""
    out: list[Span] = []
    at = bisect_right(new, start) - 1
    while at < len(new) and new[at] < end:
        a = max(start, new[at])
        b = min(end, new[at + 1] if at + 1 < len(new) else end)
        out.append((old[at] + a - new[at], old[at] + b - new[at]))
        at += 1
    return out
