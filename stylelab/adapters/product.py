"""Products of one input with adapted layers, whose backward pass is written out so that little is kept for it.

In: layers that read the same input, and the step that makes this input (a norm, a gate). Out: what each layer makes of it.
Next: lora, training. From the forward to the backward pass only the step's own inputs and the products with A are kept. What
costs passes over memory and no products, the step and the dropout mask, is computed again.

**Source:** selective recomputation: Korthikanti et al. 2022, arXiv:2205.05198, section 5.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

import mlx.core as mx

from stylelab.kernels.backend import custom_function
from stylelab.kernels.frozen_product import multiply_frozen, multiply_frozen_backward
from stylelab.kernels.random_words import draw_words

Step = Callable[..., mx.array]  # arrays of a block → the input of its next products, [..., in]


def keep_as_is(x: mx.array) -> mx.array:
    """Return x: the step of layers whose input is there already."""
    return x


def draw_mask(shape: Sequence[int], share: float, key: mx.array) -> mx.array:
    """Return which elements a dropout of this share leaves, bool, by sixteen random bits an element."""
    return draw_words(math.prod(shape), key).reshape(shape) >= round(share * 65536)


def multiply_adapted(
    layers: Sequence[Any], adapted: Sequence[int], step: Step, inputs: Sequence[mx.array], key: mx.array | None
) -> list[mx.array]:
    """Return W x + scale * (dropout(x) A) B of each layer, before a layer's own scaling of its output.

    Args:
        layers: Linear layers, adapted or plain, that read the same x = step(*inputs).
        adapted: Which of them have an A [in, rank] and a B [rank, out] that are added, by index.
        key: Decides the dropout mask; None for no dropout.

    The adapter is float32 and multiplies in the type of x; its gradients are float32.
    """
    frozen = [layer.linear if hasattr(layer, "lora_a") else layer for layer in layers]
    own = [layers[i] for i in adapted]
    share = own[0].dropout_share if own and key is not None else 0.0
    factors = [layer.scale / (1 - share) for layer in own]
    ends = list(accumulate(layer.lora_a.shape[1] for layer in own))[:-1]

    def draw(x: mx.array) -> mx.array | None:
        return draw_mask(x.shape, share, key).astype(x.dtype) if key is not None and share > 0 else None

    @custom_function
    def product(parts: Sequence[mx.array], downs: Sequence[mx.array], ups: Sequence[mx.array]) -> Any:
        x = step(*parts)
        outs = [multiply_frozen(layer, x) for layer in frozen]
        if not own:
            return tuple(outs)
        middle = _hide(x, draw(x)) @ _stack(downs).astype(x.dtype)
        for i, u, b, factor in zip(adapted, mx.split(middle, ends, axis=-1), ups, factors, strict=True):
            outs[i] = mx.addmm(outs[i], u, (factor * b).astype(x.dtype))
        return (*outs, middle)

    @product.vjp
    def _(primals: Any, cotangents: Any, outputs: Any) -> Any:
        parts, downs, ups = primals
        parts = mx.depends(
            list(parts), list(cotangents[: len(layers)])
        )  # computed again when the gradient is there, no sooner
        slopes = [multiply_frozen_backward(layer, g) for layer, g in zip(frozen, cotangents, strict=False)]
        slope = slopes[0]
        for other in slopes[1:]:
            slope = slope + other
        if not own:
            return list(mx.vjp(step, parts, [slope])[1]), [], []
        middles = mx.split(outputs[-1], ends, axis=-1)
        gradients_b, backs = [], []
        for i, u, b, factor in zip(adapted, middles, ups, factors, strict=True):
            g = cotangents[i]
            gradients_b.append((_flatten(u).T @ _flatten(g)).astype(b.dtype) * factor)
            backs.append(g @ (factor * b).astype(g.dtype).T)
        back = backs[0] if len(backs) == 1 else mx.concatenate(backs, axis=-1)
        low = back @ _stack(downs).astype(back.dtype).T
        mask = draw(low)
        values, gradients = mx.vjp(step, parts, [slope + _hide(low, mask)])
        gradient_a = (_flatten(_hide(values[0], mask)).T @ _flatten(back)).astype(downs[0].dtype)
        return list(gradients), mx.split(gradient_a, ends, axis=-1), gradients_b

    found = product(list(inputs), [layer.lora_a for layer in own], [layer.lora_b for layer in own])
    return list(found[: len(layers)])


def _hide(x: mx.array, mask: mx.array | None) -> mx.array:
    return x if mask is None else x * mask


def _stack(downs: Sequence[mx.array]) -> mx.array:
    return downs[0] if len(downs) == 1 else mx.concatenate(list(downs), axis=1)


def _flatten(x: mx.array) -> mx.array:
    return x.reshape(-1, x.shape[-1])
