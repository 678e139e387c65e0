"""Check pairs; each check returns the reason why a pair is unfit, or None.

In: an input and a completion. Out: a reason or None; and the lexical bleed. Next room: make.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from stylelab.language.books import WORDS, language_words
from stylelab.language.language import Vocabulary

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
REFUSAL = re.compile(rf"\b(?:{language_words('refusals')})", re.I)
META = re.compile(rf"\b(?:{language_words('meta')})", re.I)
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
NEGATION = re.compile(rf"\b(?:{language_words('negations')})\b|n['’]t\b", re.I)
NEARLY_IDENTICAL = 0.95  # share of the completion's word sequence that the input repeats
KEPT_NEGATIONS = 0.5  # share of the completion's that its input must have: "not far" may become "near"
DISTINCTIVE = 5  # letters
FEWEST_DISTINCTIVE = 5  # words, below which a share of them says nothing


class Tokens(Protocol):
    """What the checks need of a base model's tokenizer."""

    def length(self, prompt: str, completion: str) -> int:
        """Return how many tokens a pair takes, its end token included."""
        ...

    def survives(self, text: str) -> bool:
        """Return whether a text comes back whole from its tokens."""
        ...


def words(text: str) -> list[str]:
    """Return a text's words in lower case."""
    return WORD.findall(text.lower())


def lost_words(source: str, plain: str) -> tuple[str, ...]:
    """Return the words of the source that are not in the plain text, in order."""
    kept = set(words(plain))
    return tuple(w for w in words(source) if w not in kept)


def distinctive(text: str, vocabulary: Vocabulary) -> set[str]:
    """Return a text's distinctive words: five letters or more, no function words."""
    return {w for w in words(text) if len(w) >= DISTINCTIVE and w not in vocabulary.function_words}


def bleed(source: str, completion: str, vocabulary: Vocabulary) -> float:
    """Return the share of the completion's distinctive words that the input gives away, 0 to 1."""
    own = distinctive(completion, vocabulary)
    return len(own & distinctive(source, vocabulary)) / len(own) if own else 0.0


def meta(text: str) -> str | None:
    """Return whether a text refuses or talks about itself: "refusal", "meta_text" or None; English and German."""
    return "refusal" if REFUSAL.search(text) else "meta_text" if META.search(text) else None


def unfit(plain: str, completion: str) -> str | None:
    """Return why an input and a completion make no pair, whatever their kind, or None."""
    if not WORD.search(plain) or not WORD.search(completion):
        return "empty"
    told = meta(completion) or meta(plain)
    if told is not None:
        return told
    a, b = words(plain), words(completion)
    same = sum(x == y for x, y in zip(a, b, strict=False))
    return "identical" if b and same >= NEARLY_IDENTICAL * max(len(a), len(b)) else None


def numbers(text: str) -> set[str]:
    """Return a text's numbers, those in words as digits: "twenty-five" is "25"; large round ones in words are left out."""
    out = set(NUMBER.findall(text))
    for tens, unit, whole in NUMBER_WORD.findall(text):
        value = VALUES[whole.lower()] if whole else VALUES[tens.lower()] + VALUES.get(unit.lower(), 1)
        out.add(str(value))
    return out


def fact_lost(plain: str, completion: str, names: Sequence[str]) -> str | None:
    """Return the kind of fact that the completion has and its neutral input lacks, or None.

    Args:
        names: The completion's people and places; of a name of several words, its last must be there.
    """
    if numbers(completion) - numbers(plain):
        return "number_lost"
    if len(NEGATION.findall(plain)) < KEPT_NEGATIONS * len(NEGATION.findall(completion)):
        return "negation_lost"
    there = set(words(plain))
    for name in names:
        parts = [w.removesuffix("'s").removesuffix("’s") for w in words(name)]
        if parts and not there & {parts[-1], f"{parts[-1]}'s", f"{parts[-1]}’s"}:
            return "name_lost"
    return None


def bleeds(share: float, completion: str, limit: float, vocabulary: Vocabulary) -> str | None:
    """Return "bleed" when the input gives away `limit` or more of the completion's distinctive words."""
    few = len(distinctive(completion, vocabulary)) < FEWEST_DISTINCTIVE
    return "bleed" if share >= limit and not few else None


def untrainable(prompt: str, completion: str, tokens: Tokens, longest: int) -> str | None:
    """Return why a base cannot learn a pair: longer than `longest` tokens, or not whole after its tokenizer; or None."""
    if not tokens.survives(completion):
        return "tokenizer"
    return "too_long" if tokens.length(prompt, completion) > longest else None
