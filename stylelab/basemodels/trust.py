"""Check a model folder before anything of it is loaded: nothing leads out of it, and its weights are what config.json says.

In: a folder, its config, its files of weights. Out: nothing, or a ModelError that names file and tensor. Next: identity, whose
`inspect` is the gate. Reads headers only, and imports no model library.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from stylelab.basemodels.expected_tensors import KNOWN, LAYERS, list_expected_tensors
from stylelab.basemodels.weights_header import DAMAGED, TensorEntry, build_damage_error, read_weights_header
from stylelab.errors import ModelError

# Far beyond every published model, so that a wrong number does not become an allocation.
BOUNDS = {
    "num_hidden_layers": 1_000,
    "hidden_size": 100_000,
    "intermediate_size": 1_000_000,
    "num_attention_heads": 2_000,
    "num_key_value_heads": 2_000,
    "head_dim": 10_000,
    "vocab_size": 5_000_000,
    "max_position_embeddings": 1_000_000_000,
}
OPTIONAL = ("num_key_value_heads", "head_dim", "max_position_embeddings")  # of a known family; the others must be there
BITS, GROUPS = (2, 3, 4, 5, 6, 8), (16, 32, 64, 128)  # that MLX quantises to
CODE = ("auto_map", "model_file")
NAMED = 3  # tensors that a message names
Tensors = Mapping[str, tuple[Path, TensorEntry]]


def check_links(folder: Path) -> None:
    """Check that no file of a model folder is a link out of it.

    The Hugging Face cache keeps the files of a snapshot as links into its repository's own folder, which are fine.

    Raises:
        ModelError: There is such a link.
    """
    root = folder.resolve()
    if root.parent.name == "snapshots" and root.parent.parent.name.startswith("models--"):
        root = root.parent.parent
    for path in folder.iterdir():
        if path.is_symlink() and not (end := path.resolve()).is_relative_to(root):
            raise ModelError(
                f"{path} is a link out of the model's folder, to {end}.",
                remedy="Copy the file itself into the folder.",
                code="model_link",
            )


def check_config(folder: Path, config: Mapping[str, Any]) -> None:
    """Check that a config asks for no code, and that its sizes are sizes.

    Raises:
        ModelError: So it does, or they are not.
    """
    if any(key in config for key in CODE):
        raise ModelError(
            f"{folder} wants to run its own Python code.",
            remedy="StyleLab runs no code from model folders: choose a model of a built-in kind.",
            code="model_code",
        )
    text: Any = config.get("text_config")  # where a model of pictures and text keeps its decoder's sizes
    for part in (config, cast("dict[str, Any]", text) if isinstance(text, dict) else {}):
        for key, most in BOUNDS.items():
            must = part is config and config["model_type"] in KNOWN and key not in OPTIONAL
            value: Any = part.get(key)
            if (value is None and not must) or (type(value) is int and 1 <= value <= most):
                continue
            raise ModelError(
                f"{folder / 'config.json'}: {key} is {value!r}, where a whole number from 1 to {most:,} must be.",
                remedy=DAMAGED,
                code="model_damaged",
            )


def check_weights(folder: Path, config: Mapping[str, Any], weights: Sequence[Path], listed: Mapping[str, Any]) -> None:
    """Check the headers of a model's files of weights: against the files, each other, the index, and the config.

    Args:
        listed: The index's file by tensor; empty where there is no index.

    Raises:
        ModelError: They do not agree.
        FileError: A file cannot be read.
    """
    tensors: dict[str, tuple[Path, TensorEntry]] = {}
    for path in weights:
        for name, entry in read_weights_header(path).items():
            if name in tensors:
                raise build_damage_error(path, f"{name} stands in {tensors[name][0].name}, too")
            tensors[name] = (path, entry)
    for name, file in listed.items():
        if name not in tensors or tensors[name][0].name != file:
            raise build_damage_error(folder / str(file), f"{name} is not in it, where the index looks for it")
    if is_quantised_elsewhere(folder, config):
        return
    expected = list_expected_tensors(config)
    check_names(folder, config, tensors, expected)
    for name, shape in expected.items():
        check_shape(config, tensors, name, shape)


def is_quantised_elsewhere(folder: Path, config: Mapping[str, Any]) -> bool:
    """Return whether weights are packed in another tool's way, which mlx-lm restores when it loads them."""
    return "quantization" not in config and (
        "quantization_config" in config or (folder / "hf_quant_config.json").is_file()
    )


def check_names(
    folder: Path, config: Mapping[str, Any], tensors: Tensors, expected: Mapping[str, tuple[int, ...]]
) -> None:
    """Check that every tensor that the config promises is there, and no layer more.

    Raises:
        ModelError: One is missing; where others have names that nobody knows, they are named, too.
    """
    if not expected:
        return
    if missing := [name for name in expected if name not in tensors]:
        unknown = [name for name in tensors if name not in expected and not name.endswith((".scales", ".biases"))]
        instead = f"; it has {name_some(unknown)} instead" if unknown else ""
        raise ModelError(
            f"{folder} lacks {name_some(missing)}, which a {config['model_type']} model has{instead}.",
            remedy=DAMAGED,
            code="model_damaged",
        )
    layers = int(config["num_hidden_layers"])
    for name, (path, _) in tensors.items():
        found = re.match(rf"{re.escape(LAYERS)}(\d+)\.", name)
        if found and int(found[1]) >= layers:
            raise build_damage_error(path, f"{name} belongs to a layer beyond the {layers} of config.json")


def name_some(names: Sequence[str]) -> str:
    """Return the first names, and how many more there are."""
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def check_shape(config: Mapping[str, Any], tensors: Tensors, name: str, shape: tuple[int, ...]) -> None:
    """Check a tensor's shape, quantised or not.

    Raises:
        ModelError: It is another than the config's, or its packing is not the config's.
    """
    path, entry = tensors[name]
    layer = name.removesuffix(".weight")
    settings: Any = config.get("quantization") or {}
    if not isinstance(settings, dict):
        raise ModelError(
            f"{path.parent / 'config.json'}: quantization is {settings!r}.", remedy=DAMAGED, code="model_damaged"
        )
    whole = cast("dict[str, Any]", settings)
    if f"{layer}.scales" not in tensors:
        if whole.get(layer):
            raise build_damage_error(path, f"{layer}.scales is missing: config.json says that {layer} is quantised")
        if entry.shape != shape:
            raise build_damage_error(path, f"{name} is {entry.shape}, and config.json makes it {shape}")
        return
    if not whole:
        raise build_damage_error(path, f"{layer} is quantised, and config.json names no quantisation")
    own: Any = whole.get(layer)
    check_packing(tensors, layer, shape, cast("dict[str, Any]", own) if isinstance(own, dict) else None)


def check_packing(tensors: Tensors, layer: str, shape: tuple[int, ...], own: Mapping[str, Any] | None) -> None:
    """Check a quantised layer: its packed weights, and the scales of its groups.

    Args:
        shape: Of its weights before they were packed.
        own: What config.json says of this very layer; without that, mlx-lm takes bits and group from the shapes.

    Raises:
        ModelError: They do not fit the shape.
    """
    path, packed = tensors[f"{layer}.weight"]
    _, scales = tensors[f"{layer}.scales"]
    rows, width = shape
    if packed.dtype != "U32" or packed.shape[:-1] != (rows,) or scales.shape[:-1] != (rows,) or 0 in scales.shape:
        raise build_damage_error(
            path, f"{layer} is packed as {packed.dtype} {packed.shape}, and config.json makes it {shape}"
        )
    bits, group = packed.shape[-1] * 32 / width, width / scales.shape[-1]
    wanted = (own.get("bits"), own.get("group_size")) if own else (bits, group)
    if bits not in BITS or group not in GROUPS or (bits, group) != wanted:
        raise build_damage_error(
            path,
            f"{layer} holds {bits:g} bits a weight in groups of {group:g}, where {wanted[0]} in {wanted[1]} must be",
        )
    offsets = tensors.get(f"{layer}.biases")
    if scales.dtype != "U8" and (offsets is None or offsets[1].shape != scales.shape):
        raise build_damage_error(path, f"{layer}.biases is missing or not of the shape of {layer}.scales")
