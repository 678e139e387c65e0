"""Logging, set up once per process: to standard error, never to standard output."""

from __future__ import annotations

import logging
import os
import sys


def start(level: str | None = None) -> None:
    """Send the package's log to standard error at `level` (STYLELAB_LOG, else WARNING)."""
    name = (level or os.environ.get("STYLELAB_LOG") or "WARNING").upper()
    logging.basicConfig(stream=sys.stderr, level=name, format="%(levelname)s %(name)s: %(message)s", force=True)
