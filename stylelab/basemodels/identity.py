"""Check a base model's files and compute its hashes, without loading it.

In: a model folder in Hugging Face layout. Out: a BasePart for the recipe. Next room: load (heavy) or the recipe.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from stylelab.basemodels.hash_cache import find_known_hash, hash_with_cache
from stylelab.basemodels.trust import check_config, check_links, check_weights
from stylelab.errors import ModelError
from stylelab.files import read_json, sha256_file, sha256_json
from stylelab.paths import locate_bundled, models_folder
from stylelab.recipe import BasePart

BUNDLED = "stylelab-base"
BUNDLED_ENTRY = "bundled"  # what a project calls it
REMEDY = "Choose a folder with config.json, tokenizer.json and *.safetensors (an MLX or Hugging Face model)."


@dataclass(frozen=True)
class ModelFiles:
    """The files of a model folder that StyleLab reads, and nothing else."""

    folder: Path
    config: dict[str, Any]
    weights: tuple[Path, ...]
    tokenizer: Path


def locate_bundled_base() -> Path:
    """Return the folder of the small base model that travels with StyleLab."""
    return locate_bundled("models") / BUNDLED


def resolve(base: str, project: Path | None = None) -> Path:
    """Return the folder that a project's `base` entry means: "bundled", a name in the library, or a path from the project.

    A model in a folder of that name in the project is meant before one in the library.
    """
    if base == BUNDLED_ENTRY:
        return locate_bundled_base()
    path = Path(base).expanduser()
    folder = path if path.is_absolute() or project is None else project / path
    if path.name == base and not (folder / "config.json").is_file():
        return models_folder() / base
    return folder


def inspect(folder: Path) -> ModelFiles:
    """Return a model folder's files after checking that they are whole and safe to load; of the weights, headers are read.

    Raises:
        ModelError: No such folder, a file missing, pickled weights only, a model that wants to run its own code, a link that
            leads out of the folder, or weights that are damaged or not what config.json says.
    """
    if not folder.is_dir():
        raise ModelError(f"There is no base model at {folder}.", remedy=REMEDY, code="model_missing")
    if not (folder / "config.json").is_file():
        raise ModelError(f"{folder} has no config.json.", remedy=REMEDY, code="model_incomplete")
    check_links(folder)
    config = read_json(folder / "config.json")
    if not isinstance(config, dict) or "model_type" not in config:
        raise ModelError(f"{folder / 'config.json'} names no model_type.", remedy=REMEDY, code="model_incomplete")
    weights = tuple(sorted(folder.glob("model*.safetensors")))
    if not weights:
        pickled = [*folder.glob("*.bin"), *folder.glob("*.pt"), *folder.glob("*.pth")]
        what = "only pickled weights, which can run code" if pickled else "no safetensors weights"
        raise ModelError(f"{folder} has {what}.", remedy=REMEDY, code="model_incomplete")
    listed = read_index(folder)
    if missing := sorted({str(name) for name in listed.values()} - {path.name for path in weights}):
        raise ModelError(
            f"{folder} lacks {', '.join(missing)}.", remedy="Download the model again.", code="model_incomplete"
        )
    if not (folder / "tokenizer.json").is_file():
        raise ModelError(f"{folder} has no tokenizer.json.", remedy=REMEDY, code="model_incomplete")
    check_config(folder, config)
    check_weights(folder, config, weights, listed)
    return ModelFiles(folder, config, weights, folder / "tokenizer.json")


def read_index(folder: Path) -> dict[str, Any]:
    """Return in which file the index looks for each tensor; nothing where a model has no index.

    Raises:
        ModelError: The index is no such list.
    """
    path = folder / "model.safetensors.index.json"
    if not path.is_file():
        return {}
    value: Any = read_json(path)
    listed: Any = cast("dict[str, Any]", value).get("weight_map") if isinstance(value, dict) else None
    if not isinstance(listed, dict):
        raise ModelError(f"{path} lists no tensors.", remedy="Download the model again.", code="model_incomplete")
    return cast("dict[str, Any]", listed)


def identify(folder: Path) -> BasePart:
    """Return a base model's name and hashes.

    Raises:
        ModelError: As `inspect`.
    """
    files = inspect(folder)
    return BasePart(
        name=folder.resolve().name,
        weights_sha256=join_hashes({path.name: hash_with_cache(path) for path in files.weights}),
        tokenizer_sha256=sha256_file(files.tokenizer),
        chat_sha256=hash_chat_template(folder),
    )


def join_hashes(hashes: Mapping[str, str]) -> str:
    """Return one hash of the weights' files: of their names and hashes, in order."""
    digest = hashlib.sha256()
    for name, sha in hashes.items():
        digest.update(f"{name}\0{sha}\n".encode())
    return digest.hexdigest()


def find_known_weights_hash(files: ModelFiles) -> str | None:
    """Return the hash of a model's weights as `identify` does, where it is known without reading large files; else None."""
    known = {path.name: find_known_hash(path) for path in files.weights}
    hashes = {name: sha for name, sha in known.items() if sha is not None}
    return join_hashes(hashes) if len(hashes) == len(known) else None


def hash_chat_template(folder: Path) -> str:
    """Return the hash of a model's chat template, which instruct models read prompts in; "" where there is none."""
    apart, settings = folder / "chat_template.jinja", folder / "tokenizer_config.json"
    if apart.is_file():
        return sha256_file(apart)
    value = read_json(settings) if settings.is_file() else None
    template = cast("dict[str, Any]", value).get("chat_template") if isinstance(value, dict) else None
    return sha256_json(template) if template else ""
