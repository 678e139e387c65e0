"""Match each paragraph of a draft with the paragraph of the final text that it became.

In: two texts. Out: pairs of paragraphs in order, and how many found no partner. Next: harvest.
"""

from __future__ import annotations

import re
from collections import Counter

from stylelab.pairs.facts import split_words

LEAST_SIMILARITY = 0.2  # share of words in common from which two paragraphs may be one
MOST = 4_000_000  # cells of the table: two texts of 2,000 paragraphs


def split_paragraphs(text: str) -> list[str]:
    """Return a text's paragraphs, unwrapped."""
    return [re.sub(r"\s+", " ", p).strip() for p in re.split(r"\n[ \t]*\n", text) if split_words(p)]


def measure_similarity(a: Counter[str], b: Counter[str]) -> float:
    """Return the share of words that two paragraphs have in common, 0 to 1 (Dice's coefficient over word counts)."""
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def align(draft: str, final: str) -> tuple[list[tuple[str, str]], int]:
    """Return the pairs of paragraphs that make the two texts most alike in order, and how many paragraphs are in none.

    **Source:** global alignment, Needleman & Wunsch 1970, doi:10.1016/0022-2836(70)90057-4, with no cost for a gap.
    """
    ours, theirs = split_paragraphs(draft), split_paragraphs(final)
    if len(ours) * len(theirs) > MOST:
        rows = zip(ours, theirs, strict=False)  # too long to compare each with each: side by side
        return list(rows), abs(len(ours) - len(theirs))
    a, b = ([Counter(split_words(p)) for p in own] for own in (ours, theirs))
    like = [[measure_similarity(x, y) for y in b] for x in a]
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i in range(len(ours)):
        for j in range(len(theirs)):
            own = like[i][j] if like[i][j] >= LEAST_SIMILARITY else float("-inf")
            best[i + 1][j + 1] = max(best[i][j] + own, best[i][j + 1], best[i + 1][j])
    pairs: list[tuple[str, str]] = []
    i, j = len(ours), len(theirs)
    while i and j:
        if like[i - 1][j - 1] >= LEAST_SIMILARITY and best[i][j] == best[i - 1][j - 1] + like[i - 1][j - 1]:
            pairs.append((ours[i - 1], theirs[j - 1]))
            i, j = i - 1, j - 1
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1], len(ours) + len(theirs) - 2 * len(pairs)
