"""What went wrong on a text's way is put right and counted: broken encodings, line ends, ligatures, cut words.

In: a reader's text. Out: the repaired text and the number of repairs by kind. Next room: clean.
Style is left alone: dashes, curly quotes, `_italics_`, ellipses, œ and æ. Repairing twice changes nothing more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass

import ftfy
from ftfy import fixes
from ftfy.badness import is_bad

from stylelab.corpus import linebreaks
from stylelab.language.books import count_transliterated

# Only encodings are mended: HTML entities and everything else that ftfy could change belong to the reader or the author.
WHOLE = ftfy.TextFixerConfig(unescape_html=False, decode_inconsistent_utf8=False, fix_c1_controls=False)
PARTS = ftfy.TextFixerConfig(unescape_html=False)

# Mojibake is a run of two characters or more beyond ASCII, or a control code where Windows has quotes and dashes.
SUSPECT = re.compile(r"[^\x00-\x7f]{2}|[\x80-\x9f]|Ã ")
SURROGATE = re.compile(r"[\ud800-\udfff]")
LINE_END = re.compile(r"\r\n?|[\v\u2028\u2029]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# Joiners (U+200C, U+200D) and direction marks stay: Persian, Hindi and Arabic are spelt with them.
ZERO_WIDTH = re.compile(r"[\ufeff\u200b\u2060\ufffc]")
# A fixed or thin space is typesetting, not voice: « mot » keeps its spaces, but not their width. For a model the wide
# ones are rare tokens, and rules that look for a space would miss them. The ideographic space is a paragraph's indent.
SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f]")
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
LIGATURE = re.compile("[" + "".join(LIGATURES) + "]")
COMBINING = re.compile(r"[\u0300-\u036f]")
TRAILING = re.compile(r"(?<![ \t])[ \t]+$", re.M)

VERSION = 1

Step = Callable[[str], tuple[str, int]]


@dataclass(frozen=True)
class Repairs:
    """How often each kind of damage was found. The last three are only noticed; the text keeps them.

    Args:
        lost_characters: Halves of characters replaced by U+FFFD.
        mojibake: Lines whose letters had been read in the wrong encoding.
        line_ends: Line ends of Windows, old Macs and word processors.
        page_breaks: Page turns that became a blank line, or nothing where a sentence runs on.
        control_characters: NULs and other codes without a meaning in text, dropped.
        zero_width: Invisible characters, dropped.
        soft_hyphens: Hyphenation hints, dropped.
        wide_spaces: Non-breaking and thin spaces that became plain ones.
        ligatures: ﬁ, ﬂ and their like, spelt out.
        decomposed: Letters whose accent was a character of its own (NFD), composed (NFC).
        words_joined: Words cut at a line's end, put together without the hyphen.
        hyphens_kept: Compounds cut at a line's end, put together with their hyphen.
        trailing_spaces: Lines that ended in spaces.
        hard_wrapped_lines: Line breaks inside paragraphs; passages unwrap them.
        transliterated_umlauts: Words with ae, oe, ue for ä, ö, ü in a German text without umlauts.
        unknown_characters: U+FFFD in the text: what stood there was lost before.
    """

    lost_characters: int = 0
    mojibake: int = 0
    line_ends: int = 0
    page_breaks: int = 0
    control_characters: int = 0
    zero_width: int = 0
    soft_hyphens: int = 0
    wide_spaces: int = 0
    ligatures: int = 0
    decomposed: int = 0
    words_joined: int = 0
    hyphens_kept: int = 0
    trailing_spaces: int = 0
    hard_wrapped_lines: int = 0
    transliterated_umlauts: int = 0
    unknown_characters: int = 0

    @property
    def found(self) -> dict[str, int]:
        """The kinds that occurred, with their counts."""
        return {kind: count for kind, count in asdict(self).items() if count}


def repair(text: str) -> tuple[str, Repairs]:
    """Return a text with what a machine broke put right.

    Args:
        text: Any text, of any length.

    Returns:
        The repaired text, and how often each kind of damage was found.
    """
    counts: dict[str, int] = {}
    changed = True
    while changed:  # one repair can bare another; every round shortens the text or makes it plainer, so it ends
        before = text
        for kind, step in STEPS:
            text, count = step(text)
            counts[kind] = counts.get(kind, 0) + count
        text, joined, kept = linebreaks.rejoin(text)
        counts["words_joined"] = counts.get("words_joined", 0) + joined
        counts["hyphens_kept"] = counts.get("hyphens_kept", 0) + kept
        text, count = trailing_spaces(text)
        counts["trailing_spaces"] = counts.get("trailing_spaces", 0) + count
        changed = text != before
    noticed = {
        "hard_wrapped_lines": linebreaks.hard_wrapped(text),
        "transliterated_umlauts": count_transliterated(text),
        "unknown_characters": text.count("\ufffd"),
    }
    return text, Repairs(**counts, **noticed)


def surrogates(text: str) -> tuple[str, int]:
    """Replace halves of characters, which no file can hold."""
    return (text, 0) if text.isascii() else SURROGATE.subn("\ufffd", text)


def mojibake(text: str) -> tuple[str, int]:
    """Read letters again that were read in the wrong encoding: the whole text if all of it agrees, else line by line.

    **Source:** ftfy's `fix_encoding` and its measure of badness.
    """
    if text.isascii():
        return text, 0
    bad = [line for line in suspects(text) if is_bad(text[slice(*line)])]
    if not bad:
        return text, 0
    whole = ftfy.fix_encoding(text, WHOLE)
    if whole != text:
        lines = zip(text.split("\n"), whole.split("\n"), strict=False)
        return whole, sum(old != new for old, new in lines)
    parts: list[str] = []
    at = count = 0
    for start, end in bad:
        fixed = ftfy.fix_encoding(text[start:end], PARTS)
        count += fixed != text[start:end]
        parts += (text[at:start], fixed)
        at = end
    return "".join(parts) + text[at:], count


def suspects(text: str) -> list[tuple[int, int]]:
    """Return the spans of lines that could hold mojibake."""
    lines: list[tuple[int, int]] = []
    at = 0
    while found := SUSPECT.search(text, at):
        start = text.rfind("\n", 0, found.start()) + 1
        at = text.find("\n", found.start())
        at = len(text) if at < 0 else at
        lines.append((start, at))
    return lines


def line_ends(text: str) -> tuple[str, int]:
    """Make every line end \\n. Word processors break a line with a vertical tab or U+2028."""
    if not any(end in text for end in "\r\v\u2028\u2029"):
        return text, 0
    return LINE_END.subn("\n", text)


def control_characters(text: str) -> tuple[str, int]:
    """Drop control codes, except those that Windows has quotes and dashes for."""
    if not CONTROL.search(text):
        return text, 0
    mended = fixes.fix_c1_controls(text)
    count = sum(old != new for old, new in zip(text, mended, strict=True))
    text, dropped = CONTROL.subn("", mended)
    return text, count + dropped


def zero_width(text: str) -> tuple[str, int]:
    """Drop byte-order marks, zero-width spaces and placeholders of objects."""
    return (text, 0) if text.isascii() else ZERO_WIDTH.subn("", text)


def wide_spaces(text: str) -> tuple[str, int]:
    """Make non-breaking, thin and em spaces plain ones."""
    return (text, 0) if text.isascii() else SPACES.subn(" ", text)


def ligatures(text: str) -> tuple[str, int]:
    """Spell out ligatures that printers draw; œ and æ are letters."""
    return (text, 0) if text.isascii() else LIGATURE.subn(lambda found: LIGATURES[found.group()], text)


def decomposed(text: str) -> tuple[str, int]:
    """Compose letters and their accents (NFC)."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text, 0
    composed = unicodedata.normalize("NFC", text)
    return composed, max(1, len(COMBINING.findall(text)) - len(COMBINING.findall(composed)))


def trailing_spaces(text: str) -> tuple[str, int]:
    """Drop spaces at line ends."""
    if " \n" not in text and "\t\n" not in text and not text.endswith((" ", "\t")):
        return text, 0
    return TRAILING.subn("", text)


STEPS: tuple[tuple[str, Step], ...] = (
    ("lost_characters", surrogates),
    ("line_ends", line_ends),
    ("mojibake", mojibake),  # before soft hyphens and wide spaces: both can be half of a broken letter
    ("control_characters", control_characters),
    ("zero_width", zero_width),
    ("wide_spaces", wide_spaces),
    ("ligatures", ligatures),
    ("decomposed", decomposed),
    ("page_breaks", linebreaks.turn_pages),
    ("soft_hyphens", linebreaks.soft_hyphens),
)
