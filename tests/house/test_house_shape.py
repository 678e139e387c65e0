"""The house's shape: sizes, names, docstrings, empty `__init__` files."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from house_source import ROOT, functions, modules, package

FILE_LINES = 400
FUNCTION_LINES = 60
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}

# Exceptions, each with its reason. An entry that is no longer needed fails the tests, so the list can only be true.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {
    "models/recipe/pretrain.py:main": "one experiment, run once, that is read from top to bottom",
}


def test_files_are_short() -> None:
    long = {module.name for module in modules() if len(module.text.splitlines()) > FILE_LINES}
    assert long == set(LONG_FILES), f"files over {FILE_LINES} lines, or exceptions no longer needed"


def test_functions_are_short() -> None:
    long = {
        f"{module.name}:{function.name}"
        for module in modules()
        for function in functions(module.tree)
        if (function.end_lineno or 0) - function.lineno + 1 > FUNCTION_LINES
    }
    assert long == set(LONG_FUNCTIONS), f"functions over {FUNCTION_LINES} lines, or exceptions no longer needed"


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    named = {part for module in modules() for part in module.name.removesuffix(".py").split("/")}
    assert not named & FORBIDDEN


def test_every_module_says_what_it_is() -> None:
    silent = [
        module.name
        for module in modules()
        if not module.name.endswith("__init__.py") and not ast.get_docstring(module.tree)
    ]
    assert not silent


def test_every_module_postpones_annotations() -> None:
    hasty = [module.name for module in modules() if module.tree.body[1:] and "import annotations" not in module.text]
    assert not [name for name in hasty if not name.endswith("__init__.py")]


def test_init_files_import_nothing() -> None:
    importing = [
        module.name
        for module in modules()
        if module.name.endswith("__init__.py")
        and any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(module.tree))
    ]
    assert not importing


def test_no_two_modules_know_each_other() -> None:
    paths = {module.name.removesuffix(".py").replace("/", "."): module for module in package()}
    knows = {
        name: {
            place
            for node in ast.walk(module.tree)
            if isinstance(node, ast.ImportFrom) and node.module
            for place in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
            if place in paths
        }
        for name, module in paths.items()
    }
    assert len(knows["stylelab.app.frame.window"]) > 10, "imports are read"
    assert not [name for name in knows if name in reach(knows, name)], "a circle, counting imports for types alone"


def reach(knows: Mapping[str, set[str]], name: str) -> set[str]:
    """Return all that a module knows, also through others."""
    found: set[str] = set()
    waiting = list(knows[name])
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += knows[module]
    return found


def test_every_folder_of_the_package_is_a_room() -> None:
    for module in package():
        folder = (ROOT / module.name).parent
        assert (folder / "__init__.py").is_file(), f"{folder.relative_to(ROOT)} has no __init__.py"


def test_test_files_have_names_of_their_own() -> None:
    names = [module.name.rsplit("/", 1)[-1] for module in modules() if module.name.startswith("tests/")]
    tests = [name for name in names if name.startswith("test_")]
    assert len(tests) == len(set(tests))
