"""Adapters on disk, in the folder layout that stock mlx-lm loads, with the recipe sealed in.

In: parameters and their recipe. Out: adapters.safetensors, adapter_config.json, recipe.json. Next room: writing, exporting.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import mlx.core as mx
import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from stylelab.adapters.parameters import LoraParameters
from stylelab.errors import AdapterError
from stylelab.files import atomic_write, naming, read_json, write_json
from stylelab.recipe import Recipe

WEIGHTS = "adapters.safetensors"
CONFIG = "adapter_config.json"
RECIPE = "recipe.json"


@dataclass(frozen=True)
class StoredAdapter:
    """An adapter read from disk."""

    folder: Path
    parameters: LoraParameters
    weights: dict[str, mx.array]
    recipe: Recipe
    dataset_sha256: str


def tensors_to_bytes(tensors: dict[str, mx.array]) -> bytes:
    """Return arrays as safetensors bytes."""
    return save_tensors({k: np.array(v) for k, v in tensors.items()}, metadata={"format": "mlx"})


def read_tensors(path: Path) -> dict[str, mx.array]:
    """Return the arrays of a safetensors file.

    Raises:
        AdapterError: The file is damaged.
    """
    with naming(path, "read"):
        data = path.read_bytes()
    try:
        return {k: mx.array(v) for k, v in load_tensors(data).items()}
    except SafetensorError as error:
        raise AdapterError(
            f"{path} is damaged: {error}.", remedy="Use an earlier checkpoint or train again."
        ) from error


def save(
    folder: Path,
    tensors: dict[str, mx.array],
    parameters: LoraParameters,
    recipe: Recipe,
    dataset_sha256: str,
    num_blocks: int,
) -> None:
    """Write an adapter folder; each file appears whole, the weights last.

    Args:
        num_blocks: Blocks of the base, stored in place of -1, which stock mlx-lm takes for none.
    """
    count = num_blocks if parameters.num_layers < 0 else parameters.num_layers
    write_json(
        folder / CONFIG,
        {
            "fine_tune_type": parameters.kind,
            "num_layers": count,
            "lora_parameters": {
                "rank": parameters.rank,
                "scale": parameters.scale,
                "dropout": parameters.dropout,
                "keys": list(parameters.keys),
            },
            "base_weights_sha256": recipe.base.weights_sha256,
            "recipe_sha256": recipe.hash,
            "dataset_sha256": dataset_sha256,
        },
    )
    recipe.save(folder / RECIPE)
    atomic_write(folder / WEIGHTS, tensors_to_bytes(tensors))


def read(folder: Path) -> StoredAdapter:
    """Read an adapter folder.

    Raises:
        AdapterError: A file is missing or damaged.
        RecipeError: The recipe is missing or its seal is broken.
    """
    for name in (WEIGHTS, CONFIG):
        if not (folder / name).is_file():
            raise AdapterError(
                f"{folder} has no {name}.",
                remedy="Name a finished run, or train one with 'stylelab train run'.",
                code="adapter_missing",
            )
    config = read_json(folder / CONFIG)
    try:
        lora = config["lora_parameters"]
        parameters = LoraParameters(
            rank=int(lora["rank"]),
            scale=float(lora["scale"]),
            dropout=float(lora["dropout"]),
            keys=tuple(lora["keys"]),
            num_layers=int(config["num_layers"]),
            kind="dora" if config["fine_tune_type"] == "dora" else "lora",
        )
    except (KeyError, TypeError, ValueError) as error:
        raise AdapterError(f"{folder / CONFIG} is damaged: {error}.", remedy="Train or export again.") from error
    recipe = Recipe.load(folder / RECIPE)
    return StoredAdapter(
        folder, parameters, read_tensors(folder / WEIGHTS), recipe, str(config.get("dataset_sha256", ""))
    )
