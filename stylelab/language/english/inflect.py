"""Word forms: plurals, pasts, participles and comparisons of plain English words.

In: a dictionary form and a Penn tag. Out: the form. Next: plain, perspective.
"""

from __future__ import annotations

import re

from stylelab.language.english.agreement import third_singular
from stylelab.language.english.irregular import VERBS

VOWELS = frozenset("aeiou")
SILENT_H = ("hour", "honest", "honour", "honor", "heir")
PLURALS = {
    "man": "men", "woman": "women", "child": "children", "foot": "feet", "tooth": "teeth", "goose": "geese",
    "mouse": "mice", "wife": "wives", "life": "lives", "knife": "knives", "leaf": "leaves", "half": "halves",
    "self": "selves", "thief": "thieves", "wolf": "wolves", "calf": "calves", "shelf": "shelves", "loaf": "loaves",
    "person": "people", "sheep": "sheep", "deer": "deer", "fish": "fish", "hero": "heroes", "ox": "oxen",
    "gentleman": "gentlemen", "clergyman": "clergymen", "echo": "echoes", "potato": "potatoes",
}  # fmt: skip
COMPARED = {
    "good": ("better", "best"), "bad": ("worse", "worst"), "far": ("farther", "farthest"), "little": ("less", "least"),
    "much": ("more", "most"), "many": ("more", "most"),
}  # fmt: skip
INVARIANT = frozenset("people folk kin cattle mankind cash gore".split())  # noqa: SIM905


def article(following: str) -> str:
    """Return "a" or "an" to fit the word that follows, by its sound as far as spelling tells it."""
    low = following.lower()
    if low.startswith(SILENT_H):
        return "an"
    if low.startswith(("one", "once", "eu", "ew", "uni", "use", "usu", "ut")) and not low.startswith(
        ("unim", "unin", "utt")
    ):
        return "a"
    return "an" if low[:1] in VOWELS else "a"


def doubles(word: str) -> bool:
    """Return whether a word doubles its last letter before an ending: stop, big, begin."""
    if word in {"begin", "admit", "forget", "occur", "prefer", "refer", "commit", "permit", "regret"}:
        return True
    short = len(word) >= 3 and word[-1] not in VOWELS | set("wxy") and word[-2] in VOWELS and word[-3] not in VOWELS
    return short and sum(c in VOWELS for c in word) == 1


def plural(noun: str) -> str:
    """Return a noun's plural."""
    if noun.lower() in PLURALS:
        new = PLURALS[noun.lower()]
        return new if noun[0].islower() else new[0].upper() + new[1:]
    if noun.endswith("man") and len(noun) > 5 and not noun.endswith(("human", "german", "roman")):
        return noun[:-2] + "en"
    return third_singular(noun) if noun not in {"do", "have"} else noun + "s"


def past(verb: str) -> str:
    """Return a verb's simple past."""
    return VERBS[verb][0] if verb in VERBS else regular(verb)


def participle(verb: str) -> str:
    """Return a verb's past participle."""
    return VERBS[verb][1] if verb in VERBS else regular(verb)


def regular(verb: str) -> str:
    """Return the past of a regular verb."""
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if doubles(verb) else "") + "ed"


def gerund(verb: str) -> str:
    """Return a verb's form in -ing."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    return verb + (verb[-1] if doubles(verb) else "") + "ing"


def compared(adjective: str, *, most: bool) -> str:
    """Return an adjective's comparative or superlative, with more or most where it is long."""
    if adjective in COMPARED:
        return COMPARED[adjective][most]
    ending = "est" if most else "er"
    if adjective.endswith("y") and len(adjective) < 8:
        return adjective[:-1] + "i" + ending
    if len(adjective) > 6 or sum(c in VOWELS for c in adjective.rstrip("e")) > 1:
        return f"{'most' if most else 'more'} {adjective}"
    if adjective.endswith("e"):
        return adjective + ending[1:]
    return adjective + (adjective[-1] if doubles(adjective) else "") + ending


def inflect(lemma: str, tag: str) -> str:
    """Return a word in the form that a Penn tag asks for; of a phrase, its first word is a verb's, its last a noun's."""
    if not tag.startswith("VB"):
        first, _, word = lemma.rpartition(" ")
        if tag in {"JJR", "JJS", "RBR", "RBS"}:
            word = compared(word, most=tag.endswith("S"))
        elif tag == "NNS" and word not in INVARIANT and (not word.endswith("s") or word.endswith("ss")):
            word = plural(word)
        return f"{first} {word}".strip()
    word, _, rest = lemma.partition(" ")
    verb = {"VBD": past, "VBN": participle, "VBG": gerund, "VBZ": third_singular}.get(tag)
    made = "is" if word == "be" and tag == "VBZ" else verb(word) if verb else word
    return f"{made} {rest}".strip()


def forms(lemma: str, kind: str) -> set[str]:
    """Return every form of a dictionary word of a kind ("noun", "verb", "adj", "adv")."""
    tags = {
        "noun": ("NN", "NNS"),
        "verb": ("VB", "VBZ", "VBD", "VBN", "VBG"),
        "adj": ("JJ", "JJR", "JJS"),
        "adv": ("RB",),
    }
    return {inflect(lemma, tag) for tag in tags[kind]}


ARTICLE = re.compile(r"\b([Aa])n? (?=\W*([A-Za-z]+))")


def fit_articles(text: str) -> str:
    """Return a text whose a and an fit the words that follow them; a letter A on its own is left alone."""
    return ARTICLE.sub(lambda m: f"{m.group(1)}{article(m.group(2))[1:]} ", text)
