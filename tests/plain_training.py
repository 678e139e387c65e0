"""Small adapted bases and their plain loss and gradients, for the tests of training."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mlx.core as mx
import mlx.nn as nn
import numpy as np
from mlx.utils import tree_flatten

from stylelab.adapters import lora
from stylelab.adapters.parameters import LoraParameters
from stylelab.basemodels.load import Base, load
from stylelab.batches.tokenise import Example
from stylelab.training.gradient_accumulation import GradientEngine
from stylelab.training.plan import KEYS

HEAD = list(range(40, 60))


def adapted(model: Path, *, bits: int | None = None, dropout: float = 0.0, kind: Any = "lora") -> Base:
    """Return a base with an adapter that is not nothing: B is zero at the start."""
    base = load(model)
    if bits:
        nn.quantize(base.model, group_size=32, bits=bits)
        base.model.freeze()
    lora.attach(base.model, LoraParameters(4, 2.0, dropout, KEYS, -1, kind), seed=1)
    add_noise(base)
    return base


def add_noise(base: Base) -> None:
    """Make an adapter something: B is zero at the start."""
    mx.random.seed(5)
    noisy = {k: v + 0.05 * mx.random.normal(v.shape) for k, v in lora.read_weights(base.model).items()}
    lora.load_weights(base.model, noisy)


def measure_slope(base: Base, engine: GradientEngine) -> tuple[float, float]:
    """Return the loss's slope along its gradient by finite differences, and what the gradient says it is."""
    sums = engine.accumulate(examples(), 3)
    own = lora.read_weights(base.model)
    gradients = {k: mx.array(v) for k, v in arrays(sums.gradients).items()}
    square = sum(float(np.square(np.array(g)).sum()) for g in gradients.values())
    step = 1e-2 / square**0.5
    losses: list[float] = []
    for sign in (1, -1):
        lora.load_weights(base.model, {k: own[k] + sign * step * gradients[k] for k in own})
        losses.append(engine.accumulate(examples(), 3).loss_nats)
    return (losses[0] - losses[1]) / (2 * step), square


def examples() -> list[Example]:
    """Return pairs of which three begin alike, two of these share more, and one stands alone."""
    rng = np.random.default_rng(0)
    prompts = [[*HEAD, 1, 2, 3], [*HEAD, *range(70, 85), 4], [*HEAD, *range(70, 85), 5, 6], [9, 8, 7]]
    made = [[*p, *rng.integers(1, 250, 6 + 5 * i)] for i, p in enumerate(prompts)]
    return [Example(str(i), np.array(t, np.int32), len(p)) for i, (t, p) in enumerate(zip(made, prompts, strict=True))]


def plain(base: Base, chosen: list[Example]) -> tuple[float, dict[str, np.ndarray]]:
    """Return the summed loss and its gradients from full logits, pair by pair."""

    def total() -> mx.array:
        out = mx.array(0.0)
        for e in chosen:
            logits = base.compute_logits(mx.array(e.tokens[:-1])[None])[0]
            for place in range(e.prompt_length - 1, len(e.tokens) - 1):
                out = out - nn.log_softmax(logits[place])[int(e.tokens[place + 1])]
        return out

    value, gradients = nn.value_and_grad(base.model, total)()
    return value.item(), arrays(gradients)


def arrays(tree: Any) -> dict[str, np.ndarray]:
    return {str(k): np.array(v) for k, v in tree_flatten(tree)}


def assert_close(a: dict[str, np.ndarray], b: dict[str, np.ndarray], share: float = 2e-4) -> None:
    """Assert that gradients agree to a share of each array's largest element."""
    assert a.keys() == b.keys() and len(a) > 0
    for k in a:
        assert np.abs(a[k] - b[k]).max() <= share * np.abs(b[k]).max() + 1e-6, k
