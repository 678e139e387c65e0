"""PDF with a text layer, page by page. Scanned pages hold no text and are not read.

In: bytes. Out: a FormatText whose pages end with \\f and whose paragraphs are told from their indents and gaps.
Next: readers, which repairs it: page turns, running heads and cut words are put right there.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

import pypdfium2 as _pdfium  # pyright: ignore[reportMissingTypeStubs]

from stylelab.corpus.formats.reading import (
    LARGEST_TEXT,
    FormatText,
    build_damaged_error,
    build_password_error,
    build_size_error,
)
from stylelab.errors import CorpusError

pdfium: Any = _pdfium
PASSWORD = "password"
LETTERS_PER_PAGE = 10  # below, the pages are pictures
INDENT = 3.0  # points
GAP = 1.4  # of the usual distance between lines
ENDS = tuple('.!?…:"”’»«*')
CUT = str.maketrans({"\ufffe": "-\n", "\x02": "-\n"})  # PDFium's signs for a hyphen at a line's end


@dataclass(frozen=True)
class Line:
    """A line of a page; left and bottom in points."""

    text: str
    left: float
    bottom: float


def read(name: str, data: bytes) -> FormatText:
    """Read a PDF.

    Raises:
        CorpusError: Damaged, protected, or without a text layer.
    """
    pages: list[str] = []
    size = 0
    for text in extract_page_texts(name, data):
        size += len(text)
        if size > LARGEST_TEXT:
            raise build_size_error(name, size, LARGEST_TEXT)
        pages.append(text)
    if sum(c.isalpha() for page in pages for c in page) < LETTERS_PER_PAGE * max(1, len(pages)):
        raise CorpusError(
            f"{name} has {len(pages)} pages, but hardly any text: it is scanned.",
            remedy="Run text recognition (OCR) on it first, or use another edition.",
            code="file_scanned",
        )
    return FormatText("\f".join(pages), "utf-8")


def extract_page_texts(name: str, data: bytes) -> Iterator[str]:
    """Yield the text of each page.

    Raises:
        CorpusError: Damaged or protected.
    """
    try:
        with closing(pdfium.PdfDocument(data)) as document:
            for number in range(len(document)):
                with closing(document[number]) as page, closing(page.get_textpage()) as layer:
                    yield join_lines(list(extract_lines(layer)))
    except (pdfium.PdfiumError, ValueError, IndexError, AssertionError) as error:
        if PASSWORD in str(error).lower():
            raise build_password_error(name) from error
        raise build_damaged_error(name, "its pages cannot be read") from error


def extract_lines(layer: Any) -> Iterator[Line]:
    """Yield the lines of a page's text layer."""
    at = 0
    for text in cast("str", layer.get_text_range()).split("\r\n"):
        if text.strip() and at < layer.count_chars():
            left, bottom, _, _ = layer.get_charbox(at + len(text) - len(text.lstrip()), loose=True)
            yield Line(text.strip().translate(CUT), float(left), float(bottom))
        at += len(text) + 2


def join_lines(page: list[Line]) -> str:
    """Return a page's lines with a blank line before each paragraph."""
    if not page:
        return ""
    margin = statistics.mode(round(line.left) for line in page)
    steps = [above.bottom - line.bottom for above, line in pairwise(page)]
    usual = statistics.median([step for step in steps if step > 0] or [0.0])
    parts = [page[0].text]
    for (above, line), step in zip(pairwise(page), steps, strict=True):
        indented = line.left > margin + INDENT and (line.left > above.left + INDENT or above.text.endswith(ENDS))
        parts.append("\n\n" if indented or (usual > 0 and step > GAP * usual) else "\n")
        parts.append(line.text)
    return "".join(parts)
