"""NARRATIVE or CONCEPTUAL: one function, used by training and by writing alike.

In: a text. Out: its class with the evidence. Next rooms: pairs, writing. Weights: METHOD §2. Without a parse, names
are runs of capitalised words inside sentences and tense is read off the words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stylelab.language import lexicon, sentences
from stylelab.language.parse import Parsed
from stylelab.language.speech import speech
from stylelab.recipe import ContentType, Tool

MARGIN = 1
TOOL = Tool(name="evidence", version=3, parameters={"margin": MARGIN, "lexicon": lexicon.VERSION})

NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+(?: [A-Z][a-z]+)*")
ABSTRACT_ENDINGS = (
    "ness",
    "ity",
    "tion",
    "sion",
    "ism",
    "ance",
    "ence",
    "tude",
    "ship",
    "hood",
    "cy",
    "nesses",
    "ities",
)
WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*")
DEFINITION = re.compile(
    r"\b(?:is|are|means?) (?:a|an|the|that|what|when|where|any|one)\b|\bis (?:called|known|defined)\b|\bconsists? of\b",
    re.I,
)
IMPERSONAL = re.compile(r"(?:It is|It was|There is|There are|One |In general|Every |All |No |A |An )")


@dataclass(frozen=True)
class Evidence:
    """What a text shows, counted: METHOD §2 gives each its weight."""

    names: int
    pasts: int
    temporal: int
    sequence: int
    abstract: int
    definition: bool
    impersonal: bool
    presents: int


@dataclass(frozen=True)
class Classification:
    """A class and the evidence for each side."""

    content: ContentType
    narrative: int
    conceptual: int


def classify(text: str, default: ContentType, parsed: Parsed | None = None) -> Classification:
    """Return a text's class; a margin of one or less falls to the persona's default.

    Args:
        parsed: What a pipeline says about the text; without it, names and tenses are read off the words.
    """
    narrative, conceptual = of_words(text) if parsed is None else of_parse(parsed)
    if narrative - conceptual > MARGIN:
        return Classification("NARRATIVE", narrative, conceptual)
    if conceptual - narrative > MARGIN:
        return Classification("CONCEPTUAL", narrative, conceptual)
    return Classification(default, narrative, conceptual)


def weigh(evidence: Evidence) -> tuple[int, int]:
    """Return the weight for NARRATIVE and for CONCEPTUAL.

    **Source:** METHOD §2.
    """
    e = evidence
    narrative = (3 if e.names >= 2 else e.names) + (2 if e.pasts >= 5 else 1 if e.pasts >= 2 else 0)
    narrative += min(3, e.temporal) + min(2, e.sequence)
    conceptual = min(4, 2 * e.abstract) + (3 if e.definition else 0) + (1 if e.impersonal else 0) + min(2, e.presents)
    return narrative, conceptual


def of_words(text: str) -> tuple[int, int]:
    """Return both weights of a text without a parse."""
    lists = lexicon.load()
    words = WORD.findall(text.lower())
    told = without_speech(text)
    own = WORD.findall(told.lower())
    first = sentences.split(told)[:1]
    return weigh(
        Evidence(
            names=len({m.group() for m in NAME.finditer(text)} - {"I"}),
            pasts=sum(1 for w in words if w in lists.past_irregular or (w.endswith("ed") and len(w) > 4)),
            temporal=len(lists.temporal.intersection(words)),
            sequence=sum(w in lists.sequence for w in words),
            abstract=sum(w in lists.abstract_nouns for w in own),
            definition=bool(DEFINITION.search(told)),
            impersonal=bool(first and IMPERSONAL.match(first[0])),
            presents=sum(w in lists.present_roots for w in own),
        )
    )


def of_parse(parsed: Parsed) -> tuple[int, int]:
    """Return both weights of a text with its parse."""
    lists = lexicon.load()
    tokens = parsed.tokens
    spans = speech(parsed.text) or ()
    told = [i for i, t in enumerate(tokens) if not any(a <= t.start < b for a, b in spans)]
    finite = [v for i in told if tokens[i].dep == "root" and (v := parsed.finite(i)) is not None]
    words = [t.lower for t in tokens]
    opening = " ".join(t.text for t in tokens[:4] if t.text[0].isalnum())
    return weigh(
        Evidence(
            names=len({n.text for n in parsed.names}),
            pasts=sum(t.tag == "VBD" for t in tokens),
            temporal=len(lists.temporal.intersection(words)),
            sequence=sum(w in lists.sequence for w in words),
            abstract=sum(general(parsed, i, lists.abstract_nouns) for i in told),
            definition=any(defines(parsed, i) for i in told),
            impersonal=bool(IMPERSONAL.match(opening + " ")),
            presents=sum(tokens[v].tag in {"VBP", "VBZ"} for v in finite),
        )
    )


def general(parsed: Parsed, i: int, listed: frozenset[str]) -> bool:
    """Return whether a word is an abstract noun that is nobody's in particular: "fear is", not "his fear", "the fear"."""
    token = parsed.tokens[i]
    abstract = token.lemma in listed or token.lower.endswith(ABSTRACT_ENDINGS)
    own = {"det", "nmod:poss", "nummod"}
    return token.pos == "NOUN" and abstract and not any(parsed.tokens[c].dep in own for c in parsed.children[i])


def defines(parsed: Parsed, verb: int) -> bool:
    """Return whether a verb says what something is: "a joint is a place", "men are mortal"."""
    token = parsed.tokens[verb]
    if token.dep != "cop" or token.tag not in {"VBZ", "VBP"}:
        return False
    subject = parsed.subject(token.head)
    return subject is not None and parsed.tokens[subject].pos == "NOUN"


def without_speech(text: str) -> str:
    """Return a text without what is said in it: what people say in a scene is not what the text explains."""
    at, out = 0, list[str]()
    for start, end in speech(text) or ():
        out.append(text[at:start])
        at = end
    return "".join([*out, text[at:]])
