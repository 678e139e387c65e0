"""Persona files: YAML that says from which situations an author is written.

In: a persona file. Out: a PersonaPart for the recipe. Next room: prompt.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import yaml
from pydantic import ValidationError

from stylelab.errors import PersonaError
from stylelab.files import naming
from stylelab.paths import bundled
from stylelab.recipe import PersonaPart

SCHEMA = 1


def bundled_personas() -> dict[str, Path]:
    """Return the personas that come with StyleLab, by name."""
    return {path.stem: path for path in sorted(bundled("personas").glob("*.yaml"))}


def load(path: Path) -> PersonaPart:
    """Read a persona.

    Raises:
        FileError: The file cannot be read.
        PersonaError: It is no YAML or not what a persona must be; line or field are named.
    """
    with naming(path, "read"):
        data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PersonaError(f"{path.name} is not UTF-8.", remedy="Save it as UTF-8.", code="persona_yaml") from error
    return parse(text, path.name)


def parse(text: str, name: str) -> PersonaPart:
    """Return the persona that a YAML text describes.

    Raises:
        PersonaError: As `load`.
    """
    try:
        loaded: Any = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        problem = getattr(error, "problem", None) or str(error)
        raise PersonaError(
            f"{name}{where}: {problem}.", remedy="Correct the YAML there.", code="persona_yaml"
        ) from error
    if not isinstance(loaded, dict):
        raise PersonaError(f"{name} is no persona.", remedy="Start from one in personas/.", code="persona_yaml")
    value = cast("dict[str, Any]", loaded)
    if value.pop("schema", None) != SCHEMA:
        raise PersonaError(
            f"{name} does not say 'schema: {SCHEMA}'.",
            remedy="Add that line, or update StyleLab.",
            code="persona_schema",
        )
    try:
        return PersonaPart.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        line = line_of(text, first["loc"])
        raise PersonaError(
            f"{name}{line}: {field}: {first['msg']}.", remedy=f"Correct '{field}'.", code="persona_field"
        ) from error


def line_of(text: str, path: tuple[Any, ...]) -> str:
    """Return ", line n" for the deepest part of a field's path that the YAML has."""
    compose: Any = yaml.compose  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    node = compose(text, Loader=yaml.SafeLoader)
    line = None
    for part in path:
        found: Any = None
        if isinstance(node, yaml.MappingNode):
            found = next((v for k, v in node.value if k.value == part), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            found = node.value[part]
        if found is None:
            break
        node, line = found, found.start_mark.line + 1
    return f", line {line}" if line else ""
