"""Files become documents: plain text in any encoding, line ends unified, nothing else changed.

In: paths. Out: Documents, or errors that name the file. Next room: clean.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from charset_normalizer import from_bytes

from stylelab.corpus.document import Document
from stylelab.errors import CorpusError
from stylelab.files import naming

SUFFIXES = (".txt", ".text", ".md")
ACCENTED = 0.03  # share of accented letters; German has 2%, Polish 7%
LARGEST = 64 * 1024 * 1024  # bytes; a novel has one or two million


def find(paths: Iterable[Path]) -> list[Path]:
    """Return the files meant by the paths; a folder stands for the texts in it, in order of name.

    Raises:
        CorpusError: A folder without a text.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            inside = [p for p in inside if p.name.upper() not in ("README.MD", "LICENSE.MD", "LICENSE.TXT")]
            if not inside:
                raise CorpusError(
                    f"There is no text in {path}.",
                    remedy=f"StyleLab reads {', '.join(SUFFIXES)} files.",
                    code="folder_empty",
                )
            found += inside
        else:
            found.append(path)
    return found


def read(path: Path) -> Document:
    """Read one text.

    Raises:
        FileError: Missing or no permission.
        CorpusError: Empty, binary, too large, or of a kind that StyleLab does not read.
    """
    with naming(path, "read"):
        size = path.stat().st_size
        if size > LARGEST:
            raise CorpusError(
                f"{path.name} has {size / 1e6:.0f} MB.",
                remedy="Split it into files of at most 64 MB.",
                code="file_large",
            )
        data = path.read_bytes()
    if path.suffix.lower() not in SUFFIXES:
        raise CorpusError(
            f"{path.name} is no plain text.", remedy=f"Save it as one of {', '.join(SUFFIXES)} first.", code="file_kind"
        )
    return document(path.name, data)


def document(name: str, data: bytes) -> Document:
    """Return a document made of a file's bytes.

    Raises:
        CorpusError: Empty or binary.
    """
    if not data.strip():
        raise CorpusError(
            f"{name} is empty.", remedy="Leave it out, or choose the file that holds the text.", code="file_empty"
        )
    text, encoding = decode(name, data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Document(hashlib.sha256(data).hexdigest()[:16], name, encoding, text)


def decode(name: str, data: bytes) -> tuple[str, str]:
    """Return a text and the name of its encoding.

    Raises:
        CorpusError: The bytes are no text.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return checked(name, data.decode(encoding)), encoding
            except UnicodeDecodeError:
                break
    if b"\0" in data:
        raise binary(name)
    try:
        return checked(name, data.decode("utf-8")), "ascii" if data.isascii() else "utf-8"
    except UnicodeDecodeError:
        pass
    best = from_bytes(data[:200_000], cp_isolation=["cp1252", "latin_1", "cp1250", "mac_roman", "cp437"]).best()
    guess = best.encoding if best else "cp1252"
    if guess == "cp1250" and not is_central_european(data):
        guess = "cp1252"
    for encoding in (guess, "cp1252", "latin_1"):
        try:
            return checked(name, data.decode(encoding)), encoding
        except UnicodeDecodeError:
            continue
    raise binary(name)


def is_central_european(data: bytes) -> bool:
    """Return whether bytes hold as many accented letters as Polish, Czech or Hungarian do.

    English with curly quotes and a £ fits cp1250 as well as cp1252, and would come out with an Ł.
    """
    letters = [c for c in data[:200_000].decode("cp1250", "ignore") if c.isalpha()]
    return sum(c > "\x7f" for c in letters) > ACCENTED * len(letters)


def checked(name: str, text: str) -> str:
    """Return the text if it is one: at most one control character in a thousand."""
    control = sum(1 for c in text if c < " " and c not in "\n\r\t\f")
    if control * 1000 > len(text):
        raise binary(name)
    return text


def binary(name: str) -> CorpusError:
    return CorpusError(
        f"{name} is no text but binary data.",
        remedy="Export it as plain text (.txt) from the program that made it.",
        code="file_binary",
    )
