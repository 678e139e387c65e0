"""What no rule turns well: addresses, letters, readers spoken to, verbs without a sure subject.

In: a Narration and a perspective. Out: nothing, or a Doubt with the reason why the passage is left out. Next: perspective.
"""

from __future__ import annotations

import re
from itertools import pairwise

from stylelab.language.english.narrator import AM, PLURAL_ROLES, Doubt, Narration
from stylelab.language.parse import FINITE, SUBJECTS
from stylelab.recipe import Perspective

FIRST = re.compile(r"\bI\b")
SHORT_CALL = 8  # words of a sentence whose ", my sister." is a call
READER = frozenset("you your yours yourself thou thee thy thine ye".split())  # noqa: SIM905
ARCHAIC = frozenset("methinks methought meseems daresay".split())  # noqa: SIM905
BARE = frozenset("than as but and nor or neither so save except like".split())  # "greater than I"  # noqa: SIM905
ADDRESS = frozenset("god goodness heavens lord lords word dear dearest friend friends readers reader".split())  # noqa: SIM905
SIGHS = frozenset("ah dear ay oh to".split())  # noqa: SIM905
OPENS = frozenset({*'.,;:!?—“"', "--", "", "and", "but", "only", "pray", "then"})


def check_turnable(story: Narration, to: Perspective) -> None:
    """Return where a passage can be turned.

    Raises:
        Doubt: It cannot, with the reason.
    """
    lower = [story.word(i) for i in story.words]
    if not ARCHAIC.isdisjoint(lower) or ("dare", "say") in pairwise(lower):
        raise Doubt("archaic")
    if to == "second_person" and not READER.isdisjoint(lower):
        raise Doubt("reader_addressed")
    if to == "second_person" and any(is_called(story, i) for i in story.words):
        raise Doubt("letter")
    if any(w in PLURAL_ROLES for w in lower):
        if to in {"impersonal", "second_person"}:
            raise Doubt("generic_we")
        if to == "third_person" and story.presents * 2 > story.pasts:
            raise Doubt("generic_we")
    if any(FIRST.search(story.tokens[i].text) and story.role(i) is None for i in story.words):
        raise Doubt("unclear_pronoun")  # "I" in a word that the tokenizer left whole
    for i in story.firsts:
        check_word(story, i)
    check_verbs(story, to)


def is_called(story: Narration, i: int) -> bool:
    """Return whether a word calls somebody: "dear Margaret"."""
    token = story.tokens[i]
    dear = token.lower in {"dear", "dearest"} and i + 1 < len(story.tokens) and story.tokens[i + 1].text[0].isupper()
    return token.dep == "vocative" or dear


def check_word(story: Narration, i: int) -> None:
    """Raise on a first-person word that is no pronoun, or stands in an address or a letter's ending."""
    tokens = story.tokens
    token, before = tokens[i], tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    role = story.role(i)
    if role == "subject":
        name = before is not None and before.pos == "PROPN" and before.text[0].isupper() and token.dep != "nsubj"
        near = [t for t in (before, after) if t and t.text.isalpha()]
        heading = near and all(len(t.text) > 1 and t.text.isupper() for t in near)
        dialect = before is not None and before.tag == "VBZ" and before.pos == "VERB"  # "says I", "thinks I"
        if token.pos != "PRON" or name or heading or dialect:
            raise Doubt("unclear_pronoun")
    if role == "possessive" and after is not None:
        own_self = after.lower == "self" or (after.lower == "own" and story.word(i + 2) == "self")
        if own_self or after.lower in ADDRESS or tokens[token.head].dep == "vocative" or opens_call(story, i):
            raise Doubt("address")
    if role == "object":
        sighs = before is not None and before.lower in SIGHS and (after is None or after.text == "!")
        if sighs or is_commanded(story, i):
            raise Doubt("address")


def is_commanded(story: Narration, i: int) -> bool:
    """Return whether "me" is whom a command is about: "believe me", "let me see", "call me Ishmael"."""
    verb = i - 1
    if verb < 0 or story.tokens[verb].tag not in {"VB", "VBP"} or not story.narrated[verb]:
        return False
    opens = story.word(verb - 1) in OPENS
    led = any(story.tokens[c].dep in {*SUBJECTS, "mark", "aux", "aux:pass"} for c in story.parsed.children[verb])
    return opens and not led and story.tokens[verb].dep != "xcomp"


def opens_call(story: Narration, i: int) -> bool:
    """Return whether "my" opens a call: "Good night, my sister." """
    tokens = story.tokens
    last = next((k for k in range(i + 1, min(i + 4, len(tokens))) if tokens[k].text in ",.!?;"), None)
    if last is None or tokens[last - 1].pos != "NOUN":
        return False
    short = next((len(s) <= SHORT_CALL for s in story.parsed.each_sentence() if i in s), False)
    return short and i > 0 and tokens[i - 1].text == "," and tokens[last - 1].dep not in {"conj", "appos"}


def check_verbs(story: Narration, to: Perspective) -> None:
    """Raise where a subject has no verb, or a verb that must agree has no subject."""
    has_verb = set(story.owners.values())
    for i in story.subjects:
        token = story.tokens[i]
        bare = story.word(i - 1) in BARE
        shared = token.dep == "conj" and story.tokens[token.head].dep in SUBJECTS
        infinite = token.dep in SUBJECTS and story.tokens[token.head].tag in {"VBN", "VBG"}
        if not (i in has_verb or shared or bare or infinite):
            raise Doubt("unclear_verb")
    plural = to in {"first_person_plural", "second_person"}
    doubtful = {"was", *AM} if plural else {"have", "'ve", "do", *AM}
    for sentence in story.parsed.each_sentence():
        if story.subjects.isdisjoint(sentence):
            continue
        for v in sentence:
            token = story.tokens[v]
            if not story.narrated[v] or v in story.owners or token.tag not in FINITE:
                continue
            if token.lower in AM or ((token.lower in doubtful or token.tag == "VBP") and story.owner(v) is None):
                raise Doubt("unclear_verb")
