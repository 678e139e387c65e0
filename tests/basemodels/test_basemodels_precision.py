"""A base computes in the format that this machine is fast in, and the values stay the same."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import mlx.core as mx
import mlx.nn as nn
import pytest
from mlx.utils import tree_flatten
from mlx_lm.utils import load as stock_load
from mlx_lm.utils import save_model

from stylelab.basemodels import precision
from stylelab.basemodels.load import evaluate_scalar, load, load_without_weights
from stylelab.files import read_json, write_json
from stylelab.kernels.backend import on_cpu

pytestmark = pytest.mark.skipif(not on_cpu(), reason="a GPU computes as stored")
IDS = mx.array([[5, 9, 17, 3, 250, 8]])


@pytest.fixture(params=["float16", "bfloat16", "4 bits"])
def stored(request: pytest.FixtureRequest, tiny_model: Path, tmp_path: Path) -> Path:
    """A small model stored in fewer bits than the CPU is fast in."""
    folder = tmp_path / "stored"
    shutil.copytree(tiny_model, folder)
    model = load(tiny_model).model
    config: dict[str, Any] = {**read_json(folder / "config.json")}
    half = mx.bfloat16 if request.param == "bfloat16" else mx.float16
    model.set_dtype(half)
    config["torch_dtype"] = "bfloat16" if request.param == "bfloat16" else "float16"
    if request.param == "4 bits":
        nn.quantize(model, group_size=32, bits=4)
        config["quantization"] = config["quantization_config"] = {"group_size": 32, "bits": 4}
    for path in folder.glob("model*.safetensors"):
        path.unlink()
    save_model(folder, model)
    write_json(folder / "config.json", config)
    return folder


def list_dtypes(model: nn.Module) -> set[mx.Dtype]:
    return {array.dtype for _, array in tree_flatten(model.parameters()) if isinstance(array, mx.array)}


def test_restored_weights_are_the_stored_values_in_float32(stored: Path) -> None:
    ours = load(stored)
    assert list_dtypes(ours.model) == {mx.float32}
    stock = stock_load(str(stored))[0]
    stock.set_dtype(mx.float32)  # the same arithmetic over the packed weights
    difference = evaluate_scalar(mx.max(mx.abs(ours.compute_logits(IDS) - stock(IDS))))
    assert difference < 1e-4


def test_the_config_says_how_the_base_computes_and_the_files_how_it_is_stored(stored: Path) -> None:
    for base in (load(stored), load_without_weights(stored)):
        assert "quantization" not in base.config and base.config["torch_dtype"] == "float32"
        assert base.files.config == read_json(stored / "config.json")


def test_what_does_not_fit_restored_keeps_its_quantised_weights(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quantised = "quantization" in read_json(stored / "config.json")
    monkeypatch.setattr(precision, "RESTORED_SHARE", 0.0)
    base = load(stored)
    assert list_dtypes(base.model) == ({mx.float32, mx.uint32} if quantised else {mx.float32})
    assert ("quantization" in base.config) == quantised


def test_as_stored_changes_nothing(stored: Path) -> None:
    base = load(stored, as_stored=True)
    assert list_dtypes(base.model) == list_dtypes(stock_load(str(stored))[0])
    assert base.config == base.files.config
