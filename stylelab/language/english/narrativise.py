"""An impersonal text, or one about the observer, told in the first person: the way back from perspective.

In: a Parsed text. Out: the text told by "I", or why it is left out. Next rooms: pairs, writing.
METHOD §3: narrativise first, then rewrite, then perturb.
"""

from __future__ import annotations

from stylelab.language.edits import apply_edits
from stylelab.language.english.agreement import PASTS, agree, base_form
from stylelab.language.english.narrator import Doubt
from stylelab.language.english.observer import PRONOUNS, Role
from stylelab.language.english.perspective import SAID, TURNED_IMPERSONAL
from stylelab.language.language import Turned
from stylelab.language.parse import AUXILIARIES, FINITE, Parsed
from stylelab.language.speech import find_speech
from stylelab.recipe import ObserverPart

FIRST: dict[Role, str] = {
    "subject": "I", "object": "me", "possessive": "my", "own": "mine", "reflexive": "myself",
}  # fmt: skip
SEEN = {seen: saw for saw, seen in TURNED_IMPERSONAL.items()}
POINTING = frozenset("the this that every any no each some a an another".split())  # noqa: SIM905
LEADING = frozenset("make let see hear help bid feel tell remind give teach show leave send bring ask keep".split())  # noqa: SIM905
AFTER_NUMBER = frozenset("of or another by after hundred thousand -".split())  # noqa: SIM905
PREPOSITIONS = frozenset(
    "of to in on at by for from with upon about against before behind beside between like over under unto".split()  # noqa: SIM905
)


def narrativise(parsed: Parsed, observer: ObserverPart) -> Turned:
    """Return an impersonal or third-person text in the first person singular.

    "One" and "it was observed that" always become "I"; the observer's noun and pronouns do where the text names that
    noun, and where nobody else in it could be the pronoun.

    Args:
        parsed: An English text.
        observer: Whom to tell as "I".
    """
    spans = find_speech(parsed.text)
    if spans is None:
        return Turned(None, "unclear_speech")
    told = [i for i, t in enumerate(parsed.tokens) if not any(a <= t.start < b for a, b in spans)]
    if any(parsed.tokens[i].text == "I" or parsed.tokens[i].lower in {"me", "my"} for i in told):
        return Turned(parsed.text)
    try:
        return Turned(Narrator(parsed, told, observer).tell())
    except Doubt as doubt:
        return Turned(None, doubt.reason)


class Narrator:
    """One text on its way into the first person."""

    def __init__(self, parsed: Parsed, told: list[int], observer: ObserverPart) -> None:
        self.parsed, self.tokens, self.told, self.observer = parsed, parsed.tokens, told, observer
        self.edits: dict[int, str] = {}
        self.subjects: set[int] = set()

    def tell(self) -> str:
        """Return the text told by "I".

        Raises:
            Doubt: Nobody in it can be told as "I" with confidence.
        """
        for i in self.told:
            self.turn_passive(i)
        for i in self.told:
            if i not in self.edits and self.tokens[i].lower in {"one", "oneself"}:
                self.turn_one(i)
        noun = self.observer.noun.split()
        places = [
            i for i in self.told if [t.lower for t in self.tokens[i : i + len(noun)]] == [w.lower() for w in noun]
        ]
        if places:
            self.turn_observer(places, len(noun))
        if not self.edits:
            raise Doubt("no_first_person")
        self.agree()
        return apply_edits(self.parsed, self.edits)

    def put(self, index: int, role: Role) -> None:
        """Put the first person in a word's place."""
        self.edits[index] = FIRST[role]
        if role == "subject":
            self.subjects.add(index)

    def turn_passive(self, i: int) -> None:
        """Turn "it was seen that" into "I saw that"."""
        words = [t.lower for t in self.tokens[i : i + 4]]
        if len(words) == 4 and words[0] == "it" and words[1] == "was" and words[2] in SEEN and words[3] == "that":
            self.edits |= {i: "I", i + 1: SEEN[words[2]], i + 2: ""}

    def turn_one(self, i: int) -> None:
        """Turn "one", "one's" and "oneself" into the first person; a number, and "one" for a thing, stay.

        Raises:
            Doubt: It could be either.
        """
        if self.lower(i) == "oneself":
            self.put(i, "reflexive")
        elif self.counts(i):
            leads = self.tag(i - 1).startswith("VB") and (
                self.tokens[i].dep != "nummod" or self.tokens[i - 1].lemma.lower() in LEADING
            )
            if leads or (self.lower(i - 1) == "this" and self.finite_follows(i)):
                raise Doubt("unclear_pronoun")  # "made one start", "beside this one got a rest"
        elif self.lower(i + 1) == "'s":
            own = self.lower(i + 2) == "own" and not self.names_follow(i + 3)
            self.edits |= {i: "mine" if own else "my", i + 1: ""} | ({i + 2: ""} if own else {})
        else:
            self.put(i, self.find_role(i))

    def lower(self, i: int) -> str:
        """Return the word at an index in lower case, "" beyond the text."""
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def tag(self, i: int) -> str:
        """Return the tag at an index, "" beyond the text."""
        return self.tokens[i].tag if 0 <= i < len(self.tokens) else ""

    def noun_follows(self, i: int) -> bool:
        """Return whether a noun stands at an index, after adjectives."""
        while self.tag(i) in {"JJ", "JJR", "JJS", "CD"}:
            i += 1
        return self.tag(i) in {"NN", "NNP"} and not self.lower(i).endswith("ed") and self.lower(i) not in PASTS

    def names_follow(self, i: int) -> bool:
        """Return whether a noun of any number stands at an index, after adjectives."""
        while self.tag(i) in {"JJ", "JJR", "JJS", "CD", "VBG", "VBN"}:
            i += 1
        return self.tag(i).startswith("NN")

    def counts(self, i: int) -> bool:
        """Return whether "one" is a number or stands for a thing: "one day", "one of them", "this one", "one another"."""
        before, after = self.lower(i - 1), self.lower(i + 1)
        if self.tag(i - 1) == "MD":
            return False
        listed = after in AFTER_NUMBER or self.lower(i + 2) == "another" or (after == "and" and self.tag(i + 2) == "CD")
        relative = before == "that" and (self.finite_follows(i) or after == "'s")
        pointed = before in POINTING or self.tag(i - 1) in {"JJS", "PRP$"}
        there = self.lower(i - 2) == "there" and self.tag(i - 1).startswith("VB")
        numbered = after != "'s" and (self.noun_follows(i + 1) or there)
        return listed or (pointed and not relative) or numbered

    def find_role(self, i: int) -> Role:
        """Return whether "one" is a subject or an object, by the words beside it.

        Raises:
            Doubt: It is neither for certain, or may be anybody: "one who knew", "the air of one asleep".
        """
        before = self.tokens[i - 1] if i else None
        if self.lower(i + 1) in {"who", "whom", "whose", "that", "which"} or self.tag(i + 1) in {"VBG", "JJ"}:
            raise Doubt("unclear_pronoun")
        said = before is not None and before.lower in SAID - {"asked", "answered"}
        auxiliary = before is not None and before.pos == "AUX"
        governed = (
            before is not None and (before.tag.startswith("VB") or before.lower in PREPOSITIONS) and not auxiliary
        )
        if said or auxiliary or (self.finite_follows(i) and not governed):
            return "subject"
        if governed and not self.finite_follows(i):
            return "object"
        raise Doubt("unclear_pronoun")

    def find_noun_role(self, first: int, head: int) -> Role:
        """Return whether the observer's noun is a subject or an object."""
        before = self.lower(first - 1)
        acts = self.finite_follows(head) and before not in PREPOSITIONS
        return "subject" if acts or before in SAID or self.tokens[head].dep.startswith("nsubj") else "object"

    def finite_follows(self, i: int) -> bool:
        """Return whether a finite verb follows a word, adverbs aside."""
        at = i + 1
        while self.tag(at) == "RB":
            at += 1
        return self.tag(at) in {*FINITE, "VBN"} or self.lower(at) in PASTS or (at == i + 1 and self.tag(at) == "NNS")

    def turn_observer(self, places: list[int], words: int) -> None:
        """Turn the observer's noun and pronouns into the first person.

        Raises:
            Doubt: Somebody else could be the pronoun.
        """
        forms = PRONOUNS[self.observer.pronoun]
        inside = {i + k for i in places for k in range(words)}
        pronouns = [i for i in self.told if i not in inside and self.tokens[i].lower in forms.values()]
        crowd = any(t.tag in {"NNS", "NNPS"} or t.lower in {"we", "us", "our"} for t in self.tokens)
        if pronouns and (crowd or self.observer.pronoun != "they"):
            raise Doubt("unclear_pronoun")  # any man of the text may be "he"
        for i in places:
            head = i + words - 1
            possessive = head + 1 < len(self.tokens) and self.tokens[head + 1].lower in {"'s", "'"}
            self.put(head, "possessive" if possessive else self.find_noun_role(i, head))
            self.edits |= {i + k: "" for k in range(words - 1)} | ({head + 1: ""} if possessive else {})
        for i in pronouns:
            role: Role = next(r for r, form in forms.items() if form == self.tokens[i].lower)
            if role == "object" and self.tokens[i].tag == "PRP$":
                role = "possessive"
            self.put(i, role)

    def agree(self) -> None:
        """Make the verbs agree with "I"."""
        for v in self.told:
            token = self.tokens[v]
            if v in self.edits or token.tag not in {*FINITE, "NNS"} or self.owner(v) not in self.subjects:
                continue
            if token.lower == "were" and self.lower(self.owner(v) or 0) != "they":
                continue  # "if one were": the mood stays
            new = base_form(token.lower) if token.tag == "NNS" else agree(token, "first", past=True)
            if new == "am" and self.lower(v + 1) == "n't":
                self.edits[v + 1] = " not"
            if new is not None:
                self.edits[v] = new

    def owner(self, v: int) -> int | None:
        """Return a finite verb's subject: an "I" beside it, else what the parse says."""
        at = v - 1
        while at >= 0 and self.tag(at) == "RB":
            at -= 1
        if at in self.subjects:
            return at
        if v + 1 in self.subjects and self.tokens[v].pos == "AUX":
            return v + 1
        if self.tag(v) == "NNS":
            return None
        auxiliary = self.tokens[v].dep in AUXILIARIES
        predicate = self.tokens[v].head if auxiliary else v
        return None if auxiliary and self.parsed.finite(predicate) != v else self.parsed.subject(predicate)
