"""Plain text in any encoding.

In: bytes. Out: a FormatText with the text as it stands. Next: readers, which repairs it.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from stylelab.corpus.formats import onebyte
from stylelab.corpus.formats.reading import FormatText
from stylelab.errors import CorpusError

SAMPLE = 200_000  # bytes that an encoding is guessed from
MULTI_BYTE = 0.3  # share of characters of several bytes from which an encoding is one of those
STRAY = 0.1  # stray bytes for each good character from which a text is not UTF-8
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's mark
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
STRAY_BYTE = "\udc80-\udcff"  # how "surrogateescape" marks bytes that are no UTF-8


def read(name: str, data: bytes) -> FormatText:
    """Read plain text.

    Raises:
        CorpusError: The bytes are no text.
    """
    text, encoding = decode(name, data)
    return FormatText(text, encoding)


def decode(name: str, data: bytes) -> tuple[str, str]:
    """Return a text and the name of its encoding.

    Args:
        name: The file's name, for the error.
        data: The whole file.

    Raises:
        CorpusError: The bytes are no text.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return check_text(name, data.decode(encoding, "replace")), encoding
    if (wide := detect_utf16(data)) is not None:
        return check_text(name, data.decode(wide, "replace")), wide
    try:
        return check_text(name, data.decode("utf-8")), "ascii" if data.isascii() else "utf-8"
    except UnicodeDecodeError:
        pass
    if (mixed := decode_mixed_utf8(data)) is not None:
        return check_text(name, mixed), "utf-8, partly cp1252"
    for encoding in (guess(data), "cp1252", "latin_1"):
        try:
            return check_text(name, data.decode(encoding)), encoding
        except UnicodeDecodeError:
            continue
    raise build_binary_error(name)


def detect_utf16(data: bytes) -> str | None:
    """Return which UTF-16 a text without a mark is in: nearly every other byte of a Western text is zero."""
    sample = data[:SAMPLE]
    pairs = len(sample) // 2
    for encoding, zeros in (("utf-16-le", sample[1::2].count(0)), ("utf-16-be", sample[::2].count(0))):
        if pairs > 1 and zeros > 0.7 * pairs and sample.count(0) < 1.1 * zeros:
            return encoding
    return None


def decode_mixed_utf8(data: bytes) -> str | None:
    """Return a text in UTF-8 into which some characters of Windows were pasted, with those put right.

    A file of one-byte letters hardly ever holds a good character of UTF-8, so a few stray bytes among many good
    characters are the exception, not the encoding.
    """
    text = data.decode("utf-8", "surrogateescape")
    stray = len(re.findall(f"[{STRAY_BYTE}]", text))
    good = sum(1 for _ in re.finditer(f"[^\x00-\x7f{STRAY_BYTE}]", text))
    if stray > STRAY * good:
        return None
    return re.sub(
        f"[{STRAY_BYTE}]", lambda found: bytes([ord(found.group()) - 0xDC00]).decode("cp1252", "replace"), text
    )


def guess(data: bytes) -> str:
    """Return the likeliest encoding of bytes that are no UTF-8; cp1252 where nothing speaks for another.

    **Source:** charset-normalizer for scripts of several bytes a character and those that `onebyte` does not know.
    """
    sample = data[:SAMPLE]
    if onebyte.is_foreign(sample):
        best = from_bytes(sample).best()
        if best is not None and (best.multi_byte_usage > MULTI_BYTE or onebyte.guess(sample) is None):
            return best.encoding
    return onebyte.guess(sample) or "cp1252"


def check_text(name: str, text: str) -> str:
    """Return the text if it is one: at most one control character in a thousand."""
    if sum(1 for _ in CONTROL.finditer(text)) * 1000 > max(len(text), 1000):
        raise build_binary_error(name)
    return text


def build_binary_error(name: str) -> CorpusError:
    """Return the error for bytes that are no text."""
    return CorpusError(
        f"{name} is no text but binary data.",
        remedy="Export it as plain text (.txt) from the program that made it.",
        code="file_binary",
    )
