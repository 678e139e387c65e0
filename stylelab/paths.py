"""Find the files that come with StyleLab (in a source tree, a wheel, or a frozen application), and the user's own folders."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

Bundled = Literal["resources", "personas", "models"]


def locate_bundled(kind: Bundled) -> Path:
    """Return the folder of bundled `kind`.

    A frozen application keeps it beside the code it unpacks, a wheel inside the package, a source tree at its top.

    Raises:
        FileNotFoundError: The installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    places = [Path(frozen) / kind] if frozen else []
    places += [package / "_bundled" / kind, package.parent / kind]
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"{kind}/ is missing from this installation of StyleLab; install it again.")


def locate_cache() -> Path:
    """Return the user's cache folder; it may not exist yet.

    STYLELAB_CACHE names another.

    **Source:** macOS keeps such files in Library/Caches; elsewhere the XDG Base Directory Specification holds.
    """
    if named := os.environ.get("STYLELAB_CACHE"):
        return Path(named)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "StyleLab"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "stylelab"


def models_folder() -> Path:
    """Return the user's folder for base models; it may not exist yet.

    STYLELAB_MODELS names another.

    **Source:** macOS keeps such files in Library/Application Support; elsewhere the XDG Base Directory Specification holds.
    """
    if named := os.environ.get("STYLELAB_MODELS"):
        return Path(named)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "StyleLab" / "Models"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "stylelab" / "models"
