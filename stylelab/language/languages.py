"""Which languages pairs can be made in.

In: a language's code. Out: a Language. Next: pipeline, and the pairs room. A language without a folder is Unsupported.
"""

from __future__ import annotations

from stylelab.language.available import BUNDLED
from stylelab.language.books import WORDS
from stylelab.language.english.english import English
from stylelab.language.language import Language, LanguageWords
from stylelab.language.unsupported import Unsupported

LANGUAGES: dict[str, Language] = {"en": English()}
UNSUPPORTED: Language = Unsupported()


def find_language(code: str) -> Language:
    """Return the language of a code, or what is done with one that is not supported."""
    return LANGUAGES.get(code, UNSUPPORTED)


def find_words(code: str) -> LanguageWords:
    """Return a language's words; English ones where it has none here: a few of them are in any text of today."""
    return WORDS.get(code, WORDS["en"])


def pipeline_code(name: str) -> str:
    """Return the code of the language that a pipeline is for, by its name in a plan or a recipe: "de_core_news_sm"."""
    own = {f"stylelab_{words.pipeline}": code for code, words in WORDS.items() if words.pipeline}
    return "en" if name == BUNDLED else own.get(name, name.partition("_")[0])
