"""Exports are loaded back with stock mlx-lm and compared with the live adapter."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import mlx.core as mx
import pytest
from recipes import make_recipe

from stylelab.adapters import lora, store
from stylelab.adapters.parameters import LoraParameters
from stylelab.basemodels.identity import identify
from stylelab.basemodels.load import load
from stylelab.errors import ExportError
from stylelab.exporting.export import export_adapter
from stylelab.exporting.formats import find_format
from stylelab.writing.engine import write
from stylelab.writing.loaded import LoadedBase
from stylelab.writing.sampling import GREEDY

MLX = find_format("mlx")


@pytest.fixture
def run(tiny_model: Path, tmp_path: Path) -> Path:
    base = load(tiny_model)
    parameters = LoraParameters(4, 2.0, 0.1, ("self_attn.q_proj", "mlp.up_proj"), -1)
    lora.attach(base.model, parameters, seed=3)
    lora.load_weights(
        base.model, {k: mx.random.normal(v.shape) * 0.3 for k, v in lora.read_weights(base.model).items()}
    )
    store.save(tmp_path / "run", lora.read_weights(base.model), parameters, make_recipe(identify(tiny_model)), "d", 2)
    return tmp_path / "run"


def test_stock_mlx_lm_writes_the_same_tokens(run: Path, tiny_model: Path, tmp_path: Path) -> None:
    to = tmp_path / "out"
    check = export_adapter(store.read(run), tiny_model, to, "the tide\n###\n", MLX)
    assert check.greedy_match and check.tokens > 0 and check.logit_difference_max < 1e-4
    assert sorted(p.name for p in to.iterdir()) == [
        "README.md",
        "adapter_config.json",
        "adapters.safetensors",
        "recipe.json",
    ]


def test_the_stock_command_line_loads_the_export(run: Path, tiny_model: Path, tmp_path: Path) -> None:
    to = tmp_path / "out"
    export_adapter(store.read(run), tiny_model, to, "the tide", MLX)
    command = [sys.executable, "-m", "mlx_lm", "generate", "--model", str(tiny_model), "--adapter-path", str(to)]
    done = subprocess.run(
        [*command, "--prompt", "the tide", "--temp", "0", "--max-tokens", "8", "--verbose", "False"],
        capture_output=True,
        timeout=120,
        check=True,
    )
    loaded = LoadedBase.load(tiny_model, {"export": store.read(to)})
    loaded.choose("export")
    ours = write(loaded.base, "the tide", GREEDY, 8)
    assert ours.text.encode() in done.stdout


def test_an_export_that_stock_reads_otherwise_is_refused_and_nothing_appears(
    run: Path, tiny_model: Path, tmp_path: Path
) -> None:
    stored = store.read(run)
    config = json.loads((run / "adapter_config.json").read_text())
    config["lora_parameters"]["scale"] = 20.0
    (run / "adapter_config.json").write_text(json.dumps(config))
    with pytest.raises(ExportError, match="other tokens"):
        export_adapter(stored, tiny_model, tmp_path / "out", "the tide", MLX)
    assert not (tmp_path / "out").exists()


def test_a_folder_with_something_else_is_left_alone(run: Path, tiny_model: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "novel.txt").write_text("mine")
    with pytest.raises(ExportError, match="no former export"):
        export_adapter(store.read(run), tiny_model, tmp_path / "mine", "x", MLX)
    assert (tmp_path / "mine" / "novel.txt").read_text() == "mine"
