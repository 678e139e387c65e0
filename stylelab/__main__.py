"""Dispatch: a worker, or a command. Imports nothing heavy, so that both start fast."""

from __future__ import annotations

import sys


def main() -> None:
    """Run what the command line asks for and leave with its exit code."""
    if sys.argv[1:2] == ["worker"]:
        from stylelab.jobs.worker import main as worker

        sys.exit(worker())
    from stylelab.cli.main import main as command

    sys.exit(command(sys.argv[1:]))


if __name__ == "__main__":
    main()
