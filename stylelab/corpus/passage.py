"""Passages: whole paragraphs of one scene, long enough to carry a style, each knowing where it stood.

In: Cleaned. Out: passages and rejections; every kept paragraph is in one or the other. Next room: pairs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from stylelab.corpus.document import WORD, Cleaned, count_words, lines_are_paragraphs
from stylelab.files import sha256_text
from stylelab.language import lexicon


@dataclass(frozen=True)
class Passage:
    """One or more whole paragraphs, unwrapped, separated by blank lines.

    Args:
        id: Document id and position.
        document: Document id.
        position: Ordinal in the document, rejected passages counted.
    """

    id: str
    document: str
    position: int
    text: str
    words: int


@dataclass(frozen=True)
class Rejection:
    """Text that is no passage, and why."""

    document: str
    position: int
    reason: str
    text: str


@dataclass(frozen=True)
class Passages:
    """What became of a document's paragraphs."""

    paragraphs: int
    kept: tuple[Passage, ...]
    rejected: tuple[Rejection, ...]


def paragraphs(scene: str, by_line: bool = False) -> list[str]:
    """Return a scene's paragraphs with hard line breaks unwrapped.

    Args:
        by_line: Every line is a paragraph of its own.
    """
    parts = scene.split("\n") if by_line else re.split(r"\n[ \t]*\n", scene)
    return [re.sub(r"\s+", " ", p).strip() for p in parts if WORD.search(p)]


def cut(cleaned: Cleaned, *, min_words: int = 60, max_words: int = 400, seen: set[str] | None = None) -> Passages:
    """Cut a cleaned document into passages.

    Args:
        min_words: Short consecutive paragraphs of one scene join until they reach it.
        max_words: Longer passages are rejected, never cut.
        seen: Hashes of passages already kept in the project; duplicates are rejected, new ones added.
    """
    seen = set() if seen is None else seen
    kept: list[Passage] = []
    rejected: list[Rejection] = []
    total, position = 0, 0
    owner = cleaned.document.id
    by_line = lines_are_paragraphs(cleaned.document.text)
    for scene in cleaned.scenes:
        inside = paragraphs(scene, by_line)
        total += len(inside)
        for text in joined(inside, min_words, max_words):
            reason = reject(text, min_words, max_words)
            key = sha256_text(" ".join(WORD.findall(text.lower())))
            if reason is None and key in seen:
                reason = "duplicate"
            if reason is None:
                seen.add(key)
                kept.append(Passage(f"{owner}-{position:05d}", owner, position, text, count_words(text)))
            else:
                rejected.append(Rejection(owner, position, reason, text))
            position += 1
    return Passages(total, tuple(kept), tuple(rejected))


def joined(inside: list[str], min_words: int, max_words: int) -> Iterator[str]:
    """Yield a scene's paragraphs, short ones joined with what follows, a short rest with what went before."""
    done: list[list[str]] = []
    current: list[str] = []
    for paragraph in inside:
        if current and count_words(" ".join([*current, paragraph])) > max_words:
            done.append(current)
            current = []
        current.append(paragraph)
        if count_words(" ".join(current)) >= min_words:
            done.append(current)
            current = []
    if current:
        if done and count_words(" ".join(done[-1] + current)) <= max_words:
            done[-1] += current
        else:
            done.append(current)
    for group in done:
        yield "\n\n".join(group)


def reject(text: str, min_words: int, max_words: int) -> str | None:
    """Return why a text is no passage, or None.

    **Source:** METHOD §1, the rejection list; function words repeat by nature ("the" is 15% of much good prose) and do
    not count as repetition.
    """
    words = [w.lower() for w in WORD.findall(text)]
    if len(words) < min_words:
        return "too_short"
    if len(words) > max_words:
        return "too_long"
    plain = sum(1 for c in text if c.isalnum() or c.isspace() or c in ".,;:!?'\"()-–—’‘“”_*…&")
    if plain < 0.9 * len(text):
        return "special_characters"
    free = lexicon.load().function_words
    most = max(Counter(w for w in words if w not in free).values(), default=0)
    if most > 5 and most > 0.15 * len(words):
        return "repetition"
    if len(re.findall(r"[.!?…][\"”’')_]*(?=\s|$)", text)) < 2:
        return "few_sentences"
    return None
