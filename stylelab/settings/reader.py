"""Read YAML that people edit: text → a checked record, or an error that names file, line, column and key.

In: a file or a text, and a pydantic model. Out: the model's record. Next: persona, corpus, pairs, training and project, each with
its own Faults. What could exhaust memory or the stack (size, depth, aliases of aliases) is refused before it is built.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

import yaml
from pydantic import BaseModel, ValidationError

from stylelab.errors import StyleLabError
from stylelab.files import naming

CHARACTERS = 1_000_000  # of a file; a large persona has 10,000
DEPTH = 32  # of lists and mappings in each other; ours have four
NODES = 50_000  # with every alias counted as what it stands for

Model = TypeVar("Model", bound=BaseModel)
KeyPath = Sequence[str | int]


@dataclass(frozen=True)
class Faults:
    """Which error a file's faults become.

    Args:
        error: Its class.
        syntax: Its code for what is no mapping in YAML.
        key: Its code for a key that is not known.
        value: Its code for a value that is wrong or missing.
    """

    error: type[StyleLabError]
    syntax: str
    key: str
    value: str


class LimitedLoader(yaml.SafeLoader):
    """PyYAML's safe loader with a limit to the depth, and a place for values that cannot be built."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Return the next node; refuse one that is nested too deep."""
        self.depth += 1
        if self.depth > DEPTH:
            mark = cast("Any", self).peek_event().start_mark
            raise yaml.MarkedYAMLError(problem=f"nested more than {DEPTH} deep", problem_mark=mark)
        node: Any = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """Return a node's value; name the place of one that cannot be built, such as a 13th month or `!!bool maybe`."""
        try:
            return cast("Any", super()).construct_object(node, deep)
        except (ValueError, ArithmeticError, LookupError, AttributeError) as error:
            problem = f"'{str(node.value)[:40]}' is no value ({error})"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark) from error


@dataclass(frozen=True)
class SettingsDocument:
    """A mapping that a file or a job's request holds, with the places of its keys where it has any.

    Args:
        name: What the file is called in errors.
        value: The mapping.
        faults: Which error its faults become.
        root: PyYAML's tree of the text; None for a mapping that was never a text.
    """

    name: str
    value: dict[str, Any]
    faults: Faults
    root: Any = None

    def build(self, model: type[Model], origins: Mapping[str, KeyPath] | None = None) -> Model:
        """Return the record that the mapping describes.

        Args:
            origins: Where a key of the mapping stands in the file, if not at its top.

        Raises:
            StyleLabError: A key is unknown or missing, or a value is wrong; it is named with line and column.
        """
        try:
            return model.model_validate(self.value)
        except ValidationError as error:
            first = error.errors()[0]
            path, kind, message = list(first["loc"]), first["type"], first["msg"]
        if path and str(path[0]) in (origins or {}):
            path = [*cast("Mapping[str, KeyPath]", origins)[str(path[0])], *path[1:]]
        if kind in ("extra_forbidden", "invalid_key"):
            raise self.build_key_fault(path, find_siblings(model, path))
        key = ".".join(str(part) for part in path)
        missing = kind == "missing"
        raise self.build_fault(
            f"{key}: {'it is missing' if missing else message}.",
            f"Add '{path[-1]}' there." if missing else f"Correct '{key}'.",
            path,
        )

    def build_fault(self, message: str, remedy: str, path: KeyPath) -> StyleLabError:
        """Return the error for a wrong value at a path; the caller raises it."""
        return self.faults.error(f"{self.describe_place(path)}: {message}", remedy=remedy, code=self.faults.value)

    def build_key_fault(self, path: KeyPath, known: Sequence[str]) -> StyleLabError:
        """Return the error for a key that is not among the known ones, with the nearest of them; the caller raises it."""
        key = ".".join(str(part) for part in path)
        near = difflib.get_close_matches(str(path[-1]), known, n=1, cutoff=0.5)
        remedy = f"Did you mean '{near[0]}'?" if near else f"Remove '{key}'. Known keys: {', '.join(known)}."
        place = self.describe_place(path, of_key=True)
        return self.faults.error(f"{place}: {key}: there is no such field.", remedy=remedy, code=self.faults.key)

    def describe_place(self, path: KeyPath, *, of_key: bool = False) -> str:
        """Return where a value or its key stands: "training.yaml, line 3, column 1"."""
        return f"{self.name}{describe_mark(find_mark(self.root, path, of_key=of_key))}"


def read_text(path: Path, faults: Faults) -> str:
    """Return a file's text.

    Raises:
        FileError: The file cannot be read.
        StyleLabError: It is not UTF-8; line and column are named.
    """
    with naming(path, "read"):
        data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise faults.error(
            f"{path} is not UTF-8, line {line}, column {column}.", remedy="Save it as UTF-8.", code=faults.syntax
        ) from error


def read_document(path: Path, faults: Faults) -> SettingsDocument:
    """Read a file of settings.

    Raises:
        FileError: The file cannot be read.
        StyleLabError: As `read_text` and `parse_document`.
    """
    return parse_document(read_text(path, faults), str(path), faults)


def parse_document(text: str, name: str, faults: Faults) -> SettingsDocument:
    """Return the mapping that a YAML text holds; an empty text holds an empty one.

    Raises:
        StyleLabError: No YAML, no mapping, too large, or a key that stands twice; line and column are named.
    """

    def fault(where: str, problem: str, remedy: str) -> StyleLabError:
        return faults.error(f"{name}{where}: {problem}.", remedy=remedy, code=faults.syntax)

    if len(text) > CHARACTERS:
        raise fault("", f"it has {len(text):,} characters", f"Settings have at most {CHARACTERS:,}.")
    try:
        loader: Any = LimitedLoader(text)
        root: Any = loader.get_single_node()
        if root is None:
            return SettingsDocument(name, {}, faults)
        refuse_growth(root)
        refuse_doubles(root)
        value: Any = loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        raise fault(
            describe_mark(error.problem_mark), error.problem or "not valid YAML", "Correct it there."
        ) from error
    except yaml.reader.ReaderError as error:  # a sign that no text may hold
        before = text[: error.position]
        where = f", line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))}"
        raise fault(where, f"the sign U+{int(error.character):04X} is not allowed", "Remove it there.") from error
    if value is not None and not isinstance(value, dict):
        raise fault(
            describe_mark(root.start_mark), "this is no list of 'key: value' lines", "Write one 'key: value' a line."
        )
    return SettingsDocument(name, cast("dict[str, Any]", value or {}), faults, root)


def wrap_mapping(value: object, name: str, faults: Faults) -> SettingsDocument:
    """Return the document of a mapping that comes from elsewhere than a text; nothing at all is an empty one.

    Raises:
        StyleLabError: It is no mapping.
    """
    if value is not None and not isinstance(value, dict):
        raise faults.error(f"{name} holds no settings.", remedy="Write one 'key: value' a line.", code=faults.syntax)
    return SettingsDocument(name, cast("dict[str, Any]", value or {}), faults)


def load_settings(model: type[Model], path: Path, faults: Faults) -> Model:
    """Read the record that a file describes.

    Raises:
        FileError: The file cannot be read.
        StyleLabError: As `read_document` and `SettingsDocument.build`.
    """
    return read_document(path, faults).build(model)


def list_children(node: Any) -> Iterator[Any]:
    """Yield the nodes directly in a node: a list's items, or a mapping's keys and values."""
    for part in node.value if isinstance(node, yaml.CollectionNode) else ():
        yield from part if isinstance(part, tuple) else (part,)


def refuse_growth(root: Any) -> None:
    """Refuse aliases that hold themselves, or that grow beyond measure when each is read as what it stands for.

    Raises:
        yaml.MarkedYAMLError: There are such.
    """
    measured: dict[int, tuple[int, int]] = {}  # nodes in a node, and how deep they go
    above: set[int] = set()

    def measure(node: Any) -> tuple[int, int]:
        if id(node) in above:
            raise yaml.MarkedYAMLError(problem="an alias holds itself", problem_mark=node.start_mark)
        if id(node) not in measured:
            above.add(id(node))
            inside = [measure(child) for child in list_children(node)]
            above.discard(id(node))
            measured[id(node)] = 1 + sum(n for n, _ in inside), 1 + max((deep for _, deep in inside), default=0)
        nodes, deep = measured[id(node)]
        if nodes > NODES or deep > DEPTH:
            problem = f"more than {NODES:,} values" if nodes > NODES else f"nested more than {DEPTH} deep"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
        return nodes, deep

    measure(root)


def refuse_doubles(node: Any) -> None:
    """Refuse a key that stands twice in one mapping: YAML would silently take the second.

    Raises:
        yaml.MarkedYAMLError: There is one; both places are named.
    """
    if isinstance(node, yaml.MappingNode):
        lines: dict[str, int] = {}
        pairs: list[tuple[Any, Any]] = node.value
        for key, _ in pairs:
            if isinstance(key.value, str) and key.value in lines:
                problem = f"'{key.value}' stands here again, first at line {lines[key.value] + 1}"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            if isinstance(key.value, str):
                lines[key.value] = key.start_mark.line
    for child in list_children(node):
        refuse_doubles(child)


def find_siblings(model: type[BaseModel], path: KeyPath) -> list[str]:
    """Return the keys that are known where a path ends; of the outermost model if that cannot be said."""
    at: type[BaseModel] = model
    for part in path[:-1]:
        info = at.model_fields.get(str(part))
        kinds: list[Any] = [info.annotation, *get_args(info.annotation)] if info else []
        at = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), at)
    return [info.alias or name for name, info in at.model_fields.items()]


def find_mark(node: Any, path: KeyPath, *, of_key: bool) -> Any:
    """Return the mark of a value, or of its key; for one that is not there, the nearest that is."""
    mark = node.start_mark if node is not None else None
    for depth, part in enumerate(path):
        key, value = None, None
        if isinstance(node, yaml.MappingNode):
            pairs: list[tuple[Any, Any]] = node.value
            key, value = next(((k, v) for k, v in pairs if k.value == str(part)), (None, None))
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            value = node.value[part]
        if value is None:
            break
        last = depth == len(path) - 1
        node, mark = value, key.start_mark if key is not None and of_key and last else value.start_mark
    return mark


def describe_mark(mark: Any) -> str:
    """Return ", line n, column m" of a mark, counted from 1; nothing without one."""
    return f", line {mark.line + 1}, column {mark.column + 1}" if mark is not None else ""
