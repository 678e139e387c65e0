"""Where the files that travel with StyleLab are: in a source tree, an installed wheel, or a frozen application."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

Bundled = Literal["resources", "personas", "models"]


def bundled(kind: Bundled) -> Path:
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
