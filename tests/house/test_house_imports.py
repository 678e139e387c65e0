"""The import contracts hold, cover every room, and catch a violation planted in a copy of the package."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from house_source import ROOT

LINT = (sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache")
LIGHT_ROOMS = {
    "app",
    "cli",
    "project",
    "jobs.catalogue",
    "jobs.core.client",
    "jobs.core.protocol",
    "jobs.core.environment",
}


def contracts() -> dict[str, dict[str, Any]]:
    """Return the import contracts of pyproject.toml by id."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package in `folder`, and on no other copy of it."""
    environment = {"PYTHONPATH": str(folder), "PATH": "", "COLUMNS": "200", "PYTHONUTF8": "1"}
    return subprocess.run(LINT, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and the contracts, to plant violations in."""
    shutil.copytree(ROOT / "stylelab", tmp_path / "stylelab", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(copy: Path) -> None:
    result = lint(copy)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "planted", "contract"),
    [
        ("files.py", "import stylelab.jobs.core.client", "layers"),
        ("corpus/document.py", "import stylelab.persona.card", "layers"),
        ("language/sentences.py", "def lazily() -> None:\n    import stylelab.pairs.pair", "layers"),
        ("corpus/document.py", "import PySide6.QtCore", "qt"),
        ("jobs/core/worker.py", "import pyqtgraph", "qt"),
        ("project/store.py", "import mlx.core", "light"),
        ("project/schema.py", "from stylelab.training import loop", "light"),
        ("jobs/core/client.py", "def lazily() -> None:\n    import transformers", "light"),
        ("jobs/core/protocol.py", "from stylelab.training.plan import Plan", "protocol"),
        ("jobs/catalogue/training.py", "from stylelab.training.plan import Plan", "protocol"),
    ],
)
def test_a_planted_violation_is_caught(copy: Path, module: str, planted: str, contract: str) -> None:
    path = copy / "stylelab" / module
    path.write_text(path.read_text(encoding="utf-8") + f"\n{planted}\n", encoding="utf-8")
    result = lint(copy)
    assert result.returncode != 0
    assert f"{contracts()[contract]['name']} BROKEN" in " ".join(result.stdout.split())


def test_a_room_outside_the_layers_is_caught(copy: Path) -> None:
    (copy / "stylelab" / "attic").mkdir()
    (copy / "stylelab" / "attic" / "__init__.py").touch()
    result = lint(copy)
    assert result.returncode != 0
    assert "attic" in result.stdout


def test_every_light_room_that_exists_is_under_the_contract() -> None:
    paths = {name: ROOT / "stylelab" / name.replace(".", "/") for name in LIGHT_ROOMS}
    here = {f"stylelab.{name}" for name, path in paths.items() if path.is_dir() or path.with_suffix(".py").is_file()}
    assert here <= set(contracts()["light"]["source_modules"])


def test_importing_the_light_rooms_loads_no_model_library() -> None:
    heavy = set(contracts()["light"]["forbidden_modules"]) | {"PySide6"}
    code = (
        "import sys, importlib, pkgutil, stylelab.cli, stylelab.project, stylelab.jobs.core.client, stylelab.jobs.core.protocol\n"
        "for room in (stylelab.cli, stylelab.project):\n"
        "    for found in pkgutil.iter_modules(room.__path__, room.__name__ + '.'):\n"
        "        importlib.import_module(found.name)\n"
        f"print(*sorted(set(sys.modules) & {heavy!r}))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.split() == []
