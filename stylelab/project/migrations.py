"""Bring a database of an older schema up to date, with a backup; refuse a newer one.

In: an open connection. Out: the same at schema.VERSION. Next: store.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from stylelab.errors import ProjectError
from stylelab.project import schema

STEPS: dict[int, str] = {0: schema.TABLES, 1: schema.CORPUS}  # from version n to n + 1


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Run the missing steps, each with its version number in one transaction.

    Raises:
        ProjectError: The database is newer than this StyleLab.
    """
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    refuse_newer(version, schema.VERSION, path)
    if 0 < version < schema.VERSION:
        with sqlite3.connect(path.with_name(f"{path.name}.v{version}.bak")) as backup:
            db.backup(backup)
        backup.close()
    while version < schema.VERSION:
        db.executescript(f"BEGIN IMMEDIATE; {STEPS[version]} PRAGMA user_version={version + 1}; COMMIT;")
        version += 1


def refuse_newer(found: int, known: int, path: Path) -> None:
    """Raise a ProjectError when `found` is beyond `known`."""
    if found > known:
        raise ProjectError(
            f"{path} was written by a newer StyleLab (schema {found}, this one knows {known}).",
            remedy="Update StyleLab; the project was not touched.",
            code="schema_newer",
        )
