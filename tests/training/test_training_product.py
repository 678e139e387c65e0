"""The written-out backward pass of adapted products, against autograd of the same product written plainly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import mlx.core as mx
import mlx.nn as nn
import numpy as np
import pytest

from stylelab.adapters.lora import DoRALinear, LoRALinear, project
from stylelab.adapters.product import Step, draw_mask, keep_as_is
from stylelab.kernels.exponential import geglu, swiglu

KEY = mx.random.key(11)
Make = Callable[[], tuple[list[Any], list[mx.array], Step]]


def build_layers(kinds: Sequence[str], inputs: int, bits: int | None, dropout: float) -> list[Any]:
    """Return layers of unlike widths, some of them without an adapter."""
    mx.random.seed(2)
    layers: list[Any] = []
    for index, kind in enumerate(kinds):
        linear: Any = nn.Linear(inputs, 32 * (index + 1), bias=index == 0)
        if bits:
            linear = nn.QuantizedLinear.from_linear(linear, group_size=32, bits=bits)
        linear.freeze()
        if kind == "plain":
            layers.append(linear)
            continue
        layer = (DoRALinear if kind == "dora" else LoRALinear)(linear, 4, 2.0, dropout, mx.random.key(index))
        layer.lora_b = 0.1 * mx.random.normal(layer.lora_b.shape, key=mx.random.key(index + 9))
        layer.freeze()
        layer.unfreeze(keys=layer.trained, recurse=False)
        layers.append(layer)
    return layers


def multiply_plainly(
    layers: Sequence[Any], parts: Sequence[mx.array], key: mx.array | None, step: Step
) -> list[mx.array]:
    """Return what `project` does, by nothing but products and autograd."""
    x = step(*parts)
    out: list[mx.array] = []
    for layer in layers:
        if not isinstance(layer, LoRALinear):
            out.append(layer(x))
            continue
        z = x if key is None else x * draw_mask(x.shape, layer.dropout_share, key) / (1 - layer.dropout_share)
        out.append(layer.scale_output(layer.linear(x) + layer.scale * (z @ layer.lora_a) @ layer.lora_b))
    return out


def differentiate(
    way: Callable[..., list[mx.array]], layers: list[Any], parts: list[mx.array], step: Step, key: Any
) -> Any:
    """Return the sum of the outputs' cosines, and its gradients with respect to the parts and to the adapters."""
    model = nn.Sequential(*layers)
    model.train()

    def total(parameters: Any, parts: list[mx.array]) -> mx.array:
        model.update(parameters)
        return sum((mx.cos(y).sum() for y in way(layers, parts, key, step)), mx.array(0.0))

    value, (own, inputs) = mx.value_and_grad(total, argnums=(0, 1))(model.trainable_parameters(), parts)
    mx.eval(value, own, inputs)
    from mlx.utils import tree_flatten

    return value.item(), [np.array(v) for _, v in tree_flatten(own)] + [np.array(v) for v in inputs]


NORM = nn.RMSNorm(64)
NORM.freeze()


@pytest.mark.parametrize("bits", [None, 4])
@pytest.mark.parametrize("dropout", [0.0, 0.3])
@pytest.mark.parametrize("kinds", [("lora",), ("lora", "lora", "lora"), ("lora", "plain", "dora"), ("plain", "plain")])
@pytest.mark.parametrize(("step", "count"), [(keep_as_is, 1), (NORM, 1), (swiglu, 2), (geglu, 2)])
def test_gradients_are_autograd_s(
    kinds: tuple[str, ...], dropout: float, bits: int | None, step: Step, count: int
) -> None:
    layers = build_layers(kinds, 64, bits, dropout)
    parts = [mx.random.normal((1, 7, 64), key=mx.random.key(20 + i)) for i in range(count)]
    key = KEY if dropout else None
    value, own = differentiate(project, layers, parts, step, key)
    expected, reference = differentiate(multiply_plainly, layers, parts, step, key)
    assert value == pytest.approx(expected, rel=1e-5, abs=1e-4)
    assert len(own) == len(reference) > 0
    for a, b in zip(own, reference, strict=True):
        assert np.abs(a - b).max() <= 1e-5 * max(1.0, np.abs(b).max())


def test_what_waits_for_the_backward_pass_is_what_products_made() -> None:
    """A stack of norm, gate and product keeps gate and up, and not the norm's output, the gate's product, or masks."""
    width, length, depth = 256, 512, 8
    blocks = [
        (build_layers(("lora", "lora"), width, None, 0.1), build_layers(("lora",), width, None, 0.1))
        for _ in range(depth)
    ]
    for into, out in blocks:
        for layer in [*into, *out]:
            layer.linear = nn.Linear(width, width, bias=False)
            layer.lora_b = mx.zeros((4, width))
            layer.train()
    norm = nn.RMSNorm(width)
    x = mx.random.normal((1, length, width))
    mx.eval(x, norm.parameters(), [layer.parameters() for into, out in blocks for layer in [*into, *out]])

    def run(way: Callable[..., list[mx.array]]) -> int:
        def total(h: mx.array) -> mx.array:
            for number, (into, out) in enumerate(blocks):
                gate, up = way(into, [h], mx.random.key(number), norm)
                h = h + way(out, [gate, up], mx.random.key(100 + number), swiglu)[0]
            return h.sum()

        mx.clear_cache()
        before = mx.get_active_memory()
        mx.reset_peak_memory()
        mx.eval(mx.grad(total)(x))
        return mx.get_peak_memory() - before

    one = x.nbytes
    assert run(project) < depth * 3.5 * one + 25 * one  # residual stream, gate, up; and what is under way
    assert run(project) < 0.6 * run(multiply_plainly)
