"""Damage an input a little, so that the adapter learns to restore: a synonym, a dropped function word, a typo.

In: a text, a rate and a seeded generator. Out: the damaged text. Next room: pairs. Source: METHOD §3 (8%, 15% and 5% of
words; 40% synonym, 30% function word dropped, 30% typo, renormalised over what can be done to the word).
"""

from __future__ import annotations

import random
import re

from stylelab.language.language import Vocabulary
from stylelab.recipe import Tool

WORD = re.compile(r"(?<!\[)\b[^\W\d_]+(?:['’][^\W\d_]+)*")  # [THING] is no word
SHARES = {"synonym": 0.4, "drop": 0.3, "typo": 0.3}
VARIANT_RATE = 0.05  # METHOD §3, on the dropout and abstract inputs
SHORTEST_TYPO = 4  # letters


def build_tool(words: Vocabulary, rate: float, robustness_rate: float, variant_rate: float = VARIANT_RATE) -> Tool:
    """Return the recipe's entry for this perturbation.

    Args:
        words: Whose synonyms and function words are used.
        rate: Share of words damaged in an original's input, 0 to 1.
        robustness_rate: The same for robustness pairs.
        variant_rate: The same for the dropout and abstract inputs.
    """
    rates: dict[str, float | int | str] = {
        "rate": rate, "robustness_rate": robustness_rate, "variant_rate": variant_rate, "lexicon": words.version,
    }  # fmt: skip
    return Tool(name="words", version=3, parameters={**rates, **SHARES})


def perturb(text: str, rate: float, rng: random.Random, words: Vocabulary) -> str:
    """Return the text with each word damaged at probability `rate`; names are never replaced or dropped."""

    def change(match: re.Match[str]) -> str:
        word = match.group()
        if rng.random() >= rate:
            return word
        can = {
            "synonym": word.lower() in words.synonyms,
            "drop": word in words.function_words,
            "typo": len(word) >= SHORTEST_TYPO and word.islower(),
        }
        ways = [way for way, possible in can.items() if possible]
        if not ways:
            return word
        way = rng.choices(ways, [SHARES[w] for w in ways])[0]
        if way == "synonym":
            new = rng.choice(words.synonyms[word.lower()])
            return new[0].upper() + new[1:] if word[0].isupper() else new
        return "" if way == "drop" else typo(word, rng)

    changed = WORD.sub(change, text)
    return re.sub(r"[^\S\n]{2,}", " ", changed).strip()


def typo(word: str, rng: random.Random) -> str:
    """Return the word with two letters swapped, one doubled or one lost."""
    at = rng.randrange(1, len(word) - 1)
    return rng.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1 :],
        )
    )
