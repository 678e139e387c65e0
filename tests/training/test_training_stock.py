"""config.yaml and the dataset are what mlx-lm's own trainer reads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from mlx_lm.lora import CONFIG_DEFAULTS
from safetensors.numpy import load_file

from stylelab.jobs.environment import environment
from stylelab.training.plan import Plan
from stylelab.training.stock import config

SMALL = {"rank": 2, "batch_size": 1, "grad_accumulation_steps": 1, "grad_checkpoint": False, "max_seq_length": 128}


@pytest.mark.parametrize("schedule", [{}, {"warmup": 1}, {"lr_schedule": "cosine", "warmup": 1}])
def test_every_key_is_one_of_mlx_lms(schedule: dict[str, object], tmp_path: Path) -> None:
    own = yaml.safe_load(config(Plan.parse({**SMALL, **schedule}, "plan"), tmp_path, tmp_path, tmp_path))
    assert set(own) <= set(CONFIG_DEFAULTS)
    assert set(CONFIG_DEFAULTS["lora_parameters"]) <= set(own["lora_parameters"])


def test_stock_lora_trains_two_iterations_on_it(tiny_model: Path, tmp_path: Path) -> None:
    data, adapter = tmp_path / "dataset", tmp_path / "adapters"
    data.mkdir()
    row = {
        "prompt": "It is late.\nA man went.\n###\n",
        "completion": "Late went a man.",
        "id": "a-0",
        "kind": "original",
    }
    for split in ("train", "valid", "test"):
        (data / f"{split}.jsonl").write_text((json.dumps(row) + "\n") * 2)
    plan = Plan.parse({**SMALL, "iters": 2, "steps_per_eval": 1, "save_every": 2}, "plan")
    (tmp_path / "config.yaml").write_text(config(plan, tiny_model, data, adapter))
    command = [sys.executable, "-m", "mlx_lm", "lora", "-c", str(tmp_path / "config.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    assert done.returncode == 0, done.stderr
    weights = load_file(adapter / "adapters.safetensors")
    assert any(array.any() for name, array in weights.items() if name.endswith("lora_b"))
