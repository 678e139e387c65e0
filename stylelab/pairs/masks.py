"""Mask names so that a translation cannot change them: “Ansel Merrow” becomes __ENT1__ and back.

In: a text and its names. Out: the masked text, and after the model the text with its names again. Next: roundtrip.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MASK = re.compile(r"_*\s*ENT\s*[_\s-]?(\d+)\s*_*", re.I)  # models drop or space the underscores


def mask(text: str, names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the text with every name masked, and the names by mask number; one name has one mask.

    Longer names are masked first, so that “Merrow” inside “Ansel Merrow” stays with it.
    """
    known = sorted({n for n in names if n.strip()}, key=lambda n: (-len(n), n))
    if not known:
        return text, ()
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, known)) + r")(?!\w)")
    order: list[str] = []

    def number(match: re.Match[str]) -> str:
        if match.group() not in order:
            order.append(match.group())
        return f"__ENT{order.index(match.group()) + 1}__"

    return pattern.sub(number, text), tuple(order)


def unmask(text: str, names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the text with its names put back, and the names whose mask is missing. A mask without a name is dropped."""
    met: set[int] = set()

    def name(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        if not 0 <= at < len(names):
            return " "
        met.add(at)
        spaced = match.group()
        before = " " if spaced[:1].isspace() else ""
        after = " " if spaced[-1:].isspace() else ""
        return f"{before}{names[at]}{after}"

    restored = MASK.sub(name, text)
    return restored, tuple(n for i, n in enumerate(names) if i not in met)
