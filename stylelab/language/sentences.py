"""Sentences of a paragraph, by punctuation.

In: a text. Out: its sentences, which joined by spaces give the text back. Next rooms: classify, plain.
"""

from __future__ import annotations

import re

END = re.compile(r"[.!?…]+[\"”’')_]*\s+(?=[\"“‘'(_—]*[A-Z0-9ÄÖÜ])")
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Prof|Rev|Capt|Col|Gen|Lieut|Messrs|Mme|M|No|vol|pp|etc|viz|Esq|Hon)|\b[A-Z])\.\s+$"
)


def split(text: str) -> list[str]:
    """Return the sentences of a text; closing quotes stay with their sentence."""
    out: list[str] = []
    start = 0
    for match in END.finditer(text):
        if ABBREVIATION.search(text[start : match.end()]):
            continue
        out.append(text[start : match.end()].strip())
        start = match.end()
    rest = text[start:].strip()
    return [*out, rest] if rest else out
