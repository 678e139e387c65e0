"""What a person decided about a document's cleaning, kept by the text it is about, so that it finds its place again.

In: Decision records. Out: the Decisions that hold for a text, and those that lost their place. Next room: clean.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from stylelab.corpus.document import Decisions
from stylelab.corpus.layout import Span

DecisionKind = Literal["restored", "removed", "rule_off"]


@dataclass(frozen=True)
class Decision:
    """One decision.

    Args:
        rule: The rule that is off for the document; empty for a stretch.
        start, end: The stretch's place in Document.text when it was decided.
        text: What stood there.
    """

    kind: DecisionKind
    rule: str = ""
    start: int = 0
    end: int = 0
    text: str = ""


def apply_decisions(decisions: Iterable[Decision], text: str) -> tuple[Decisions, list[Decision]]:
    """Return what holds for a text as it is now, and the decisions whose stretch is in it no more."""
    off: set[str] = set()
    spans: dict[DecisionKind, list[Span]] = {"restored": [], "removed": []}
    lost: list[Decision] = []
    for one in decisions:
        if one.kind == "rule_off":
            off.add(one.rule)
        elif (start := find_place(one, text)) is None:
            lost.append(one)
        else:
            spans[one.kind].append((start, start + len(one.text)))
    return Decisions(frozenset(off), tuple(sorted(spans["restored"])), tuple(sorted(spans["removed"]))), lost


def find_place(one: Decision, text: str) -> int | None:
    """Return where a decision's stretch begins in a text: where it was, or the nearest place where it stands now."""
    if text[one.start : one.end] == one.text:
        return one.start
    before = text.rfind(one.text, 0, one.start + len(one.text))
    after = text.find(one.text, one.start)
    found = [at for at in (before, after) if at >= 0]
    return min(found, key=lambda at: abs(at - one.start)) if found else None
