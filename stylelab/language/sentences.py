"""Sentences of a paragraph, by punctuation.

In: a text. Out: its sentences, which joined by spaces give the text back. Next rooms: classify, plain.
"""

from __future__ import annotations

import re

from stylelab.language.books import language_words

END = re.compile(r"[.!?…]+[\"”’')_]*\s+(?=[\"“‘'(_—]*[A-Z0-9ÄÖÜ])")
ABBREVIATION = re.compile(rf"(?:\b(?:{language_words('abbreviations')})|\b[A-Z])\.\s+$")


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
