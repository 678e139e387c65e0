"""Stock mlx-lm and we understand each other: its loader reads our adapters, its trainer our config.yaml and dataset."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import mlx.core as mx
import numpy as np
import pytest
from mlx_lm.tuner.utils import load_adapters
from mlx_lm.utils import load_model
from recipes import make_recipe

from stylelab.adapters import lora, store
from stylelab.basemodels.load import load
from stylelab.batches.tokenise import tokenise
from stylelab.files import write_jsonl
from stylelab.training import mlxlm
from stylelab.training.dataset import Dataset
from stylelab.training.loop import train
from stylelab.training.plan import Plan

PAIRS = [(str(i), f"say {word}\n###\n", word * 3) for i, word in enumerate(("tide", "lamp", "rope", "mud"))]

CHAT = (
    "{% for message in messages %}{{ message['content'] }}{% if message['role'] == 'assistant' %}{{ eos_token }}"
    "{% endif %}{% endfor %}"
)


def plan(**changes: object) -> Plan:
    return Plan.parse(
        {"rank": 4, "learning_rate": 0.01, "iters": 4, "save_every": 4, "steps_per_eval": 4, **changes}, "plan"
    )


@pytest.mark.parametrize("settings", [{}, {"rank_stabilized": True}, {"fine_tune_type": "dora"}])
def test_a_run_s_adapter_gives_the_same_logits_in_stock_mlx_lm(
    tiny_model: Path, tmp_path: Path, settings: dict[str, Any]
) -> None:
    base = load(tiny_model)
    examples = tokenise(PAIRS, base, 128).examples
    planned = plan(**settings)
    list(train(base, Dataset(examples, examples, "d"), planned, make_recipe(scale=planned.strength), tmp_path))
    best = store.read(tmp_path)
    lora.load_weights(base.model, best.weights)
    base.model.eval()
    stock: Any = load_model(tiny_model)[0]
    tokens = mx.array(examples[0].tokens)[None]
    alone = np.array(stock(tokens))
    stock = load_adapters(stock, str(tmp_path))
    stock.eval()
    with_adapter = np.array(stock(tokens))
    assert np.abs(with_adapter - alone).max() > 0.01
    assert np.allclose(with_adapter, np.array(base.compute_logits(tokens)), atol=1e-4)


@pytest.mark.parametrize("settings", [{}, {"lr_schedule": "cosine", "warmup": 1, "optimizer": "adafactor"}])
def test_stock_mlx_lm_trains_on_our_config_and_dataset_without_a_warning(
    tiny_model: Path, tmp_path: Path, settings: dict[str, Any]
) -> None:
    for split in ("train", "valid", "test"):
        rows = [{"id": name, "kind": "original", "prompt": p, "completion": c} for name, p, c in PAIRS]
        write_jsonl(tmp_path / "dataset" / f"{split}.jsonl", rows)
    model = Path(shutil.copytree(tiny_model, tmp_path / "model"))
    words = json.loads((model / "tokenizer_config.json").read_text())
    (model / "tokenizer_config.json").write_text(json.dumps({**words, "chat_template": CHAT}))  # stock wants one
    text = mlxlm.dump(
        plan(**settings), str(model), str(tmp_path / "dataset"), str(tmp_path / "stock"), load(model).config
    )
    (tmp_path / "config.yaml").write_text(text)
    command = [
        sys.executable,
        "-W",
        "error::UserWarning",
        "-m",
        "mlx_lm",
        "lora",
        "--config",
        str(tmp_path / "config.yaml"),
    ]
    environment = {**os.environ, "MLX_DISABLE_COMPILE": "1", "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=environment, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    said = (done.stdout + done.stderr).lower()
    assert "warning" not in said and "truncated" not in said and "unknown" not in said
    assert (tmp_path / "stock" / "adapters.safetensors").is_file()


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"lr_schedule": "cosine", "warmup": 3},
        {"lr_schedule": "linear"},
        {"warmup": 5},
        {"optimizer": "muon", "weight_decay": 0.1, "keys": ["mlp.up_proj"], "num_layers": 1},
    ],
)
def test_a_config_reads_back_as_the_plan_it_was_written_from(tmp_path: Path, settings: dict[str, Any]) -> None:
    planned = plan(num_layers=2).model_copy(update=plan(**{"num_layers": 2, **settings}).model_dump())
    planned = Plan.model_validate(planned.model_dump())
    (tmp_path / "config.yaml").write_text(mlxlm.dump(planned, "m", "d", "a", {"num_hidden_layers": 2}))
    assert mlxlm.load(tmp_path / "config.yaml") == planned
