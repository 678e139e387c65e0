"""Gradient accumulation: the loss and the gradients of one update, summed over its examples; and the loss of a held-out set.

In: a base with its adapter, a plan, and examples. Out: sums over target tokens. Next: loop.
An update's loss is the mean over its target tokens, however its examples are divided: they are packed into rows of at most
`pack_tokens` tokens, or, for models that cannot be packed, collated into padded batches of at most as many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import mlx.core as mx
import mlx.nn as nn
import numpy as np
import numpy.typing as npt
from mlx.utils import tree_map

from stylelab.adapters import lora
from stylelab.basemodels.load import Base, evaluate_scalar
from stylelab.batches.bucket import sort_into_batches
from stylelab.batches.mask import collate
from stylelab.batches.pack import divide_into_packs, pack
from stylelab.batches.tokenise import Example
from stylelab.training.embedding_noise import add_embedding_noise
from stylelab.training.loss import compute_losses_from_logits, compute_target_losses
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.packed_forward import compute_target_hidden, find_packing_obstacle
from stylelab.training.recompute import recompute_blocks

VALIDATION_TOKENS = 4096  # tokens per validation row

LossFunction = Callable[[mx.array | None], mx.array]


@dataclass(frozen=True)
class ExamplePart:
    """Some examples, computed together.

    Args:
        first: The first of the examples handed in that is among them.
        losses: Takes a dropout key or None; returns each target's loss in nats, float32 [targets].
        owners: Which of the examples handed in each target belongs to.
        tokens: Tokens computed, padding included.
        real_tokens: Tokens that are some example's.
    """

    first: int
    losses: LossFunction
    owners: npt.NDArray[np.int32]
    tokens: int
    real_tokens: int


@dataclass(frozen=True)
class GradientSums:
    """What an update's examples add up to."""

    loss_nats: float
    targets: int
    tokens: int
    real_tokens: int
    gradients: Any


class GradientEngine:
    """Computes losses and gradients of a base with its adapter."""

    def __init__(self, base: Base, memory_plan: MemoryPlan, seed: int, *, noise: float = 0.0) -> None:
        """Choose packed rows, or padded batches with the reason in `packing_obstacle`.

        Args:
            memory_plan: How to fit into memory.
            seed: Decides dropout masks and noise, with the update's number.
            noise: NEFTune's alpha; 0 for none.
        """
        self.base = base
        self.memory_plan = memory_plan
        self.packing_obstacle = find_packing_obstacle(base)
        self._seed = seed
        self._noise = noise
        if self.packing_obstacle:
            recompute_blocks(base.model, memory_plan.recomputed)

    def accumulate(self, examples: Sequence[Example], update: int, places: Sequence[int] | None = None) -> GradientSums:
        """Return loss and gradients, summed over the target tokens of an update's examples, with dropout.

        Args:
            update: The update's number; with the seed and the places it decides the dropout masks.
            places: Where in the whole update these examples stand, when other machines compute the rest.
        """
        model = self.base.model
        model.train()
        key = mx.random.key(self._seed * 1_000_003 + update)
        loss_nats, targets, tokens, real = 0.0, 0, 0, 0
        sums: Any = None if examples else tree_map(mx.zeros_like, model.trainable_parameters())
        for part in self._divide(examples, self.memory_plan.pack_tokens):
            place = part.first if places is None else places[part.first]
            own = mx.random.split(key, place + 1)[-1]
            loss, grads = nn.value_and_grad(model, lambda part=part, own=own: part.losses(own).sum())()
            sums = grads if sums is None else tree_map(mx.add, sums, grads)
            mx.eval(loss, sums)
            loss_nats += evaluate_scalar(loss)
            targets, tokens, real = targets + len(part.owners), tokens + part.tokens, real + part.real_tokens
        return GradientSums(loss_nats, targets, tokens, real, sums)

    def measure_losses(self, examples: Sequence[Example], tokens: int = VALIDATION_TOKENS) -> npt.NDArray[np.float64]:
        """Return each example's summed loss in nats, dropout off: [examples].

        Args:
            tokens: Computed at once, at most.
        """
        self.base.model.eval()
        order = sorted(range(len(examples)), key=lambda i: examples[i].tokens.tobytes())  # those alike side by side
        out = np.zeros(len(examples))
        for part in self._divide([examples[i] for i in order], tokens):
            values = np.array(part.losses(None), dtype=np.float64)
            np.add.at(out, [order[i] for i in part.owners], values)
        return out

    def _divide(self, examples: Sequence[Example], tokens: int) -> Iterator[ExamplePart]:
        if self.packing_obstacle is None:
            for indices in divide_into_packs(examples, tokens):
                yield self._build_packed(examples, indices)
            return
        for indices in sort_into_batches([len(e.tokens) - 1 for e in examples], tokens):
            yield self._build_padded(examples, indices)

    def _build_packed(self, examples: Sequence[Example], indices: Sequence[int]) -> ExamplePart:
        row = pack([examples[i] for i in indices])
        picks, labels = mx.array(row.picks), mx.array(row.labels)

        form = self.base.head_form
        assert form is not None  # a kind that can be packed is declared, and its head with it

        def losses(key: mx.array | None) -> mx.array:
            noise = self._noise if key is not None else 0.0
            hidden = compute_target_hidden(self.base, row, key, self.memory_plan.recomputed, noise)
            return compute_target_losses(self.base, form, hidden[picks], labels)

        return ExamplePart(
            indices[0], losses, np.array(indices, dtype=np.int32)[row.owners], row.tokens, row.real_tokens
        )

    def _build_padded(self, examples: Sequence[Example], indices: Sequence[int]) -> ExamplePart:
        chosen = [examples[i] for i in indices]
        batch = collate(chosen)
        owners = np.repeat(np.array(indices, dtype=np.int32), [e.targets for e in chosen])

        def losses(key: mx.array | None) -> mx.array:
            lora.set_dropout_key(self.base.model, key)
            inputs, positions, labels = (mx.array(a) for a in (batch.inputs, batch.positions, batch.labels))
            form = self.base.head_form
            with add_embedding_noise(self.base, key, self._noise, [len(e.tokens) - 1 for e in chosen]):
                if form is None:
                    return compute_losses_from_logits(self.base, inputs, positions, labels)
                hidden = self.base.compute_hidden(inputs)
            return compute_target_losses(self.base, form, hidden.reshape(-1, hidden.shape[-1])[positions], labels)

        return ExamplePart(indices[0], losses, owners, batch.tokens, sum(len(e.tokens) - 1 for e in chosen))
