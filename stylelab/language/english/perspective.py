"""A first-person passage told in another person: we, the observer, one, you. Speech is left alone.

In: a Parsed passage. Out: the turned passage, or why it is left out: a doubtful one is never guessed. Next room: pairs.
METHOD §3: both sides of a pair carry the perspective, within 15% of the words, sentence for sentence.
"""

from __future__ import annotations

import re

from stylelab.language.edits import apply_edits
from stylelab.language.english.agreement import PASTS, SAME_IN_PAST, Number, agree, past_form
from stylelab.language.english.inflect import participle, past, plural
from stylelab.language.english.narrator import BETWEEN, PLURAL_ROLES, Doubt, Narration
from stylelab.language.english.observer import FORMS, Mentions
from stylelab.language.english.unturnable import BARE, check_turnable
from stylelab.language.language import Turned
from stylelab.language.parse import FINITE, SUBJECTS, Parsed
from stylelab.recipe import ObserverPart, Perspective, Tool

LENGTH = 0.15  # METHOD §3
TOOL = Tool(name="perspective", version=2, parameters={"length": LENGTH})

PEOPLE = frozenset(
    "child boy girl man woman youth lad lass baby infant servant guest stranger student prisoner soldier sailor lawyer"  # noqa: SIM905
    " doctor physician clerk friend bachelor gentleman lady widow widower orphan schoolboy pupil traveller visitor"
    " son daughter brother sister father mother husband wife heir nephew niece uncle aunt cousin master mistress person"
    " fellow creature wretch fool coward murderer author cause victim slave companion owner tenant being".split()
)
PERCEIVING = (
    "see observe notice know feel think believe suppose find understand remember perceive discover conclude hear fear remark"  # noqa: SIM905
    " recollect hope".split()
)
TURNED_IMPERSONAL = {past(verb): participle(verb) for verb in PERCEIVING}  # "I saw that": "it was seen that"
REACH = 5  # words after "I am" in which its predicate begins
NOMINAL = frozenset({"PRON", "DET", "NOUN", "PROPN", "NUM"})
LEADING = frozenset("do did does".split())  # noqa: SIM905
SAID = frozenset(
    "said cried asked answered replied returned exclaimed whispered muttered shouted repeated thought".split()  # noqa: SIM905
)


def turn(parsed: Parsed, to: Perspective, observer: ObserverPart) -> Turned:
    """Return a first-person passage in another perspective.

    Args:
        parsed: An English passage.
        observer: Who the third person is.
    """
    try:
        text = Turner(parsed, to, observer).tell()
    except Doubt as doubt:
        return Turned(None, doubt.reason)
    return Turned(text)


class Turner:
    """One passage on its way into one perspective."""

    def __init__(self, parsed: Parsed, to: Perspective, observer: ObserverPart) -> None:
        self.story = Narration(parsed)
        self.parsed, self.tokens, self.observer = parsed, parsed.tokens, observer
        self.to: Perspective = to
        self.number: dict[int, Number] = {}  # subject -> what its verb agrees with
        self.edits: dict[int, str] = {}

    def tell(self) -> str:
        """Return the turned text.

        Raises:
            Doubt: It cannot be turned with confidence.
        """
        story = self.story
        if not story.firsts:
            raise Doubt("no_first_person")
        if self.to == "first_person_singular":
            return self.parsed.text
        check_turnable(story, self.to)
        self.replace_pronouns()
        if self.to == "impersonal":
            self.turn_passive()
        for subject, number in self.number.items():
            if number == "third":
                self.check_form(subject)
        for verb, subject in story.owners.items():
            if verb not in self.edits and subject in self.number:
                nearest = max((s for s in story.subjects if subject <= s < verb), default=subject)
                self.inflect(verb, self.number[nearest])
        self.check_orphans()
        if self.to == "first_person_plural":
            self.pluralise_predicates()
        return self.check_length(self.assemble())

    # ------------------------------------------------------------ verbs

    def check_orphans(self) -> None:
        """Raise where "was" or "am" has no subject in the parse and may be said of one that is turned."""
        for sentence in self.parsed.each_sentence():
            turned = [i for i in sentence if i in self.number]
            for i in sentence if turned else ():
                lost = self.story.narrated[i] and self.story.word(i) in {"was", "am"} and i not in self.edits
                if lost and i > turned[0] and self.story.owner(i) is None:
                    raise Doubt("unclear_verb")

    def check_form(self, subject: int) -> None:
        """Raise where the word after "I" should be a verb that takes an ending and the parse takes it for something else."""
        at = subject + 1
        while at < len(self.tokens) and (self.tokens[at].tag == "RB" or self.story.word(at) in BETWEEN):
            at += 1
        if at < len(self.tokens) and self.tokens[at].tag == "VBD" and not past_form(self.tokens[at]):
            raise Doubt("unclear_verb")
        if at == len(self.tokens) or at in self.story.owners or self.story.word(subject - 1) in BARE:
            return
        token, before = self.tokens[at], self.tokens[subject - 1].tag if subject else ""
        inverted = before in FINITE or self.story.word(subject - 1) in {"not", "n't"}
        modal = token.tag == "MD" and not (token.lower in {"need", "dare"} and self.tokens[at + 1].pos in NOMINAL)
        if not inverted and not modal and token.text.isalpha() and token.tag not in {"VBD", "CC", "IN"}:
            raise Doubt("unclear_verb")

    def inflect(self, verb: int, number: Number) -> None:
        """Make one verb agree with its new subject."""
        token = self.tokens[verb]
        subject = self.story.owner(verb)
        if number == "third" and subject is not None and self.story.is_coordinated(subject):
            number = "plural"
        if self.story.is_coordinated(subject) and token.lower in {"was", "were"}:
            return
        led = subject is not None and subject > 0 and subject < verb and self.tokens[subject - 1]
        if (
            led
            and (led.tag == "MD" or led.lower in LEADING)
            and token.tag == "VBP"
            and token.lower not in {"am", "have"}
        ):
            return  # "did I see": the verb before the subject has the ending
        pasts, presents = self.story.pasts, self.story.presents
        past = pasts > 2 * presents
        if number == "third" and token.lower in SAME_IN_PAST and not past and presents <= 2 * pasts:
            raise Doubt("unclear_tense")
        new = "will" if token.lower == "shall" and self.to != "first_person_plural" else agree(token, number, past=past)
        if new is None and number == "third" and token.lower in {"'ll", "'d"}:
            new = " will" if token.lower == "'ll" else " would" if self.is_would(verb) else " had"
        if new is not None and not self.story.is_sure(verb):
            raise Doubt("unclear_verb")
        if new is not None:
            self.edits[verb] = new

    def is_would(self, verb: int) -> bool:
        """Return whether "'d" is would: a base form follows it, adverbs aside; had before "gone", "better" or "no right"."""
        at = verb + 1
        while at < len(self.tokens) and self.tokens[at].tag == "RB":
            at += 1
        return at < len(self.tokens) and self.tokens[at].tag == "VB" and self.tokens[at].lower not in PASTS

    # ------------------------------------------------------------ words

    def replace_pronouns(self) -> None:
        """Replace the first-person words, and note what each subject's verbs agree with."""
        mentions = Mentions(self.parsed, self.observer) if self.to == "third_person" else None
        for i in self.story.words:
            role = self.story.role(i)
            if role is None:
                if mentions is not None:
                    self.note_bystander(i, mentions)
                continue
            if role == "subject" and self.tokens[i].dep == "conj" and self.tokens[self.tokens[i].head].dep in SUBJECTS:
                self.refuse_coordination(i)
            if mentions is not None:
                word, number = mentions.name(i, role)
            else:
                word, number = FORMS[self.to][role], "third" if self.to == "impersonal" else "plural"
            if role == "subject":
                self.number[i] = number
            self.edits[i] = word

    def note_bystander(self, i: int, mentions: Mentions) -> None:
        """Note another person, and turn "we" into "they" where the observer is told of."""
        role = PLURAL_ROLES.get(self.tokens[i].lower)
        if role is not None and self.tokens[i].pos in {"PRON", "DET"}:
            self.edits[i] = {
                "subject": "they", "object": "them", "possessive": "their", "own": "theirs", "reflexive": "themselves",
            }[role]  # fmt: skip
            mentions.note_pronoun("they")
        else:
            mentions.see(i)

    def refuse_coordination(self, i: int) -> None:
        """Raise where "my brother and I" has no natural turn.

        The observer and you can stand last; "our brother and we" and "one's brother and one" cannot.
        """
        if self.to in {"first_person_plural", "impersonal"}:
            raise Doubt("coordination")

    def turn_passive(self) -> None:
        """Turn "I saw that" into "it was seen that"."""
        for verb, subject in self.story.owners.items():
            token = self.tokens[verb]
            shares = any(v != verb and s == subject for v, s in self.story.owners.items())
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

    def pluralise_predicates(self) -> None:
        """Make "we were a boy" into "we were boys", or raise where that reaches too far."""
        for verb in self.story.owners:
            token = self.tokens[verb]
            if token.dep == "cop":
                self.pluralise(token.head)
            became = token.lower in {"became", "become", "remain", "remained", "proved", "seemed"}
            under = [self.tokens[c] for c in self.parsed.children[verb]] if became else []
            if any(t.dep in {"obj", "xcomp"} and t.tag == "NN" for t in under):
                raise Doubt("singular_predicate")  # "we became their disciple"
        for verb in self.story.owners:
            self.check_article(verb)
        for i in self.story.words:
            if self.tokens[i].lower in PEOPLE and i > 1 and self.tokens[i - 1].lower in {"a", "an"}:
                before = self.tokens[i - 2].lower
                if before == "as" or (before == "," and self.story.role(i - 3) == "subject"):
                    raise Doubt("singular_predicate")

    def check_article(self, verb: int) -> None:
        """Raise where "a" stays after "we are": "we are by birth a Genevese"."""
        if self.tokens[verb].lower not in {"am", "was", "'m", "were"}:
            return
        for i in range(verb + 1, min(verb + REACH, len(self.tokens))):
            token, before = self.tokens[i], self.tokens[i - 1]
            if not (token.text.isalpha() or token.lower == "n't") or token.pos in {"VERB", "AUX"}:
                return
            if token.lower in {"a", "an"} and self.edits.get(i) != "" and before.tag not in {"IN", "TO", "PDT"}:
                raise Doubt("singular_predicate")

    def pluralise(self, noun: int) -> None:
        """Make one predicate noun plural: "we were boys"; raise where it is nobody, or one of his kind."""
        own = [c for c in self.parsed.children[noun] if self.tokens[c].lower in {"a", "an", "one"} and c < noun]
        person = self.tokens[noun].lower in PEOPLE
        if not own and not person:
            return
        kinds = {self.tokens[c].dep for c in self.parsed.children[noun] if c > noun}
        alone = len(own) == 1 and self.tokens[own[0]].lower != "one" and kinds.isdisjoint({"acl:relcl", "conj"})
        if not (person and alone and self.tokens[noun].tag == "NN"):
            raise Doubt("singular_predicate")
        self.edits[own[0]] = ""
        self.edits[noun] = plural(self.tokens[noun].text)

    # ------------------------------------------------------------ the new text

    def assemble(self) -> str:
        """Return the text with the edits in place, apostrophes as the text has them."""
        curly = "’" in self.parsed.text
        edits = {i: new.replace("'", "’") if curly else new for i, new in self.edits.items()}
        return apply_edits(self.parsed, edits, self.opens)

    def opens(self, i: int) -> bool:
        """Return whether a word opens a sentence, by what stands before it."""
        token = self.tokens[i]
        before = self.parsed.text[: token.start].rstrip(" \t_([")
        newline = before.endswith("\n\n") or not before.strip()
        quoted = before.rstrip("”\"’'")
        if newline:
            return True
        before, quoted = before.rstrip(), quoted.rstrip("_—–-") if quoted.endswith(("_--", "_—")) else quoted
        if before != quoted and quoted.endswith(("!", "?")):
            return not (i + 1 < len(self.tokens) and self.tokens[i + 1].lower in SAID)
        return bool(re.search(r"[.!?…]$", quoted)) and not quoted.endswith(("Mr.", "Mrs.", "Dr.", "St.", "Esq."))

    def check_length(self, text: str) -> str:
        """Return the text, or raise where it grew or shrank too much; no edit touches where a sentence ends."""
        before, after = len(self.parsed.text.split()), len(text.split())
        if abs(after - before) > LENGTH * before:
            raise Doubt("length")
        return text
