"""A text with some of its words replaced or taken out: spaces and capitals stay right.

In: a Parsed text, and token indices with the words that stand in their place. Out: the new text. Next: the languages'
perspectives, narration and variants.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from stylelab.language.parse import Parsed

OPENING = "“„«»‘([_-–—"  # after these a word stands without a space
STRAIGHT = "\"'"  # opens where something opens before it, else closes
CLOSING = frozenset(",.;:!?")


def apply_edits(parsed: Parsed, edits: Mapping[int, str], opens: Callable[[int], bool] = lambda index: True) -> str:
    """Return a text with its edits in place.

    A word that is taken out leaves one space, and its capital to the word after it. A new word has a capital where the word that
    it stands for has one, and a sentence opens.

    Args:
        edits: Token index to its new word; "" takes it out.
        opens: Whether a capital at a token is a sentence's, not the word's own.
    """
    text, tokens = parsed.text, parsed.tokens
    out, at, capital = "", 0, False
    for i, token in enumerate(tokens):
        if i not in edits and not capital:
            continue
        out += text[at : token.start]
        at = token.end
        new = edits.get(i, token.text)
        if not new:
            capital |= token.text[0].isupper() and token.pos != "PROPN"
            if touches(out):
                at += len(text[at:]) - len(text[at:].lstrip(" "))
            if text[at : at + 1] in CLOSING:
                out = out.removesuffix(" ")
            continue
        if new[0].isalpha() and (capital or (i in edits and token.text[0].isupper() and opens(i))):
            new = new[0].upper() + new[1:]
        capital &= not new[0].isalpha()
        out += new
    return out + text[at:]


def touches(before: str) -> bool:
    """Return whether a word follows what stands before it without a space of its own: after a space, an opening mark, a dash."""
    last = before[-1:]
    if last and last in STRAIGHT:
        return touches(before[:-1].rstrip("_"))
    return not last.strip() or last in OPENING
