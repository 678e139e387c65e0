"""Print results: one JSON document for machines, tables on a terminal, aligned plain lines elsewhere.

In: rows or a result. Out: standard output.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table


def as_json(value: Any) -> None:
    """Print one JSON document."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def text(*lines: str) -> None:
    """Print lines as they are."""
    for line in lines:
        print(line)


def heading(words: str) -> None:
    """Print a heading after an empty line."""
    if sys.stdout.isatty():
        Console(markup=False).print(f"\n{words}", style="bold")
    else:
        print(f"\n{words}\n{'-' * len(words)}")


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under column names; numbers stand at the right."""
    cells = [[cell(value) for value in row] for row in rows]
    right = [
        bool(rows) and all(isinstance(row[i], int | float) or row[i] is None for row in rows)
        for i in range(len(columns))
    ]
    if sys.stdout.isatty():
        drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name, at_right in zip(columns, right, strict=True):
            drawn.add_column(name, justify="right" if at_right else "left")
        for row in cells:
            drawn.add_row(*row)
        Console(markup=False).print(drawn)
        return
    widths = [max(len(name), *(len(row[i]) for row in cells)) if cells else len(name) for i, name in enumerate(columns)]
    for row in [list(columns), *cells]:
        print("  ".join(c.rjust(w) if r else c.ljust(w) for c, w, r in zip(row, widths, right, strict=True)).rstrip())


def cell(value: object) -> str:
    """Return a value as a person reads it; what is missing is a dash, never 0."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, dict):
        return ", ".join(f"{n:,} {name}" for name, n in value.items()) or "none"
    return str(value)
