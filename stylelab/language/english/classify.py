"""NARRATIVE or CONCEPTUAL: one function, used by training and by writing alike.

In: a Parsed text. Out: its class with the evidence. Next rooms: pairs, writing. Weights: METHOD §2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stylelab.language.english import lexicon
from stylelab.language.parse import Parsed
from stylelab.language.speech import find_speech
from stylelab.recipe import ContentType, Tool

MARGIN = 1
TOOL = Tool(name="evidence", version=3, parameters={"margin": MARGIN, "lexicon": lexicon.VERSION})

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
    """A class, None within the margin, and the evidence for each side."""

    content: ContentType | None
    narrative: int
    conceptual: int


def classify(parsed: Parsed) -> Classification:
    """Return a text's class; a margin of one or less decides nothing."""
    narrative, conceptual = weigh(gather_evidence(parsed))
    content: ContentType | None = None
    if abs(narrative - conceptual) > MARGIN:
        content = "NARRATIVE" if narrative > conceptual else "CONCEPTUAL"
    return Classification(content, narrative, conceptual)


def weigh(evidence: Evidence) -> tuple[int, int]:
    """Return the weight for NARRATIVE and for CONCEPTUAL.

    **Source:** METHOD §2.
    """
    e = evidence
    narrative = (3 if e.names >= 2 else e.names) + (2 if e.pasts >= 5 else 1 if e.pasts >= 2 else 0)
    narrative += min(3, e.temporal) + min(2, e.sequence)
    conceptual = min(4, 2 * e.abstract) + (3 if e.definition else 0) + (1 if e.impersonal else 0) + min(2, e.presents)
    return narrative, conceptual


def gather_evidence(parsed: Parsed) -> Evidence:
    """Count what a text shows."""
    lists = lexicon.load()
    tokens = parsed.tokens
    spans = find_speech(parsed.text) or ()
    told = [i for i, t in enumerate(tokens) if not any(a <= t.start < b for a, b in spans)]
    finite = [v for i in told if tokens[i].dep == "root" and (v := parsed.finite(i)) is not None]
    words = [t.lower for t in tokens]
    opening = " ".join(t.text for t in tokens[:4] if t.text[0].isalnum())
    return Evidence(
        names=len({n.text for n in parsed.names}),
        pasts=sum(t.tag == "VBD" for t in tokens),
        temporal=len(lists.temporal.intersection(words)),
        sequence=sum(w in lists.sequence for w in words),
        abstract=sum(is_abstract(parsed, i, lists.abstract_nouns) for i in told),
        definition=any(defines(parsed, i) for i in told),
        impersonal=bool(IMPERSONAL.match(opening + " ")),
        presents=sum(tokens[v].tag in {"VBP", "VBZ"} for v in finite),
    )


def is_abstract(parsed: Parsed, i: int, listed: frozenset[str]) -> bool:
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
