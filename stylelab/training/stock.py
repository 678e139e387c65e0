"""config.yaml for mlx-lm's own trainer: the same plan under the keys that mlx_lm.lora knows.

In: a Plan, the base's folder, the dataset's folder. Out: the YAML. Next: the user's own `mlx_lm.lora -c config.yaml`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from stylelab.training.plan import Plan


def config(plan: Plan, base: Path, data: Path, adapter: Path) -> str:
    """Return the configuration as YAML; every key is one of mlx_lm.lora's CONFIG_DEFAULTS.

    Args:
        base, data, adapter: Folders of the base model, of the dataset, and for what is trained.
    """
    lines: dict[str, Any] = {
        "model": str(base),
        "train": True,
        "data": str(data),
        "adapter_path": str(adapter),
        "fine_tune_type": "lora",
        "optimizer": "adam",
        "mask_prompt": True,
        "num_layers": plan.num_layers,
        "lora_parameters": {
            "rank": plan.rank,
            "scale": plan.scale,
            "dropout": plan.dropout,
            "keys": list(plan.keys),
        },
        "learning_rate": plan.learning_rate,
        "batch_size": plan.batch_size,
        "grad_accumulation_steps": plan.grad_accumulation_steps,
        "grad_checkpoint": plan.grad_checkpoint,
        "iters": plan.iters,
        "max_seq_length": plan.max_seq_length,
        "val_batches": -1,
        "steps_per_eval": plan.steps_per_eval,
        "save_every": plan.save_every,
        "seed": plan.seed,
    }
    if plan.lr_schedule == "cosine":
        updates = max(1, plan.updates - plan.warmup)
        lines["lr_schedule"] = {
            "name": "cosine_decay", "warmup": plan.warmup, "arguments": [plan.learning_rate, updates],
        }  # fmt: skip
    elif plan.warmup:
        lines["lr_schedule"] = {
            "name": "linear_schedule", "warmup": plan.warmup,
            "arguments": [plan.learning_rate, plan.learning_rate, plan.updates],
        }  # fmt: skip
    head = "# The project's plan for mlx-lm's own trainer: mlx_lm.lora -c config.yaml\n"
    return head + yaml.safe_dump(lines, sort_keys=False, allow_unicode=True, width=120)
