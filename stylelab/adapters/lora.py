"""LoRA on a base model: y = W x + scale * (dropout(x) A) B, with the names that stock mlx-lm reads; and DoRA.

In: a base and its LoRA parameters. Out: the same model, adapted in place. Next room: training, writing.
Source: Hu et al. 2021, arXiv:2106.09685; Liu et al. 2024, arXiv:2402.09353. The dropout mask comes from an explicit key, so
that a block recomputed by gradient checkpointing sees the mask of its forward pass, and a resumed run the masks of an
uninterrupted one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import mlx.core as mx
import mlx.nn as nn
from mlx.utils import tree_flatten, tree_unflatten

from stylelab.adapters.parameters import LoraParameters
from stylelab.adapters.product import Step, keep_as_is, multiply_adapted
from stylelab.errors import AdapterError
from stylelab.kernels.frozen_product import multiply_frozen, read_frozen_rows


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

    @property
    def trained(self) -> list[str]:
        """Names of the parameters that are trained."""
        return ["lora_a", "lora_b"]

    def scale_output(self, y: mx.array) -> mx.array:
        """Return the layer's output from the sum of both ways."""
        return y

    def __call__(self, x: mx.array) -> mx.array:
        if self.training and self.scale != 0:
            return project((self,), (x,), self._mask_key)[0]
        y = multiply_frozen(self.linear, x)
        if self.scale == 0:
            return y
        return self.scale_output(y + (self.scale * ((x @ self.lora_a) @ self.lora_b)).astype(x.dtype))


class DoRALinear(LoRALinear):
    """LoRA whose outputs' magnitudes are learned apart. Parameters: lora_a, lora_b, m [out].

    **Source:** Liu et al. 2024, arXiv:2402.09353, equation 5, with the norm held constant (section 4.3).
    """

    def __init__(self, linear: nn.Linear | nn.QuantizedLinear, rank: int, scale: float, dropout: float, key: mx.array):
        super().__init__(linear, rank, scale, dropout, key)
        self.m = mx.linalg.norm(self._weight(), axis=1)

    @property
    def trained(self) -> list[str]:
        return ["lora_a", "lora_b", "m"]

    def _weight(self) -> mx.array:
        return read_frozen_rows(self.linear, mx.arange(self.linear.weight.shape[0])).astype(mx.float32)

    def scale_output(self, y: mx.array) -> mx.array:
        adapted = self._weight() + self.scale * (self.lora_a @ self.lora_b).T
        factor = (self.m / mx.stop_gradient(mx.linalg.norm(adapted, axis=1))).astype(y.dtype)
        if "bias" not in self.linear:
            return factor * y
        return factor * (y - self.linear.bias) + self.linear.bias  # the bias is no part of the direction


def project(
    layers: Sequence[Any], inputs: Sequence[mx.array], key: mx.array | None, step: Step = keep_as_is
) -> list[mx.array]:
    """Return what each layer makes of one input, adapted or not.

    Adapted layers that read the same input share one dropout mask and one product with their stacked A.

    Args:
        layers: Linear layers, adapted or plain.
        inputs: What the step makes the layers' input of.
        key: Decides the dropout mask; None for no dropout.
        step: Makes the layers' input, [..., in].
    """
    if not layers[0].training:
        x = step(*inputs)
        return [_multiply_merged(layer, x) if _is_cheaper_merged(layer, x) else layer(x) for layer in layers]
    adapted = [i for i, layer in enumerate(layers) if isinstance(layer, LoRALinear) and layer.scale != 0]
    out = multiply_adapted(layers, adapted, step, inputs, key)
    for i in adapted:
        out[i] = layers[i].scale_output(out[i])
    return out


def _is_cheaper_merged(layer: Any, x: mx.array) -> bool:
    """Whether W + s A B is sooner made and used than A and B are used apart: many rows, a small float32 layer."""
    if type(layer) is not LoRALinear or layer.scale == 0 or isinstance(layer.linear, nn.QuantizedLinear):
        return False
    if x.dtype != mx.float32:
        return False
    out_dims, in_dims = layer.linear.weight.shape
    return x.size // in_dims > 2 * in_dims * out_dims // (in_dims + out_dims)


def _multiply_merged(layer: LoRALinear, x: mx.array) -> mx.array:
    weight = layer.linear.weight.T + (layer.scale * layer.lora_a) @ layer.lora_b
    return mx.addmm(layer.linear.bias, x, weight) if "bias" in layer.linear else x @ weight


def find_lora_layers(model: nn.Module) -> list[tuple[str, LoRALinear]]:
    """Return the adapted layers with their names, in the model's order."""
    return [(name, m) for name, m in model.named_modules() if isinstance(m, LoRALinear)]


def attach(model: nn.Module, parameters: LoraParameters, seed: int) -> int:
    """Adapt the chosen layers in place, freshly initialised from the seed; return how many.

    Raises:
        AdapterError: No layer of the model has one of the keys, or it is adapted already.
    """
    if find_lora_layers(model):
        raise AdapterError("This model carries an adapter already.", remedy="Detach it first.")
    key = mx.random.key(seed)
    count = 0
    for block in _choose_blocks(model, parameters):
        found: list[tuple[str, LoRALinear]] = []
        for name, module in sorted(block.named_modules(), key=lambda item: item[0]):
            if name in parameters.keys and isinstance(module, nn.Linear | nn.QuantizedLinear):
                key, own = mx.random.split(key)
                kind = DoRALinear if parameters.kind == "dora" else LoRALinear
                found.append((name, kind(module, parameters.rank, parameters.scale, parameters.dropout, own)))
        block.update_modules(tree_unflatten(found))
        count += len(found)
    if not count:
        raise AdapterError(
            f"No layer of this model is called {', '.join(parameters.keys)}.",
            remedy="Set 'keys' in training.yaml to names of this model's linear layers.",
        )
    model.freeze()
    for _, layer in find_lora_layers(model):
        layer.unfreeze(keys=layer.trained, recurse=False)
    return count


def _choose_blocks(model: nn.Module, parameters: LoraParameters) -> list[Any]:
    blocks: list[Any] = list(getattr(model, "layers", ()))
    return blocks if parameters.num_layers < 0 else blocks[-parameters.num_layers :]


def list_missing_layers(model: nn.Module, parameters: LoraParameters) -> list[str]:
    """Return the keys that some chosen block has no adapted layer for, with how many blocks have one: "mlp.up_proj (1 of 4)"."""
    blocks = _choose_blocks(model, parameters)
    adapted = [{name for name, _ in find_lora_layers(block)} for block in blocks]
    counts = {key: sum(key in own for own in adapted) for key in parameters.keys}
    return [f"{key} ({count} of {len(blocks)})" for key, count in counts.items() if count < len(blocks)]


def detach(model: nn.Module) -> None:
    """Take the adapter off; the base is as it was loaded."""
    layers = find_lora_layers(model)
    model.update_modules(tree_unflatten([(name, layer.linear) for name, layer in layers]))


def set_scale(model: nn.Module, scale: float) -> None:
    """Set the adapter's strength in every adapted layer; 0 is exactly the base."""
    for _, layer in find_lora_layers(model):
        layer.scale = scale


def set_dropout_key(model: nn.Module, key: mx.array | None) -> None:
    """Give every layer its own mask key for the next forward and backward pass; None switches dropout off."""
    layers = find_lora_layers(model)
    keys: Any = [None] * len(layers) if key is None else mx.random.split(key, len(layers))
    for (_, layer), own in zip(layers, keys, strict=True):
        layer._mask_key = own


def read_weights(model: nn.Module) -> dict[str, mx.array]:
    """Return the adapter's parameters by mlx-lm's names."""
    return dict(tree_flatten(model.trainable_parameters()))


def load_weights(model: nn.Module, new: dict[str, mx.array]) -> None:
    """Put stored parameters into an attached adapter.

    Raises:
        AdapterError: A name or a shape does not fit; nothing is changed.
    """
    own = read_weights(model)
    wrong = [k for k in {*own, *new} if k not in own or k not in new or own[k].shape != new[k].shape]
    if wrong:
        raise AdapterError(
            f"The adapter does not fit this base: {sorted(wrong)[0]} and {len(wrong) - 1} more differ.",
            remedy="Use the base model that the adapter was trained on.",
        )
    model.update(tree_unflatten(list(new.items())))
