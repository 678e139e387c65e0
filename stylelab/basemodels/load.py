"""Load a base model safely: safetensors only, no code from the folder, no network.

In: a model folder. Out: a Base, whose backbone and head the loss calls apart. Next room: adapters, batches, writing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import mlx.core as mx
import mlx.nn as nn
from mlx_lm.utils import load_model

from stylelab.basemodels.encoding import Encoding, load_encoding
from stylelab.basemodels.identity import ModelFiles, inspect
from stylelab.basemodels.kind import find_kind_by_name
from stylelab.basemodels.precision import adapt_config, adapt_weights
from stylelab.errors import ModelError

# Model kinds whose logits are exactly head(backbone(tokens)): no soft cap, no logit scale (mlx-lm's models/<kind>.py).
UNLOADABLE = (ValueError, KeyError, RuntimeError, OSError, TypeError)  # what mlx-lm raises for a folder it cannot read
PLAIN_HEAD = frozenset({"qwen2", "qwen3", "llama", "mistral"})


def evaluate_scalar(scalar: mx.array) -> float:
    """Return a real scalar as a Python number; evaluates it."""
    return cast(float, scalar.item())


@dataclass(frozen=True)
class Base:
    """A loaded base model with its tokenizer.

    Args:
        config: Its config.json as the model computes here (`precision`); `files` holds it as stored.
    """

    model: nn.Module
    tokenizer: Any  # mlx_lm.tokenizer_utils.TokenizerWrapper, which has no types
    files: ModelFiles
    config: Mapping[str, Any]

    @cached_property
    def encoding(self) -> Encoding:
        """How this model reads and writes text."""
        return Encoding(self.tokenizer, find_kind_by_name(self.files.folder))

    @property
    def end_tokens(self) -> frozenset[int]:
        """Token ids that end a text."""
        return self.encoding.end_tokens

    @property
    def end_token(self) -> int:
        """The token id that training puts at the end of every completion."""
        return self.encoding.end_token

    @property
    def positions(self) -> int:
        """The longest sequence the model was made for, in tokens."""
        return int(self.files.config.get("max_position_embeddings", 2048))

    def encode_prompt(self, text: str) -> list[int]:
        """Return a prompt's token ids; an instruct model's chat template is put around it."""
        return self.encoding.encode_prompt(text)

    def encode_completion(self, text: str) -> list[int]:
        """Return a completion's token ids, without special tokens; the end token is the caller's to add."""
        return self.encoding.encode_completion(text)

    def decode(self, tokens: Sequence[int]) -> str:
        """Return the text of token ids, without special tokens."""
        return self.encoding.decode(tokens)

    @property
    def _inner(self) -> Any:
        return self.model  # nn.Module finds its children at run time; types do not know them

    @property
    def blocks(self) -> list[Any]:
        """The model's blocks, first to last."""
        return list(self._inner.layers)

    def compute_hidden(self, tokens: mx.array) -> mx.array:
        """Return final hidden states [batch, length, hidden] of token ids [batch, length]."""
        return self._inner.model(tokens)

    @property
    def head_layer(self) -> Any:
        """The layer whose weights turn hidden states into logits."""
        return self._inner.lm_head if "lm_head" in self.model else self._inner.model.embed_tokens

    def apply_head(self, hidden: mx.array) -> mx.array:
        """Return logits [..., vocabulary] of hidden states [..., hidden]."""
        if "lm_head" in self.model:
            return self._inner.lm_head(hidden)
        return self._inner.model.embed_tokens.as_linear(hidden)

    def compute_logits(self, tokens: mx.array) -> mx.array:
        """Return logits [batch, length, vocabulary] of token ids [batch, length]."""
        return self.model(tokens)

    @property
    def has_plain_head(self) -> bool:
        """Whether logits are head(hidden(tokens)), so that the loss may gather before the vocabulary projection."""
        return self.files.config["model_type"] in PLAIN_HEAD


def load(folder: Path, *, as_stored: bool = False) -> Base:
    """Load a base model for training or writing.

    Args:
        as_stored: Compute with the weights as they are stored, however slow that is on this machine.

    Raises:
        ModelError: Missing or incomplete folder, an unknown architecture, weights that do not fit.
    """
    files = inspect(folder)
    try:
        model, _ = load_model(folder, lazy=True)
        if not as_stored:
            adapt_weights(model, files)
        mx.eval(model.parameters())
    except UNLOADABLE as error:
        raise build_load_error(folder, files, error) from error
    tokenizer = _tokenizer(folder)
    model.freeze()
    model.eval()
    return Base(model, tokenizer, files, files.config if as_stored else adapt_config(files))


def _tokenizer(folder: Path) -> Any:
    tokenizer = load_encoding(folder).tokenizer
    if tokenizer.eos_token_id is None:
        raise ModelError(
            f"The tokenizer of {folder} names no end-of-text token.",
            remedy="Choose a base model whose tokenizer_config.json has an eos_token.",
            code="model_no_end",
        )
    return tokenizer


def build_load_error(folder: Path, files: ModelFiles, error: Exception) -> ModelError:
    return ModelError(
        f"{folder} cannot be loaded as a {files.config['model_type']} model: {str(error).splitlines()[0]}.",
        remedy="Download or convert the model again, or choose another.",
        code="model_unloadable",
    )


def load_without_weights(folder: Path) -> Base:
    """Load a base model's tokenizer and no weights: for counting tokens, in a moment and in no memory.

    Raises:
        ModelError: A missing or incomplete folder.
    """
    files = inspect(folder)
    return Base(nn.Module(), _tokenizer(folder), files, adapt_config(files))
