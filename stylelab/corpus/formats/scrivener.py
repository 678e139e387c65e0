"""Scrivener projects: the texts of the draft in the binder's order; research and trash are left alone.

In: a .scriv folder. Out: a FormatText with the binder's titles as chapters, and the bytes that identify it.
Next: readers, which repairs it. Versions 2 (Files/Docs/12.rtf) and 3 (Files/Data/<UUID>/content.rtf) are read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from stylelab.corpus.document import Chapter, count_words
from stylelab.corpus.formats import rtf, txt
from stylelab.corpus.formats.reading import (
    LARGEST_CONTAINER,
    LARGEST_TEXT,
    FormatText,
    build_damaged_error,
    build_size_error,
)
from stylelab.corpus.formats.source import read_bytes
from stylelab.corpus.formats.xmltree import Element, get_attribute, get_local_name, parse
from stylelab.errors import CorpusError

IDENTITY = re.compile(r"[\w-]{1,64}")  # a number or a UUID: no way out of the project
BREAK = "\n\n* * *\n\n"  # documents are scenes; a row of stars is what the rule for scene breaks knows


def read(path: Path, chosen: Collection[int] | None = None) -> tuple[FormatText, bytes]:
    """Read a project's draft.

    Args:
        path: The folder.
        chosen: Numbers of the draft's documents with text, from 1; None for all.

    Returns:
        The reading, and the bytes of the parts in their order.

    Raises:
        CorpusError: No project, damaged, or no such document.
        FileError: A part cannot be read.
    """
    chapters: list[Chapter] = []
    texts: list[str] = []
    parts: list[bytes] = []
    number = size = 0
    for title, file in list_documents(path):
        data = read_bytes(file, LARGEST_TEXT)
        size += len(data)
        if size > LARGEST_CONTAINER:
            raise build_size_error(path.name, size, LARGEST_CONTAINER)
        name = f"{path.name}: {title or file.parent.name}"
        text = rtf.read(name, data).text if file.suffix == ".rtf" else txt.read(name, data).text
        words = count_words(text)
        if not words:
            continue
        number += 1
        parts.append(data)
        if chosen is None or number in chosen:
            chapters.append(Chapter(number, title, words))
            texts.append(text.strip("\n"))
    if chosen is not None and set(chosen) - {chapter.number for chapter in chapters}:
        raise CorpusError(
            f"{path.name} has {number} documents with text; {', '.join(map(str, sorted(chosen)))} were asked for.",
            remedy=f"Choose numbers from 1 to {number}.",
            code="chapter_unknown",
        )
    return FormatText(BREAK.join(texts), "cp1252", chapters=tuple(chapters)), b"".join(parts)


def list_documents(path: Path) -> Iterator[tuple[str, Path]]:
    """Yield title and file of the draft's documents in the binder's order.

    Raises:
        CorpusError: No project, or damaged.
    """
    binder = next(iter(sorted(path.glob("*.scrivx"))), None)
    if binder is None:
        raise build_damaged_error(path.name, "its binder (.scrivx) is missing")
    root = parse(path.name, read_bytes(binder, LARGEST_TEXT), binder.name)
    drafts = [e for e in root.iter() if get_local_name(e) == "BinderItem" and get_attribute(e, "Type") == "DraftFolder"]
    waiting = [child for draft in reversed(drafts) for child in reversed(_children(draft))]
    while waiting:
        item = waiting.pop()
        if _text(item, "IncludeInCompile") != "No":
            file = _file(path, get_attribute(item, "UUID"), get_attribute(item, "ID"))
            if file is not None:
                yield _text(item, "Title"), file
        waiting += reversed(_children(item))


def _children(item: Element) -> list[Element]:
    return [
        e for below in item if get_local_name(below) == "Children" for e in below if get_local_name(e) == "BinderItem"
    ]


def _text(item: Element, name: str) -> str:
    """Return a title or a setting of a binder item, its own and not its children's."""
    for child in item:
        for element in (child, *(child if get_local_name(child) == "MetaData" else ())):
            if get_local_name(element) == name:
                return " ".join((element.text or "").split())
    return ""


def _file(path: Path, uuid: str, number: str) -> Path | None:
    places: list[Path] = []
    if IDENTITY.fullmatch(uuid):
        places += [path / "Files" / "Data" / uuid / f"content.{kind}" for kind in ("rtf", "txt")]
    if IDENTITY.fullmatch(number):
        places += [path / "Files" / "Docs" / f"{number}.{kind}" for kind in ("rtf", "txt")]
    return next((place for place in places if place.is_file()), None)
