"""Which blocks are headings: numbered ones, capitals that stand apart, and the titles below them.

In: the blocks of a text. Out: the indices of those that are headings. Next room: rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from stylelab.corpus.layout import SPEECH, Block
from stylelab.language.books import SMALL_WORDS, book_words

KEY = f"(?:{book_words('divisions')})"
ORDINAL = f"(?:{book_words('ordinals')})"
COUNT = rf"(?:{book_words('counts')})(?:[- ]\w+)?"
NUMBER = rf"(?:[IVXLC]+\b|\d+\b|(?:the )?{ORDINAL}\b|{COUNT}\b)"
NUMBERED = re.compile(rf"(?:the )?(?:{KEY}[ .:]*{NUMBER}|(?:{ORDINAL}|\d+\.) {KEY}\b)(?P<rest>.*)$", re.I | re.S)
BARE = re.compile(r"(?:[IVXLC]+|\d{1,3})[.)]?$")
NAMED = re.compile(f"(?:{book_words('headings')})[.:]?$", re.I)
MARKDOWN = re.compile(r"#{1,6} \S|[^\n]+\n(?:={3,}|-{3,})$")
SYNOPSIS = re.compile(rf"[-–—_\"“(]*(?:{book_words('synopses')})", re.I)
CLOSING = re.compile(rf"(?:[,—-]|\b(?:{book_words('leave_taking')})\b\W*)$", re.I)
EMPHASIS = " \t\n_*=~#"
TITLE_WORDS = 14  # a chapter's title has at most so many
WORDS = 30  # a heading with its synopsis has at most so many
APART = 3  # line feeds: more than the blank line that parts paragraphs


def find_headings(blocks: Sequence[Block], entries: frozenset[str] = frozenset()) -> frozenset[int]:
    """Return the indices of the blocks that are headings.

    Args:
        entries: Lines of the table of contents, normalised by `plain`: where one comes again, it is a heading.
    """
    numbered = {i for i, b in enumerate(blocks) if is_numbered(b)}
    # Capitals are a heading where they stand as far apart as the numbered headings do; else they are an inscription.
    gaps = sorted(blocks[i].gap for i in numbered if blocks[i].gap < 9)
    apart = min(APART, gaps[len(gaps) // 4]) if gaps else 2
    repeated = Counter(plain(b.text) for b in blocks if b.words <= TITLE_WORDS)
    found = set(numbered)
    for i, block in enumerate(blocks):
        if i in found:
            continue
        below = i - 1 in found
        if is_capitals(block) and not is_signature(blocks, i):
            often = repeated[plain(block.text)] > 3
            if block.gap >= apart or below or often or (i + 1 < len(blocks) and blocks[i + 1].gap >= APART + 1):
                found.add(i)
        elif (
            (below and (is_title(block) or is_synopsis(block)))
            or (plain(block.text) in entries and block.words <= WORDS)
            or (repeated[plain(block.text)] > 3 and is_title_case(block) and block.gap >= apart)
        ):
            found.add(i)
    return frozenset(found)


def plain(text: str) -> str:
    """Return a line as contents and headings have it in common: letters only, lower case."""
    return re.sub(r"[\W\d_]+", " ", text.lower()).strip()


def is_numbered(block: Block) -> bool:
    """Return whether a block is 'Chapter 3', 'IV.', 'Part First: The Lamp', 'Epilogue' or Markdown's heading."""
    if block.words > WORDS or len(block.lines) > 4:
        return False
    text = block.text.strip(EMPHASIS)
    if MARKDOWN.match(block.text) and len(block.lines) <= 2:
        return True
    if not text:
        return False
    if BARE.match(text) or NAMED.match(text):
        return True
    match = NUMBERED.match(text)
    if match is None:
        return False
    rest = match["rest"]
    if not rest.strip(" .:_*]"):
        return True
    if rest[0] in ".:—–-\n," or rest.startswith((" -", " —", " –", " (")):
        rest = rest.lstrip(" .:—–-\n")
        return bool(is_upper(rest) or is_titled(rest.split()) or not re.search(r"[.!?][\"”’)]* +[A-Z“\"]", rest[1:]))
    return rest[0] == " " and (is_upper(rest) or is_titled(rest.split()))


def is_upper(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 1 and all(c.isupper() for c in letters)


def is_capitals(block: Block) -> bool:
    """Return whether a block is a few words in capitals."""
    if len(block.lines) > 3 or not 0 < block.words <= 20:
        return False
    return is_upper(block.text) and block.text[-1] not in ',;!”"’' and block.text[0] not in SPEECH


def is_signature(blocks: Sequence[Block], i: int) -> bool:
    """Return whether a block in capitals is the name below a letter: the line above takes leave."""
    return (
        i > 0
        and blocks[i].words <= 6
        and blocks[i - 1].words > 1
        and CLOSING.search(blocks[i - 1].lines[-1]) is not None
    )


def is_title(block: Block) -> bool:
    """Return whether a block below a heading is the chapter's title: short, and no sentence."""
    text = block.text.strip(EMPHASIS)
    if not 0 < block.words <= TITLE_WORDS or len(block.lines) > 3 or not text or text[-1] in ",;:—-":
        return False
    if is_upper(text):
        return True
    if text[0] in '"“‘«„':
        return text[-1] in '"”’»' and text[-2:-1] not in ",!.?"
    if text[-1] in ".!?":
        return is_titled(text.split()) and block.words <= 10
    return text[0].isupper() or text[0] in "(["


def is_synopsis(block: Block) -> bool:
    """Return whether a block below a heading tells what the chapter will."""
    if not 0 < block.words <= 70 or block.text[0] in '"“':
        return False
    return bool(SYNOPSIS.match(block.text)) and (block.indent >= 2 or block.words <= 25 or block.text[0] in "-—_(")


def is_title_case(block: Block) -> bool:
    """Return whether a block is one line of capitalised words without a sentence's end."""
    text = block.text.strip(EMPHASIS + "()")
    if len(block.lines) > 1 or not 0 < block.words <= 12 or not text or text[-1] in '.!?,;:”"’«' or text[0] in SPEECH:
        return False
    return is_titled(text.split())


def is_titled(words: Sequence[str]) -> bool:
    return all(w[0].isupper() or not w[0].isalpha() or w.lower().strip(",.;:") in SMALL_WORDS for w in words)
