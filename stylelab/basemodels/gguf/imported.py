"""A GGUF file as an MLX model folder, tried before it appears.

In: a .gguf file. Out: a folder with config.json, model.safetensors, tokenizer.json and tokenizer_config.json. Next: load, and the
library of base models. The tokenizer is tried on real lines; the weights are loaded by whoever asks next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file

from stylelab.basemodels.gguf.config import build_config
from stylelab.basemodels.gguf.container import REMEDY, GgufFile, read_gguf
from stylelab.basemodels.gguf.lines import gather_trial_lines
from stylelab.basemodels.gguf.tensors import GROUP, Grouped, convert_tensors
from stylelab.basemodels.gguf.tokenizer import build_tokenizer
from stylelab.basemodels.library import Origin, check_name, check_name_free, write_origin
from stylelab.errors import ModelError
from stylelab.files import atomic_write, replace_folder, sha256_file, write_json

LEAST_SURVIVING = 1.0  # share of lines that must come back whole from their tokens


@dataclass(frozen=True)
class ImportedModel:
    """What an import did.

    Args:
        folder: Where the model is now.
        storage: Tensors by the file's own kind of storage.
        exact: Whether every quantised tensor was kept bit for bit.
        lines: Lines on which the tokenizer was tried.
    """

    folder: Path
    storage: Mapping[str, int]
    exact: bool
    lines: int


def ignore_tensors(done: int, total: int) -> None:
    """Do nothing with progress."""


def add_gguf(
    path: Path,
    target: Path,
    origin: Origin,
    *,
    add_files: Callable[[Path], object] = lambda folder: None,
    on_progress: Callable[[int, int], None] = ignore_tensors,
) -> ImportedModel:
    """Import a GGUF file into the library; the model appears whole, with its origin, or not at all.

    Args:
        target: The model's folder, whose name must be free.
        origin: Where the file came from; the hashes of the model's files are added.
        add_files: Puts further files into the folder that it is given.
        on_progress: As of `import_gguf`.

    Raises:
        ModelError: As `import_gguf`, or the name is taken.
        FileError: The file cannot be read, or the disk is full.
    """
    check_name(target.name)
    check_name_free(target.name, target.parent)
    with replace_folder(target) as folder:
        imported = import_gguf(path, folder / "model", gather_trial_lines(), on_progress)
        for file in (folder / "model").iterdir():
            file.rename(folder / file.name)
        (folder / "model").rmdir()
        add_files(folder)
        hashes = {file.name: sha256_file(file) for file in sorted(folder.iterdir())}
        write_origin(folder, origin.model_copy(update={"files": hashes}))
    return replace(imported, folder=target)


def import_gguf(
    path: Path, to: Path, lines: Sequence[str], on_progress: Callable[[int, int], None] = ignore_tensors
) -> ImportedModel:
    """Make a model folder of a GGUF file; it appears whole or not at all.

    Args:
        to: A folder that does not exist yet, or is replaced.
        lines: Texts that must come back whole from their tokens.
        on_progress: Called with the tensors that are converted and all of them; what it raises stops the import.

    Raises:
        ModelError: A kind of model or storage that cannot be imported, a damaged file, a tokenizer that loses text.
        FileError: The file cannot be read, or the disk is full.
    """
    file = read_gguf(path)
    on_progress(0, len(file.tensors))
    config = build_config(file)
    tokenizer, settings = build_tokenizer(file)
    if tokenizer.get_vocab_size() > config["vocab_size"]:
        raise ModelError(
            f"{path} has {tokenizer.get_vocab_size():,} tokens and embeddings for {config['vocab_size']:,}.",
            remedy=REMEDY,
            code="model_gguf",
        )
    lost = [line for line in lines if tokenizer.decode(tokenizer.encode(line, add_special_tokens=False).ids) != line]
    if len(lost) > (1 - LEAST_SURVIVING) * len(lines):
        raise ModelError(
            f"The tokenizer of {path} loses text: {len(lost)} of {len(lines)} lines do not come back ({lost[0][:60]!r}).",
            remedy="Choose the model's MLX or Hugging Face folder instead.",
            code="model_gguf_tokenizer",
        )
    arrays, quantisation = gather_arrays(file, on_progress)
    if quantisation:
        config["quantization"] = config["quantization_config"] = quantisation
    else:
        config["torch_dtype"] = "float16"
    with replace_folder(to) as aside:
        save_file(arrays, aside / "model.safetensors", metadata={"format": "mlx"})
        (aside / "model.safetensors").chmod(0o644)  # safetensors writes for its owner alone
        write_json(aside / "config.json", config)
        atomic_write(aside / "tokenizer.json", tokenizer.to_str(pretty=False))
        write_json(aside / "tokenizer_config.json", settings)
    storage = Counter(t.kind for t in file.tensors.values())
    exact = set(storage) <= {"F32", "F16", "Q4_0", "Q4_1", "Q8_0"}
    return ImportedModel(to, dict(storage), exact, len(lines))


def gather_arrays(
    file: GgufFile, on_progress: Callable[[int, int], None]
) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """Return every array by mlx-lm's name, and config.json's quantisation: the commonest bits, and the layers that differ.

    Raises:
        ModelError: As `convert_tensors`, or a tensor whose shape is not the config's.
    """
    arrays: dict[str, np.ndarray] = {}
    bits: dict[str, int] = {}
    for done, (name, value) in enumerate(convert_tensors(file), 1):
        on_progress(done, len(file.tensors))
        if isinstance(value, Grouped):
            arrays[f"{name}.weight"] = value.packed
            arrays[f"{name}.scales"] = value.scales
            arrays[f"{name}.biases"] = value.biases
            bits[name] = value.bits
        else:  # MLX multiplies norms in the model's own precision
            arrays[name] = np.ascontiguousarray(value.astype(np.float16) if bits_used(file) else value)
    if not bits:
        return arrays, {}
    usual = Counter(bits.values()).most_common(1)[0][0]
    quantisation: dict[str, Any] = {"group_size": GROUP, "bits": usual}
    for name, own in bits.items():
        if own != usual:
            quantisation[name] = {"group_size": GROUP, "bits": own}
    for name in list(arrays):  # a linear layer that the file keeps in floats beside quantised ones
        layer, _, part = name.rpartition(".")
        if part == "weight" and layer not in bits and arrays[name].ndim == 2:
            quantisation[layer] = False
    return arrays, quantisation


def bits_used(file: GgufFile) -> bool:
    """Return whether any tensor of the file is quantised."""
    return any(t.kind not in ("F32", "F16", "BF16") for t in file.tensors.values())
