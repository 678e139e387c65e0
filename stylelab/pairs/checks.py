"""Check pairs; each check returns the reason why a pair is unfit, or None.

In: an input and a completion. Out: a reason or None; and the lexical bleed. Next room: make.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from stylelab.language.books import join_language_words
from stylelab.language.language import Vocabulary
from stylelab.pairs.facts import KINDS, WORD, extract_facts, extract_numbers, find_missing_facts, split_words

REFUSAL = re.compile(rf"\b(?:{join_language_words('refusals')})", re.I)
META = re.compile(rf"\b(?:{join_language_words('meta')})", re.I)
INSIDE = re.compile(r"(?<=[\w,;:] )[A-Z][\w]*(?:['’][^\W\d_]+)*")  # a capital that begins no sentence
NEARLY_IDENTICAL = 0.95  # share of the completion's word sequence that the input repeats
DISTINCTIVE = 5  # letters
FEWEST_DISTINCTIVE = 5  # words, below which a share of them says nothing


class PairTokenizer(Protocol):
    """What the checks need of a base model's tokenizer."""

    def count_tokens(self, prompt: str, completion: str) -> int:
        """Return how many tokens a pair takes, its end token included."""
        ...

    def restores(self, text: str) -> bool:
        """Return whether a text comes back whole from its tokens."""
        ...


def list_lost_words(source: str, plain: str) -> tuple[str, ...]:
    """Return the words of the source that are not in the plain text, in order."""
    kept = set(split_words(plain))
    return tuple(w for w in split_words(source) if w not in kept)


def select_distinctive(text: str, vocabulary: Vocabulary) -> set[str]:
    """Return a text's distinctive words: five letters or more, no function words."""
    return {w for w in split_words(text) if len(w) >= DISTINCTIVE and w not in vocabulary.function_words}


def measure_bleed(source: str, completion: str, vocabulary: Vocabulary) -> float:
    """Return the share of the completion's distinctive words that the input gives away, 0 to 1."""
    own = select_distinctive(completion, vocabulary)
    return len(own & select_distinctive(source, vocabulary)) / len(own) if own else 0.0


def detect_meta_text(text: str) -> str | None:
    """Return whether a text refuses or talks about itself: "refusal", "meta_text" or None; English and German."""
    return "refusal" if REFUSAL.search(text) else "meta_text" if META.search(text) else None


def check_texts(plain: str, completion: str) -> str | None:
    """Return why an input and a completion make no pair, whatever their kind, or None."""
    if not WORD.search(plain) or not WORD.search(completion):
        return "empty"
    told = detect_meta_text(completion) or detect_meta_text(plain)
    if told is not None:
        return told
    a, b = split_words(plain), split_words(completion)
    same = sum(x == y for x, y in zip(a, b, strict=False))
    return "identical" if b and same >= NEARLY_IDENTICAL * max(len(a), len(b)) else None


def check_facts(plain: str, completion: str, names: Sequence[str]) -> str | None:
    """Return the kind of fact that the completion has and its neutral input lacks, or None.

    Args:
        names: The completion's people and places.
    """
    missing = {fact.kind for fact in find_missing_facts(extract_facts(completion, names), plain)}
    return next((f"{kind}_lost" for kind in KINDS if kind in missing), None)


def check_invented(plain: str, source: str) -> str | None:
    """Return "invented" where a plain text has a number or a name that its source has not, or None.

    A name is a word with a capital inside a sentence.
    """
    there = set(split_words(source))
    names = {word.lower() for word in INSIDE.findall(plain)}
    made_up = {n for n in names if n.removesuffix("'s").removesuffix("’s") not in there and n not in there}
    made_up -= {"i", "i'm", "i've", "i'd", "i'll"}
    return "invented" if made_up or extract_numbers(plain) - extract_numbers(source) else None


def check_bleed(share: float, completion: str, limit: float, vocabulary: Vocabulary) -> str | None:
    """Return "bleed" when the input gives away `limit` or more of the completion's distinctive words."""
    few = len(select_distinctive(completion, vocabulary)) < FEWEST_DISTINCTIVE
    return "bleed" if share >= limit and not few else None


def check_tokens(prompt: str, completion: str, tokens: PairTokenizer, longest: int) -> str | None:
    """Return why a base cannot learn a pair: longer than `longest` tokens, or not whole after its tokenizer; or None."""
    if not tokens.restores(completion):
        return "tokenizer"
    return "too_long" if tokens.count_tokens(prompt, completion) > longest else None
