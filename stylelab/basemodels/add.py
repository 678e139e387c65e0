"""Take a model folder from elsewhere into the library, without a second copy of its weights where the disk allows it.

In: a folder. Out: a folder in the library, whole or not at all. Next: the job add. Imports no model library.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from stylelab.basemodels.download.plan import choose_files
from stylelab.basemodels.identity import inspect
from stylelab.basemodels.library import Origin, check_name, check_name_free, check_space, write_origin
from stylelab.files import explain_os_errors, read_pieces, replace_folder


def add_folder(folder: Path, target: Path, on_bytes: Callable[[int, int], None]) -> None:
    """Put a model folder's files into the library; what is no part of a model stays behind.

    On the same disk the files are hard links: they take no room, and stay when the folder they came from goes away.

    Args:
        target: The model's folder in the library, whose name must be free.
        on_bytes: Called with the bytes that are hashed and all of them; what it raises stops it, and nothing is left.

    Raises:
        ModelError: The folder is no whole and safe model, or the name is taken or is none.
        FileError: It cannot be read, or the disk is full.
    """
    inspect(folder)
    check_name(target.name)
    check_name_free(target.name, target.parent)
    names = choose_files([path.name for path in folder.iterdir() if path.is_file()], str(folder))
    sizes = {name: (folder / name).stat().st_size for name in names}
    total, done = sum(sizes.values()), 0
    hashes: dict[str, str] = {}
    with explain_os_errors(target), replace_folder(target) as aside:
        for name in names:
            own = (folder / name).resolve()
            linked = link_file(own, aside / name)
            if not linked:
                check_space(sizes[name], target.parent, folder.name)
            digest = hashlib.sha256()
            with nullcontext() if linked else (aside / name).open("wb") as copy:
                for piece in read_pieces(own):
                    on_bytes(done, total)
                    digest.update(piece)
                    if copy is not None:
                        copy.write(piece)
                    done += len(piece)
            hashes[name] = digest.hexdigest()
        write_origin(aside, Origin(source="folder", name=folder.name, files=hashes))
    on_bytes(total, total)


def link_file(path: Path, to: Path) -> bool:
    """Make a file appear under another name as well; return whether the disk can do that."""
    try:
        os.link(path, to)
    except OSError:  # another disk, or one without hard links
        return False
    return True
