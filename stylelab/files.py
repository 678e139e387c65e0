"""Read and write files safely: a file appears whole or not at all. JSON lines and content hashes too.

Everything that a project keeps goes through here; the next room is whichever asked.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from stylelab.errors import FileError

PIECE_BYTES = 2**22  # of a large file, read at once


@contextmanager
def explain_os_errors(path: Path, doing: str = "write") -> Generator[None]:
    """Turn an OSError in the block into a FileError that names the path and says what to do; `doing` is "read" or "write"."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise FileError(
                f"The disk is full: {path} was not written; what stood there before is untouched.",
                remedy="Free some space and run the same command again.",
                code="disk_full",
            ) from error
        if isinstance(error, FileNotFoundError):
            raise FileError(f"{path} does not exist.", remedy="Check the path.", code="file_missing") from error
        if isinstance(error, IsADirectoryError):
            raise FileError(f"{path} is a folder.", remedy="Name a file inside it.", code="file_kind") from error
        if isinstance(error, PermissionError):
            raise FileError(
                f"No permission to {doing} {path}.", remedy="Change its permissions or choose another place."
            ) from error
        raise FileError(
            f"Cannot {doing} {path}: {error.strerror or error}.", remedy="Check the path and the disk."
        ) from error


def atomic_write(path: Path, content: str | bytes) -> None:
    """Write a file aside, flush it to the disk and rename it into place.

    Raises:
        FileError: Disk full, no permission; the old file is untouched.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    with explain_os_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


@contextmanager
def replace_folder(path: Path) -> Generator[Path]:
    """Yield a new folder beside `path` that takes its place when the block ends well.

    Raises:
        FileError: Disk full, no permission; what stood at `path` is untouched.
    """
    with explain_os_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part"))
        os.chmod(aside, 0o755)
        old = aside.with_suffix(".old")
        try:
            yield aside
            if path.exists():
                os.replace(path, old)
            os.replace(aside, path)
        except BaseException:
            if old.exists() and not path.exists():
                os.replace(old, path)
            raise
        finally:
            shutil.rmtree(aside, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)


def write_json(path: Path, value: Any) -> None:
    """Write one JSON document, readable, atomically."""
    atomic_write(path, json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def read_json(path: Path) -> Any:
    """Return a JSON document.

    Raises:
        FileError: Missing, unreadable or no JSON.
    """
    with explain_os_errors(path, "read"):
        data = path.read_bytes()
    try:
        return json.loads(data)
    except ValueError as error:
        raise FileError(
            f"{path} is not valid JSON: {error}.", remedy="Restore it or make it again.", code="json"
        ) from error


def write_jsonl(path: Path, rows: Iterable[dict[str, Any]]) -> int:
    """Write rows as JSON lines, atomically; return how many."""
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    atomic_write(path, "".join(line + "\n" for line in lines))
    return len(lines)


def read_jsonl(path: Path, torn_end: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the rows of a JSON-lines file.

    Args:
        torn_end: Pass over a last line without its end: a killed process was writing it.

    Raises:
        FileError: Missing, or a line is no JSON object; the line is named.
    """
    with explain_os_errors(path, "read"), path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip() or (torn_end and not line.endswith("\n")):
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise FileError(
                    f"{path}, line {number}, is not valid JSON: {error}.",
                    remedy="Mend or remove that line.",
                    code="json",
                ) from error
            if not isinstance(row, dict):
                raise FileError(
                    f"{path}, line {number}, is no JSON object.", remedy="Mend or remove that line.", code="json"
                )
            yield row


def read_pieces(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes in pieces, between which a caller may stop.

    Raises:
        FileError: It cannot be read.
    """
    with explain_os_errors(path, "read"), path.open("rb") as stream:
        while piece := stream.read(PIECE_BYTES):
            yield piece


def sha256_text(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def sha256_json(value: Any) -> str:
    """Return the SHA-256 of a value's canonical JSON (sorted keys, no spaces), in hex."""
    return sha256_text(json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


def sha256_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex, reading it in pieces."""
    with explain_os_errors(path, "read"), path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
