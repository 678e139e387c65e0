"""Products with frozen weights: x Wᵀ and its gradient with respect to x, nothing else.

In: a frozen linear layer and its input. Out: its output. Next: adapters, training.
On a GPU this is the layer itself. MLX's CPU backend multiplies 4-bit weights some sixty times slower than float32 ones, so
there the weights are restored a piece at a time and multiplied as floats, forward and backward; the values are the same.
"""

from __future__ import annotations

from typing import Any

import mlx.core as mx
import mlx.nn as nn

from stylelab.kernels.backend import custom_function, on_cpu

PIECE_ELEMENTS = 1024 * 1024  # restored weights held at once: 4 MiB in float32, which a cache holds

Quantized = nn.QuantizedLinear | nn.QuantizedEmbedding


def multiply_frozen(layer: Any, x: mx.array) -> mx.array:
    """Return x Wᵀ (+ bias) of a frozen linear layer, or of an embedding used as a head.

    Args:
        layer: Linear, QuantizedLinear, Embedding or QuantizedEmbedding.
        x: [..., in].
    """
    if isinstance(layer, Quantized) and on_cpu():
        y = _build_restoring_product(layer)(x)
        return y + layer["bias"] if "bias" in layer else y
    if isinstance(layer, nn.Embedding | nn.QuantizedEmbedding):
        return layer.as_linear(x)
    return layer(x)


def multiply_frozen_backward(layer: Any, g: mx.array) -> mx.array:
    """Return g W, the gradient with respect to the input of `multiply_frozen`.

    Args:
        g: [..., out].
    """
    if isinstance(layer, Quantized):
        if on_cpu():
            return _gradient(layer, g)
        biases = layer.get("biases")
        options = {"group_size": layer.group_size, "bits": layer.bits, "mode": layer.mode}
        return mx.quantized_matmul(g, layer["weight"], layer["scales"], biases, transpose=False, **options)
    return g @ layer["weight"]


def read_frozen_rows(layer: Any, rows: mx.array | slice) -> mx.array:
    """Return rows of a frozen layer's weights, [rows, in], as floats."""
    if not isinstance(layer, Quantized):
        return layer["weight"][rows]
    return _restore(layer, rows, layer["scales"].dtype)


class FrozenRows:
    """Some rows of a frozen layer's weights: x Wᵀ and g W of them alone. On a CPU quantised ones are restored once for both."""

    def __init__(self, layer: Any, rows: slice) -> None:
        self._packed = isinstance(layer, Quantized) and not on_cpu()
        if self._packed:
            self._arrays = [layer["weight"][rows], layer["scales"][rows]]
            self._arrays += [layer["biases"][rows]] if layer.get("biases") is not None else []
            self._options = {"group_size": layer.group_size, "bits": layer.bits, "mode": layer.mode}
        else:
            self._arrays = [read_frozen_rows(layer, rows)]

    def multiply(self, x: mx.array) -> mx.array:
        """Return x Wᵀ, [..., rows]."""
        if self._packed:
            return mx.quantized_matmul(x, *self._arrays, transpose=True, **self._options)
        return x @ self._arrays[0].astype(x.dtype).T

    def multiply_backward(self, g: mx.array) -> mx.array:
        """Return g W, [..., in]."""
        if self._packed:
            return mx.quantized_matmul(g, *self._arrays, transpose=False, **self._options)
        return g @ self._arrays[0].astype(g.dtype)


def _pieces(layer: Any, inputs: int) -> list[slice]:
    rows = max(1, PIECE_ELEMENTS // inputs)
    out = layer["weight"].shape[0]
    return [slice(start, min(out, start + rows)) for start in range(0, out, rows)]


def _restore(layer: Any, piece: slice | mx.array, dtype: mx.Dtype) -> mx.array:
    """Return rows of the layer's weights as floats."""
    biases = layer.get("biases")
    own = mx.dequantize(
        layer["weight"][piece],
        layer["scales"][piece],
        None if biases is None else biases[piece],
        group_size=layer.group_size,
        bits=layer.bits,
        mode=layer.mode,
    )
    return own.astype(dtype)


def _gradient(layer: Any, g: mx.array) -> mx.array:
    total: mx.array | None = None
    for piece in _pieces(layer, layer["scales"].shape[-1] * layer.group_size):
        part = g if total is None else mx.depends(g, total)  # one piece at a time in memory
        part = part[..., piece] @ _restore(layer, piece, g.dtype)
        total = part if total is None else total + part
    assert total is not None  # a layer has rows
    return total


def _build_restoring_product(layer: Any) -> Any:
    @custom_function
    def product(x: mx.array) -> mx.array:
        parts: list[mx.array] = []
        for piece in _pieces(layer, x.shape[-1]):
            own = mx.depends(x, parts[-1]) if parts else x
            parts.append(own @ _restore(layer, piece, x.dtype).T)
        return parts[0] if len(parts) == 1 else mx.concatenate(parts, axis=-1)

    @product.vjp
    def _(primals: Any, cotangent: mx.array, output: Any) -> mx.array:
        return _gradient(layer, cotangent)

    return product
