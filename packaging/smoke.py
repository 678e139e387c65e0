"""Try a built wheel as a stranger would: a fresh environment, another folder, no source tree.

In: a wheel. Out: exit code 0, or the first thing that failed. Only the runtime lock is installed beside the wheel, so
a dependency that the wheel forgot to declare, or one that only development brings, is found here.

    python packaging/smoke.py build/wheel/stylelab-0.1.0-py3-none-any.whl [--demo]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

LOCK = Path(__file__).resolve().parent.parent / "requirements-runtime.lock"
BUNDLED = """
from pathlib import Path
import stylelab
from stylelab.paths import bundled
package = Path(stylelab.__file__).resolve().parent
for kind in ("resources", "personas", "models"):
    folder = bundled(kind)
    assert folder == package / "_bundled" / kind, folder
    assert any(path.is_file() for path in folder.rglob("*")), f"{kind} is empty in the wheel"
print("bundled files found in", package)
"""


def main() -> int:
    """Install the wheel in a temporary environment and run what must work there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--demo", action="store_true", help="also run the whole demo, some minutes")
    options = parser.parse_args()
    wheel: Path = options.wheel.resolve()
    stray = strays(wheel)
    if stray:
        print(f"the wheel carries what it should not: {', '.join(stray[:5])}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="stylelab-smoke-") as name:
        folder = Path(name)
        venv.create(folder / "venv", with_pip=True)
        python = str(folder / "venv" / "bin" / "python")
        pip = (python, "-m", "pip", "--disable-pip-version-check")
        run(folder, *pip, "install", "--quiet", "--require-hashes", "--requirement", str(LOCK))
        run(folder, *pip, "install", "--quiet", "--no-deps", str(wheel))
        run(folder, *pip, "check")
        run(folder, python, "-c", BUNDLED)
        command = str(folder / "venv" / "bin" / "stylelab")
        run(folder, command, "--help")
        run(folder, command, "doctor")
        if options.demo:
            run(folder, command, "demo", "--to", str(folder / "demo"))
    print(f"smoke test passed: {wheel.name}, {wheel.stat().st_size / 1e6:.1f} MB")
    return 0


def strays(wheel: Path) -> list[str]:
    """Return the names in the wheel that are no part of the program: tests, recipes for the base, caches."""
    with ZipFile(wheel) as archive:
        names = archive.namelist()
    return [
        name
        for name in names
        if not name.startswith(("stylelab/", "stylelab-")) or "__pycache__" in name or "_bundled/models/recipe" in name
    ]


def run(folder: Path, *command: str) -> None:
    """Run a command in `folder` without anything of the source tree's environment; stop the smoke test if it fails."""
    print("$", *shortened(command), flush=True)
    dropped = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    environment = {name: value for name, value in os.environ.items() if name not in dropped}
    done = subprocess.run(command, cwd=folder, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"failed with exit code {done.returncode}: {' '.join(shortened(command))}")


def shortened(command: Sequence[str]) -> list[str]:
    """Return the command as it is printed: a program as an argument by its first words."""
    return [part if "\n" not in part else "'…'" for part in command]


if __name__ == "__main__":
    sys.exit(main())
