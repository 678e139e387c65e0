"""`stylelab doctor`: is this machine ready, and if not, what to do."""

from __future__ import annotations

import ctypes.util
import importlib.metadata
import importlib.util
import platform
import shutil
import sys
from dataclasses import asdict, dataclass

import typer

from stylelab import __version__
from stylelab.basemodels.identity import inspect, locate_bundled_base
from stylelab.cli import show
from stylelab.cli.arguments import AsJson
from stylelab.errors import StyleLabError
from stylelab.language.available import list_pipelines
from stylelab.machine import has_gpu_build

NEEDED_GB = 5.0


@dataclass(frozen=True)
class DoctorCheck:
    """One thing looked at; the remedy is empty when it is in order."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


def checks() -> list[DoctorCheck]:
    """Look at Python, libraries, accelerator, disk and the bundled files."""
    found = [
        DoctorCheck(
            "StyleLab", True, f"{__version__}, Python {platform.python_version()}, {platform.platform(terse=True)}"
        )
    ]
    for name in ("mlx", "mlx-lm", "spacy", "PySide6_Essentials"):
        try:
            found.append(DoctorCheck(name, True, importlib.metadata.version(name)))
        except importlib.metadata.PackageNotFoundError:
            found.append(DoctorCheck(name, False, "not installed", "Run 'make setup', or install StyleLab again."))
    found.append(accelerator(sys.platform, ctypes.util.find_library("openblas")))
    free = shutil.disk_usage(".").free / 1e9
    found.append(
        DoctorCheck("disk", free > NEEDED_GB, f"{free:.0f} GB free", "" if free > NEEDED_GB else "Free some space.")
    )
    try:
        files = inspect(locate_bundled_base())
        found.append(DoctorCheck("bundled base", True, f"{files.config['model_type']}, {files.folder.name}"))
    except (StyleLabError, FileNotFoundError) as error:
        found.append(DoctorCheck("bundled base", False, str(error), "Install StyleLab again."))
    found.append(DoctorCheck("language pipelines", True, ", ".join(list_pipelines())))
    return found


def accelerator(system: str, openblas: str | None) -> DoctorCheck:
    """Return what computes: Metal on a Mac, CUDA where its build is installed, else the CPU with a fast BLAS or without."""
    if system == "darwin":
        arm = platform.machine() == "arm64"
        return DoctorCheck(
            "accelerator", arm, "Metal" if arm else "no Apple Silicon", "" if arm else "StyleLab needs Apple Silicon."
        )
    if has_gpu_build(system):
        return DoctorCheck("accelerator", True, "CUDA (never tried by its makers)")
    if openblas:
        return DoctorCheck("accelerator", True, f"CPU with {openblas}")
    return DoctorCheck(
        "accelerator", False, "CPU with the reference BLAS", "Install OpenBLAS: apt-get install libopenblas0-pthread"
    )


def doctor(json: AsJson = False) -> None:
    """Check that this machine is ready; each fault says what to do."""
    found = checks()
    if json:
        show.as_json({"ok": all(c.ok for c in found), "checks": [asdict(c) for c in found]})
    else:
        show.table(
            ("", "what", "found", "to do"), [("ok" if c.ok else "!!", c.name, c.detail, c.remedy) for c in found]
        )
    if not all(c.ok for c in found):
        raise typer.Exit(1)
