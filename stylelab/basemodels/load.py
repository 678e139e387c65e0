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
from stylelab.basemodels.families import UNKNOWN, Family, find_family, read_text_config
from stylelab.basemodels.identity import ModelFiles, inspect
from stylelab.basemodels.precision import adapt_config, adapt_weights
from stylelab.errors import ModelError

UNLOADABLE = (ValueError, KeyError, RuntimeError, OSError, TypeError)  # what mlx-lm raises for a folder it cannot read


def evaluate_scalar(scalar: mx.array) -> float:
    """Return a real scalar as a Python number; evaluates it."""
    return cast(float, scalar.item())


@dataclass(frozen=True)
class HeadForm:
    """What becomes of hidden states: logits = head(hidden) * scale, then cap * tanh(logits / cap) where there is a cap."""

    scale: float = 1.0
    cap: float = 0.0


@dataclass(frozen=True)
class Base:
    """A loaded base model with its tokenizer.

    Args:
        encoding: How it reads and writes text.
        config: Its config.json as the model computes here (`precision`); `files` holds it as stored.
    """

    model: nn.Module
    encoding: Encoding
    files: ModelFiles
    config: Mapping[str, Any]

    @property
    def tokenizer(self) -> Any:
        """mlx_lm.tokenizer_utils.TokenizerWrapper, which has no types."""
        return self.encoding.tokenizer

    @property
    def end_tokens(self) -> frozenset[int]:
        """Token ids that end a text."""
        return self.encoding.end_tokens

    @property
    def end_token(self) -> int:
        """The token id that training puts at the end of every completion."""
        return self.encoding.end_token

    @cached_property
    def text_config(self) -> Mapping[str, Any]:
        """The config of its text model, as it computes here."""
        return read_text_config(self.config)

    @property
    def kind(self) -> str:
        """The kind of its text model, as mlx-lm and `families` call it."""
        return str(self.text_config["model_type"])

    @property
    def family(self) -> Family:
        """What sets its kind apart."""
        return find_family(self.text_config)

    @property
    def positions(self) -> int:
        """The longest sequence the model was made for, in tokens."""
        return int(self.text_config.get("max_position_embeddings") or 2048)

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
    def text_model(self) -> Any:
        """The model of text, which in a model of pictures and text is a part; types do not know its children."""
        model: Any = self.model
        return model.language_model if "language_model" in self.model else model

    @property
    def blocks(self) -> list[Any]:
        """The model's blocks, first to last."""
        return list(self.text_model.layers)

    def compute_hidden(self, tokens: mx.array) -> mx.array:
        """Return final hidden states [batch, length, hidden] of token ids [batch, length]."""
        return self.text_model.model(tokens, None)

    @property
    def head_layer(self) -> Any:
        """The layer whose weights turn hidden states into logits."""
        model = self.text_model
        return model.lm_head if "lm_head" in model else model.model.embed_tokens

    @property
    def head_form(self) -> HeadForm | None:
        """How logits follow from hidden states; None for a kind that is not declared, whose own logits are needed."""
        family, config = self.family, self.text_config
        if family is UNKNOWN:
            return None
        scale, cap = family.logit_scale, family.logit_cap
        return HeadForm(
            float(config.get(scale.key, scale.default)) if scale else 1.0,
            float(config.get(cap.key, cap.default)) if cap else 0.0,
        )

    def compute_logits(self, tokens: mx.array) -> mx.array:
        """Return logits [batch, length, vocabulary] of token ids [batch, length]."""
        return self.model(tokens)


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
    encoding = _load_ending_encoding(folder)
    model.freeze()
    model.eval()
    return Base(model, encoding, files, files.config if as_stored else adapt_config(files))


def _load_ending_encoding(folder: Path) -> Encoding:
    encoding = load_encoding(folder)
    if encoding.tokenizer.eos_token_id is None:
        raise ModelError(
            f"The tokenizer of {folder} names no end-of-text token.",
            remedy="Choose a base model whose tokenizer_config.json has an eos_token.",
            code="model_no_end",
        )
    return encoding


def build_load_error(folder: Path, files: ModelFiles, error: Exception) -> ModelError:
    pictures = "text_config" in files.config or "vision_config" in files.config
    return ModelError(
        f"{folder} cannot be loaded as a {files.config['model_type']} model: {str(error).splitlines()[0]}.",
        remedy="It is a model of pictures and text: choose its sibling for text alone, or another model."
        if pictures
        else "Download or convert the model again, or choose another.",
        code="model_unloadable",
    )


def load_without_weights(folder: Path) -> Base:
    """Load a base model's tokenizer and no weights: for counting tokens, in a moment and in no memory.

    Raises:
        ModelError: A missing or incomplete folder.
    """
    files = inspect(folder)
    return Base(nn.Module(), _load_ending_encoding(folder), files, adapt_config(files))
