"""Read the header of a safetensors file and check it against the file, before any weight is loaded.

In: a .safetensors file. Out: its tensors' types, shapes and places. Next: trust. Imports no model library.

**Source:** the safetensors format: eight bytes with the header's length, the header as JSON, then the tensors without gaps.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard, cast

from stylelab.errors import ModelError
from stylelab.files import explain_os_errors

MOST_HEADER_BYTES = 100_000_000  # as the format's own reader allows
MOST_DIMENSIONS = 8
LENGTH_BYTES = 8
NOTES = "__metadata__"
BITS = {
    "BOOL": 8, "U8": 8, "I8": 8, "F8_E4M3": 8, "F8_E5M2": 8, "F8_E8M0": 8, "U16": 16, "I16": 16, "F16": 16, "BF16": 16,
    "U32": 32, "I32": 32, "F32": 32, "U64": 64, "I64": 64, "F64": 64,
}  # fmt: skip
DAMAGED = "Download or convert the model again, or choose another."


@dataclass(frozen=True)
class TensorEntry:
    """What a header says of a tensor.

    Args:
        dtype: As the format spells it: F16, BF16, U32 …
        begin, end: Its bytes, counted from the end of the header.
    """

    dtype: str
    shape: tuple[int, ...]
    begin: int
    end: int


def build_damage_error(path: Path, what: str) -> ModelError:
    """Return the error of a file of weights that is not what it says."""
    return ModelError(f"{path} is damaged: {what}.", remedy=DAMAGED, code="model_damaged")


def read_weights_header(path: Path) -> dict[str, TensorEntry]:
    """Return a safetensors file's tensors by name after checking that they fill the file exactly.

    Raises:
        ModelError: The header is too long or no JSON, or a tensor has an unknown type, a wrong length, or bytes outside the
            file or of another tensor.
        FileError: It cannot be read.
    """
    with explain_os_errors(path, "read"), path.open("rb") as file:
        size = path.stat().st_size
        length = int.from_bytes(file.read(LENGTH_BYTES), "little")
        if size < LENGTH_BYTES or length > min(size - LENGTH_BYTES, MOST_HEADER_BYTES):
            raise build_damage_error(path, f"its header of {length:,} bytes does not fit into {size:,}")
        text = file.read(length)
    try:
        header: Any = json.loads(text, object_pairs_hook=refuse_repeated_names)
    except (ValueError, RecursionError) as error:
        raise build_damage_error(path, f"its header cannot be read ({error})") from error
    if not isinstance(header, dict):
        raise build_damage_error(path, "its header is no list of tensors")
    named = cast("dict[str, Any]", header)
    entries = {name: read_entry(path, name, value) for name, value in named.items() if name != NOTES}
    check_places(path, entries, size - LENGTH_BYTES - length)
    return entries


def refuse_repeated_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; readers disagree on which of two values with one name counts.

    Raises:
        ValueError: A name stands twice.
    """
    out = dict(pairs)
    if len(out) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)} stands twice")
    return out


def read_entry(path: Path, name: str, value: Any) -> TensorEntry:
    """Return what a header says of a tensor.

    Raises:
        ModelError: An unknown type, or numbers that are none or do not agree.
    """
    entry = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    dtype, shape, places = entry.get("dtype"), entry.get("shape"), entry.get("data_offsets")
    if not isinstance(dtype, str) or dtype not in BITS:
        raise build_damage_error(path, f"{name} has the type {dtype!r}, which is unknown")
    if not is_size_list(shape) or len(shape) > MOST_DIMENSIONS:
        raise build_damage_error(path, f"{name} has the shape {shape!r}")
    if not is_size_list(places) or len(places) != 2 or places[0] > places[1]:
        raise build_damage_error(path, f"{name} has the place {places!r}")
    begin, end = places
    if math.prod(shape) * BITS[dtype] // 8 != end - begin:
        raise build_damage_error(path, f"{name} has {end - begin:,} bytes, which {dtype} {tuple(shape)} does not")
    return TensorEntry(dtype, tuple(shape), begin, end)


def is_size_list(value: Any) -> TypeGuard[list[int]]:
    """Return whether a value of JSON is a list of whole numbers from 0 up."""
    return isinstance(value, list) and all(type(one) is int and one >= 0 for one in cast("list[Any]", value))


def check_places(path: Path, entries: dict[str, TensorEntry], size: int) -> None:
    """Check that tensors stand one after the other from the first byte to the last.

    Raises:
        ModelError: There is a gap, an overlap, or bytes outside the file.
    """
    at, before = 0, "the header"
    for name, entry in sorted(entries.items(), key=lambda item: (item[1].begin, item[1].end)):
        if entry.begin != at:
            fault = "overlaps with" if entry.begin < at else "leaves a gap after"
            raise build_damage_error(path, f"{name} {fault} {before}")
        at, before = entry.end, name
        if at > size:
            raise build_damage_error(path, f"{name} ends {at - size:,} bytes after the file")
    if at != size:
        raise build_damage_error(path, f"{size - at:,} bytes belong to no tensor")
