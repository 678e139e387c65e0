"""A language without rules of its own: its texts are cut at semicolons, colons and dashes, and stay as they are otherwise.

In: texts in a language that no folder here is for. Out: what can be had without knowing it. Next: languages. Until a language has
its own, names, content type and nouns are looked at in the way of English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stylelab.language import sentences
from stylelab.language.english.english import English
from stylelab.language.language import Rewrite, Turned
from stylelab.language.parse import Parsed, Token
from stylelab.recipe import ObserverPart, Perspective

HARD = re.compile(r"\s*(?:;|:(?=\s)|—|--)\s*")
MARKS = re.compile(r"[“”„»«\"_]|(?<!\w)[‘'‚]|[’'](?!\w)")
REASON = "not_english"  # a passage's reason in the funnel of pairs


class Unsupported(English):
    """What is done with a text whose language has no rules here."""

    def reads(self, tokens: Sequence[Token]) -> bool:
        return True

    def turn(self, parsed: Parsed, to: Perspective, observer: ObserverPart) -> Turned:
        return Turned(None, REASON)

    def narrativise(self, parsed: Parsed, observer: ObserverPart) -> Turned:
        return Turned(None, REASON)

    def drop_modifiers(self, parsed: Parsed) -> Rewrite:
        return Rewrite(parsed.text, ())

    def make_plain(self, parsed: Parsed) -> Rewrite:
        """Return a passage with a sentence for each part between semicolons, colons and dashes."""
        paragraphs = [split_sentences(paragraph) for paragraph in parsed.text.split("\n\n")]
        return Rewrite("\n\n".join(p for p in paragraphs if p), ())


def split_sentences(paragraph: str) -> str:
    """Return a paragraph whose sentences are cut at semicolons, colons and dashes, without quotation marks."""
    pieces = [
        piece.strip(" ,.")
        for sentence in sentences.split(paragraph)
        for piece in HARD.split(MARKS.sub("", sentence.strip().strip("_")))
    ]
    return " ".join(end_sentence(piece) for piece in pieces if piece)


def end_sentence(clause: str) -> str:
    """Return a clause as a sentence."""
    clause = clause.rstrip(" ,;:")
    clause = clause[0].upper() + clause[1:]
    return clause if clause[-1] in ".!?…" else f"{clause}."
