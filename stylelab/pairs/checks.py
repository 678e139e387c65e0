"""What makes a pair unfit, each with its reason.

In: an input and a completion. Out: a reason or None; and the lexical bleed. Next room: make.
"""

from __future__ import annotations

import re

from stylelab.language.lexicon import Lexicon

WORD = re.compile(r"[a-zäöüß]+(?:['’][a-zäöüß]+)*")
META = re.compile(
    r"\b(?:as an ai|i am an ai|i'm an ai|language model|i (?:cannot|can.t) (?:help|assist|comply) (?:you )?with (?:that|this)"
    r"|here is the (?:rewritten|revised)|here's the (?:rewritten|revised)"
    r"|als ki|ich bin eine ki|hier ist der (?:überarbeitete|umgeschriebene))\b",
    re.I,
)
NUMBER = re.compile(r"\d+")
NEGATION = re.compile(r"\b(?:no|not|never|none|nothing|nobody|neither|nor|cannot)\b|n['’]t\b", re.I)
NEARLY_IDENTICAL = 0.95  # share of the completion's word sequence that the input repeats
DISTINCTIVE = 5  # letters


def distinctive(text: str, lexicon: Lexicon) -> set[str]:
    """Return a text's words that carry its voice: five letters or more, no function word."""
    return {w for w in WORD.findall(text.lower()) if len(w) >= DISTINCTIVE and w not in lexicon.function_words}


def bleed(source: str, completion: str, lexicon: Lexicon) -> float:
    """Return the share of the completion's distinctive words that the input gives away, 0 to 1."""
    words = distinctive(completion, lexicon)
    return len(words & distinctive(source, lexicon)) / len(words) if words else 0.0


def reject(plain: str, completion: str) -> str | None:
    """Return why a neutral input and its completion make no pair, or None."""
    if not plain.strip() or not completion.strip():
        return "empty"
    if META.search(completion):
        return "meta_text"
    a, b = WORD.findall(plain.lower()), WORD.findall(completion.lower())
    same = sum(x == y for x, y in zip(a, b, strict=False))
    if b and same >= NEARLY_IDENTICAL * len(b):
        return "identical"
    if set(NUMBER.findall(completion)) - set(NUMBER.findall(plain)):
        return "number_lost"
    if NEGATION.search(completion) and not NEGATION.search(plain):
        return "negation_lost"
    return None
