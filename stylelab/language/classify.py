"""NARRATIVE or CONCEPTUAL: one function, used by training and by writing alike.

In: a text. Out: its class with the evidence. Next rooms: pairs, writing. Weights: METHOD §2. Without a parser, names
are runs of capitalised words inside sentences and tense is read off the words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stylelab.language import lexicon, sentences
from stylelab.recipe import ContentType, Tool

TOOL = Tool(name="evidence", version=1, parameters={"margin": 1})

NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+(?: [A-Z][a-z]+)*")
WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*")
DEFINITION = re.compile(
    r"\b(?:is|are|means?) (?:a|an|the|that|what|when|where|any|one)\b|\bis (?:called|known|defined)\b|\bconsists? of\b",
    re.I,
)
IMPERSONAL = re.compile(r"(?:It is|It was|There is|There are|One |In general|Every |All |No |A |An )")


@dataclass(frozen=True)
class Classification:
    """A class and the evidence for each side."""

    content: ContentType
    narrative: int
    conceptual: int


def classify(text: str, default: ContentType) -> Classification:
    """Return a text's class; a margin of one or less falls to the persona's default."""
    lists = lexicon.load()
    words = WORD.findall(text.lower())
    names = {m.group() for m in NAME.finditer(text)} - {"I"}
    past = sum(1 for w in words if w in lists.past_irregular or (w.endswith("ed") and len(w) > 4))
    narrative = 3 if len(names) >= 2 else len(names)
    narrative += min(3, sum(w in lists.temporal for w in words))
    narrative += 2 if past >= 5 else 1 if past >= 2 else 0
    narrative += min(2, sum(w in lists.sequence for w in words))
    conceptual = min(4, 2 * sum(w in lists.abstract_nouns for w in words))
    conceptual += 3 if DEFINITION.search(text) else 0
    first = sentences.split(text)[:1]
    conceptual += 1 if first and IMPERSONAL.match(first[0]) else 0
    conceptual += min(2, sum(w in lists.present_roots for w in words))
    if narrative - conceptual > 1:
        return Classification("NARRATIVE", narrative, conceptual)
    if conceptual - narrative > 1:
        return Classification("CONCEPTUAL", narrative, conceptual)
    return Classification(default, narrative, conceptual)
