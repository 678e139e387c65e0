"""Zip archives, read without trust: nothing is ever written to disk, and sizes are counted, not believed.

In: an archive's bytes. Out: the bytes of its members. Asked by epub, docx and odt.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from urllib.parse import unquote

from stylelab.corpus.formats.reading import build_damaged_error, build_password_error
from stylelab.errors import CorpusError

MEMBERS = 20_000
LARGEST_MEMBER = 64 * 1024 * 1024  # bytes, unpacked
LARGEST_SUM = 256 * 1024 * 1024  # bytes, unpacked, of all members that are read
RATIO = 200  # unpacked to packed; XML of novels has 4 to 30
RATIO_FROM = 1024 * 1024  # bytes; below, any ratio is harmless
PIECE = 64 * 1024


class Archive:
    """A zip archive in memory whose members are asked for by name."""

    def __init__(self, name: str, data: bytes) -> None:
        """Open an archive.

        Raises:
            CorpusError: No archive, damaged, or with too many members.
        """
        self.name = name
        self._read_bytes = 0
        if data.count(b"PK\x01\x02") > MEMBERS:
            raise build_bomb_error(name, f"it has more than {MEMBERS:,} parts")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
            raise build_damaged_error(name, "it is no complete archive") from error
        # "../" and "/" lead out of an archive; nothing in a document is ever called so.
        self._members = {info.filename: info for info in self._zip.infolist() if is_inside(info.filename)}

    def __contains__(self, member: str) -> bool:
        return member in self._members

    @property
    def names(self) -> list[str]:
        """The members' names, in the archive's order."""
        return list(self._members)

    def read(self, member: str) -> bytes:
        """Return a member's bytes.

        Raises:
            CorpusError: Missing, damaged, protected, or far larger than it should be.
        """
        info = self._members.get(member)
        if info is None:
            raise build_damaged_error(self.name, f"its part {member[:100]} is missing")
        if info.flag_bits & 1:
            raise build_password_error(self.name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise build_damaged_error(self.name, "it is packed in an unknown way")
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(PIECE):
                    size += len(piece)
                    self._weigh(size, info.compress_size, len(piece))
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError) as error:
            raise build_damaged_error(self.name, f"its part {member[:100]} cannot be unpacked") from error
        return b"".join(pieces)

    def _weigh(self, size: int, packed: int, piece: int) -> None:
        self._read_bytes += piece
        if size > RATIO_FROM and size > RATIO * max(packed, 1):
            raise build_bomb_error(self.name, f"a part unpacks to more than {RATIO} times its size")
        if size > LARGEST_MEMBER or self._read_bytes > LARGEST_SUM:
            raise build_bomb_error(self.name, f"it unpacks to more than {LARGEST_MEMBER // 2**20} MB")


def is_inside(path: str) -> bool:
    """Return whether a path stays inside its archive."""
    return not path.startswith(("/", "\\")) and ".." not in path.replace("\\", "/").split("/") and "\0" not in path


def resolve(base: str, reference: str) -> str | None:
    """Return the member that a part refers to, or None where it leads out of the archive.

    Args:
        base: The referring part's path.
        reference: A relative address; its fragment is left out.
    """
    target = unquote(reference.partition("#")[0])
    if not target or ":" in target.split("/")[0]:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), target))
    return path if is_inside(path) else None


def build_bomb_error(name: str, why: str) -> CorpusError:
    """Return the error for an archive that would fill the memory."""
    return CorpusError(
        f"{name} is not read: {why}.",
        remedy="If you trust it, open it in the program that made it and save it again, in parts or as plain text.",
        code="file_bomb",
    )
