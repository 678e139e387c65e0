"""How a text is set: what separates its paragraphs, how wide its lines are, and the blocks that follow from it.

In: a text. Out: its Setting and its Blocks. Next rooms: heading, rules, passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from stylelab.language.books import book_words

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LINE = re.compile(r"[^\n]*\S[^\n]*")
RUN = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
ENDED = re.compile(r"[.!?…:;—][\"”“’')\]_*]*$|--$")
SPEECH = "\"“”‘’'«»„"
LONG_LINE = 120  # characters; hard-wrapped text keeps below it
LONG_SHARE = 0.2  # share of such lines from which lines are paragraphs
LOOSE = 0.4  # share of lines that end before they are full, from which they break at clauses; 0.03 to 0.16 elsewhere
VERSE = 0.6  # share of lines that begin with a capital, from which a text is verse
DENSE = 4000  # characters per run of lines from which blank lines no longer separate paragraphs
INDENTED = (
    0.7  # share of lines below a paragraph's short last one that are indented, from which indents mark paragraphs
)

# A line that is a heading whatever stands directly above and below it.
HEADLINE = re.compile(
    rf"^[ \t]*(?:(?:{book_words('headline_divisions')}) (?:[IVXLC]+|\d+|{book_words('headline_numbers')})"
    rf"(?:[.:]? *|[.:][ -].{{0,80}})|{book_words('headline_sections')})\.?$",
    re.M,
)

Mode = Literal["blank", "line", "ragged", "indent"]
Span = tuple[int, int]


def count_words(text: str) -> int:
    """Return the number of words; inner apostrophes belong to the word."""
    return len(WORD.findall(text))


@dataclass(frozen=True)
class Setting:
    """How a text is set.

    Args:
        mode: What ends a paragraph: a blank line, every line end, a line that ends short (ragged), or an indented line.
        width: Characters of a full line.
    """

    mode: Mode
    width: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a stanza: what stands between two gaps.

    Args:
        start, end: Its span, the first line's indent included.
        text: Without outer white space.
        lines: Its lines without white space at their ends.
        words: Number of words.
        gap: Line feeds between it and the block before; a text's first block has 9.
        indent: Smallest indent of its lines, in characters.
    """

    start: int
    end: int
    text: str
    lines: tuple[str, ...]
    words: int
    gap: int
    indent: int


def lines_are_paragraphs(text: str) -> bool:
    """Return whether a text has one line per paragraph, as word processors export it, instead of hard-wrapped lines."""
    return _long([len(line) for line in text.split("\n") if line.strip()])


def _long(lengths: Sequence[int]) -> bool:
    """Return whether so many lines are longer than hard-wrapped ones that they must be paragraphs."""
    return bool(lengths) and sum(n > LONG_LINE for n in lengths) >= LONG_SHARE * len(lengths)


def setting(text: str) -> Setting:
    """Return how a text is set."""
    lines = [line.rstrip() for line in text.split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return Setting("blank", 0)
    width = lengths[int(0.95 * (len(lengths) - 1))]
    if _long(lengths):
        return Setting("line", width)
    runs = 1 + sum(1 for a, b in pairwise(lines) if not a and b)
    if len(text) < DENSE * runs or len(lengths) < 40:
        return Setting("blank", _full(lines, width))
    ends = [b[0] in " \t" for a, b in pairwise(lines) if a and b and ENDED.search(a) and fits(a, b, width)]
    return Setting("indent" if ends and sum(ends) >= INDENTED * len(ends) else "ragged", width)


def _full(lines: list[str], width: int) -> int:
    """Return from how many characters a line counts as full: fewer where lines break at clauses, as in early e-texts."""
    pairs = [(a, b) for a, b in pairwise(lines) if a and b and b[0] not in " \t"]
    loose = sum(fits(a, b, width) for a, b in pairs)
    capital = sum(b.lstrip(SPEECH)[:1].isupper() for _, b in pairs)
    if len(pairs) < 40 or loose < LOOSE * len(pairs) or capital > VERSE * len(pairs):
        return width
    return sorted(len(a) for a, _ in pairs)[len(pairs) // 10]


def spans(text: str, how: Setting) -> Iterator[Span]:
    """Yield the spans of a text's blocks in order."""
    if how.mode == "line":
        for match in LINE.finditer(text):
            yield match.span()
        return
    for match in RUN.finditer(text):
        if how.mode == "blank":
            yield from _at_headlines(text, *match.span())
        else:
            yield from _parted(text, match.start(), match.end(), how)


def _at_headlines(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a run of lines, cut at headings that no blank line sets off."""
    at = start
    for match in HEADLINE.finditer(text, start, end):
        if match.end() - match.start() == end - start or match.start() < at:
            continue
        if match.start() > at:
            if match.end() < end and not ENDED.search(text[at : match.start()].rstrip()):
                continue  # a line of a list, or of a sentence
            yield at, match.start() - 1
        yield match.span()
        at = min(match.end() + 1, end)
    if at < end:
        yield at, end


def _parted(text: str, start: int, end: int, how: Setting) -> Iterator[Span]:
    """Yield the paragraphs in a run of lines without a blank one."""
    lines = [m.span() for m in LINE.finditer(text, start, end)]
    begin = start
    for (a, b), (c, d) in pairwise(lines):
        line, following = text[a:b].rstrip(), text[c:d]
        if how.mode == "indent":
            parts = following[:1] in (" ", "\t") or stands_alone(line)
        else:
            parts = (fits(line, following, how.width) and bool(ENDED.search(line))) or stands_alone(line)
        if parts or stands_alone(following.rstrip()):
            yield begin, b
            begin = c
    yield begin, end


def stands_alone(line: str) -> bool:
    """Return whether a line among unseparated ones is set in capitals, as headings are."""
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 1 and len(line) < 60 and all(c.isupper() for c in letters)


def fits(line: str, following: str, width: int) -> bool:
    """Return whether the next line's first word would have had room: the line was ended on purpose."""
    first = following.split(None, 1)[0]
    return len(line) + 1 + len(first) <= width - 2


def blocks(text: str, how: Setting) -> list[Block]:
    """Return a text's blocks."""
    out: list[Block] = []
    at = 0
    for start, end in spans(text, how):
        raw = text[start:end]
        lines = tuple(line.rstrip() for line in raw.split("\n"))
        indent = min(len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()) for line in lines if line)
        gap = text.count("\n", at, start) if out else 9
        out.append(Block(start, end, raw.strip(), lines, count_words(raw), gap, indent))
        at = end
    return out


def raggedness(block: Block, width: int) -> float:
    """Return the share of a block's lines, but the last, that were ended on purpose."""
    if len(block.lines) < 2:
        return 0.0
    return sum(fits(a, b, width) for a, b in pairwise(block.lines)) / (len(block.lines) - 1)


def is_verse(block: Block, width: int) -> bool:
    """Return whether a block is set line by line, each line with a capital, as poems are."""
    lines = [line.strip().lstrip(SPEECH + "_([*—-") for line in block.lines]
    if len(lines) < 2:
        return False
    capital = sum(line[:1].isupper() or line[:1].isdigit() for line in lines) / len(lines)
    longest = max(len(line) for line in block.lines)
    ragged = raggedness(block, width)
    if len(lines) == 2:
        closing = block.words <= 7  # "Yours, as ever, / Most affectionately,"
        return capital == 1.0 and ragged == 1.0 and longest < 0.8 * width and block.indent > 0 and not closing
    if len(lines) == 3 and not block.indent:
        return False
    return capital >= 0.75 and (ragged >= 0.8 or (ragged >= 0.5 and block.indent > 0))


def is_table(block: Block) -> bool:
    """Return whether most of a block's lines are cut into columns."""
    if len(block.lines) < 2:
        return False
    columns = sum(bool(COLUMN.search(line.strip())) for line in block.lines)
    return columns >= 0.6 * len(block.lines)


COLUMN = re.compile(r"\S(?: {4,}|\t+)\S|\|.*\||\.{5,}|(?:\. ){4,}|^[-+=|]{5,}$|^\$ ?[\d.,/-]+$")
