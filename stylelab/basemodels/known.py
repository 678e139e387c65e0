"""Cache the hashes of large files, so that a base model is not hashed at every start.

In: a file. Out: its SHA-256. Next: identity. Remembered in the user's cache folder under path, size, time of change and inode;
a file that changed in the last seconds is hashed each time, since two changes within one tick of the clock look alike.
"""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path

from stylelab.errors import FileError
from stylelab.files import atomic_write, naming, sha256_file
from stylelab.paths import cache_folder

FROM_BYTES = 16 * 2**20  # smaller files are hashed in a moment
SETTLED_SECONDS = 2.0  # coarsest clock of a file system (FAT)
MOST = 500  # files remembered; the oldest are forgotten
NAME = "file-hashes.json"

logger = logging.getLogger(__name__)


def known_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hex; remembered where the file is large and has not changed.

    Raises:
        FileError: It cannot be read.
    """
    with naming(path, "read"):
        real = path.resolve()
        status = real.stat()
    if status.st_size < FROM_BYTES:
        return sha256_file(real)
    stamp = [status.st_size, status.st_mtime_ns, status.st_ino]
    known = read_known()
    found = known.get(str(real))
    if isinstance(found, list) and found[:-1] == stamp and isinstance(found[-1], str):
        return found[-1]
    sha = sha256_file(real)
    if time.time() - status.st_mtime > SETTLED_SECONDS:
        known.pop(str(real), None)
        known[str(real)] = [*stamp, sha]
        save_known(dict(list(known.items())[-MOST:]))
    return sha


def read_known() -> dict[str, object]:
    """Return the cached hashes; an empty dictionary if the cache is missing or damaged."""
    try:
        value: object = json.loads((cache_folder() / NAME).read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(path): entry for path, entry in value.items()} if isinstance(value, dict) else {}


def save_known(known: dict[str, object]) -> None:
    """Save the cached hashes. If the folder cannot be written, the next start hashes again."""
    try:
        atomic_write(cache_folder() / NAME, json.dumps(known))
    except FileError as error:
        logger.warning("hashes of base models are not remembered: %s", error.message)
