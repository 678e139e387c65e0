"""Where two texts differ, word by word. Knows no Qt.

In: two texts. Out: stretches of the second that the first does not have. Next: writing page.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

WORD = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")


def find_differences(a: str, b: str) -> list[tuple[int, int]]:
    """Return the stretches [start, end) of `b` in characters whose words are not in the same place in `a`."""
    left = [m.group().casefold() for m in WORD.finditer(a)]
    places = list(WORD.finditer(b))
    matcher = SequenceMatcher(None, left, [m.group().casefold() for m in places], autojunk=False)
    found: list[tuple[int, int]] = []
    for kind, _, _, start, end in matcher.get_opcodes():
        if kind in ("replace", "insert") and end > start:
            found.append((places[start].start(), places[end - 1].end()))
    return found
