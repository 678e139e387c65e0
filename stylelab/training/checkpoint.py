"""Checkpoints: all that a run needs to go on as if nothing had happened.

In: adapter weights, optimizer state, counters, plan and memory plan. Out: checkpoints/<update>/ folders that
appear whole or not at all. Data order, dropout and noise are functions of the seed and the counters, so the counters stand for
all random state. Next room: loop.
"""

from __future__ import annotations

import math
import shutil
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import mlx.core as mx
from mlx.utils import tree_flatten, tree_unflatten

from stylelab.adapters.store import read_tensors, tensors_to_bytes
from stylelab.errors import StyleLabError, TrainingError
from stylelab.files import atomic_folder, atomic_write, read_json, sha256_file, write_json
from stylelab.training.memory_plan import MemoryPlan

WEIGHTS, OPTIMIZER, STATE = "adapters.safetensors", "optimizer.safetensors", "state.json"
JSON_KEYS = {"memory_plan": "fit"}  # state.json's own word, which older runs have too


@dataclass(frozen=True, kw_only=True)
class RunState:
    """A run's counters, and what it was started with.

    Args:
        update: Optimizer updates done.
        batch: Batches consumed, over all epochs.
        tokens: The data's tokens consumed.
        seconds: Time spent in updates.
        valid_first, valid_best: Validation losses in nats per token; NaN before there is one.
        best_update: The update at which the best was measured.
        without_better: Validations since then.
        train_nats: Mean training loss since the last validation began; train_nats_at_best: at the best.
        warned: Whether overfitting has been warned of.
        plan: The plan's settings.
        memory_plan: How the run fits into memory; "fit" in state.json.
    """

    update: int = 0
    batch: int = 0
    tokens: int = 0
    seconds: float = 0.0
    valid_first: float = math.nan
    valid_best: float = math.nan
    best_update: int = 0
    without_better: int = 0
    train_nats: float = math.nan
    train_nats_at_best: float = math.nan
    warned: bool = False
    plan: dict[str, Any]
    memory_plan: MemoryPlan
    dataset_sha256: str
    recipe_sha256: str

    def to_json(self) -> dict[str, Any]:
        """Return what state.json says of the run."""
        return {JSON_KEYS.get(name, name): value for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> RunState:
        """Return the state that `to_json` wrote.

        Raises:
            TypeError, KeyError: A key is missing or unknown.
        """
        names = {JSON_KEYS.get(field.name, field.name): field.name for field in fields(cls)}
        state = cls(**{names[key]: value[key] for key in {*names, *value}})
        return replace(state, memory_plan=MemoryPlan(**value["fit"]))


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint read back."""

    path: Path
    state: RunState
    weights: dict[str, mx.array]
    optimizer: Any


def locate(run: Path, update: int) -> Path:
    """Return where a run's checkpoint of an update is."""
    return run / "checkpoints" / f"{update:06d}"


def save(run: Path, state: RunState, weights: dict[str, mx.array], optimizer: Any) -> Path:
    """Write a checkpoint aside and rename it into place; return its folder."""
    place = locate(run, state.update)
    flat = {k: v for k, v in tree_flatten(optimizer) if isinstance(v, mx.array)}
    tensors = {WEIGHTS: tensors_to_bytes(weights), OPTIMIZER: tensors_to_bytes(flat)}
    with atomic_folder(place) as aside:
        for name, data in tensors.items():
            atomic_write(aside / name, data)
        write_json(aside / STATE, {"state": state.to_json(), "sha256": {n: sha256_file(aside / n) for n in tensors}})
    return place


def prune(run: Path, keep: int, best_update: int) -> None:
    """Delete all but the newest `keep` checkpoints and the best."""
    names = sorted(p for p in (run / "checkpoints").glob("[0-9]*") if p.is_dir())
    for path in names[:-keep]:
        if int(path.name) != best_update:
            shutil.rmtree(path)


def read(path: Path) -> Checkpoint:
    """Read one checkpoint.

    Raises:
        StyleLabError: A file is missing or damaged.
    """
    value = read_json(path / STATE)
    try:
        state = RunState.from_json(value["state"])
        sealed = dict(value["sha256"])
    except (TypeError, KeyError) as error:
        raise TrainingError(
            f"{path} holds no run's state.", remedy="Use an earlier checkpoint.", code="checkpoint"
        ) from error
    for name in (WEIGHTS, OPTIMIZER):
        if sha256_file(path / name) != sealed.get(name):
            raise TrainingError(
                f"{path / name} is not what was written.", remedy="Use an earlier checkpoint.", code="checkpoint"
            )
    optimizer = tree_unflatten(list(read_tensors(path / OPTIMIZER).items()))
    return Checkpoint(path, state, read_tensors(path / WEIGHTS), optimizer)


def read_newest(run: Path) -> tuple[Checkpoint, list[str]]:
    """Return the newest whole checkpoint of a run, and a line for each damaged one that was passed over.

    Raises:
        TrainingError: There is none.
    """
    passed: list[str] = []
    for path in sorted((run / "checkpoints").glob("[0-9]*"), reverse=True):
        try:
            return read(path), passed
        except StyleLabError as error:
            passed.append(f"checkpoint {path.name} passed over: {error.message}")
    raise TrainingError(
        f"Run {run.name} has no checkpoint to go on from.",
        remedy="Start it anew with 'stylelab train run'.",
        code="no_checkpoint",
    )
