"""Change one value in a YAML text and leave the rest, comments too, as it stands. Knows no Qt.

In: a text, a path, a value. Out: the new text. Next: persona page, where form and YAML are one text.
"""

from __future__ import annotations

from typing import Any

import yaml

Path = tuple[str, ...]
BREAKS = "\x85\u2028\u2029\ufeff"  # YAML folds them where they are not written as escapes
WIDTH = 110  # columns at which a long line is folded


def find(text: str, path: Path) -> Any:
    """Return the node at a path of keys, or None."""
    compose: Any = yaml.compose
    try:
        node = compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    for key in path:
        if not isinstance(node, yaml.MappingNode):
            return None
        node = next((value for own, value in node.value if own.value == key), None)
    return node


def replace(text: str, path: Path, value: Any) -> str:
    """Return the text with another value at a path; a path that is not there is added at the end of its parent's text.

    Args:
        path: Keys from the top.
        value: A text, number, list or mapping.
    """
    node = find(text, path)
    indent = 2 * (len(path) - 1)
    made = written(value, indent)
    if node is None:
        key = f"{' ' * indent}{path[-1]}:{made}\n"
        return f"{text.rstrip()}\n{key}"
    start = node.start_mark.index
    lines = text[start : node.end_mark.index].split("\n")
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()  # a block's end mark lies behind the blank lines and comments that follow it
    end = start + len("\n".join(lines).rstrip())
    return f"{text[:start].rstrip()}{made}{text[end:]}"


def written(value: Any, indent: int) -> str:
    """Return a value as it stands behind its key's colon, without a line end."""
    plain = not any(ascii(sign)[1:-1] in ascii(value) for sign in BREAKS)
    if isinstance(value, list | dict):
        lines = yaml.safe_dump(value, sort_keys=False, allow_unicode=plain, width=WIDTH).rstrip("\n").split("\n")
        return "\n" + "\n".join(" " * (indent + 2) + line for line in lines)
    scalar = yaml.safe_dump(value, allow_unicode=plain, width=10_000).removesuffix("\n...\n").rstrip("\n")
    return f" {scalar}"
