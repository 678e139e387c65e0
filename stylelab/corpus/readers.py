"""Files become documents: read by their format, repaired, and named with the reason where they cannot be read.

In: paths, in the order in which they were given. Out: Documents and Failures, one after the other. Next room: clean.
Each format has its file in `formats`; nothing is unpacked to disk, run, or fetched.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stylelab.corpus.document import Chapter, Document
from stylelab.corpus.formats import sniff, source, txt
from stylelab.corpus.formats.reading import (
    LARGEST_CONTAINER,
    LARGEST_TEXT,
    FormatText,
    build_damaged_error,
    build_empty_error,
    build_password_error,
    build_size_error,
)
from stylelab.corpus.formats.txt import decode as decode
from stylelab.errors import CorpusError, FileError, StyleLabError
from stylelab.files import explain_os_errors

SCRIVENER = ".scriv"
SUFFIXES = frozenset({*sniff.SUFFIXES, *sniff.REFUSED_SUFFIXES})
READ = "StyleLab reads txt, md, html, epub, docx, rtf, odt, PDF with a text layer, and Scrivener projects."
LONGEST_SUFFIX = 6  # characters; "Chapter 1. The Storm" has none


@dataclass(frozen=True)
class Failure:
    """A path that could not be read, and why."""

    path: Path
    code: str
    message: str
    remedy: str

    @classmethod
    def from_error(cls, path: Path, error: StyleLabError) -> Failure:
        """Return the record of an error."""
        return cls(path, error.code, error.message, error.remedy)


def gather(paths: Iterable[Path]) -> Iterator[Path | Failure]:
    """Yield the files meant by the paths, in the paths' order; a folder stands for the texts in it, in natural order.

    Args:
        paths: Files, folders and Scrivener projects.

    Returns:
        Files, and a Failure for a folder without a text; whether a file can be read is seen when it is.
    """
    for path in paths:
        if not path.is_dir() or path.suffix.lower() in source.PACKAGES:
            yield path
            continue
        some = False
        try:
            for file in source.list_files(path, SUFFIXES):
                some = True
                yield file
        except FileError as error:
            yield Failure.from_error(path, error)
            continue
        if not some:
            yield Failure(path, "folder_empty", f"There is no text in {path}.", READ)


def find(paths: Iterable[Path]) -> list[Path]:
    """Return the files meant by the paths, as `gather` does.

    Raises:
        CorpusError: A folder without a text, or one that cannot be looked into.
    """
    found: list[Path] = []
    for item in gather(paths):
        if isinstance(item, Failure):
            raise CorpusError(item.message, remedy=item.remedy, code=item.code)
        found.append(item)
    return found


def read(path: Path, chosen: Collection[int] | None = None) -> Document:
    """Read and repair one text.

    Args:
        path: A file or a Scrivener project.
        chosen: Numbers of the chapters to take, from 1, where the format has chapters; None for all.

    Raises:
        FileError: Missing, no permission, a link to nothing, or a folder.
        CorpusError: Empty, damaged, protected, too large, or of a kind that StyleLab does not read.
    """
    suffix = path.suffix.lower()
    if path.is_dir():
        return _read_folder(path, chosen)
    if suffix in sniff.REFUSED_SUFFIXES:
        with explain_os_errors(path, "read"):
            path.stat()
        raise build_refused_error(path.name, sniff.REFUSED_SUFFIXES[suffix])
    text_like = sniff.SUFFIXES.get(suffix, "txt") in ("txt", "md", "html", "rtf")
    return build_document(path.name, source.read_bytes(path, LARGEST_TEXT if text_like else LARGEST_CONTAINER), chosen)


def build_document(name: str, data: bytes, chosen: Collection[int] | None = None) -> Document:
    """Return the repaired document made of a file's bytes.

    Args:
        name: The file's name; what it ends in says what the bytes should be.
        data: The whole file.
        chosen: As in `read`.

    Raises:
        CorpusError: As in `read`.
    """
    if not data.strip():
        raise build_empty_error(name)
    form = choose_format(name, data)
    return _repaired(name, data, form, _reading(form, name, data, chosen))


def list_chapters(path: Path) -> tuple[Chapter, ...]:
    """Return the chapters of an EPUB, or the draft's documents of a Scrivener project; nothing for other formats.

    Raises:
        FileError, CorpusError: As in `read`.
    """
    if path.suffix.lower() == SCRIVENER and path.is_dir():
        from stylelab.corpus.formats import scrivener

        return scrivener.read(path)[0].chapters
    if path.suffix.lower() != ".epub":
        return ()
    data = source.read_bytes(path, LARGEST_CONTAINER)
    return _reading(choose_format(path.name, data), path.name, data, None).chapters


def choose_format(name: str, data: bytes) -> str:
    """Return the format to read bytes with, if the name agrees with what they are.

    Raises:
        CorpusError: It does not, or StyleLab does not read such files.
    """
    suffix = Path(name).suffix.lower()
    if len(suffix) > LONGEST_SUFFIX or " " in suffix:
        suffix = ""
    said, is_really = sniff.SUFFIXES.get(suffix), sniff.detect_kind(name, data)
    if is_really == "locked":
        raise build_password_error(name)
    if suffix in sniff.REFUSED_SUFFIXES:
        raise build_refused_error(name, sniff.REFUSED_SUFFIXES[suffix])
    packed = is_really == "zip" or (is_really == "txt" and data.startswith(b"PK"))
    if packed and said in ("docx", "odt", "epub"):
        return said  # cut short or not what it says: its reader knows more
    if is_really in sniff.REFUSED:
        raise build_refused_error(name, is_really)
    if is_really not in sniff.READABLE:
        raise CorpusError(
            f"{name} is no text but {is_really}.", remedy="Choose the file that holds the text.", code="file_binary"
        )
    if suffix and said is None:
        raise CorpusError(f"{name} is no kind of text that StyleLab knows.", remedy=READ, code="file_kind")
    if said is None or said == is_really:
        return is_really
    if is_really == "txt":
        if said == "md" or (said == "html" and sniff.TAG.search(data)):
            return said
        txt.decode(name, data)  # raises if it is not even text
    raise CorpusError(
        f"{name} is really {sniff.READABLE[is_really]}.",
        remedy=f"Rename it so that it ends in .{is_really}.",
        code="file_mismatch",
    )


def build_refused_error(name: str, kind: str) -> CorpusError:
    """Return the error for a kind of text that StyleLab knows and does not read."""
    what, remedy = sniff.REFUSED[kind]
    return CorpusError(f"{name} is {what}, which StyleLab does not read.", remedy=remedy, code="file_kind")


def _reading(form: str, name: str, data: bytes, chosen: Collection[int] | None) -> FormatText:
    """Read by format. Each reader is loaded when it is first needed: most corpora are of one kind."""
    match form:
        case "md":
            from stylelab.corpus.formats import markdown as reader
        case "html":
            from stylelab.corpus.formats import html as reader
        case "docx":
            from stylelab.corpus.formats import docx as reader
        case "odt":
            from stylelab.corpus.formats import odt as reader
        case "rtf":
            from stylelab.corpus.formats import rtf as reader
        case "pdf":
            from stylelab.corpus.formats import pdf as reader
        case "epub":
            from stylelab.corpus.formats import epub

            return epub.read(name, data, chosen)
        case _:
            reader = txt
    return reader.read(name, data)


def _read_folder(path: Path, chosen: Collection[int] | None) -> Document:
    with explain_os_errors(path, "read"):
        os.scandir(path).close()
    if path.suffix.lower() == SCRIVENER:
        from stylelab.corpus.formats import scrivener

        reading, data = scrivener.read(path, chosen)
        return _repaired(path.name, data, "scrivener", reading)
    if path.suffix.lower() == ".epub":
        raise build_damaged_error(path.name, "it is unpacked into a folder")
    if path.suffix.lower() == ".pages":
        raise build_refused_error(path.name, "pages")
    raise FileError(f"{path} is a folder.", remedy="Name a file inside it.", code="file_kind")


def _repaired(name: str, data: bytes, form: str, reading: FormatText) -> Document:
    from stylelab.corpus.repair import repair

    if len(reading.text) > LARGEST_TEXT:  # unpacked from a container
        raise build_size_error(name, len(reading.text), LARGEST_TEXT)
    text, repairs = repair(reading.text)
    if not text.strip():
        raise build_empty_error(name)
    return Document(
        id=hashlib.sha256(data).hexdigest()[:16],
        name=name,
        encoding=reading.encoding,
        text=text,
        format=form,
        repairs={**reading.repairs, **repairs.count_found},
        chapters=reading.chapters,
        changes=reading.changes,
    )
