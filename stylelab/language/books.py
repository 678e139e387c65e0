"""The words of all languages, for code that reads texts before it knows their language.

In: nothing. Out: the words by language, and patterns over all of them. Next: detect, sentences, the corpus room, the pairs room's
checks. Light: lists are read when they are asked for.
"""

from __future__ import annotations

from stylelab.language.english.words import ENGLISH
from stylelab.language.german.words import GERMAN
from stylelab.language.language import LanguageWords

WORDS: dict[str, LanguageWords] = {words.iso_code: words for words in (ENGLISH, GERMAN)}
MAIN = "en"  # whose pipeline is bundled, and whose lists serve a text in a language without any


def book_words(part: str) -> str:
    """Return a pattern's alternatives for a part of books, in every language."""
    return "|".join(pattern for words in WORDS.values() if (pattern := getattr(words.books, part)))


def language_words(part: str) -> str:
    """Return a pattern's alternatives for a kind of words, in every language."""
    return "|".join(pattern for words in WORDS.values() if (pattern := getattr(words, part)))


def count_transliterated(text: str) -> int:
    """Return how many words of a text spell a letter of its language in others."""
    return sum(words.count_transliterated(text) for words in WORDS.values() if words.count_transliterated)


SMALL_WORDS = frozenset[str]().union(*(words.books.small for words in WORDS.values()))
SUSPENDED = frozenset[str]().union(*(words.suspended for words in WORDS.values()))
