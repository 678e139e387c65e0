"""A text made plainer, and the words it lost on the way.

In: nothing. Out: Rewrite, the record every rewriter gives. Next: wordrules, plain, variants, pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

NEGATIONS = frozenset(
    "no not never none nothing nobody neither nor nowhere cannot without hardly scarcely barely".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Rewrite:
    """A plain text and the words of the original that it does without, in order."""

    text: str
    lost: tuple[str, ...]
