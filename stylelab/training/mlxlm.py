"""mlx-lm's config.yaml: the same plan in the words of `mlx_lm.lora`.

In: a Plan, or a config.yaml. Out: the other. Next: jobs.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from stylelab.basemodels.families import name_layers, read_text_config
from stylelab.settings.reader import SettingsDocument, read_document
from stylelab.training.plan import FAULTS, Plan

SAME = (
    "fine_tune_type", "num_layers", "learning_rate", "iters", "batch_size", "grad_accumulation_steps", "grad_checkpoint",
    "max_seq_length", "steps_per_eval", "save_every", "seed",
)  # fmt: skip
LORA = ("rank", "scale", "dropout", "keys")
# mlx-lm's own keys that a plan has no place for: where things are, and how much is printed.
ELSEWHERE = (
    "model", "train", "data", "mask_prompt", "adapter_path", "resume_adapter_file", "test", "test_batches", "val_batches",
    "steps_per_report", "report_to", "project_name", "config", "clear_cache_threshold", "trust_remote_code",
    "optimizer_config", "lora_parameters", "lr_schedule", "optimizer",
)  # fmt: skip
SCHEDULES = {"cosine_decay": "cosine", "linear_schedule": "linear"}


def dump(plan: Plan, model: str, data: str, adapters: str, config: Mapping[str, Any]) -> str:
    """Return a config.yaml with which `mlx_lm.lora --config` trains what the plan asks for.

    Args:
        model, data, adapters: The base's folder, the dataset's folder, and where to leave the adapter.
        config: The base's config.json, for its number of blocks, in place of -1, and the names of its layers.
    """
    blocks = int(read_text_config(config).get("num_hidden_layers", -1))
    value: dict[str, Any] = {"model": model, "train": True, "data": data, "adapter_path": adapters, "mask_prompt": True}
    value |= {name: getattr(plan, name) for name in SAME}
    value["num_layers"] = blocks if plan.num_layers < 0 else plan.num_layers
    value["val_batches"] = -1
    value["optimizer"] = plan.optimizer
    value["optimizer_config"] = {plan.optimizer: {"weight_decay": plan.weight_decay}}
    value["lora_parameters"] = {
        "rank": plan.rank, "scale": plan.strength, "dropout": plan.dropout, "keys": list(name_layers(config, plan.keys))
    }  # fmt: skip
    schedule = build_schedule(plan)
    if schedule:
        value["lr_schedule"] = schedule
    head = "# For stock mlx-lm: mlx_lm.lora --config config.yaml\n"
    lost = [name for name in ("max_grad_norm", "neftune_alpha", "patience") if getattr(plan, name)]
    if lost:
        head += f"# Not in mlx-lm, and so not here: {', '.join(lost)}.\n"
    return head + yaml.safe_dump(value, sort_keys=False, width=120)


def build_schedule(plan: Plan) -> dict[str, Any] | None:
    """Return mlx-lm's lr_schedule for a plan; None where the rate never changes."""
    steps = max(1, plan.updates - plan.warmup)
    match plan.lr_schedule:
        case "cosine":
            arguments: list[Any] = ["cosine_decay", [plan.learning_rate, steps]]
        case "linear":
            arguments = ["linear_schedule", [plan.learning_rate, 0.0, steps]]
        case _ if plan.warmup:
            arguments = ["linear_schedule", [plan.learning_rate, plan.learning_rate, steps]]
        case _:
            return None
    return {"name": arguments[0], "warmup": plan.warmup, "arguments": arguments[1]}


def load(path: Path) -> Plan:
    """Read a plan from a file: a training.yaml, or mlx-lm's config.yaml, which is known by its keys.

    Raises:
        FileError: The file cannot be read.
        TrainingError: An unknown key with the nearest known one, a value that a plan cannot hold; line and column are named.
    """
    document = read_document(path, FAULTS)
    return read_config(document) if {"lora_parameters", "model"} & {*document.value} else document.build(Plan)


def read_config(document: SettingsDocument) -> Plan:
    """Return the plan of mlx-lm's config.yaml. `adam` is read as adamw without weight decay, which it is.

    Raises:
        TrainingError: As `load`.
    """
    value = document.value
    lora = read_section(document, "lora_parameters")
    for path, known in [
        *(((key,), (*SAME, *ELSEWHERE)) for key in value),
        *((("lora_parameters", k), LORA) for k in lora),
    ]:
        if path[-1] not in known:
            raise document.build_key_fault(path, known)
    plan: dict[str, Any] = {name: value[name] for name in SAME if name in value}
    origins: dict[str, tuple[str, ...]] = {name: ("lora_parameters", name) for name in lora}
    plan |= lora
    name = value.get("optimizer", "adam")
    plan["optimizer"] = "adamw" if name == "adam" else name
    decay = read_section(document, "optimizer_config", str(name)).get("weight_decay", 0.0)
    plan["weight_decay"], origins["weight_decay"] = decay, ("optimizer_config", str(name), "weight_decay")
    schedule = read_section(document, "lr_schedule")
    if schedule:
        plan |= read_schedule(document, schedule)
        origins |= {"learning_rate": ("lr_schedule", "arguments"), "warmup": ("lr_schedule", "warmup")}
    return SettingsDocument(document.name, plan, document.faults, document.root).build(Plan, origins)


def read_section(document: SettingsDocument, *path: str) -> dict[str, Any]:
    """Return the mapping at a path of a config; an empty one where nothing stands.

    Raises:
        TrainingError: It is no mapping.
    """
    at: Any = document.value
    for depth, key in enumerate(path, 1):
        at = at.get(key) or {}
        if not isinstance(at, dict):
            raise document.build_fault(f"{key}: this is no mapping.", f"Correct '{key}'.", path[:depth])
    return at


def read_schedule(document: SettingsDocument, schedule: dict[str, Any]) -> dict[str, Any]:
    """Return the settings that mlx-lm's lr_schedule stands for.

    Raises:
        TrainingError: It is none that a plan knows.
    """
    name, arguments = schedule.get("name"), schedule.get("arguments")
    if name not in SCHEDULES or not isinstance(arguments, list) or not arguments:
        known = f"Use one of {', '.join(SCHEDULES)}."
        raise document.build_fault(f"the schedule '{name}' is not known.", known, ["lr_schedule"])
    own = "constant" if name == "linear_schedule" and arguments[:1] == arguments[1:2] else SCHEDULES[name]
    return {"lr_schedule": own, "learning_rate": arguments[0], "warmup": schedule.get("warmup", 0)}
