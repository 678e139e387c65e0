"""Which language a text is in.

In: a text. Out: a two-letter code. Next rooms: corpus, pairs.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

from stylelab.language import lexicon

SAMPLES, SAMPLE = 8, 1500  # stretches of a long text, and characters of each
GERMAN = frozenset(
    "der die das und ist in zu den nicht sie er es ein eine mit sich des auf für von dem war ich auch an als wie so aber im"
    " noch nach da nur hatte wenn aus bei ihn ihm ihr wir mir mich doch sein seine".split()
)


@cache
def _identifier() -> Any:
    logging.getLogger("py3langid").setLevel(logging.WARNING)
    import py3langid

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
    own = {"en": lexicon.load().function_words, "de": GERMAN}.get(language)
    if own is not None:
        share = sum(w in own for w in words) / len(words)
        if share > 0.2:
            return False
    return detect(text) != language
