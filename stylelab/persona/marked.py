"""YAML that people edit: checked against a model, and every fault named with its line and column.

In: a YAML text and a pydantic model. Out: the model's record. Next rooms: card, and pairs for its plan.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml
from pydantic import BaseModel, ValidationError

from stylelab.errors import StyleLabError
from stylelab.files import naming

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Faults:
    """Which error a file's faults become: its class, and the codes for broken YAML and for a wrong field."""

    error: type[StyleLabError]
    yaml: str
    field: str


def read_text(path: Path, faults: Faults) -> str:
    """Return a file's text.

    Raises:
        FileError: The file cannot be read.
        StyleLabError: It is not UTF-8.
    """
    with naming(path, "read"):
        data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise faults.error(f"{path.name} is not UTF-8.", remedy="Save it as UTF-8.", code=faults.yaml) from error


def mapping(text: str, name: str, faults: Faults) -> dict[str, Any]:
    """Return the mapping that a YAML text is; an empty text is an empty one.

    Raises:
        StyleLabError: No YAML, no mapping, or a key that stands twice; line and column are named.
    """
    try:
        node = compose(text)
        value: Any = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        problem = error.problem or "not valid YAML"
        where = place(error.problem_mark)
        raise faults.error(f"{name}{where}: {problem}.", remedy="Correct the YAML there.", code=faults.yaml) from error
    except (
        yaml.YAMLError,
        ValueError,
        RecursionError,
    ) as error:  # a control character, an impossible date, a deep nest
        raise faults.error(
            f"{name}: {str(error).splitlines()[0]}.", remedy="Correct the YAML.", code=faults.yaml
        ) from error
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise faults.error(
            f"{name}{place(node.start_mark)}: this is no list of 'key: value' lines.",
            remedy="Start from a file that comes with StyleLab.",
            code=faults.yaml,
        )
    refuse_doubles(node, name, faults)
    return cast("dict[str, Any]", value)


def parse(model: type[Model], value: dict[str, Any], text: str, name: str, faults: Faults) -> Model:
    """Return the record that a mapping describes.

    Args:
        text: The YAML that `value` was read from, for the places of its faults.

    Raises:
        StyleLabError: A field is unknown, missing or wrong; field, line and column are named.
    """
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        path = first["loc"]
        field = ".".join(str(part) for part in path)
        unknown = first["type"] == "extra_forbidden"
        told, remedy = first["msg"], f"Correct '{field}'."
        if unknown:
            near = difflib.get_close_matches(str(path[-1]), list(siblings(model, path)), n=1, cutoff=0.5)
            told, remedy = "there is no such field", f"Did you mean '{near[0]}'?" if near else f"Remove '{field}'."
        elif first["type"] == "missing":
            told, remedy = "it is missing", f"Add '{path[-1]}' there."
        where = place(mark_of(compose(text), path, key=unknown))
        raise faults.error(f"{name}{where}: {field}: {told}.", remedy=remedy, code=faults.field) from error


def siblings(model: type[BaseModel], path: Sequence[Any]) -> Sequence[str]:
    """Return the field names that are known where a path ends; of the outermost model if that cannot be said."""
    at: type[BaseModel] = model
    for part in path[:-1]:
        field = at.model_fields.get(str(part))
        kind: Any = field.annotation if field else None
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            at = kind
    return list(at.model_fields)


def compose(text: str) -> Any:
    """Return a YAML text's tree of nodes, which know their places."""
    loader: Any = yaml.compose  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return loader(text, Loader=yaml.SafeLoader)


def refuse_doubles(node: Any, name: str, faults: Faults) -> None:
    """Refuse a key that stands twice in one mapping: YAML would silently take the second.

    Raises:
        StyleLabError: There is one; both places are named.
    """
    waiting, met = [node], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in met:  # an alias may point at what holds it
            continue
        met.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        if not isinstance(node, yaml.MappingNode):
            continue
        seen: dict[str, Any] = {}
        pairs: list[tuple[Any, Any]] = node.value
        for key, value in pairs:
            waiting.append(value)
            if not isinstance(key.value, str):
                continue
            if key.value in seen:
                raise faults.error(
                    f"{name}{place(key.start_mark)}: '{key.value}' stands here again, first at line {seen[key.value] + 1}.",
                    remedy="Keep one of the two.",
                    code=faults.yaml,
                )
            seen[key.value] = key.start_mark.line


def mark_of(node: Any, path: Sequence[Any], *, key: bool) -> Any:
    """Return where a field stands: its value, or its key; for a field that is not there, the nearest one that is."""
    mark = node.start_mark if node is not None else None
    for depth, part in enumerate(path):
        found: Any = None
        own: Any = None
        if isinstance(node, yaml.MappingNode):
            pairs: list[tuple[Any, Any]] = node.value
            own, found = next(((k, v) for k, v in pairs if k.value == part), (None, None))
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            found = node.value[part]
        if found is None:
            break
        last = depth == len(path) - 1
        node, mark = found, own.start_mark if own is not None and key and last else found.start_mark
    return mark


def place(mark: Any) -> str:
    """Return ", line n, column m" of a mark, counted from 1."""
    return f", line {mark.line + 1}, column {mark.column + 1}" if mark is not None else ""
