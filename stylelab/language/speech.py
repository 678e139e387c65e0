"""Where a text is someone's speech: what stands inside quotation marks, whatever marks the printer used.

In: a text. Out: the places of speech, or None where the marks do not pair up. Next room: perspective.
"""

from __future__ import annotations

import re

from stylelab.language.books import language_words

PLAY = re.compile(r"^[^\S\n]*_?[^\S\n]*[A-Z]{1,12}\.[^\S\n]*_", re.M)  # "_V._ Yes": speakers as in a play
PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
ELISION = re.compile(rf"['’‘](?:{language_words('elisions')})\b", re.I)
CLOSES_SINGLE = re.compile(r"(?<=[.,;:!?—…\-])[’'](?![A-Za-z])|[’'](?=[\s”\")\]]*(?:$|\n))")
OPENS_SINGLE = re.compile(r"(?:(?<=^)|(?<=[\s(—\-“\"_]))[‘'](?=[A-Za-zÀ-ÿ\-—.“_0-9])")


def find_speech(text: str) -> tuple[tuple[int, int], ...] | None:
    """Return where the text's speech is, in characters, marks included; None where quotation marks do not pair up.

    A paragraph that is left open goes on in the next one when that begins with an opening mark again. Single marks
    count only where they open before a word and close after punctuation, so that apostrophes stay apostrophes.
    """
    if PLAY.search(text):
        return None
    found: list[tuple[int, int]] = []
    open_before: str | None = None
    start = 0
    for match in [*PARAGRAPH.finditer(text), None]:
        end = match.start() if match else len(text)
        paragraph = text[start:end]
        if open_before is not None and not paragraph.lstrip(" _").startswith(opening_marks(open_before)):
            return None
        spans, open_before = find_paragraph_speech(paragraph)
        if spans is None:
            return None
        found += [(start + a, start + b) for a, b in spans]
        start = match.end() if match else end
    return tuple(found) if open_before is None else None


def opening_marks(mark: str) -> tuple[str, ...]:
    """Return the marks with which a speech that began with `mark` may go on in a new paragraph."""
    return ("“", '"', "”") if mark in '“"' else ("‘", "'", "’")


def find_paragraph_speech(paragraph: str) -> tuple[list[tuple[int, int]] | None, str | None]:
    """Return a paragraph's speech, and the mark that is still open at its end; (None, None) where they do not pair."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    at = 0
    while at < len(paragraph):
        mark = paragraph[at]
        if opened is not None:
            if closes(paragraph, at, paragraph[opened]):
                spans.append((opened, at + 1))
                opened = None
            elif mark == "“" and paragraph[opened] == "“":
                return None, None
        elif mark in '“"' or (mark in "‘'" and OPENS_SINGLE.match(paragraph, at) and not ELISION.match(paragraph, at)):
            opened = at
        elif mark == "”":
            return None, None
        at += 1
    if opened is None:
        return spans, None
    if paragraph[opened] in "‘'" and not spans and not paragraph[:opened].strip():
        return [(opened, len(paragraph))], paragraph[opened]
    if paragraph[opened] in "‘'":
        return None, None
    return [*spans, (opened, len(paragraph))], paragraph[opened]


def closes(paragraph: str, at: int, opened_by: str) -> bool:
    """Return whether the mark at a place closes what `opened_by` opened."""
    mark = paragraph[at]
    if opened_by == "“":
        return mark == "”"
    if opened_by == '"':
        return mark == '"'
    return mark in "’'" and bool(CLOSES_SINGLE.match(paragraph, at))
