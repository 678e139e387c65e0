"""An impersonal text, or one about the observer, told in the first person: the way back from perspective.

In: a Parsed text. Out: the text told by "I", or why it is left out. Next rooms: pairs, writing.
METHOD §3: narrativise first, then rewrite, then perturb.
"""

from __future__ import annotations

from stylelab.language.agreement import agree
from stylelab.language.mentions import PRONOUNS, Observer, Role
from stylelab.language.narration import Doubt
from stylelab.language.parse import FINITE, Parsed
from stylelab.language.perspective import TURNED_IMPERSONAL, Turned
from stylelab.language.speech import speech

FIRST: dict[Role, str] = {
    "subject": "I", "object": "me", "possessive": "my", "own": "mine", "reflexive": "myself",
}  # fmt: skip
SEEN = {seen: saw for saw, seen in TURNED_IMPERSONAL.items()}
POINTING = frozenset("the this that every any no each some".split())  # noqa: SIM905
OBJECTS = frozenset({"obj", "iobj", "obl", "nmod"})


def narrativise(parsed: Parsed, observer: Observer | None = None) -> Turned:
    """Return an impersonal or third-person text in the first person singular.

    "One" and "it was observed that" always become "I"; the observer's noun and pronouns do where the text names that
    noun, and where nobody else in it could be the pronoun.

    Args:
        parsed: An English text.
        observer: Whom to tell as "I"; "the observer ... they" by default.
    """
    spans = speech(parsed.text)
    if parsed.language != "en" or spans is None:
        return Turned(None, "unclear_speech" if spans is None else "unclear_pronoun")
    told = [i for i, t in enumerate(parsed.tokens) if not any(a <= t.start < b for a, b in spans)]
    if any(parsed.tokens[i].text == "I" or parsed.tokens[i].lower in {"me", "my"} for i in told):
        return Turned(parsed.text)
    try:
        return Turned(Narrator(parsed, told, observer or Observer()).text())
    except Doubt as doubt:
        return Turned(None, doubt.reason)


class Narrator:
    """One text on its way into the first person."""

    def __init__(self, parsed: Parsed, told: list[int], observer: Observer) -> None:
        self.parsed, self.tokens, self.told, self.observer = parsed, parsed.tokens, told, observer
        self.edits: dict[int, str] = {}
        self.subjects: set[int] = set()

    def text(self) -> str:
        """Return the text told by "I".

        Raises:
            Doubt: Nobody in it can be told as "I" with confidence.
        """
        for i in self.told:
            self.seen(i)
        for i in self.told:
            if i not in self.edits and self.tokens[i].lower in {"one", "oneself"}:
                self.one(i)
        noun = self.observer.noun.split()
        places = [
            i for i in self.told if [t.lower for t in self.tokens[i : i + len(noun)]] == [w.lower() for w in noun]
        ]
        if places:
            self.named(places, len(noun))
        if not self.edits:
            raise Doubt("no_first_person")
        self.agree()
        return self.assembled()

    def put(self, index: int, role: Role) -> None:
        """Put the first person in a word's place."""
        self.edits[index] = FIRST[role]
        if role == "subject":
            self.subjects.add(index)

    def seen(self, i: int) -> None:
        """Turn "it was seen that" into "I saw that"."""
        words = [t.lower for t in self.tokens[i : i + 4]]
        if len(words) == 4 and words[0] == "it" and words[1] == "was" and words[2] in SEEN and words[3] == "that":
            self.edits |= {i: "I", i + 1: SEEN[words[2]], i + 2: ""}

    def one(self, i: int) -> None:
        """Turn "one", "one's" and "oneself" into the first person; a number stays."""
        token = self.tokens[i]
        following = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if token.lower == "oneself":
            self.put(i, "reflexive")
        elif token.dep in {"nummod", "det"} or (following and following.lower == "of"):
            return
        elif following and following.lower == "'s" and token.dep == "nmod:poss":
            own = i + 2 < len(self.tokens) and self.tokens[i + 2].lower == "own" and self.tokens[i + 2].dep != "amod"
            self.edits |= {i: "mine" if own else "my", i + 1: ""} | ({i + 2: ""} if own else {})
        elif token.dep.startswith("nsubj") and not self.described(i):
            self.put(i, "subject")
        elif token.dep in OBJECTS and not self.described(i):
            self.put(i, "object")

    def described(self, i: int) -> bool:
        """Return whether "one" stands for a thing: "this one", "the one that", "a black one"."""
        before = self.tokens[i - 1].lower if i else ""
        own = {self.tokens[c].dep for c in self.parsed.children[i]}
        return bool(own & {"det", "amod", "acl:relcl", "nmod"}) or before in POINTING

    def named(self, places: list[int], words: int) -> None:
        """Turn the observer's noun and pronouns into the first person.

        Raises:
            Doubt: Somebody else could be the pronoun.
        """
        forms = PRONOUNS[self.observer.pronoun]
        inside = {i + k for i in places for k in range(words)}
        if self.observer.pronoun == "they":
            others = any(t.tag in {"NNS", "NNPS"} for t in self.tokens)
        else:
            others = any(n.kind in {"NAME", "PERSON", "PER"} for n in self.parsed.names)
        pronouns = [i for i in self.told if i not in inside and self.tokens[i].lower in forms.values()]
        if pronouns and others:
            raise Doubt("unclear_pronoun")
        for i in places:
            head = i + words - 1
            possessive = head + 1 < len(self.tokens) and self.tokens[head + 1].lower in {"'s", "'"}
            role: Role = "subject" if self.tokens[head].dep.startswith("nsubj") else "object"
            self.put(head, "possessive" if possessive else role)
            self.edits |= {i + k: "" for k in range(words - 1)} | ({head + 1: ""} if possessive else {})
        for i in pronouns:
            role = next(r for r, form in forms.items() if form == self.tokens[i].lower)
            if role == "object" and self.tokens[i].tag == "PRP$":
                role = "possessive"
            self.put(i, role)

    def agree(self) -> None:
        """Make the verbs agree with "I"."""
        for v in self.told:
            token = self.tokens[v]
            auxiliary = token.dep in {"aux", "aux:pass", "cop"}
            predicate = token.head if auxiliary else v
            if v in self.edits or token.tag not in FINITE or (auxiliary and self.parsed.finite(predicate) != v):
                continue
            if self.parsed.subject(predicate) in self.subjects:
                new = agree(token, "first", past=True)
                if new is not None:
                    self.edits[v] = new

    def assembled(self) -> str:
        """Return the text with the edits in place."""
        text, out, at = self.parsed.text, list[str](), 0
        for i in sorted(self.edits):
            token, new = self.tokens[i], self.edits[i]
            between = text[at : token.start]
            out.append(between if new or not between.endswith(" ") or token.text[0].isupper() else between[:-1])
            at = token.end
            if not new and token.text[0].isupper():
                at += len(text[at:]) - len(text[at:].lstrip(" "))
            opened = i > 0 and self.edits.get(i - 1) == "" and self.tokens[i - 1].text[0].isupper()
            capital = token.text[0].isupper() or opened
            out.append(new[0].upper() + new[1:] if new and capital else new)
        return "".join([*out, text[at:]])
