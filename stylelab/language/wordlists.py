"""Word lists in resources/lexicons: one word or line each, comments behind a number sign.

In: a file's name. Out: its lines. Next: the languages' own word lists.
"""

from __future__ import annotations

from functools import cache

from stylelab.paths import bundled


@cache
def read_list(name: str) -> tuple[str, ...]:
    """Return the lines of a list, comments and empty ones left out."""
    text = (bundled("resources") / "lexicons" / name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))
