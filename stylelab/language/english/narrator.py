"""Who tells a passage: its words outside speech, who says "I" in them, and which verbs are that "I"'s.

In: a Parsed passage. Out: a Narration, or a Doubt about it. Next: unturnable, perspective.
"""

from __future__ import annotations

from typing import Literal

from stylelab.language.english.observer import Role
from stylelab.language.parse import AUXILIARIES, FINITE, SUBJECTS, Parsed
from stylelab.language.speech import find_speech

Reason = Literal[
    "no_first_person", "not_english", "unclear_speech", "unclear_pronoun", "unclear_verb", "unclear_tense", "address", "letter",
    "coordination", "generic_we", "reader_addressed", "singular_predicate", "archaic", "length",
]  # fmt: skip
ROLES: dict[str, Role] = {"i": "subject", "me": "object", "my": "possessive", "mine": "own", "myself": "reflexive"}
PLURAL_ROLES: dict[str, Role] = {
    "we": "subject", "us": "object", "our": "possessive", "ours": "own", "ourselves": "reflexive",
}  # fmt: skip
JOINS = frozenset("and but or nor yet".split())  # noqa: SIM905
BETWEEN = frozenset("myself also alone too".split())  # what may stand between "I" and its verb, beside adverbs  # noqa: SIM905
AM = frozenset({"am", "'m"})


class Doubt(Exception):
    """Something in the passage cannot be turned with confidence."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class Narration:
    """The words of a passage that are told, not spoken, and the first person in them."""

    def __init__(self, parsed: Parsed) -> None:
        spans = find_speech(parsed.text)
        if spans is None:
            raise Doubt("unclear_speech")
        self.parsed, self.tokens = parsed, parsed.tokens
        self.narrated = [not any(a <= t.start < b for a, b in spans) for t in self.tokens]
        self.words = [i for i, narrated in enumerate(self.narrated) if narrated]
        self.firsts = [i for i in self.words if self.role(i)]
        self.subjects = frozenset(i for i in self.firsts if self.role(i) == "subject")
        self.owners = {v: s for v in self.words if (s := self.owner(v)) in self.subjects}
        verbs = [self.tokens[i].tag for i in self.words]
        self.pasts, self.presents = verbs.count("VBD"), verbs.count("VBP") + verbs.count("VBZ")

    def role(self, index: int) -> Role | None:
        """Return what a first-person word does, or None for any other word."""
        token = self.tokens[index]
        if token.lower not in ROLES or (token.lower == "i" and token.text != "I"):
            return None
        if token.lower == "mine" and token.pos not in {"PRON", "DET"}:
            return None
        if token.lower == "mine" and token.dep == "nmod:poss":
            return "possessive"
        return ROLES[token.lower]

    def word(self, index: int) -> str:
        """Return the word at an index in lower case, "" beyond the passage."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def owner(self, verb: int) -> int | None:
        """Return the subject of a finite verb: an "I" beside it, else what the parse says."""
        token = self.tokens[verb]
        if token.tag not in FINITE and token.lower not in AM:
            return None
        beside = self.find_beside(verb)
        if beside is not None:
            return beside
        predicate = token.head if token.dep in AUXILIARIES else verb
        if token.dep in AUXILIARIES and self.parsed.finite(predicate) != verb:
            return None
        return self.parsed.subject(predicate)

    def find_beside(self, verb: int) -> int | None:
        """Return the "I" that stands right before a verb, adverbs aside, or right after "am"."""
        at = self.back(verb - 1)
        if at >= 0 and self.narrated[at] and self.role(at) == "subject" and self.tokens[at].dep in {*SUBJECTS, "conj"}:
            return at
        after = verb + 1
        if self.word(verb) in AM and after < len(self.tokens) and self.role(after) == "subject":
            return after
        return None

    def back(self, at: int) -> int:
        """Return the first place at or before `at` that is neither an adverb nor "myself"."""
        while at >= 0 and self.narrated[at]:
            adverb = self.tokens[at].tag == "RB" and self.word(at) not in {"so", "not"}
            if not adverb and self.word(at) not in BETWEEN:
                break
            at -= 1
        return at

    def is_sure(self, verb: int) -> bool:
        """Return whether a verb's "I" is beyond doubt: beside it, inverted ("was I"), or shared by "and" alone.

        The parse decides who else may own a verb, and is right about four in five of its relations only.
        """
        subject = self.owners[verb]
        if self.find_beside(verb) is not None:
            return True
        if subject > verb:
            return all(self.word(i) in {"not", "n't"} for i in range(verb + 1, subject))
        joined = self.back(verb - 1)
        if self.word(joined) not in JOINS or any(self.tokens[i].text in ";:" for i in range(subject, verb)):
            return False
        between = [v for v in range(subject, verb) if self.tokens[v].tag in FINITE and self.narrated[v]]
        if not between or any(self.owners.get(v) != subject for v in between):
            return False
        led = self.tokens[between[-1]]
        return led.tag == self.tokens[verb].tag or (led.tag in {"VBP", "VBZ"} and self.word(verb) in AM)

    def is_coordinated(self, subject: int | None) -> bool:
        """Return whether a subject is one of several: "he and I", "I and my brother"."""
        if subject is None:
            return False
        return self.tokens[subject].dep == "conj" or any(
            self.tokens[c].dep == "conj" and self.tokens[c].pos in {"NOUN", "PROPN", "PRON"}
            for c in self.parsed.children[subject]
        )
