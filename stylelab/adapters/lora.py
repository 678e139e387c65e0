"""LoRA on a base model: y = W x + scale * (dropout(x) A) B, with the names that stock mlx-lm reads.

In: a base and its LoRA parameters. Out: the same model, adapted in place. Next room: training, writing.
Source: Hu et al. 2021, arXiv:2106.09685. The dropout mask comes from an explicit key, so that a block recomputed by
gradient checkpointing sees the mask of its forward pass, and a resumed run the masks of an uninterrupted one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import mlx.core as mx
import mlx.nn as nn
from mlx.utils import tree_flatten, tree_unflatten

from stylelab.errors import AdapterError


@dataclass(frozen=True)
class LoraParameters:
    """What shapes an adapter: rank, scale (the plain factor, not alpha), dropout share, keys within a block, blocks."""

    rank: int
    scale: float
    dropout: float
    keys: tuple[str, ...]
    num_layers: int  # the last n blocks; -1 for all


class LoRALinear(nn.Module):
    """A linear layer with a low-rank detour. Parameters: lora_a [in, rank], lora_b [rank, out]."""

    def __init__(self, linear: nn.Linear | nn.QuantizedLinear, rank: int, scale: float, dropout: float, key: mx.array):
        super().__init__()
        out_dims, in_dims = linear.weight.shape
        if isinstance(linear, nn.QuantizedLinear):
            in_dims = in_dims * 32 // linear.bits
        bound = 1 / math.sqrt(in_dims)
        self.linear = linear
        self.scale = scale
        self.dropout_share = dropout
        self._mask_key: mx.array | None = None
        self.lora_a = mx.random.uniform(-bound, bound, (in_dims, rank), key=key)
        self.lora_b = mx.zeros((rank, out_dims))

    def __call__(self, x: mx.array) -> mx.array:
        y = self.linear(x)
        if self.scale == 0:
            return y
        z = x
        if self._mask_key is not None and self.dropout_share > 0:
            keep = mx.random.bernoulli(1 - self.dropout_share, x.shape, key=self._mask_key)
            z = mx.where(keep, x * (1 / (1 - self.dropout_share)), 0)
        return y + (self.scale * ((z @ self.lora_a) @ self.lora_b)).astype(x.dtype)


def lora_layers(model: nn.Module) -> list[tuple[str, LoRALinear]]:
    """Return the adapted layers with their names, in the model's order."""
    return [(name, m) for name, m in model.named_modules() if isinstance(m, LoRALinear)]


def attach(model: nn.Module, parameters: LoraParameters, seed: int) -> int:
    """Adapt the chosen layers in place, freshly initialised from the seed; return how many.

    Raises:
        AdapterError: No layer of the model has one of the keys, or it is adapted already.
    """
    if lora_layers(model):
        raise AdapterError("This model carries an adapter already.", remedy="Detach it first.")
    layers: Any = model.layers
    blocks: list[Any] = list(layers)
    chosen = blocks if parameters.num_layers < 0 else blocks[-parameters.num_layers :]
    key = mx.random.key(seed)
    count = 0
    for block in chosen:
        found: list[tuple[str, LoRALinear]] = []
        for name, module in sorted(block.named_modules(), key=lambda item: item[0]):
            if name in parameters.keys and isinstance(module, nn.Linear | nn.QuantizedLinear):
                key, own = mx.random.split(key)
                found.append((name, LoRALinear(module, parameters.rank, parameters.scale, parameters.dropout, own)))
        block.update_modules(tree_unflatten(found))
        count += len(found)
    if not count:
        raise AdapterError(
            f"No layer of this model is called {', '.join(parameters.keys)}.",
            remedy="Set 'keys' in training.yaml to names of this model's linear layers.",
        )
    model.freeze()
    for _, layer in lora_layers(model):
        layer.unfreeze(keys=["lora_a", "lora_b"], recurse=False)
    return count


def detach(model: nn.Module) -> None:
    """Take the adapter off; the base is as it was loaded."""
    layers = lora_layers(model)
    model.update_modules(tree_unflatten([(name, layer.linear) for name, layer in layers]))


def set_scale(model: nn.Module, scale: float) -> None:
    """Set the adapter's strength in every adapted layer; 0 is exactly the base."""
    for _, layer in lora_layers(model):
        layer.scale = scale


def set_dropout_key(model: nn.Module, key: mx.array | None) -> None:
    """Give every layer its own mask key for the next forward and backward pass; None switches dropout off."""
    layers = lora_layers(model)
    keys: Any = [None] * len(layers) if key is None else mx.random.split(key, len(layers))
    for (_, layer), own in zip(layers, keys, strict=True):
        layer._mask_key = own


def weights(model: nn.Module) -> dict[str, mx.array]:
    """Return the adapter's parameters by mlx-lm's names."""
    return dict(tree_flatten(model.trainable_parameters()))


def load_weights(model: nn.Module, new: dict[str, mx.array]) -> None:
    """Put stored parameters into an attached adapter.

    Raises:
        AdapterError: A name or a shape does not fit; nothing is changed.
    """
    own = weights(model)
    wrong = [k for k in {*own, *new} if k not in own or k not in new or own[k].shape != new[k].shape]
    if wrong:
        raise AdapterError(
            f"The adapter does not fit this base: {sorted(wrong)[0]} and {len(wrong) - 1} more differ.",
            remedy="Use the base model that the adapter was trained on.",
        )
    model.update(tree_unflatten(list(new.items())))
