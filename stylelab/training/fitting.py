"""Make a run fit into memory before it counts: estimate, then one probe update at the longest pairs, then a ladder.

In: a base, the training examples, a plan, a budget. Out: a Fit, with the adapter attached, and what to tell the user. Next: loop.
The ladder: compute fewer pairs together, recompute blocks, rank 32, rank 16, sequences of 1,024 tokens. The first two cost
time and change no result; of the others each is said.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import mlx.core as mx
from mlx.utils import tree_flatten

from stylelab.adapters import lora
from stylelab.adapters.product import on_cpu
from stylelab.basemodels.load import Base
from stylelab.batches.tokenise import Example
from stylelab.errors import TrainingError
from stylelab.notes import Note
from stylelab.training.engine import Engine
from stylelab.training.fit import Fit
from stylelab.training.limits import exhausted
from stylelab.training.memory import Estimate, estimate, shape
from stylelab.training.plan import Plan

RANKS = (32, 16)
SHORT = 1024  # tokens
TOGETHER = 4096  # tokens: a GPU gains nothing from longer rows
TOGETHER_CPU = 1  # one pair at a time stays in the caches (measured: longer rows are slower)
Parameters = Callable[[Plan, int], lora.LoraParameters]
Probe = Callable[[Base, Fit, Sequence[Example], Plan], int]


def fitted(
    base: Base,
    examples: Sequence[Example],
    plan: Plan,
    budget: int,
    parameters: Parameters,
    probe: Probe | None = None,
) -> tuple[Fit, list[str]]:
    """Attach an adapter that fits into memory; return how, and what was given up for it.

    Args:
        budget: Bytes that training may use.
        parameters: Returns the adapter's shape for a plan and a rank.
        probe: Computes one update and returns its peak in bytes; for tests.

    Raises:
        TrainingError: Nothing fits.
    """
    told: list[str] = []
    before = (plan.rank, plan.max_seq_length)
    config, element = base.files.config, element_bytes(base)
    for fit in rungs(config, examples, plan):
        fitting = [e for e in examples if len(e.tokens) <= fit.max_seq_length]
        if not fitting or expected(config, element, fitting, fit, plan).peak_bytes > budget:
            continue
        lora.attach(base.model, parameters(plan, fit.rank), plan.seed)
        peak = (probe or probed)(base, fit, longest(fitting, plan.pairs_per_update), plan)
        if peak <= budget:
            return fit, told + given_up(before, fit, len(examples) - len(fitting), budget)
        lora.detach(base.model)
        gc.collect()
        mx.clear_cache()
        said = "more than there is" if peak > 10**15 else f"{peak / 1e9:.2f} GB"
        told.append(
            f"A probe update with {fit.recomputed} blocks recomputed at rank {fit.rank} took {said}, "
            f"of {budget / 1e9:.2f} GB: going on with less."
        )
    least = expected(config, element, examples, Fit(1, shape(config).blocks, RANKS[-1], SHORT), plan)
    raise TrainingError(
        f"This base does not fit: training takes at least {least.peak_bytes / 1e9:.1f} GB, and there are "
        f"{budget / 1e9:.1f} GB.",
        remedy="Choose a smaller base, or one in 4 bits; or raise memory_gb in training.yaml.",
        code="memory",
    )


def rungs(config: Mapping[str, Any], examples: Sequence[Example], plan: Plan) -> Iterator[Fit]:
    """Yield ways to fit, from the fastest to the leanest.

    Args:
        config: The base's config.json.
    """
    blocks = shape(config).blocks
    longest_pair = max(len(e.tokens) for e in examples)
    lengths = [plan.max_seq_length] + ([SHORT] if min(plan.max_seq_length, longest_pair) > SHORT else [])
    ranks = [plan.rank] + [r for r in RANKS if r < plan.rank]
    most = sum(sorted((len(e.tokens) for e in examples), reverse=True)[: plan.pairs_per_update])
    together = min(TOGETHER_CPU if on_cpu() else TOGETHER, most)
    for length in lengths:
        for rank in ranks if length == lengths[0] else ranks[-1:]:
            while together > longest_pair:
                yield Fit(together, 0, rank, length)
                together //= 2
            for recomputed in range(0, blocks + 1 if plan.grad_checkpoint else 1, max(1, blocks // 8)):
                yield Fit(min(together, longest_pair), recomputed, rank, length)
            if plan.grad_checkpoint and blocks % max(1, blocks // 8):
                yield Fit(min(together, longest_pair), blocks, rank, length)


def expected(
    config: Mapping[str, Any], element: int | None, examples: Sequence[Example], fit: Fit, plan: Plan
) -> Estimate:
    """Return the estimate of an update of the longest examples.

    Args:
        element: Bytes of an activation; by the config if None.
    """
    chosen = longest(examples, plan.pairs_per_update)
    total = sum(len(e.tokens) - 1 for e in chosen)
    tokens = total if total <= fit.pack_tokens else min(total, max(fit.pack_tokens, len(chosen[0].tokens) - 1))
    targets = round(tokens * sum(e.targets for e in chosen) / max(1, total))
    return estimate(shape(config, element), fit, tokens, targets, 1 if total <= fit.pack_tokens else 2, cpu=on_cpu())


def element_bytes(base: Base) -> int:
    """Return the bytes of an activation of a loaded base."""
    arrays = [v for _, v in tree_flatten(base.model.parameters()) if isinstance(v, mx.array)]
    return 2 if any(v.dtype in (mx.float16, mx.bfloat16) for v in arrays) else 4


def longest(examples: Sequence[Example], count: int) -> list[Example]:
    return sorted(examples, key=lambda e: -len(e.tokens))[:count]


def probed(base: Base, fit: Fit, examples: Sequence[Example], plan: Plan) -> int:
    """Compute the gradients of one update, throw them away, and return the peak in bytes with the optimizer's state to come.

    Returns:
        More than any budget when memory ran out.
    """
    engine = Engine(base, fit, plan.seed, batch_size=plan.batch_size, noise=plan.neftune_alpha)
    mx.eval(base.model.parameters())
    mx.reset_peak_memory()
    try:
        engine.gradients(examples, 0)
    except (MemoryError, RuntimeError) as error:
        if not exhausted(error):
            raise
        return 10**18
    states = 2 if plan.optimizer == "adamw" else 1
    weights = [v for _, v in tree_flatten(base.model.trainable_parameters()) if isinstance(v, mx.array)]
    return mx.get_peak_memory() + states * sum(v.nbytes for v in weights)


def rehearsed(base: Base, fit: Fit, examples: Sequence[Example], plan: Plan) -> tuple[int, float]:
    """Return the peak in bytes of an update of the longest pairs, as `probed` does, and the seconds it took."""
    began = time.monotonic()
    peak = probed(base, fit, longest(examples, plan.pairs_per_update), plan)
    return peak, time.monotonic() - began


def given_up(before: tuple[int, int], fit: Fit, dropped: int, budget: int) -> list[str]:
    """Return what the user asked for and does not get, in words."""
    rank, length = before
    told: list[str] = []
    limit = f"{budget / 1e9:.2f}"
    if fit.rank != rank:
        told.append(
            Note(
                "Rank {rank} in place of {planned}, to stay within {limit} GB; the scale stays.",
                rank=fit.rank,
                planned=rank,
                limit=limit,
            )
        )
    if fit.max_seq_length != length:
        told.append(
            Note(
                "Pairs of at most {length} tokens, to stay within {limit} GB: {count} longer ones are left out.",
                length=fit.max_seq_length,
                limit=limit,
                count=dropped,
            )
        )
    return told
