"""The facts that a text states and another must keep: names, numbers, negations.

In: a text and the names that a parse found in it. Out: Facts, and those of them that another text lacks. Next rooms: checks, and
the jobs that write.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from stylelab.language.books import WORDS, join_language_words

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
UNITS = [words.units for words in WORDS.values()]
TENS = [ten for words in WORDS.values() for ten in words.tens]
VALUES = {
    **{unit: n for units in UNITS for n, unit in enumerate(units, 2)},
    **{ten: 10 * n for words in WORDS.values() for n, ten in enumerate(words.tens, 2)},
}
NUMBER_WORD = re.compile(
    rf"\b(?:({'|'.join(TENS)})-(one|{'|'.join(UNITS[0][:8])})|({'|'.join(VALUES)}))\b(?![- ](?:hundred|thousand|million|score))",
    re.I,
)
NEGATION = re.compile(rf"\b(?:{join_language_words('negations')})\b|n['’]t\b", re.I)
KEPT_NEGATIONS = 0.5  # share of a text's that the other must have: "not far" may become "near"
FactKind = Literal["number", "negation", "name"]
KINDS: tuple[FactKind, ...] = ("number", "negation", "name")  # in which a check names them


@dataclass(frozen=True)
class Fact:
    """One fact; its text is the name, the number in digits, or the first negating word."""

    kind: FactKind
    text: str


@dataclass(frozen=True)
class Facts:
    """What a text states that can be looked up word by word.

    Args:
        names: People and places; of a name of several words, its last stands for all.
        numbers: Those in words as digits: "twenty-five" is "25"; large round ones in words are left out.
        negations: Words that deny, in the order in which they stand.
    """

    names: tuple[str, ...]
    numbers: frozenset[str]
    negations: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many can be missing; all negations together are one."""
        return len(self.names) + len(self.numbers) + bool(self.negations)


def split_words(text: str) -> list[str]:
    """Return a text's words in lower case."""
    return WORD.findall(text.lower())


def extract_numbers(text: str) -> set[str]:
    """Return a text's numbers, those in words as digits."""
    out = set(NUMBER.findall(text))
    for tens, unit, whole in NUMBER_WORD.findall(text):
        value = VALUES[whole.lower()] if whole else VALUES[tens.lower()] + VALUES.get(unit.lower(), 1)
        out.add(str(value))
    return out


def extract_facts(text: str, names: Sequence[str]) -> Facts:
    """Return a text's facts.

    Args:
        names: The people and places that a parse found in it.
    """
    return Facts(tuple(dict.fromkeys(names)), frozenset(extract_numbers(text)), tuple(NEGATION.findall(text)))


def find_missing_facts(facts: Facts, text: str) -> list[Fact]:
    """Return those facts of one text that another lacks."""
    missing = [Fact("number", number) for number in sorted(facts.numbers - extract_numbers(text))]
    if len(NEGATION.findall(text)) < KEPT_NEGATIONS * len(facts.negations):
        missing.append(Fact("negation", facts.negations[0]))
    there = set(split_words(text))
    for name in facts.names:
        parts = [w.removesuffix("'s").removesuffix("’s") for w in split_words(name)]
        if parts and not there & {parts[-1], f"{parts[-1]}'s", f"{parts[-1]}’s"}:
            missing.append(Fact("name", name))
    return missing
