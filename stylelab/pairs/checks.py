"""What makes a pair unfit, each with its reason.

In: an input and a completion. Out: a reason or None; and the lexical bleed. Next room: make.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from stylelab.language.lexicon import Lexicon

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
REFUSAL = re.compile(
    r"\b(?:as an ai\b|i(?:'|’| a)m (?:an ai|a language model|just an? (?:ai|assistant))|large language model"
    r"|i (?:cannot|can(?:'|’)t|am unable to|won(?:'|’)t) (?:help|assist|comply|provide|rewrite|translate) (?:you )?(?:with )?"
    r"(?:that|this|the) (?:request|text|passage|task|content)"
    r"|i(?:'|’)m sorry, but i (?:cannot|can(?:'|’)t)"
    r"|als (?:ki|künstliche intelligenz|sprachmodell)\b|ich bin (?:eine ki|ein sprachmodell)\b"
    r"|ich kann (?:dir|ihnen) (?:dabei|damit|bei dieser anfrage) (?:leider )?nicht (?:helfen|weiterhelfen)"
    r"|(?:dieser|diese) (?:anfrage|aufgabe|text) kann ich (?:leider )?nicht)",
    re.I,
)
META = re.compile(
    r"\b(?:here(?:'|’| i)s (?:the|a|your|my) (?:rewritten|revised|translated|plain|simplified|edited|neutral)"
    r"|(?:rewritten|revised|translated) (?:text|version|passage):|(?:the|this) (?:text|passage) (?:above|below) was rewritten"
    r"|(?:sure|certainly|of course)[,!] here(?:'|’| i)s|i hope this helps|let me know if you"
    r"|hier ist (?:der|die|eine|das) (?:überarbeitete|umgeschriebene|übersetzte|vereinfachte|neutrale)"
    r"|(?:überarbeitete|umgeschriebene|übersetzte) (?:fassung|version|text):|gerne[,!] hier ist|ich hoffe, das hilft)",
    re.I,
)
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
UNITS = "two three four five six seven eight nine ten eleven twelve".split()  # "one" is a pronoun too  # noqa: SIM905
EINHEITEN = "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()  # noqa: SIM905
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
VALUES = {
    **{word: n for own in (UNITS, EINHEITEN) for n, word in enumerate(own, 2)},
    **{word: 10 * n for n, word in enumerate(TENS, 2)},
}
NUMBER_WORD = re.compile(
    rf"\b(?:({'|'.join(TENS)})-(one|{'|'.join(UNITS[:8])})|({'|'.join(VALUES)}))\b(?![- ](?:hundred|thousand|million|score))",
    re.I,
)
NEGATION = re.compile(
    r"\b(?:no|not|never|none|nothing|nobody|neither|nor|nowhere|cannot|without"
    r"|nicht|nie|niemals|nichts|niemand|kein\w*|ohne)\b|n['’]t\b",
    re.I,
)
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
    """Return the words of the source that the plain text does without, in order."""
    kept = set(words(plain))
    return tuple(w for w in words(source) if w not in kept)


def distinctive(text: str, lexicon: Lexicon) -> set[str]:
    """Return a text's words that carry its voice: five letters or more, no function word."""
    return {w for w in words(text) if len(w) >= DISTINCTIVE and w not in lexicon.function_words}


def bleed(source: str, completion: str, lexicon: Lexicon) -> float:
    """Return the share of the completion's distinctive words that the input gives away, 0 to 1."""
    own = distinctive(completion, lexicon)
    return len(own & distinctive(source, lexicon)) / len(own) if own else 0.0


def meta(text: str) -> str | None:
    """Return whether a text refuses or talks about itself: "refusal", "meta_text" or None; English and German."""
    return "refusal" if REFUSAL.search(text) else "meta_text" if META.search(text) else None


def unfit(plain: str, completion: str) -> str | None:
    """Return why no input of whatever kind and this completion make a pair, or None."""
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
    """Return which kind of fact of the completion its neutral input lacks, or None.

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


def bleeds(share: float, completion: str, limit: float, lexicon: Lexicon) -> str | None:
    """Return "bleed" when the input gives away `limit` or more of the completion's distinctive words."""
    few = len(distinctive(completion, lexicon)) < FEWEST_DISTINCTIVE
    return "bleed" if share >= limit and not few else None


def untrainable(prompt: str, completion: str, tokens: Tokens, longest: int) -> str | None:
    """Return why a base cannot learn a pair: longer than `longest` tokens, or not whole after its tokenizer; or None."""
    if not tokens.survives(completion):
        return "tokenizer"
    return "too_long" if tokens.length(prompt, completion) > longest else None
