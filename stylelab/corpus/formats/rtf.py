"""Rich text (RTF), as word processors and Scrivener write it.

In: bytes. Out: a FormatText without notes, comments, pictures and what tracked changes deleted. Next: readers, which
repairs it. striprtf turns mark-up into text; what it does not know (italics, deletions) is marked or cut before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any, cast

from striprtf import striprtf as _striprtf  # pyright: ignore[reportMissingTypeStubs]

from stylelab.corpus.formats.reading import FormatText, build_damaged_error, mark_emphasis

START = b"{\\rtf"
HEX = re.compile(r"[0-9a-fA-F\r\n]{400,}")  # a picture's data; no prose is written in it
BINARY = re.compile(rb"\\bin(\d{1,9}) ?")
TOKEN = re.compile(
    r"\\(?P<word>[a-z]{1,32})(?P<value>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9a-f]{2})|\\(?P<sign>.)|(?P<brace>[{}])",
    re.I | re.S,
)
# Characters of the private use area stand for italics on their way through striprtf, which passes \\u on.
ITALIC_ON, ITALIC_OFF = "\ue0f1", "\ue0f2"
ITALICS = re.compile(f"{ITALIC_ON}([^{ITALIC_ON}{ITALIC_OFF}]*)(?:{ITALIC_OFF}|\\Z|(?=\n))")
SCRIVENER = re.compile(r"\{\\Scrv_(annot|fn)\b.*?\\end_Scrv_\1\}|<!?\$Scr_[\w:]{1,40}>", re.S)
CODEPAGE = re.compile(rb"\\ansicpg(\d{3,5})")
ENCODINGS = frozenset({"437", "850", "852", "874", "932", "936", "949", "950", "10000", *map(str, range(1250, 1259))})
WIDTH = 100  # characters; a text that is broken at a width keeps below it
FULL_SHARE = 0.8  # of the lines inside its paragraphs, which fill three quarters of the width or more


def read(name: str, data: bytes) -> FormatText:
    """Read rich text.

    Raises:
        CorpusError: Damaged.
    """
    text = extract_text(name, data)
    said = CODEPAGE.search(data[:1000])
    return FormatText(
        separate_paragraphs(text), f"cp{said[1].decode()}" if said and said[1].decode() in ENCODINGS else "cp1252"
    )


def extract_text(name: str, data: bytes) -> str:
    """Return the text of an RTF file; a line is a paragraph.

    Raises:
        CorpusError: Damaged.
    """
    if not data.lstrip().startswith(START):
        raise build_damaged_error(name, "it does not begin as rich text does")
    source = HEX.sub("", drop_binary(data).decode("cp1252", "replace"))
    # striprtf adds a link's address to its text; with the space it no longer sees the link.
    source = mark_italics(source).replace("\\*\\fldinst{", "\\*\\fldinst {")
    to_text = cast("Callable[..., str]", cast("Any", _striprtf).rtf_to_text)
    try:
        text = to_text(source, encoding="cp1252", errors="replace")
    except (ValueError, TypeError, IndexError, KeyError, LookupError, OverflowError) as error:
        raise build_damaged_error(name, "its mark-up cannot be followed") from error
    # \\u escapes beyond the first 65,536 characters come in halves.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = ITALICS.sub(lambda found: mark_emphasis(found[1]), text)
    return SCRIVENER.sub("", text.replace(ITALIC_ON, "").replace(ITALIC_OFF, ""))


def drop_binary(data: bytes) -> bytes:
    """Drop raw pictures (\\bin), whose bytes could be anything."""
    parts: list[bytes] = []
    at = 0
    while found := BINARY.search(data, at):
        parts.append(data[at : found.start()])
        at = min(len(data), found.end() + int(found[1]))
    return b"".join(parts) + data[at:]


def mark_italics(source: str) -> str:
    """Return the source with signs where italics begin and end, and without what tracked changes deleted."""
    if not re.search(r"\\(?:i|deleted)\b|\\i\d", source):
        return source
    destinations = cast("frozenset[str]", cast("Any", _striprtf).destinations)
    parts: list[str] = []
    stack: list[tuple[bool, bool, bool]] = []
    italic = deleted = passed = shown = False  # shown: an italic sign is open in the output
    at = 0
    for found in TOKEN.finditer(source):
        plain = source[at : found.start()]
        word, value = found["word"], found["value"]
        visible = bool(plain.strip("\r\n")) or found["hex"] is not None or word == "u"
        if visible and italic != shown and not passed and not deleted:
            parts.append(_sign(italic))
            shown = italic
        if not deleted:
            parts.append(plain)
        at = found.end()
        if found["brace"] == "{":
            stack.append((italic, deleted, passed))
        elif found["brace"]:
            italic, deleted, passed = stack.pop() if stack else (False, False, passed)
        elif word == "i":
            italic = value != "0"
        elif word == "plain":
            italic = False
        elif word == "deleted":
            deleted = value != "0"
        elif found["sign"] == "*" or word in destinations:
            passed = True
        if word in ("par", "line") and shown and not passed:
            parts.append(_sign(False))
            shown = False
        if not deleted or found["brace"]:
            parts.append(found.group())
    return "".join(parts) + source[at:]


def _sign(on: bool) -> str:
    return f"{{\\uc0\\u{ord(ITALIC_ON if on else ITALIC_OFF) - 0x10000} }}"


def separate_paragraphs(text: str) -> str:
    """Return lines that are paragraphs apart by blank lines; a text that is broken at a width keeps its lines."""
    lines = [line.strip() for line in text.strip().split("\n")]
    longest = max(map(len, lines))
    inside = [len(line) for line, after in pairwise(lines) if line and after]
    full = sum(length > 0.75 * longest for length in inside)
    if "" in lines and longest <= WIDTH and len(inside) > 2 and full >= FULL_SHARE * len(inside):
        return "\n".join(lines)
    return "\n\n".join(line for line in lines if line)
