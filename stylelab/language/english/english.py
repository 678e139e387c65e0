"""English, as the pairs room asks for it.

In: texts as a pipeline sees them. Out: what the Language protocol promises. Next: languages. Each function has its own file here.
"""

from __future__ import annotations

from collections.abc import Sequence

from stylelab.language.english import classify, lexicon, names, narrativise, perspective, plain, variants
from stylelab.language.english.lexicon import Lexicon
from stylelab.language.english.words import ENGLISH
from stylelab.language.language import LanguageTools, LanguageWords, Rewrite, Turned
from stylelab.language.parse import Name, Parsed, Token
from stylelab.recipe import ContentType, ObserverPart, Perspective

SHARE = 0.2  # of function words; English prose has about twice that, German a quarter
LEAST_WORDS = 20  # below which a share says nothing


class English:
    """English: all of it by rules on a parse."""

    words: LanguageWords = ENGLISH
    tools = LanguageTools(classify.TOOL, plain.TOOL, perspective.TOOL, variants.TOOL)

    @property
    def vocabulary(self) -> Lexicon:
        return lexicon.load()

    def reads(self, tokens: Sequence[Token]) -> bool:
        words = [t.lower for t in tokens if t.text[0].isalpha()]
        common = self.vocabulary.function_words
        return len(words) < LEAST_WORDS or sum(w in common for w in words) >= SHARE * len(words)

    def find_names(self, parsed: Parsed) -> tuple[Name, ...]:
        return names.find_names(parsed)

    def classify(self, parsed: Parsed) -> ContentType | None:
        return classify.classify(parsed).content

    def turn(self, parsed: Parsed, to: Perspective, observer: ObserverPart) -> Turned:
        return perspective.turn(parsed, to, observer)

    def narrativise(self, parsed: Parsed, observer: ObserverPart) -> Turned:
        return narrativise.narrativise(parsed, observer)

    def make_plain(self, parsed: Parsed) -> Rewrite:
        return plain.make_plain(parsed, self.vocabulary)

    def drop_modifiers(self, parsed: Parsed) -> Rewrite:
        return variants.drop_modifiers(parsed)

    def abstract_nouns(self, parsed: Parsed) -> Rewrite:
        return variants.abstract_nouns(parsed, self.vocabulary)
