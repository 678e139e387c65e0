"""The project's own files as the house tests see them: every file that git would track, and parsed modules."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("stylelab", "tests", "packaging", "models")
BUILT = {".git", ".venv", "build", "dist", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis"}


@dataclass(frozen=True)
class Module:
    """One Python file: its path from the repository's top, its text and its syntax tree."""

    name: str
    text: str
    tree: ast.Module


@cache
def files() -> tuple[str, ...]:
    """Return every file of the project, tracked or about to be, as paths from the top."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = [name for name in listed.stdout.decode().split("\0") if name]
    else:  # an unpacked archive, without git
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if not BUILT & set(path.parts)]
    return tuple(sorted(name for name in names if (ROOT / name).is_file()))


@cache
def modules() -> tuple[Module, ...]:
    """Return every Python file of the project, parsed."""
    names = [name for name in files() if name.endswith(".py") and name.startswith(PARTS)]
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in names}
    return tuple(Module(name, text, ast.parse(text)) for name, text in texts.items())


def package() -> Iterator[Module]:
    """Yield the modules of stylelab itself."""
    return (module for module in modules() if module.name.startswith("stylelab/"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
