"""Declare a setting once: its default, title, meaning, unit, range, and whether only experts need it.

In: the fields of a pydantic model. Out: a Declaration per field. Next: every room with settings declares them so; the reader, the
writer, the window's forms and the catalogues of translations take what they need from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel, Field


@dataclass(frozen=True)
class Declaration:
    """What is declared of a setting.

    Args:
        key: Its name in the file.
        title: What people call it.
        meaning: What it does, in a sentence; also the comment in the file.
        unit: What its number counts; may be empty.
        advanced: Whether only experts need it.
        choices: What the values of a choice are called, by value.
        low, high: The lowest and highest value, as text; "> 0" where the limit itself is out; empty for none.
    """

    key: str
    title: str
    meaning: str = ""
    unit: str = ""
    advanced: bool = False
    choices: Mapping[str, str] = field(default_factory=dict[str, str])
    low: str = ""
    high: str = ""


def setting(
    default: Any,
    title: str,
    meaning: str,
    *,
    unit: str = "",
    advanced: bool = False,
    choices: Mapping[str, str] | None = None,
    **limits: Any,
) -> Any:
    """Declare a field of a model; the texts are literals, so that `make translations` finds them.

    Args:
        default: The value where a file says nothing; `...` where it must say something.
        title, meaning, unit, advanced, choices: As in `Declaration`.
        limits: pydantic's: ge, gt, le, lt, min_length, max_length, default_factory.
    """
    extra: dict[str, Any] = {"unit": unit, "advanced": advanced, "choices": dict(choices or {})}
    given = {} if "default_factory" in limits else {"default": default}
    return Field(**given, title=title, description=meaning, json_schema_extra=extra, **limits)


def describe_setting(model: type[BaseModel], name: str) -> Declaration:
    """Return what is declared of one field; an undeclared one is called by its name."""
    info = model.model_fields[name]
    extra = cast("dict[str, Any]", info.json_schema_extra or {})  # pyright: ignore[reportUnknownMemberType]
    low = [f"{m.ge}" if isinstance(m, Ge) else f"> {m.gt}" for m in info.metadata if isinstance(m, Ge | Gt)]
    high = [f"{m.le}" if isinstance(m, Le) else f"< {m.lt}" for m in info.metadata if isinstance(m, Le | Lt)]
    return Declaration(
        key=info.alias or name,
        title=info.title or name,
        meaning=info.description or "",
        low="".join(low),
        high="".join(high),
        **extra,
    )


def describe_settings(model: type[BaseModel]) -> dict[str, Declaration]:
    """Return what is declared of every field, by its name, in the file's order."""
    return {name: describe_setting(model, name) for name in model.model_fields}
