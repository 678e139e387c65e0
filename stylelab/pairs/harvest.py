"""Read pairs that exist already: rows with any field names, drafts with their finals, tracked changes, `prompt ### completion`.

In: files or folders, and how their fields are called. Out: Given pairs, with the count of every source. Next room: make.
A source without a pair is an error; it names what the source holds instead.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from stylelab.errors import PairsError
from stylelab.files import naming, sha256_text
from stylelab.pairs.align import align
from stylelab.pairs.pair import Given

# Field names that tell by themselves which is which; tried in this order where no mapping is given.
USUAL = (
    ("prompt", "completion"), ("input", "output"), ("input", "target"), ("draft", "final"), ("draft", "edited"),
    ("before", "after"), ("source", "target"), ("original", "edited"), ("instruction", "response"),
)  # fmt: skip
ROWS = frozenset({".jsonl", ".ndjson", ".json", ".csv", ".tsv"})
STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
SEPARATOR = "###"
RECORD_END = re.compile(r"^[ \t]*(?:-{3,}|={3,}|<\|endoftext\|>|END)[ \t]*$", re.M)
SHOWN = 12  # field names in an error
LARGEST_FIELD = 1 << 22  # characters in a CSV field


@dataclass(frozen=True)
class Mapped:
    """The fields of a row that hold its texts, as paths like "a.b[0].c".

    Args:
        category: Further fields kept beside the pair, by path.
    """

    input: str
    target: str
    category: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """The pairs of one source, with the counts of what was dropped.

    Args:
        found: Rows, blocks or paragraphs looked at.
        pairs: Those that are pairs.
        dropped: Why the rest is none.
    """

    name: str
    found: int
    pairs: tuple[Given, ...]
    dropped: Mapping[str, int]


Changes = Callable[[Path], Sequence[tuple[str, str]]]  # a document's tracked changes, before and after


def harvest(path: Path, mapped: Mapped | None = None, *, changes: Changes | None = None) -> Source:
    """Return the pairs of a file.

    Args:
        mapped: Where rows have their texts; by usual names if not given.
        changes: Reads tracked changes, for .docx.

    Raises:
        FileError: It cannot be read.
        PairsError: An unknown kind, broken, or no pair in it; what was found is named.
    """
    kind = path.suffix.lower()
    if kind in ROWS:
        return from_rows(path, mapped)
    if kind == ".docx" and changes is not None:
        found = list(changes(path))
        return source(path.name, found, "it has no tracked changes", [])
    if kind in (".txt", ".md"):
        blocks = completions(text_of(path))
        return source(path.name, blocks, f"no block has '{SEPARATOR}' between two texts", [])
    raise PairsError(
        f"{path.name} is no file that pairs can be read from.",
        remedy="JSONL, JSON, CSV, TSV, a .txt with 'prompt ### completion', a .docx with tracked changes, or two folders.",
        code="harvest_kind",
    )


def harvest_folders(drafts: Path, finals: Path, read: Callable[[Path], str]) -> list[Source]:
    """Return the pairs of two folders whose files have the same names: paragraph beside paragraph.

    Args:
        read: Returns a file's text.

    Raises:
        FileError: A folder cannot be read.
        PairsError: No name is in both, or files of the same name share no paragraph.
    """
    found: list[dict[str, Path]] = []
    for folder in (drafts, finals):
        with naming(folder, "read"):
            found.append({p.stem: p for p in sorted(folder.iterdir()) if p.is_file() and not p.name.startswith(".")})
    both = sorted(found[0].keys() & found[1].keys())
    if not both:
        names = [", ".join(sorted(own)[:SHOWN]) or "nothing" for own in found]
        raise PairsError(
            f"No file of {drafts} has the name of one in {finals}: {names[0]} there, {names[1]} here.",
            remedy="Name a draft and its final alike; the suffix may differ.",
            code="harvest_empty",
        )
    out: list[Source] = []
    for name in both:
        pairs, unpaired = align(read(found[0][name]), read(found[1][name]))
        out.append(
            source(name, pairs, f"no paragraph of the draft is like one of the final ({unpaired} looked at)", [])
        )
    return out


def from_rows(path: Path, mapped: Mapped | None) -> Source:
    """Return the pairs of a file of rows.

    Raises:
        PairsError: As `harvest`.
    """
    rows = list(rows_of(path))
    fields = list(dict.fromkeys(name for row in rows[:50] for name in paths_of(row)))
    if mapped is None:
        usual = next((pair for pair in USUAL if set(pair) <= set(fields)), None)
        if usual is None:
            raise nothing(path.name, len(rows), "no two fields have usual names", fields)
        mapped = Mapped(*usual)
    found: list[tuple[str, str]] = []
    categories: list[dict[str, str]] = []
    missing = 0
    for row in rows:
        both = value_at(row, mapped.input), value_at(row, mapped.target)
        if not all(isinstance(text, str) and text.strip() for text in both):
            missing += 1
            continue
        found.append((str(both[0]), str(both[1])))
        categories.append(
            {name: str(value_at(row, name)) for name in mapped.category if value_at(row, name) is not None}
        )
    why = f"no row has text at '{mapped.input}' and '{mapped.target}'"
    return source(path.name, found, why, fields, looked_at=len(rows), missing=missing, categories=categories)


def source(
    name: str,
    found: Sequence[tuple[str, str]],
    why: str,
    fields: Sequence[str],
    *,
    looked_at: int | None = None,
    missing: int = 0,
    categories: Sequence[Mapping[str, str]] = (),
) -> Source:
    """Return a source's pairs; texts that did not change and repeated pairs are dropped and counted.

    Raises:
        PairsError: None is left.
    """
    pairs: dict[str, Given] = {}
    dropped = {"field_missing": missing, "unchanged": 0, "repeated": 0}
    for position, (before, after) in enumerate(found):
        before, after = before.strip(), after.strip()
        own = sha256_text(f"{name}\0{before}\0{after}")
        if before == after:
            dropped["unchanged"] += 1
        elif own in pairs:
            dropped["repeated"] += 1
        else:
            category = categories[position] if categories else dict[str, str]()
            pairs[own] = Given(own, name, position, before, after, category)
    total = len(found) if looked_at is None else looked_at
    if not pairs:
        raise nothing(name, total, why if not found else "every pair is unchanged", fields)
    return Source(name, total, tuple(pairs.values()), {reason: n for reason, n in dropped.items() if n})


def nothing(name: str, looked_at: int, why: str, fields: Sequence[str]) -> PairsError:
    """Return the error for a source without a pair; it names the fields that there are."""
    there = f" Its fields are: {', '.join(fields[:SHOWN])}{'…' if len(fields) > SHOWN else ''}." if fields else ""
    return PairsError(
        f"{name} gave no pair ({looked_at:,} looked at): {why}.{there}",
        remedy="Name the two fields: --input PATH --target PATH, like --input messages[0].content." if fields
        else "Is it the right file?",
        code="harvest_fields" if fields else "harvest_empty",
    )  # fmt: skip


# ------------------------------------------------------------ rows and paths


def rows_of(path: Path) -> Iterator[Any]:
    """Yield a file's rows: JSON lines, the longest list in a JSON document, or CSV with a head line.

    Raises:
        FileError: It cannot be read.
        PairsError: It is broken; the line is named.
    """
    text = text_of(path)
    kind = path.suffix.lower()
    if kind in (".csv", ".tsv"):
        csv.field_size_limit(LARGEST_FIELD)
        try:
            yield from csv.DictReader(
                text.splitlines(keepends=True), delimiter="\t" if kind == ".tsv" else ",", strict=True
            )
        except csv.Error as error:
            raise broken(path, str(error)) from error
        return
    if kind == ".json":
        yield from longest_list(parsed(path, text, 0))
        return
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            yield parsed(path, line, number)


def parsed(path: Path, text: str, above: int) -> Any:
    """Return what a JSON text says.

    Args:
        above: Lines of the file that stand above it.

    Raises:
        PairsError: It is broken; the line is named.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise broken(path, "it is nested too deep") from error
    except json.JSONDecodeError as error:
        raise broken(path, f"line {above + error.lineno}: {error.msg}") from error


def text_of(path: Path) -> str:
    """Return a file's text as UTF-8.

    Raises:
        FileError: It cannot be read.
        PairsError: It is in another encoding.
    """
    with naming(path, "read"):
        data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise broken(path, "it is not UTF-8") from error


def broken(path: Path, why: str) -> PairsError:
    """Return the error for a file that cannot be understood."""
    return PairsError(f"{path.name} cannot be read: {why}.", remedy="Mend it and harvest again.", code="harvest_broken")


def longest_list(value: Any) -> list[Any]:
    """Return the longest list of objects in a JSON document: rows may sit under any key."""
    best: list[Any] = []
    waiting: list[Any] = [value]
    while waiting:
        own = waiting.pop()
        if isinstance(own, list):
            rows = cast("list[Any]", own)
            if len(rows) > len(best) and any(isinstance(row, dict) for row in rows):
                best = rows
        elif isinstance(own, dict):
            waiting += cast("dict[str, Any]", own).values()
    return best or [value]


def paths_of(value: Any, path: str = "") -> Iterator[str]:
    """Yield the path of every text in a row."""
    if isinstance(value, dict):
        for key, own in cast("dict[str, Any]", value).items():
            yield from paths_of(own, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, own in enumerate(cast("list[Any]", value)[:4]):
            yield from paths_of(own, f"{path}[{number}]")
    elif isinstance(value, str):
        yield path


def value_at(row: Any, path: str) -> object:
    """Return the value at a path like "a.b[0].c", or None. A key that equals the whole path has priority."""
    if isinstance(row, dict) and path in row:
        return cast("dict[str, Any]", row)[path]
    own = cast("object", row)
    for key, index in STEP.findall(path):
        own = below(own, int(index) if index else str(key))
    return own


def below(value: object, step: str | int) -> object:
    """Return a list's item or an object's value; None if there is none."""
    if isinstance(step, int) and isinstance(value, list):
        items = cast("list[Any]", value)
        return items[step] if step < len(items) else None
    return cast("dict[str, Any]", value).get(str(step)) if isinstance(value, dict) else None


def completions(text: str) -> list[tuple[str, str]]:
    """Return the (prompt, completion) blocks of a text: one to a line, between rules, or between empty lines."""
    lines = [line for line in text.split("\n") if line.strip()]
    if lines and all(line.count(SEPARATOR) == 1 for line in lines):
        blocks = lines
    elif RECORD_END.search(text):
        blocks = RECORD_END.split(text)
    else:
        blocks = re.split(r"\n[ \t]*\n", text) if text.count(SEPARATOR) > 1 else [text]
    halves = (block.split(SEPARATOR) for block in blocks)
    return [(a.strip(), b.strip()) for a, b in (h for h in halves if len(h) == 2) if a.strip() and b.strip()]
