"""German that was typed without umlauts is noticed, and never changed: no rule tells every ue from every ü.

In: a text. Out: the number of such words. Asked by the corpus room when it repairs a text.
"""

from __future__ import annotations

import re

ASCII_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]+")
FREQUENT = "und der die das nicht ich sie ist ein eine den dem von auf zu mit sich wie auch aber wenn war"
GERMAN = frozenset(FREQUENT.split())
GERMAN_SHARE = 0.12  # of the words; German prose has a quarter, English under 2% ("die", "war")
UMLAUT_SHARE = 0.1  # umlauts for each suspected one from which a text has them, and the suspects are names
WORD_SHARE = 0.01  # of the words; transliterated German has about 7%, clean German under 0.2%
SAMPLE = 100_000  # characters from the middle, where no licence stands
# ae, oe, ue that stand for an umlaut. No umlaut: qu (Quelle), au, eu + e (Frauen, neue, Abenteuer), -uell after t, d,
# s, n, x (aktuell, Duell), Duett, Statue, Poesie, soeben, Goethe, Oboe, Israel, Koeffizient and a few names.
SPELT_OUT = re.compile(
    r"(?:ae|oe|(?<![aeq])ue(?!ll)|(?<![aeqtdsnx])ue(?=ll))"
    r"(?<!\bpoe)(?<!\bsoe)(?<!\bgoe(?=th))(?<!oboe)(?<!statue)(?<!due(?=t))(?<!\bkoe(?=[fx]))",
    re.I,
)
NAMES = re.compile(r"israel|michael|raphael|aero|manuel|samuel|boheme|noel|joel|emanuel|revue|avenue|minuet", re.I)


def transliterated(text: str) -> int:
    """Return how many words of a German text spell an umlaut as ae, oe or ue.

    Args:
        text: Any text.

    Returns:
        0 where the text is not German, or has real umlauts.
    """
    suspects = sum(text.count(pair) for pair in ("ae", "oe", "ue", "Ae", "Oe", "Ue"))
    umlauts = sum(text.count(letter) for letter in "äöüÄÖÜ")
    if suspects < 3 or umlauts > UMLAUT_SHARE * suspects:
        return 0
    middle = max(0, (len(text) - SAMPLE) // 2)
    sample = ASCII_WORD.findall(text, middle, middle + SAMPLE)
    if sum(word.lower() in GERMAN for word in sample) < GERMAN_SHARE * len(sample):
        return 0
    words = ASCII_WORD.findall(text)
    count = sum(1 for word in words if "e" in word and SPELT_OUT.search(word) and not NAMES.search(word))
    return count if count >= max(3, WORD_SHARE * len(words)) else 0
