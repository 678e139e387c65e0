"""A first-person passage told in another person: we, the observer, one, you. Speech is left alone.

In: a Parsed passage. Out: the turned passage, or why it is left out: a doubtful one is never guessed. Next room: pairs.
METHOD §3: both sides of a pair carry the perspective, within 15% of the words, sentence for sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from stylelab.language.agreement import SAME_IN_PAST, Number, agree
from stylelab.language.inflect import plural
from stylelab.language.mentions import FORMS, Mentions, Observer, Role
from stylelab.language.parse import FINITE, SUBJECTS, Parsed
from stylelab.language.speech import speech
from stylelab.recipe import Perspective, Tool

Reason = Literal[
    "no_first_person", "unclear_speech", "unclear_pronoun", "unclear_verb", "unclear_tense", "address", "letter",
    "coordination", "generic_we", "reader_addressed", "singular_predicate", "archaic", "length",
]  # fmt: skip
SHORT_CALL = 8  # words of a sentence whose ", my sister." is a call
LENGTH = 0.15  # METHOD §3
TOOL = Tool(name="perspective", version=1, parameters={"length": LENGTH})

ROLES: dict[str, Role] = {"i": "subject", "me": "object", "my": "possessive", "mine": "own", "myself": "reflexive"}
PLURAL_ROLES: dict[str, Role] = {
    "we": "subject", "us": "object", "our": "possessive", "ours": "own", "ourselves": "reflexive",
}  # fmt: skip
READER = frozenset("you your yours yourself thou thee thy thine".split())  # noqa: SIM905
ARCHAIC = frozenset("methinks methought meseems".split())  # noqa: SIM905
BARE = frozenset("than as but and nor or neither so save except like".split())  # "greater than I"  # noqa: SIM905
ADDRESS = frozenset("god goodness heavens lord lords word dear dearest friend friends readers reader".split())  # noqa: SIM905
PEOPLE = frozenset(
    "child boy girl man woman youth lad lass baby infant servant guest stranger student prisoner soldier sailor lawyer"  # noqa: SIM905
    " doctor physician clerk friend bachelor gentleman lady widow widower orphan schoolboy pupil traveller visitor".split()
)
TURNED_IMPERSONAL = {
    "saw": "seen", "observed": "observed", "noticed": "noticed", "knew": "known", "felt": "felt", "thought": "thought",
    "believed": "believed", "supposed": "supposed", "found": "found", "understood": "understood",
    "remembered": "remembered", "perceived": "perceived", "discovered": "discovered", "concluded": "concluded",
    "heard": "heard", "feared": "feared", "remarked": "remarked", "recollected": "recollected", "hoped": "hoped",
}  # fmt: skip
LEADING = frozenset("do did does".split())  # noqa: SIM905
SIGHS = frozenset("ah dear ay oh to".split())  # noqa: SIM905
SAID = frozenset("said cried asked answered replied returned exclaimed whispered muttered shouted repeated".split())  # noqa: SIM905


@dataclass(frozen=True)
class Turned:
    """A passage in another perspective, or None and the reason why it is left out."""

    text: str | None
    reason: Reason | None = None


class Doubt(Exception):
    """Something in the passage cannot be turned with confidence."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def turn(parsed: Parsed, to: Perspective, observer: Observer | None = None) -> Turned:
    """Return a first-person passage in another perspective.

    Args:
        parsed: An English passage.
        observer: Who the third person is; "the observer ... they" by default.
    """
    if parsed.language != "en":
        return Turned(None, "unclear_pronoun")
    try:
        text = Turner(parsed, to, observer or Observer()).text()
    except Doubt as doubt:
        return Turned(None, doubt.reason)
    return Turned(text)


class Turner:
    """One passage on its way into one perspective."""

    def __init__(self, parsed: Parsed, to: Perspective, observer: Observer) -> None:
        spans = speech(parsed.text)
        if spans is None:
            raise Doubt("unclear_speech")
        self.parsed, self.observer = parsed, observer
        self.to: Perspective = to
        self.tokens = parsed.tokens
        self.told = [not any(a <= t.start < b for a, b in spans) for t in self.tokens]
        self.narration = [i for i, told in enumerate(self.told) if told]
        self.number: dict[int, Number] = {}  # subject -> what its verb agrees with
        self.edits: dict[int, str] = {}
        verbs = [self.tokens[i].tag for i in self.narration]
        self.pasts, self.presents = verbs.count("VBD"), verbs.count("VBP") + verbs.count("VBZ")

    def text(self) -> str:
        """Return the turned text.

        Raises:
            Doubt: It cannot be turned with confidence.
        """
        firsts = [i for i in self.narration if self.role(i)]
        if not firsts:
            raise Doubt("no_first_person")
        if self.to == "first_person_singular":
            return self.parsed.text
        self.refuse(firsts)
        subjects = {i for i in firsts if self.role(i) == "subject"}
        owners = {v: s for v in self.narration if (s := self.owner(v)) in subjects}
        self.check_verbs(subjects, owners)
        self.pronouns(firsts)
        if self.to == "impersonal":
            self.passives(owners)
        for verb, subject in owners.items():
            if verb not in self.edits and subject in self.number:
                nearest = max((s for s in subjects if subject <= s < verb), default=subject)
                self.inflect(verb, self.number[nearest])
        if self.to == "first_person_plural":
            self.predicates(owners)
        return self.checked(self.assembled())

    # ------------------------------------------------------------ who is who

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

    def refuse(self, firsts: list[int]) -> None:
        """Raise on what no rule here turns well."""
        lower = [self.tokens[i].lower for i in self.narration]
        if not ARCHAIC.isdisjoint(lower):
            raise Doubt("archaic")
        if self.to == "second_person" and not READER.isdisjoint(lower):
            raise Doubt("reader_addressed")
        if any(w in PLURAL_ROLES for w in lower):
            if self.to in {"impersonal", "second_person"}:
                raise Doubt("generic_we")
            if self.to == "third_person" and self.presents * 2 > self.pasts:
                raise Doubt("generic_we")
        for i in firsts:
            self.refuse_word(i)

    def refuse_word(self, i: int) -> None:
        """Raise on a first-person word that is no pronoun, or stands in an address or a letter's ending."""
        token, after = self.tokens[i], self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        before = self.tokens[i - 1] if i else None
        if self.role(i) == "subject":
            if token.pos != "PRON" or (
                before and before.pos == "PROPN" and before.text[0].isupper() and token.dep != "nsubj"
            ):
                raise Doubt("unclear_pronoun")
            near = [t for t in (before, after) if t and t.text.isalpha()]
            if near and all(len(t.text) > 1 and t.text.isupper() for t in near):
                raise Doubt("unclear_pronoun")  # a heading in capitals
        if self.role(i) == "possessive" and after is not None:
            own_self = after.lower == "self" or (after.lower == "own" and self.next_is(i + 2, "self"))
            if own_self or after.lower in ADDRESS or self.tokens[token.head].dep == "vocative" or self.calls(i):
                raise Doubt("address")
        sighs = before is not None and before.lower in SIGHS and (after is None or after.text == "!")
        if self.role(i) == "object" and sighs:
            raise Doubt("address")

    def calls(self, i: int) -> bool:
        """Return whether "my" opens a call: "Good night, my sister." """
        last = next((k for k in range(i + 1, min(i + 4, len(self.tokens))) if self.tokens[k].text in ",.!?;"), None)
        if last is None or self.tokens[last - 1].pos != "NOUN":
            return False
        short = next((len(s) <= SHORT_CALL for s in self.parsed.each_sentence() if i in s), False)
        return short and i > 0 and self.tokens[i - 1].text == "," and self.tokens[last - 1].dep not in {"conj", "appos"}

    def next_is(self, index: int, word: str) -> bool:
        """Return whether the token at an index is a word."""
        return index < len(self.tokens) and self.tokens[index].lower == word

    # ------------------------------------------------------------ verbs

    def owner(self, verb: int) -> int | None:
        """Return the "I" that a finite verb belongs to: the one beside it, else the one that the parse gives it."""
        token = self.tokens[verb]
        if token.tag not in FINITE and token.lower not in {"am", "'m"}:
            return None
        beside = self.beside(verb)
        if beside is not None:
            return beside
        predicate = token.head if token.dep in {"aux", "aux:pass", "cop"} else verb
        if token.dep in {"aux", "aux:pass", "cop"} and self.parsed.finite(predicate) != verb:
            return None
        return self.parsed.subject(predicate)

    def beside(self, verb: int) -> int | None:
        """Return the "I" that stands right before a verb, adverbs aside, or right after an auxiliary."""
        at = verb - 1
        while at >= 0 and self.told[at] and self.tokens[at].tag == "RB" and self.tokens[at].lower not in {"so", "not"}:
            at -= 1
        if at >= 0 and self.told[at] and self.role(at) == "subject" and self.tokens[at].dep in {*SUBJECTS, "conj"}:
            return at
        after = verb + 1
        if after < len(self.tokens) and self.tokens[verb].lower in {"am", "'m"} and self.role(after) == "subject":
            return after
        return None

    def check_verbs(self, subjects: set[int], owners: dict[int, int]) -> None:
        """Raise where a subject has no verb, or a verb that must agree has no subject."""
        has_verb = set(owners.values())
        for i in subjects:
            token = self.tokens[i]
            bare = i > 0 and self.tokens[i - 1].lower in BARE
            shared = token.dep == "conj" and self.tokens[token.head].dep in SUBJECTS
            if i in has_verb or shared or bare:
                continue
            predicate = token.head
            infinite = token.dep in SUBJECTS and self.tokens[predicate].tag in {"VBN", "VBG"}
            if not infinite:
                raise Doubt("unclear_verb")
        doubtful = {"am", "'m"}
        if self.to in {"first_person_plural", "second_person"}:
            doubtful |= {"was"}
        else:
            doubtful |= {"have", "'ve", "do"}
        for sentence in self.parsed.each_sentence():
            if subjects.isdisjoint(sentence):
                continue
            for v in sentence:
                token = self.tokens[v]
                if not self.told[v] or v in owners or token.tag not in FINITE:
                    continue
                if (token.lower in doubtful or token.tag == "VBP") and self.owner(v) is None:
                    raise Doubt("unclear_verb")
                if token.lower in {"am", "'m"}:
                    raise Doubt("unclear_verb")

    def inflect(self, verb: int, number: Number) -> None:
        """Make one verb agree with its new subject."""
        token = self.tokens[verb]
        subject = self.owner(verb)
        if number == "third" and subject is not None and self.coordinated(subject):
            number = "plural"
        if self.coordinated(subject) and token.lower in {"was", "were"}:
            return
        led = subject is not None and subject > 0 and subject < verb and self.tokens[subject - 1]
        if (
            led
            and (led.tag == "MD" or led.lower in LEADING)
            and token.tag == "VBP"
            and token.lower not in {"am", "have"}
        ):
            return  # "did I see": the verb before the subject has the ending
        past = self.pasts > 2 * self.presents
        if number == "third" and token.lower in SAME_IN_PAST and not past and self.presents <= 2 * self.pasts:
            raise Doubt("unclear_tense")
        new = "will" if token.lower == "shall" and self.to != "first_person_plural" else agree(token, number, past=past)
        if new is None and number == "third" and token.lower in {"'ll", "'d"}:
            head = self.tokens[token.head]
            new = " will" if token.lower == "'ll" else " had" if head.tag in {"VBN", "VBD"} else " would"
        if new is not None:
            self.edits[verb] = new

    def coordinated(self, subject: int | None) -> bool:
        """Return whether a subject is one of several: "he and I", "I and my brother"."""
        if subject is None:
            return False
        return self.tokens[subject].dep == "conj" or any(
            self.tokens[c].dep == "conj" and self.tokens[c].pos in {"NOUN", "PROPN", "PRON"}
            for c in self.parsed.children[subject]
        )

    # ------------------------------------------------------------ words

    def pronouns(self, firsts: list[int]) -> None:
        """Replace the first-person words, and note what each subject's verbs agree with."""
        mentions = Mentions(self.parsed, self.observer) if self.to == "third_person" else None
        chosen = set(firsts)
        for i in self.narration:
            role = self.role(i) if i in chosen else None
            if role is None:
                if mentions is not None:
                    self.bystander(i, mentions)
                continue
            if role == "subject" and self.tokens[i].dep == "conj" and self.tokens[self.tokens[i].head].dep in SUBJECTS:
                self.coordinate(i)
            if mentions is not None:
                word, number = mentions.next(i, role)
            else:
                word, number = FORMS[self.to][role], "third" if self.to == "impersonal" else "plural"
            if role == "subject":
                self.number[i] = number
            self.edits[i] = word

    def bystander(self, i: int, mentions: Mentions) -> None:
        """Note another person, and turn "we" into "they" where the observer is told of."""
        role = PLURAL_ROLES.get(self.tokens[i].lower)
        if role is not None and self.tokens[i].pos in {"PRON", "DET"}:
            self.edits[i] = {
                "subject": "they", "object": "them", "possessive": "their", "own": "theirs", "reflexive": "themselves",
            }[role]  # fmt: skip
            mentions.other("they")
        else:
            mentions.see(i)

    def coordinate(self, i: int) -> None:
        """Raise where "my brother and I" has no natural turn.

        The observer and you can stand last; "our brother and we" and "one's brother and one" cannot.
        """
        if self.to in {"first_person_plural", "impersonal"}:
            raise Doubt("coordination")

    def passives(self, owners: dict[int, int]) -> None:
        """Turn "I saw that" into "it was seen that"."""
        for verb, subject in owners.items():
            token = self.tokens[verb]
            shares = any(v != verb and s == subject for v, s in owners.items())
            that = verb + 1 < len(self.tokens) and self.tokens[verb + 1].lower == "that"
            clause = (
                that and self.tokens[verb + 1].tag == "IN" and self.tokens[self.tokens[verb + 1].head].dep == "ccomp"
            )
            if (
                token.tag == "VBD"
                and clause
                and not shares
                and subject == verb - 1
                and token.lower in TURNED_IMPERSONAL
            ):
                self.edits[subject] = "it"
                self.edits[verb] = f"was {TURNED_IMPERSONAL[token.lower]}"

    def predicates(self, owners: dict[int, int]) -> None:
        """Make "we were a boy" into "we were boys", or raise where that reaches too far."""
        for verb, _ in owners.items():
            token = self.tokens[verb]
            heads = [token.head] if token.dep == "cop" else [
                c for c in self.parsed.children[verb]
                if token.lemma in {"become", "remain"} and self.tokens[c].dep in {"obj", "xcomp"}
            ]  # fmt: skip
            for noun in heads:
                self.predicate(noun)
        for i in self.narration:
            if self.tokens[i].lower in PEOPLE and i > 1 and self.tokens[i - 1].lower in {"a", "an"}:
                before = self.tokens[i - 2].lower
                if before == "as" or (before == "," and self.role(i - 3) == "subject"):
                    raise Doubt("singular_predicate")

    def predicate(self, noun: int) -> None:
        """Make one predicate noun plural."""
        own = [c for c in self.parsed.children[noun] if self.tokens[c].lower in {"a", "an", "one"} and c < noun]
        if self.tokens[noun].tag != "NN" or not own:
            return
        kinds = {self.tokens[c].dep for c in self.parsed.children[noun] if c > noun}
        if "acl:relcl" in kinds or "conj" in kinds or len(own) > 1 or self.tokens[own[0]].lower == "one":
            raise Doubt("singular_predicate")
        self.edits[own[0]] = ""
        self.edits[noun] = plural(self.tokens[noun].text)

    # ------------------------------------------------------------ the new text

    def assembled(self) -> str:
        """Return the text with the edits in place, capitals where a sentence begins."""
        text, out, at = self.parsed.text, list[str](), 0
        for i in sorted(self.edits):
            token, new = self.tokens[i], self.edits[i]
            out.append(text[at : token.start])
            at = token.end
            if not new:
                at += len(text[at:]) - len(text[at:].lstrip(" "))
            elif token.text[0].isupper() and self.opens(i):
                new = new[0].upper() + new[1:]
            out.append(new.replace("'", "’") if "’" in text else new)
        return "".join([*out, text[at:]])

    def opens(self, i: int) -> bool:
        """Return whether a word opens a sentence, by what stands before it."""
        token = self.tokens[i]
        before = self.parsed.text[: token.start].rstrip(" \t_([")
        newline = before.endswith("\n\n") or not before.strip()
        quoted = before.rstrip("”\"’'")
        if newline:
            return True
        before = before.rstrip()
        if before != quoted and quoted.endswith(("!", "?")):
            return not (i + 1 < len(self.tokens) and self.tokens[i + 1].lower in SAID)
        return bool(re.search(r"[.!?…]$", quoted)) and not quoted.endswith(("Mr.", "Mrs.", "Dr.", "St.", "Esq."))

    def checked(self, text: str) -> str:
        """Return the text, or raise where it grew or shrank too much; no edit touches where a sentence ends."""
        before, after = len(self.parsed.text.split()), len(text.split())
        if abs(after - before) > LENGTH * before:
            raise Doubt("length")
        return text
