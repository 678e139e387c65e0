"""Checkpoints: all that a run needs to go on as if nothing had happened.

In: adapter weights, optimizer state, counters, plan and how the run fits into memory. Out: checkpoints/<update>/ folders that
appear whole or not at all. Data order, dropout and noise are functions of the seed and the counters, so the counters stand for
all random state. Next room: loop.
"""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import mlx.core as mx
from mlx.utils import tree_flatten, tree_unflatten

from stylelab.adapters.store import read_tensors, tensors_to_bytes
from stylelab.errors import StyleLabError, TrainingError
from stylelab.files import atomic_folder, atomic_write, read_json, sha256_file, write_json
from stylelab.training.fit import Fit

WEIGHTS, OPTIMIZER, STATE = "adapters.safetensors", "optimizer.safetensors", "state.json"


@dataclass(frozen=True)
class State:
    """A run's counters, and what it was started with.

    Args:
        update: Optimizer updates done.
        batch: Batches consumed, over all epochs.
        tokens: The data's tokens consumed.
        seconds: Time spent in updates.
        valid_first, valid_best: Validation losses in nats per token.
        best_update: The update at which the best was measured.
        without_better: Validations since then.
        train_nats: Mean training loss since the last validation began; train_nats_at_best: at the best.
        warned: Whether overfitting has been said.
        plan: The plan's settings.
        fit: How the run fits into memory.
    """

    update: int
    batch: int
    tokens: int
    seconds: float
    valid_first: float
    valid_best: float
    best_update: int
    without_better: int
    train_nats: float
    train_nats_at_best: float
    warned: bool
    plan: dict[str, Any]
    fit: Fit
    dataset_sha256: str
    recipe_sha256: str


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint read back."""

    path: Path
    state: State
    weights: dict[str, mx.array]
    optimizer: Any


def folder(run: Path, update: int) -> Path:
    return run / "checkpoints" / f"{update:06d}"


def save(run: Path, state: State, weights: dict[str, mx.array], optimizer: Any) -> Path:
    """Write a checkpoint aside and rename it into place; return its folder."""
    place = folder(run, state.update)
    flat = {k: v for k, v in tree_flatten(optimizer) if isinstance(v, mx.array)}
    tensors = {WEIGHTS: tensors_to_bytes(weights), OPTIMIZER: tensors_to_bytes(flat)}
    with atomic_folder(place) as aside:
        for name, data in tensors.items():
            atomic_write(aside / name, data)
        write_json(aside / STATE, {"state": asdict(state), "sha256": {n: sha256_file(aside / n) for n in tensors}})
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
        state = State(**{**value["state"], "fit": Fit(**value["state"]["fit"])})
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


def newest(run: Path) -> tuple[Checkpoint, list[str]]:
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
