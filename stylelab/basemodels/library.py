"""The user's base models: which are there, where each came from, and how one is removed.

In: the models folder. Out: LibraryModel records. Next: the commands and the window. Imports no model library.

A model is a folder in Hugging Face layout with origin.json beside its files. What is still arriving stands in a hidden folder.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from pydantic import BaseModel, ConfigDict, ValidationError

from stylelab.basemodels.identity import BUNDLED_ENTRY, inspect
from stylelab.errors import FileError, ModelError, StyleLabError
from stylelab.files import explain_os_errors, write_json

ORIGIN = "origin.json"
SPARE_BYTES = 256 * 2**20  # that stay free on the disk
NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


class Origin(BaseModel):
    """Where a model came from, so that it can be fetched again and compared.

    Args:
        source: hub, a package, a GGUF file, a folder from elsewhere, or converted from another model.
        name: The repository, the package, or the file's name.
        revision: The commit or the version; "" where there is none.
        files: SHA-256 of every file by its name.
        licence: As its makers name it; "" where unknown.
    """

    model_config = ConfigDict(frozen=True)

    source: Literal["hub", "package", "gguf", "folder", "converted"]
    name: str
    revision: str = ""
    files: Mapping[str, str] = {}
    licence: str = ""


@dataclass(frozen=True)
class LibraryModel:
    """A base model in the models folder.

    Args:
        size_bytes: Of all its files.
        model_type, bits: From its config.json; bits is 0 where the weights are not quantised.
        origin: None where nobody wrote it down.
        fault: Why it cannot be used, "" where it can.
    """

    name: str
    folder: Path
    size_bytes: int
    model_type: str
    bits: int
    origin: Origin | None
    fault: str


def list_models(folder: Path) -> list[LibraryModel]:
    """Return the models in a models folder, by name; nothing where the folder is not there."""
    if not folder.is_dir():
        return []
    folders = (path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    return [describe_model(path) for path in sorted(folders, key=lambda path: path.name.lower())]


def describe_model(folder: Path) -> LibraryModel:
    """Return what a model folder holds; a damaged one says so."""
    config: Mapping[str, Any] = {}
    fault = ""
    try:
        config = inspect(folder).config
    except StyleLabError as error:
        fault = error.message
    quantisation: Any = config.get("quantization")
    bits: Any = cast("dict[str, Any]", quantisation).get("bits", 0) if isinstance(quantisation, dict) else 0
    return LibraryModel(
        name=folder.name,
        folder=folder,
        size_bytes=measure_folder(folder),
        model_type=str(config.get("model_type", "")),
        bits=bits if isinstance(bits, int) else 0,
        origin=read_origin(folder),
        fault=fault,
    )


def measure_folder(folder: Path) -> int:
    """Return the bytes of the files in a folder and below it; links count as themselves."""
    total = 0
    for parent, _, names in os.walk(folder, followlinks=False):
        for name in names:
            try:
                total += os.lstat(os.path.join(parent, name)).st_size
            except FileNotFoundError:  # it went away meanwhile
                continue
    return total


def read_origin(folder: Path) -> Origin | None:
    """Return where a model came from; None where that was not written down, or cannot be read."""
    try:
        return Origin.model_validate_json((folder / ORIGIN).read_bytes())
    except (OSError, ValidationError):
        return None


def write_origin(folder: Path, origin: Origin) -> None:
    """Write down where a model came from.

    Raises:
        FileError: Disk full, no permission.
    """
    write_json(folder / ORIGIN, origin.model_dump(mode="json"))


def check_name_free(name: str, folder: Path) -> None:
    """Refuse a name under which a model stands already.

    Raises:
        ModelError: There is one.
    """
    if (folder / name).exists() or (folder / name).is_symlink():
        raise ModelError(
            f"There is another base model called {name} in {folder}.",
            remedy="Remove that one first, or give the new one another name.",
            code="model_exists",
        )


def check_space(missing_bytes: int, folder: Path, what: str) -> None:
    """Refuse to begin what the disk cannot hold.

    Raises:
        FileError: Too little is free; both figures are named.
    """
    with explain_os_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    if free < missing_bytes + SPARE_BYTES:
        raise FileError(
            f"{what} needs {missing_bytes / 1e9:.1f} GB more, and {free / 1e9:.1f} GB are free at {folder}.",
            remedy="Free some space, or keep base models on another disk: STYLELAB_MODELS names the folder.",
            code="disk_full",
        )


def check_name(name: str) -> None:
    """Refuse a name that is no plain folder's name, or that means the model that comes along.

    Raises:
        ModelError: So it is.
    """
    if not NAME.fullmatch(name) or name == BUNDLED_ENTRY:
        raise ModelError(
            f"'{name}' is no name for a base model.",
            remedy=f"Use letters, digits, points and dashes; '{BUNDLED_ENTRY}' is the model that comes along.",
            code="model_name",
        )


def remove_model(name: str, folder: Path, used_by: Sequence[str] = ()) -> int:
    """Remove a model from the models folder; return the bytes that are free now.

    Args:
        used_by: Names of the projects that use it; it stays while there is one.

    Raises:
        ModelError: There is no such model, or a project uses it.
        FileError: No permission.
    """
    path = folder / name
    if Path(name).name != name or name.startswith(".") or not path.is_dir():
        raise ModelError(
            f"There is no base model called {name} in {folder}.",
            remedy="See which there are: stylelab models list",
            code="model_missing",
        )
    if used_by:
        raise ModelError(
            f"{name} is used by {', '.join(sorted(used_by))}.",
            remedy="Choose another base model there first, or remove those projects.",
            code="model_in_use",
        )
    with explain_os_errors(path, "remove"):
        if path.is_symlink():
            path.unlink()
            return 0
        freed = measure_folder(path)
        aside = folder / f".{name}.removed"
        shutil.rmtree(aside, ignore_errors=True)
        os.replace(path, aside)  # at once: nobody finds half a model
        shutil.rmtree(aside)
    return freed
