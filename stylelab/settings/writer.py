"""Write settings as YAML: a record with every key explained, or one value changed in a text whose comments stay.

In: a record, or a text, a path and a value. Out: a text. Next: the room that keeps the file, and the window's forms. Knows no Qt.
"""

from __future__ import annotations

from typing import Any, Literal

import yaml
from pydantic import BaseModel

from stylelab.settings.declaration import describe_settings
from stylelab.settings.reader import LimitedLoader

BREAKS = "\x85\u2028\u2029\ufeff"  # YAML folds them where they are not written as escapes
FOLD = 110  # columns at which the text of a list or mapping is folded


def dump_settings(
    record: BaseModel,
    head: str,
    *,
    comments: Literal["above", "beside", "none"] = "above",
    lists: Literal["block", "flow"] = "block",
) -> str:
    """Return a record as YAML, each key with its meaning as a comment.

    Args:
        head: The comment at the top.
        comments: Where meanings stand: on a line above the key, or behind its value.
        lists: Whether a list takes a line an item, or one for all.
    """
    declared = describe_settings(type(record))
    lines = [f"# {head}"]
    for name, value in zip(declared, record.model_dump(mode="json").values(), strict=True):
        line = f"{declared[name].key}:{format_value(value, 0, lists)}"
        if comments == "above":
            lines.append(f"# {declared[name].meaning}")
        lines.append(f"{line}  # {declared[name].meaning}" if comments == "beside" else line)
    return "\n".join(lines) + "\n"


def replace_value(text: str, path: tuple[str, ...], value: Any) -> str:
    """Return the text with another value at a path, and the rest, comments too, as it stands.

    Args:
        path: Keys from the top; one that is not there is added at the end.
        value: A text, number, list or mapping.
    """
    node = find_node(text, path)
    indent = 2 * (len(path) - 1)
    if node is None:
        return f"{text.rstrip()}\n{' ' * indent}{path[-1]}:{format_value(value, indent + 2)}\n"
    start = node.start_mark.index
    lines = text[start : node.end_mark.index].split("\n")
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()  # a block's end mark lies behind the blank lines and comments that follow it
    end = start + len("\n".join(lines).rstrip())
    return f"{text[:start].rstrip()}{format_value(value, indent + 2)}{text[end:]}"


def find_node(text: str, path: tuple[str, ...]) -> Any:
    """Return the node at a path of keys; None where there is none, or no YAML."""
    try:
        node: Any = LimitedLoader(text).get_single_node()
    except yaml.YAMLError:
        return None
    for key in path:
        if not isinstance(node, yaml.MappingNode):
            return None
        node = next((value for own, value in node.value if own.value == key), None)
    return node


def format_value(value: Any, indent: int, lists: Literal["block", "flow"] = "block") -> str:
    """Return a value as it stands behind its key's colon, without a line end.

    Args:
        indent: Columns before the lines of a list or mapping.
    """
    plain = not any(ascii(sign)[1:-1] in ascii(value) for sign in BREAKS)
    if value is None:
        return " "
    if isinstance(value, list | dict) and value and lists == "block":
        lines = yaml.safe_dump(value, sort_keys=False, allow_unicode=plain, width=FOLD).rstrip("\n").split("\n")
        return "\n" + "\n".join(" " * indent + line for line in lines)
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=plain, width=10_000)
    return " " + text.removesuffix("\n...\n").rstrip("\n")
