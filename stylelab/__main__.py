"""Dispatch: a worker, the window, or a command. Imports nothing heavy, so that all of them start fast."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Run what the command line asks for and leave with its exit code."""
    if sys.argv[1:2] == ["worker"]:
        from stylelab.jobs.core.worker import main as worker

        sys.exit(worker())
    if not sys.argv[1:] or (len(sys.argv) == 2 and is_project(Path(sys.argv[1]))):
        from stylelab.app.start import main as window

        sys.exit(window(sys.argv[1:]))
    from stylelab.cli.main import main as command

    sys.exit(command(sys.argv[1:]))


def is_project(path: Path) -> bool:
    """Return whether a path means a project: its folder, or the project.yaml in it."""
    return (path / "project.yaml").is_file() or (path.name == "project.yaml" and path.is_file())


if __name__ == "__main__":
    main()
