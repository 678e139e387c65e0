"""Which one-byte encoding a text is in: the one in which its letters are those of one language.

In: bytes. Out: an encoding's name. Asked by txt, because statistical guessers take French for Estonian.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

# In order of preference: the first of equals wins.
ENCODINGS = (
    "cp1252",
    "cp1250",
    "cp1251",
    "iso8859_2",
    "koi8_r",
    "mac_roman",
    "cp1254",
    "cp1253",
    "cp1257",
    "cp850",
    "cp437",
    "cp852",
    "cp866",
    "iso8859_5",
    "iso8859_7",
    "mac_cyrillic",
)
# Letters beyond ASCII, by language.
ALPHABETS = {
    "French": "àâæçéèêëîïôœùûü",
    "German": "äöüßé",
    "Spanish": "áéíñóúü",
    "Portuguese": "ãáâàçéêíóôõú",
    "Italian": "àèéìòù",
    "Scandinavian": "æøåäöé",
    "Icelandic": "áéíóúýþæöð",
    "Polish": "ąćęłńóśźż",
    "Czech": "áčďéěíňóřšťúůýž",
    "Slovak": "áäčďéíĺľňóôŕšťúýž",
    "Hungarian": "áéíóöőúüű",
    "Romanian": "ăâîşţșț",
    "Croatian": "čćđšž",
    "Turkish": "çğıöşüâî",
    "Lithuanian": "ąčęėįšųūž",
    "Latvian": "āčēģīķļņšūž",
    "Russian": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "Ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "Greek": "αβγδεζηθικλμνξοπρςστυφχψωάέήίόύώ",
}
OTHER_SCRIPTS = frozenset({"Russian", "Ukrainian", "Greek"})
FOREIGN = 0.25  # share of bytes beyond ASCII from which a text is not in Latin letters
MARKS = "“”‘’„‚«»‹›–—…·•°£€§¿¡\u00a0\u00ad"
CAPITAL = 0.5  # weight; words in capitals are rare, and some encodings differ by little but the case
SURE = 0.6  # coverage from which the answer is trusted
BETTER = 0.03  # coverage by which an encoding must beat one of higher preference: German novels quote French


def is_foreign(sample: bytes) -> bool:
    """Return whether so many bytes are beyond ASCII that the letters cannot be Latin ones."""
    return sum(byte > 0x7F for byte in sample) > FOREIGN * len(sample)


def guess(sample: bytes) -> str | None:
    """Return the encoding in which most bytes beyond ASCII are letters of one language, or marks; None if none fits.

    Args:
        sample: Some of a text, with bytes beyond ASCII.
    """
    counts = {byte: count for byte, count in Counter(sample).items() if byte > 0x7F}
    total = max(1, sum(counts.values()))
    others = is_foreign(sample)  # else any accents would do for Greek, which has a letter for nearly every byte
    best, least = None, SURE
    for encoding in ENCODINGS:
        weights = [row for language, row in _weights(encoding).items() if others or language not in OTHER_SCRIPTS]
        share = max(sum(count * row[byte] for byte, count in counts.items()) for row in weights) / total
        if share > least:
            best, least = encoding, share + BETTER
    return best


@cache
def _weights(encoding: str) -> dict[str, dict[int, float]]:
    """Return, for each language, what each byte beyond ASCII counts for."""
    letters = {byte: bytes([byte]).decode(encoding, "replace") for byte in range(0x80, 0x100)}
    return {
        language: {byte: _weight(letter, frozenset(alphabet)) for byte, letter in letters.items()}
        for language, alphabet in ALPHABETS.items()
    }


def _weight(letter: str, alphabet: frozenset[str]) -> float:
    if letter in alphabet or letter in MARKS:
        return 1.0
    return CAPITAL if letter.lower() in alphabet else 0.0
