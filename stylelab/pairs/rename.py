"""Rename the people and places of a pair alike on both sides, so that the model learns the style and not the names.

In: both texts, the names in them, a seeded generator. Out: both texts with new names, or None. Next room: make.
Only names whose kind is known are changed: first names that the word lists hold (gender kept), surnames after a title, places
that the lists hold. What is unsure stays as it is, on both sides.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from stylelab.paths import bundled

NameKind = Literal["woman", "man", "surname", "place"]
FILES: Mapping[NameKind, str] = {
    "woman": "names_women", "man": "names_men", "surname": "surnames", "place": "places",
}  # fmt: skip
TITLES = frozenset({
    "mr", "mrs", "miss", "ms", "dr", "captain", "colonel", "major", "general", "lieutenant", "sergeant", "professor", "sir",
    "lady", "lord", "madame", "monsieur",
})  # fmt: skip


@dataclass(frozen=True)
class Renamed:
    """Both texts with new names, and which became which."""

    target: str
    plain: str
    names: Mapping[str, str]


@cache
def lists() -> Mapping[NameKind, tuple[str, ...]]:
    """Return the bundled name lists."""
    folder = bundled("resources") / "lexicons"
    return {
        kind: tuple(
            line
            for line in (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
            if line and not line.startswith("#")
        )
        for kind, name in FILES.items()
    }


def rename(target: str, plain: str, names: Sequence[str], rng: random.Random) -> Renamed | None:
    """Return a pair with its known names changed, or None where there is none to change.

    Args:
        names: People and places of the target, as they stand in it.
    """
    kinds = kinds_of(names)
    taken = {word for name in names for word in name.split()}
    new: dict[str, str] = {}
    for old, kind in kinds.items():
        free = [n for n in lists()[kind] if n not in taken and not re.search(rf"\b{re.escape(n)}\b", target)]
        if free:
            new[old] = rng.choice(free)
            taken.add(new[old])
    if not new:
        return None
    return Renamed(replaced(target, new), replaced(plain, new), new)


def kinds_of(names: Sequence[str]) -> dict[str, NameKind]:
    """Return each single name whose kind is known: "Mr. Henry Marsh" holds a man's name and a surname."""
    known = {kind: frozenset(own) for kind, own in lists().items()}
    out: dict[str, NameKind] = {}
    for name in names:
        words = [w.strip(".,'’") for w in re.sub(r"['’]s$", "", name).split()]
        titled = bool(words) and words[0].lower() in TITLES
        words = words[1:] if titled else words
        if len(words) == 1 and words[0] in known["place"] and not titled:
            out[words[0]] = "place"
            continue
        for n, word in enumerate(words):
            last = n == len(words) - 1
            if word in known["woman"] and not (titled and last and len(words) == 1):
                out.setdefault(word, "woman")
            elif word in known["man"] and not (titled and last and len(words) == 1):
                out.setdefault(word, "man")
            elif last and word[:1].isupper() and (titled or any(w in out for w in words[:-1])):
                out.setdefault(word, "surname")
    return out


def replaced(text: str, new: Mapping[str, str]) -> str:
    """Return a text with every whole name replaced at once; capitals-only stays so, and a(n) fits the new name."""
    pattern = re.compile(r"\b(?:([Aa]n?) )?(" + "|".join(sorted(map(re.escape, new), key=len, reverse=True)) + r")\b")

    def name(match: re.Match[str]) -> str:
        own = new[match.group(2)]
        article = match.group(1)
        if article is None:
            return own
        return f"{article[0]}{'n' if own[0] in 'AEIO' else ''} {own}"

    return pattern.sub(name, text)
