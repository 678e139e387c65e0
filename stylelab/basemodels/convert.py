"""Convert a base model: quantise its weights through mlx-lm, or restore them to 16 bits.

In: a model folder, a ConversionScheme. Out: a model folder that mlx-lm and StyleLab load. Next: load, and the library.

Weights are read, quantised and written one by one, so that no more than one of them stands in memory at once; the tokenizer and
its template are carried over byte for byte.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import mlx.core as mx
import mlx.nn as nn
import numpy as np
from mlx.utils import tree_flatten, tree_map
from mlx_lm.convert import mixed_quant_predicate_builder
from mlx_lm.utils import compute_bits_per_weight, dequantize_model, load_model, quantize_model, save_config

from stylelab.basemodels.identity import ModelFiles, inspect
from stylelab.basemodels.library import (
    ORIGIN,
    Origin,
    check_name,
    check_name_free,
    check_space,
    read_origin,
    write_origin,
)
from stylelab.basemodels.load import UNLOADABLE, build_load_error
from stylelab.errors import ModelError
from stylelab.files import explain_os_errors, replace_folder, sha256_file

# Of mlx-lm: more bits for the layers that need them.
Recipe = Literal["mixed_2_6", "mixed_3_4", "mixed_3_6", "mixed_4_6"]
HALF_BITS = 16
GROUPS = (32, 64)
CARRIED = ("*.json", "*.jinja", "*.txt", "*.model", "LICENSE*", "LICENCE*", "NOTICE*")
NOT_CARRIED = frozenset({"config.json", "model.safetensors.index.json", "hf_quant_config.json", ORIGIN})
WRITE_BYTES = 32 * 2**20  # between two looks at whether the user cancelled
DTYPES: dict[mx.Dtype, str] = {
    mx.float16: "F16", mx.bfloat16: "BF16", mx.float32: "F32", mx.uint32: "U32", mx.uint8: "U8", mx.int8: "I8", mx.int32: "I32",
    mx.uint16: "U16", mx.int16: "I16", mx.bool_: "BOOL", mx.int64: "I64", mx.uint64: "U64",
}  # fmt: skip


@dataclass(frozen=True)
class ConversionScheme:
    """How weights are to be stored.

    Args:
        bits: Of a weight; 16 for half floats.
        group: Weights that share a scale and an offset.
        recipe: Of mlx-lm, in place of `bits`; "" for the same bits everywhere.
    """

    bits: int
    group: int
    recipe: Recipe | Literal[""] = ""

    @property
    def suffix(self) -> str:
        """What a model's name ends with when it is stored so."""
        if self.recipe:
            return f"{self.recipe}-g{self.group}"
        return "16bit" if self.bits == HALF_BITS else f"{self.bits}bit-g{self.group}"


@dataclass(frozen=True)
class Conversion:
    """A model as it is to be written: nothing of it is computed before that.

    Args:
        model: Its weights, as mlx computes them when they are asked for.
        requantised: Whether its weights were quantised before, so that the loss of both adds up.
        bits_per_weight: Of all weights, scales and offsets counted.
    """

    source: ModelFiles
    model: nn.Module
    config: dict[str, Any]
    requantised: bool
    bits_per_weight: float

    @property
    def size_bytes(self) -> int:
        """Bytes of the weights."""
        return sum(value.nbytes for _, value in list_weights(self.model))


def list_weights(model: nn.Module) -> list[tuple[str, mx.array]]:
    """Return a model's weights by name, in the order of names."""
    return sorted(cast("list[tuple[str, mx.array]]", tree_flatten(model.parameters())))


def plan_conversion(folder: Path, scheme: ConversionScheme) -> Conversion:
    """Return a model as it would be stored; no weight is read yet.

    Raises:
        ModelError: The folder is no model, it does not divide into groups, it is stored so already, or the recipe is not for it.
    """
    files = inspect(folder)
    try:
        model, loaded = load_model(folder, lazy=True)
    except UNLOADABLE as error:
        raise build_load_error(folder, files, error) from error
    config = cast("dict[str, Any]", loaded)
    quantised = "quantization" in config or "quantization_config" in config
    refuse_same_scheme(files, config.get("quantization"), scheme, is_half=not quantised and holds_halves_alone(model))
    config = {key: value for key, value in config.items() if key not in ("quantization", "quantization_config")}
    model = dequantize_model(model)
    if still := [name for name, layer in model.named_modules() if "Quantized" in type(layer).__name__]:
        raise ModelError(
            f"{folder} holds {still[0]} in a form that cannot be restored.",
            remedy="Convert the model that it was made from.",
            code="model_convert",
        )
    half = choose_half(config, model)
    model.update(
        tree_map(
            lambda value: value.astype(half) if mx.issubdtype(value.dtype, mx.floating) else value, model.parameters()
        )
    )
    if scheme.bits == HALF_BITS and not scheme.recipe:
        config["torch_dtype"] = str(half).rpartition(".")[2]
    else:
        check_groups(folder, model, scheme.group)
        model, config = quantise(files, model, config, scheme)
    return Conversion(files, model, config, quantised, float(compute_bits_per_weight(model)))


def refuse_same_scheme(files: ModelFiles, settings: Any, scheme: ConversionScheme, *, is_half: bool) -> None:
    """Refuse to convert a model to what it is already.

    Raises:
        ModelError: So it is.
    """
    own = (settings.get("bits"), settings.get("group_size")) if isinstance(settings, Mapping) else None
    plain = isinstance(settings, Mapping) and not any(isinstance(value, Mapping) for value in settings.values())
    if own == (scheme.bits, scheme.group) and plain and not scheme.recipe:
        said = f"{scheme.bits} bits in groups of {scheme.group}"
    elif scheme.bits == HALF_BITS and is_half and not scheme.recipe:
        said = "16 bits"
    else:
        return
    raise ModelError(
        f"{files.folder.name} is stored in {said} already.",
        remedy="Choose other bits, or use it as it is.",
        code="model_convert",
    )


def holds_halves_alone(model: nn.Module) -> bool:
    """Return whether all weights of a model are half floats."""
    return {value.dtype for _, value in list_weights(model)} <= {mx.float16, mx.bfloat16}


def choose_half(config: Mapping[str, Any], model: nn.Module) -> mx.Dtype:
    """Return the half floats for a model: its makers' own, or those that it holds, or bfloat16, which spans what float32 does."""
    named = str(config.get("torch_dtype") or config.get("dtype") or "").rpartition(".")[2]
    if named in ("float16", "bfloat16"):
        return mx.float16 if named == "float16" else mx.bfloat16
    held = {value.dtype for _, value in list_weights(model)}
    return mx.float16 if mx.float16 in held else mx.bfloat16


def check_groups(folder: Path, model: nn.Module, group: int) -> None:
    """Check that every layer that is to be quantised divides into groups; mlx-lm would pass over it in silence.

    Raises:
        ModelError: One does not.
    """
    for name, layer in sorted(cast("list[tuple[str, Any]]", model.named_modules()), key=lambda named: named[0]):
        if not hasattr(layer, "to_quantized") or layer.weight.shape[-1] % group == 0:
            continue
        width = int(layer.weight.shape[-1])
        fitting = [str(size) for size in GROUPS if width % size == 0]
        raise ModelError(
            f"{name} of {folder.name} is {width:,} weights wide, which groups of {group} do not divide.",
            remedy=f"Choose groups of {fitting[0]}." if fitting else "Keep 16 bits, or choose another model.",
            code="model_group",
        )


def quantise(
    files: ModelFiles, model: nn.Module, config: dict[str, Any], scheme: ConversionScheme
) -> tuple[nn.Module, dict[str, Any]]:
    """Return a model whose weights are to be quantised, and its config.

    Raises:
        ModelError: The recipe is not for this model.
    """
    try:
        mixed: Any = mixed_quant_predicate_builder(scheme.recipe, model, scheme.group) if scheme.recipe else None
        with contextlib.redirect_stdout(io.StringIO()):  # mlx-lm prints
            done, settings = quantize_model(model, config, scheme.group, scheme.bits, quant_predicate=mixed)
    except ValueError as error:
        raise ModelError(
            f"{files.folder.name} cannot be quantised: {str(error).splitlines()[0]}",
            remedy="Choose the same bits for all layers, or another model.",
            code="model_convert",
        ) from error
    return done, cast("dict[str, Any]", settings)


def add_converted(
    conversion: Conversion,
    target: Path,
    *,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    try_out: Callable[[Path], object] = lambda folder: None,
) -> None:
    """Write a converted model into the library; it appears whole, with its origin, or not at all.

    Args:
        target: The model's folder, whose name must be free.
        on_progress: Gets bytes written and all; may raise to stop.
        try_out: Gets the folder before it appears; may raise to keep it from that.

    Raises:
        ModelError: The name is taken or is none.
        FileError: The disk is full, or would be.
    """
    check_name(target.name)
    check_name_free(target.name, target.parent)
    check_space(conversion.size_bytes, target.parent, target.name)
    source = conversion.source
    with replace_folder(target) as folder:
        for pattern in CARRIED:
            for path in source.folder.glob(pattern):
                if path.name not in NOT_CARRIED and path.is_file():
                    shutil.copyfile(path, folder / path.name)
        save_config(conversion.config, folder / "config.json")
        write_weights(folder / "model.safetensors", conversion.model, on_progress)
        before = read_origin(source.folder)
        name, revision, licence = (
            (before.name, before.revision, before.licence) if before else (source.folder.resolve().name, "", "")
        )
        hashes = {path.name: sha256_file(path) for path in sorted(folder.iterdir())}
        write_origin(folder, Origin(source="converted", name=name, revision=revision, licence=licence, files=hashes))
        try_out(folder)


def write_weights(path: Path, model: nn.Module, on_progress: Callable[[int, int], None]) -> None:
    """Write a model's weights to a safetensors file, one by one, and let each go.

    Raises:
        FileError: The disk is full.
    """
    weights = list_weights(model)
    total = sum(value.nbytes for _, value in weights)
    header: dict[str, Any] = {"__metadata__": {"format": "mlx"}}
    at = 0
    for name, value in weights:
        header[name] = {
            "dtype": DTYPES[value.dtype],
            "shape": list(value.shape),
            "data_offsets": [at, at + value.nbytes],
        }
        at += value.nbytes
    model.update(tree_map(lambda _: mx.array(()), model.parameters()))  # else the model would keep what was computed
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    done = 0
    with explain_os_errors(path, "write"), path.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        while weights:
            _, value = weights.pop(0)
            for part in cut_bytes(value):
                on_progress(done, total)
                file.write(part)
                done += len(part)
    on_progress(total, total)


def cut_bytes(value: mx.array) -> Iterator[memoryview]:
    """Yield an array's bytes in pieces."""
    mx.eval(value)
    plain: Any = np.array(value.view(mx.uint16) if value.dtype == mx.bfloat16 else value)  # NumPy knows no bfloat16
    whole = memoryview(plain.reshape(-1).view(np.uint8))
    for at in range(0, len(whole), WRITE_BYTES):
        yield whole[at : at + WRITE_BYTES]
