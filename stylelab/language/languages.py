"""What is done with a text, by the language that it is in.

In: a language's code. Out: its rules, its words. Next: pipeline, and the pairs room. A language without rules is Unsupported.
"""

from __future__ import annotations

from stylelab.language.available import BUNDLED
from stylelab.language.books import MAIN, WORDS
from stylelab.language.english.english import English
from stylelab.language.language import Language, LanguageWords
from stylelab.language.unsupported import Unsupported

LANGUAGES: dict[str, Language] = {language.words.iso_code: language for language in (English(),)}
UNSUPPORTED: Language = Unsupported()


def find_language(code: str) -> Language:
    """Return the rules of a language, or what is done with a text in one that has none."""
    return LANGUAGES.get(code, UNSUPPORTED)


def find_words(code: str) -> LanguageWords:
    """Return a language's words; English ones where it has none here: a few of them are in any text of today."""
    return WORDS.get(code, WORDS[MAIN])


def pipeline_code(name: str) -> str:
    """Return the code of the language that a pipeline is for, by its name in a plan or a recipe: "de_core_news_sm"."""
    own = {f"stylelab_{words.pipeline}": code for code, words in WORDS.items() if words.pipeline}
    return MAIN if name == BUNDLED else own.get(name, name.partition("_")[0])
