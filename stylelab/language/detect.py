"""Which language a text is in.

In: a text. Out: a two-letter code. Next rooms: corpus, pairs.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

from stylelab.language.books import WORDS

OWN = 0.2  # share of its function words from which a passage is in its document's language
SAMPLES, SAMPLE = 8, 1500  # stretches of a long text, and characters of each


def function_words(language: str) -> frozenset[str]:
    """Return a language's function words in lower case; none for a language without a list."""
    return WORDS[language].function_words() if language in WORDS else frozenset()


@cache
def _identifier() -> Any:
    logging.getLogger("py3langid").setLevel(logging.WARNING)
    import py3langid  # pyright: ignore[reportMissingTypeStubs]

    return py3langid


def detect(text: str) -> str:
    """Return the ISO 639-1 code of a text's language; of a long text, stretches are looked at.

    **Source:** langid.py (Lui & Baldwin 2012), by the py3langid package.
    """
    if len(text) > SAMPLES * SAMPLE:
        step = len(text) // SAMPLES
        text = "\n".join(text[i * step : i * step + SAMPLE] for i in range(SAMPLES))
    code, _ = _identifier().classify(text)
    return str(code)


def is_foreign(words: list[str], text: str, language: str) -> bool:
    """Return whether a passage is in another language than its document.

    The detector alone errs on dialect and on verse; so the language's own function words must be rare as well.

    Args:
        words: The passage's words in lower case, at least 20 for a judgement.
        language: The document's.
    """
    if len(words) < 20:
        return False
    own = function_words(language)
    if sum(w in own for w in words) > OWN * len(words):
        return False
    return detect(text) != language
