"""OpenDocument text (odt, and fodt, its form without an archive).

In: bytes. Out: a FormatText without notes, comments and what tracked changes deleted. Next: readers, which repairs it.
"""

from __future__ import annotations

import re

from stylelab.corpus.formats.archive import Archive
from stylelab.corpus.formats.reading import (
    FormatText,
    build_damaged_error,
    build_password_error,
    format_heading,
    mark_emphasis,
)
from stylelab.corpus.formats.xmltree import Element, get_attribute, get_local_name, parse, walk

CONTENT = "content.xml"
MANIFEST = "META-INF/manifest.xml"
PASSED = frozenset({"tracked-changes", "note", "annotation", "ruby-text", "scripts", "styles", "meta", "settings"})
SPACE = re.compile(r"[ \t\r\n]+")
WIDEST = 100  # spaces that one <text:s> may stand for


def read(name: str, data: bytes) -> FormatText:
    """Read an OpenDocument text.

    Raises:
        CorpusError: Damaged, or protected.
    """
    if data[:2] != b"PK":
        return FormatText(extract_text(name, parse(name, data, name)), "utf-8")
    archive = Archive(name, data)
    if MANIFEST in archive:
        manifest = parse(name, archive.read(MANIFEST), MANIFEST)
        if any(get_local_name(element) == "encryption-data" for element in manifest.iter()):
            raise build_password_error(name)
    return FormatText(extract_text(name, parse(name, archive.read(CONTENT), CONTENT)), "utf-8")


def extract_text(name: str, root: Element) -> str:
    """Return the paragraphs of a document, apart by blank lines.

    Raises:
        CorpusError: It has no text body.
    """
    if not any(get_local_name(element) == "text" for element in root.iter()):
        raise build_damaged_error(name, "it holds no text")
    italics = find_italic_styles(root)
    blocks: list[str] = []
    open_paragraphs: list[list[str]] = []  # a text box stands inside a paragraph
    starts: list[int] = []  # where open spans began
    skipped: Element | None = None
    for event, element in walk(root):
        kind = get_local_name(element)
        if skipped is not None:
            if event == "end" and element is skipped:
                skipped = None
        elif event == "start":
            if kind in PASSED or not kind:
                skipped = element
            elif kind in ("p", "h"):
                open_paragraphs.append([_plain(element.text)])
            elif open_paragraphs:
                _start(kind, element, open_paragraphs[-1], starts)
        elif kind in ("p", "h") and open_paragraphs:
            text = "".join(open_paragraphs.pop())
            level = _number(get_attribute(element, "outline-level"))
            blocks.append(format_heading(text, level) if kind == "h" else _italic(text, element, italics).strip())
        elif kind == "span" and open_paragraphs and starts:
            line, start = open_paragraphs[-1], starts.pop()
            line[start:] = [_italic("".join(line[start:]), element, italics)]
        if event == "end" and skipped is None and open_paragraphs:
            open_paragraphs[-1].append(_plain(element.tail))
    return "\n\n".join(block for block in blocks if block)


def _start(kind: str, element: Element, line: list[str], starts: list[int]) -> None:
    if kind == "span":
        starts.append(len(line))
    if kind == "s":
        line.append(" " * min(WIDEST, _number(get_attribute(element, "c"))))
    elif kind in ("tab", "line-break"):
        line.append(" " if kind == "tab" else "\n")
    line.append(_plain(element.text))


def _number(value: str) -> int:
    return int(value) if re.fullmatch(r"[0-9]{1,4}", value) else 1


def _plain(text: str | None) -> str:
    """White space in the file is one space; real spaces are elements."""
    return SPACE.sub(" ", text or "")


def _italic(text: str, element: Element, italics: set[str]) -> str:
    return mark_emphasis(text) if get_attribute(element, "style-name") in italics else text


def find_italic_styles(root: Element) -> set[str]:
    """Return the names of the styles that set text in italics."""
    found: set[str] = {"Emphasis"}
    style = ""
    for element in root.iter():
        if get_local_name(element) == "style":
            style = get_attribute(element, "name")
        elif get_local_name(element) == "text-properties" and get_attribute(element, "font-style") in (
            "italic",
            "oblique",
        ):
            found.add(style)
    return found
