"""A GGUF file's facts and tensors as light records; what the file claims is checked before anything is built from it.

In: a .gguf file. Out: a GgufFile. Next: config, tensors, tokenizer. The `gguf` package maps the file and runs none of it.

**Source:** the GGUF specification, version 3 (ggml's docs/gguf.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from stylelab.errors import ModelError
from stylelab.files import explain_os_errors

ARCHITECTURES = ("llama", "qwen2", "qwen3")  # Mistral calls itself llama
REMEDY = "Download the file again, or choose another model."


@dataclass(frozen=True)
class GgufTensor:
    """One tensor as it lies in the file.

    Args:
        shape: Rows first, in elements.
        kind: ggml's name of the storage: F32, F16, BF16, Q4_0, Q4_1, Q8_0, Q4_K, …
        data: The file's own bytes, [rows, bytes of a row] where it is quantised.
    """

    name: str
    shape: tuple[int, ...]
    kind: str
    data: np.ndarray


@dataclass(frozen=True)
class GgufFile:
    """What a GGUF file holds.

    Args:
        facts: Every metadata value by its key; lists as Python lists.
    """

    path: Path
    facts: Mapping[str, Any]
    tensors: Mapping[str, GgufTensor]

    @property
    def architecture(self) -> str:
        """llama, qwen2 or qwen3."""
        return str(self.facts["general.architecture"])

    def fact(self, key: str, default: Any = None) -> Any:
        """Return a fact of the model's own architecture, such as `block_count`."""
        return self.facts.get(f"{self.architecture}.{key}", default)

    def need(self, key: str) -> Any:
        """Return a fact of the model's own architecture that must be there.

        Raises:
            ModelError: It is missing.
        """
        value = self.fact(key)
        if value is None:
            raise ModelError(f"{self.path} does not say its {key}.", remedy=REMEDY, code="model_gguf")
        return value


def read_gguf(path: Path) -> GgufFile:
    """Read a GGUF file's facts, and map its tensors.

    Raises:
        FileError: It cannot be read.
        ModelError: It is no GGUF file, is damaged, or holds a kind of model that cannot be imported.
    """
    from gguf import GGUFReader

    with explain_os_errors(path, "read"), path.open("rb") as stream:
        magic = stream.read(4)
    if magic != b"GGUF":
        raise ModelError(f"{path} is no GGUF file.", remedy=REMEDY, code="model_gguf")
    try:
        reader = GGUFReader(path)
        facts = {name: field.contents() for name, field in reader.fields.items()}
        tensors = {t.name: describe_tensor(t) for t in reader.tensors}
    except (ValueError, KeyError, IndexError, OverflowError, TypeError, MemoryError, OSError) as error:
        raise ModelError(f"{path} is damaged: {error}.", remedy=REMEDY, code="model_gguf") from error
    known = str(facts.get("general.architecture"))
    if known not in ARCHITECTURES:
        raise ModelError(
            f"{path} holds a model of the kind '{known}', which cannot be imported from GGUF.",
            remedy=f"Choose one of the kinds {', '.join(ARCHITECTURES)} (Mistral counts as llama), or its MLX folder.",
            code="model_gguf_kind",
        )
    return GgufFile(path, facts, tensors)


def describe_tensor(tensor: Any) -> GgufTensor:
    """Return a reader's tensor as a record."""
    shape = tuple(int(n) for n in reversed(tensor.shape.tolist()))
    return GgufTensor(str(tensor.name), shape, str(tensor.tensor_type.name), tensor.data)
