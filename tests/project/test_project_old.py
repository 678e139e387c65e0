"""A project that an older StyleLab made lists, makes its pairs, writes, exports, measures and trains on as it did then.

tests/fixtures/old_project holds it (five shortened sample texts, a decision about a pair, a finished run and one stopped at
update 4 of 8) and what the commands below said of it when it was made, in version 0.1 at schema 1, database version 3.
When the bundled base got other weights, its recipes were given their hash, and that version of the commands was asked again.
"""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file

from stylelab.cli.main import main
from stylelab.files import sha256_file

FIXTURE = Path(__file__).parents[1] / "fixtures" / "old_project"
TEXT = "The rain fell. I walked to the water."
DATASET = ("train.jsonl", "valid.jsonl", "test.jsonl", "recipe.json", "audit.json")
EXPORT = ("README.md", "adapter_config.json", "adapters.safetensors", "recipe.json")
STATE = "runs/run-002/checkpoints/000008"
DURATIONS = {"seconds"}  # of a state, which no two runs share


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    """Run a command with --json and return its document."""
    capsys.readouterr()
    assert main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def hashes(folder: Path, names: tuple[str, ...]) -> dict[str, str]:
    return {name: sha256_file(folder / name) for name in names}


def measure(capsys: pytest.CaptureFixture[str], project: Path) -> dict[str, Any]:
    """Return what the commands say of the project; the last one trains its stopped run to the end."""
    words = {
        "runs": call(capsys, "train", "runs", project),
        "compare": call(capsys, "train", "compare", project, "run-001", "run-002"),
        "corpus": call(capsys, "corpus", "report", project),
        "removals": call(capsys, "corpus", "removals", project),
        "pairs": call(capsys, "pairs", "report", project),
        "recipe": call(capsys, "recipe", "diff", project / "dataset", project / "runs" / "run-001"),
        "write": call(
            capsys, "write", project, "--run", "run-001", "--text", TEXT, "--temperature", 0, "--max-tokens", 24
        ),
        "evaluate": call(capsys, "train", "evaluate", project, "--run", "run-001"),
    }
    call(capsys, "pairs", "make", project)
    exported = call(capsys, "export", project, "--run", "run-001", "--to", project / "exports" / "mlx")
    resumed = call(capsys, "train", "resume", project, "--run", "run-002")
    state = json.loads((project / STATE / "state.json").read_text())["state"]
    return {
        **words,
        "pairs made again": call(capsys, "pairs", "report", project),
        "dataset": hashes(project / "dataset", DATASET),
        "export": hashes(project / "exports" / "mlx", EXPORT),
        "export_check": {key: exported[key] for key in ("stock_greedy_match", "tokens_compared")},
        "resumed": {key: resumed[key] for key in ("run", "outcome", "updates", "best_update", "valid_loss_nats_best")},
        "state": {key: value for key, value in state.items() if key not in DURATIONS},
        "runs in the end": call(capsys, "train", "runs", project),
    }


def differences(value: Any, expected: Any, where: str = "") -> list[str]:
    """Return where two documents differ; numbers may, in the last digits that a processor decides."""
    if isinstance(expected, dict) and isinstance(value, dict) and value.keys() == expected.keys():
        return [line for key in expected for line in differences(value[key], expected[key], f"{where}/{key}")]
    if isinstance(expected, list) and isinstance(value, list) and len(value) == len(expected):
        pairs = enumerate(zip(value, expected, strict=True))
        return [line for n, (one, other) in pairs for line in differences(one, other, f"{where}/{n}")]
    same = value == pytest.approx(expected, rel=1e-4, abs=1e-5) if isinstance(expected, float) else value == expected
    return [] if same else [f"{where}: {value!r} is not {expected!r}"]


@pytest.mark.slow
@pytest.mark.usefixtures("jobs_in_process")
def test_an_old_project_works_as_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with tarfile.open(FIXTURE / "project.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    expected = json.loads((FIXTURE / "expected.json").read_text(encoding="utf-8"))
    assert differences(measure(capsys, tmp_path / "project"), expected) == []
    before = load_file(FIXTURE / "resumed.safetensors")
    trained = load_file(tmp_path / "project" / STATE / "adapters.safetensors")
    assert trained.keys() == before.keys()
    assert all(np.allclose(trained[name], before[name], rtol=0, atol=1e-4) for name in before)


def test_a_difference_is_found() -> None:
    assert differences({"a": [1, 2.0]}, {"a": [1, 2.0000001]}) == []
    for value, expected in (
        ({"a": 1}, {"b": 1}),
        ([1], [1, 2]),
        ([1.0], [1.01]),
        ({"a": "x"}, {"a": "y"}),
        (None, 1.0),
    ):
        assert len(differences(value, expected)) == 1
