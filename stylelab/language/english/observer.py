"""How the observer is spoken of: the forms of each person, and when "the observer" may be a pronoun.

In: the places where a passage said "I". Out: the word for each. Next: perspective.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from stylelab.language.english.agreement import Number
from stylelab.language.parse import Parsed
from stylelab.recipe import ObserverPart, Perspective

Pronoun = Literal["he", "she", "they"]
Role = Literal["subject", "object", "possessive", "own", "reflexive"]

FORMS: Mapping[Perspective, Mapping[Role, str]] = {
    "first_person_plural": {
        "subject": "we", "object": "us", "possessive": "our", "own": "ours", "reflexive": "ourselves",
    },
    "second_person": {
        "subject": "you", "object": "you", "possessive": "your", "own": "yours", "reflexive": "yourself",
    },
    "impersonal": {
        "subject": "one", "object": "one", "possessive": "one's", "own": "one's own", "reflexive": "oneself",
    },
}  # fmt: skip
PRONOUNS: Mapping[Pronoun, Mapping[Role, str]] = {
    "he": {"subject": "he", "object": "him", "possessive": "his", "own": "his", "reflexive": "himself"},
    "she": {"subject": "she", "object": "her", "possessive": "her", "own": "hers", "reflexive": "herself"},
    "they": {
        "subject": "they", "object": "them", "possessive": "their", "own": "theirs", "reflexive": "themselves",
    },
}  # fmt: skip
FAR = 1  # sentences after which the noun is said again


class Mentions:
    """Names the observer where a pronoun could be someone else, and uses the pronoun elsewhere."""

    def __init__(self, parsed: Parsed, observer: ObserverPart) -> None:
        self._parsed, self._observer = parsed, observer
        self._sentence = [n for n, (first, after) in enumerate(parsed.sentences) for _ in range(first, after)]
        self._paragraph = [parsed.text.count("\n\n", 0, t.start) for t in parsed.tokens]
        self._last: int | None = None  # the latest mention
        self._named = False  # whether it was the noun
        self._doubled = False  # someone else who could be the pronoun came since

    def see(self, index: int) -> None:
        """Note a word that is not the observer: a person or a crowd that the pronoun could mean."""
        token = self._parsed.tokens[index]
        if any(self._parsed.tokens[c].dep == "cop" for c in self._parsed.children[index]):
            return  # a predicate: "I was a boy"
        if self._observer.pronoun == "they":
            self._doubled |= token.tag in {"NNS", "NNPS"} or token.lower in {"they", "them", "these", "those"}
        elif token.lower in PRONOUNS[self._observer.pronoun].values():
            self._doubled = True
        else:
            self._doubled |= token.pos == "PROPN" or token.lower in {"man", "woman", "boy", "girl", "stranger"}

    def note_pronoun(self, pronoun: Pronoun) -> None:
        """Note that another is now called by a pronoun."""
        self._doubled |= pronoun == self._observer.pronoun

    def name(self, index: int, role: Role) -> tuple[str, Number]:
        """Return the word for a mention, and what a verb of it agrees with."""
        last = self._last
        same_sentence = last is not None and self._sentence[last] == self._sentence[index]
        far = last is None or (
            self._paragraph[last] != self._paragraph[index] or self._sentence[index] - self._sentence[last] > FAR
        )
        named = far or (self._doubled and not (same_sentence and role in {"possessive", "own"}))
        if role == "reflexive":
            if last is not None and last == index - 1 and self._named:
                return "in person", "third"  # "I myself": "the observer themselves" is nobody's English
            named = False
        self._last, self._named = index, named
        if not named:
            return PRONOUNS[self._observer.pronoun][role], "plural" if self._observer.pronoun == "they" else "third"
        self._doubled = False
        noun = self._observer.noun
        return (f"{noun}'s" if role in {"possessive", "own"} else noun), "third"
