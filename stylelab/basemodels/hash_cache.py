"""Cache the hashes of large files, so that a base model is not hashed at every start.

In: a file. Out: its SHA-256. Next: identity. Remembered in the user's cache folder under path, size, time of change and inode;
a file that changed in the last seconds is hashed each time, since two changes within one tick of the clock look alike.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from stylelab.errors import FileError
from stylelab.files import atomic_write, explain_os_errors, sha256_file
from stylelab.paths import locate_cache

FROM_BYTES = 16 * 2**20  # smaller files are hashed in a moment
SETTLED_SECONDS = 2.0  # coarsest clock of a file system (FAT)
MOST = 500  # files remembered; the oldest are forgotten
NAME = "file-hashes.json"

logger = logging.getLogger(__name__)


def find_known_hash(path: Path) -> str | None:
    """Return a file's SHA-256 where it is known or found in a moment; None where a large file would have to be read."""
    try:
        real = path.resolve()
        status = real.stat()
        if status.st_size < FROM_BYTES:
            return sha256_file(real)
    except (OSError, FileError):
        return None
    return look_up(read_hash_cache(), real, status)


def look_up(known: Mapping[str, object], path: Path, status: os.stat_result) -> str | None:
    """Return the cached hash of a file that has not changed since."""
    found = known.get(str(path))
    if not isinstance(found, list) or len(entry := cast("list[object]", found)) != 4:
        return None
    stamp = [status.st_size, status.st_mtime_ns, status.st_ino]
    return entry[-1] if entry[:-1] == stamp and isinstance(entry[-1], str) else None


def hash_with_cache(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hex; remembered where the file is large and has not changed.

    Raises:
        FileError: It cannot be read.
    """
    with explain_os_errors(path, "read"):
        real = path.resolve()
        status = real.stat()
    if status.st_size < FROM_BYTES:
        return sha256_file(real)
    known = read_hash_cache()
    if found := look_up(known, real, status):
        return found
    sha = sha256_file(real)
    if time.time() - status.st_mtime > SETTLED_SECONDS:
        known.pop(str(real), None)
        known[str(real)] = [status.st_size, status.st_mtime_ns, status.st_ino, sha]
        save_hash_cache(dict(list(known.items())[-MOST:]))
    return sha


def read_hash_cache() -> dict[str, object]:
    """Return the cached hashes; an empty dictionary if the cache is missing or damaged."""
    try:
        value: object = json.loads((locate_cache() / NAME).read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(path): entry for path, entry in value.items()} if isinstance(value, dict) else {}


def save_hash_cache(known: dict[str, object]) -> None:
    """Save the cached hashes. If the folder cannot be written, the next start hashes again."""
    try:
        atomic_write(locate_cache() / NAME, json.dumps(known))
    except FileError as error:
        logger.warning("hashes of base models are not remembered: %s", error.message)
