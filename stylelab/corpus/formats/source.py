"""Files on disk: which ones are meant, and their bytes.

In: paths. Out: files in order, bytes. Next: sniff, readers. Nothing here can hang: only regular files are opened.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from stylelab.corpus.formats.reading import build_size_error
from stylelab.errors import CorpusError, FileError
from stylelab.files import explain_os_errors

PACKAGES = (".scriv", ".epub", ".pages")  # folders that their programs show as files
LEAVINGS = ("~$", ".", "__MACOSX")  # Word's locks, hidden files, what the Mac's archiver adds
NO_TEXTS = frozenset({"readme.md", "license.md", "license.txt", "licence.txt", "changelog.md", "thumbs.db"})


def read_bytes(path: Path, limit_bytes: int) -> bytes:
    """Return a regular file's bytes.

    Raises:
        FileError: Missing, no permission, a link to nothing, or no regular file.
        CorpusError: Larger than the limit.
    """
    if path.is_symlink() and not path.exists():
        raise FileError(
            f"{path} is a link to a file that is not there.", remedy="Choose the file itself.", code="file_missing"
        )
    with explain_os_errors(path, "read"):
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(str(path))
        if not stat.S_ISREG(mode):  # a pipe would wait for its writer for ever
            raise CorpusError(
                f"{path.name} is a device or a pipe, no file.", remedy="Save its content in a file.", code="file_kind"
            )
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > limit_bytes:
                raise build_size_error(path.name, size, limit_bytes)
            data = stream.read(limit_bytes + 1)
    if len(data) > limit_bytes:  # it grew, or the system does not know its size
        raise build_size_error(path.name, len(data), limit_bytes)
    return data


def list_files(folder: Path, suffixes: frozenset[str]) -> Iterator[Path]:
    """Yield the files in a folder and its folders that have one of the suffixes, as a person would sort them.

    Hidden files, locks and a StyleLab project's own files are passed over; links to folders are not followed.

    Raises:
        FileError: A folder cannot be looked into.
    """
    with explain_os_errors(folder, "read"):
        entries = sorted(os.scandir(folder), key=lambda entry: build_sort_key(entry.name))
    names = {entry.name for entry in entries}
    own = {"project.yaml", "stylelab.db"} <= names  # a project: its texts are its sources, the rest is made of them
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith(LEAVINGS) or (own and entry.name != "texts"):
            continue
        if entry.is_dir(follow_symlinks=False):
            if path.suffix.lower() in PACKAGES:
                yield path
            else:
                yield from list_files(path, suffixes)
        elif path.suffix.lower() in suffixes and entry.name.lower() not in NO_TEXTS:
            yield path


def build_sort_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key by which "chapter 9" comes before "chapter 10"."""
    return tuple(
        (0, int(part), "") if part.isascii() and part.isdecimal() else (1, 0, part.casefold())
        for part in re.split(r"([0-9]{1,18})", name)
        if part
    )
