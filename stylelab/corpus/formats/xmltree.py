"""XML and HTML, parsed without trust: no entity is expanded, no file or address is opened, depth and size are limited.

In: bytes. Out: a tree. Asked by html, epub, docx, odt and scrivener.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol, cast

import lxml.etree  # pyright: ignore[reportMissingImports, reportMissingTypeStubs]

from stylelab.corpus.formats.reading import build_damaged_error
from stylelab.errors import CorpusError

etree: Any = lxml.etree  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]


class Element(Protocol):
    """What this room uses of an lxml element."""

    @property
    def tag(self) -> object: ...
    @property
    def text(self) -> str | None: ...
    @property
    def tail(self) -> str | None: ...
    @property
    def attrib(self) -> Mapping[str, str]: ...
    def __iter__(self) -> Iterator[Element]: ...
    def iter(self) -> Iterator[Element]: ...


def parse(name: str, data: bytes, part: str) -> Element:
    """Return the root of an XML file.

    Args:
        name: The user's file, for the error.
        data: The XML.
        part: The part of the file that is parsed, for the error.

    Raises:
        CorpusError: No well-formed XML.
    """
    try:
        return parse_xml(data)
    except ValueError as error:
        raise build_damaged_error(name, f"its part {part[:100]} is no XML") from error


def parse_xml(data: bytes) -> Element:
    """Return the root of an XML file.

    Raises:
        ValueError: No well-formed XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError as error:
        raise ValueError(str(error)) from error
    if root is None:
        raise ValueError("no element")
    return cast("Element", root)


def parse_html(name: str, text: str) -> Element | None:
    """Return the root of an HTML page, or None where there is none.

    Args:
        name: The user's file, for the error.
        text: The page; it may be as broken as pages are.

    Raises:
        CorpusError: One piece of it is so large or so deep that the parser gave up.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        return None
    if any(entry.level >= etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise build_size_error(name)
    return None if root is None else cast("Element", root)


def build_size_error(name: str) -> CorpusError:
    """Return the error for a page that the parser gave up on."""
    return build_damaged_error(name, "its mark-up is nested too deeply, or one piece of it is larger than 10 MB")


def walk(root: Element) -> Iterator[tuple[str, Element]]:
    """Yield ("start", element) and ("end", element) in document order, however deep the tree is."""
    yield from etree.iterwalk(root, events=("start", "end"))


def get_local_name(element: Element) -> str:
    """Return an element's name without its namespace; empty for comments and entities."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def get_attribute(element: Element, name: str) -> str:
    """Return an attribute's value, whatever its namespace; empty if it is not there."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].rpartition(":")[2] == name:  # HTML keeps prefixes as part of the name
            return value
    return ""
