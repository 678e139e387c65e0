"""Choose a memory plan before a run counts: each candidate is estimated, then tried with one update of the longest pairs.

In: a base, the training examples, a plan, a budget. Out: a MemoryPlan, with the adapter attached, and the concessions in words.
Next: loop. Each candidate takes less than the one before: fewer pairs together, more blocks recomputed, rank 32, rank 16, pairs
of at most 1,024 tokens. The first two cost time and change no result; the others are concessions, and each is named.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import mlx.core as mx
from mlx.utils import tree_flatten

from stylelab.adapters import lora
from stylelab.basemodels.load import Base
from stylelab.batches.bucket import sort_into_batches
from stylelab.batches.tokenise import Example
from stylelab.errors import TrainingError
from stylelab.kernels.backend import on_cpu
from stylelab.notes import Note
from stylelab.training.gradient_accumulation import GradientEngine
from stylelab.training.memory_estimate import MemoryEstimate, estimate_memory, read_shape
from stylelab.training.memory_limit import is_out_of_memory
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.plan import Plan

RANKS = (32, 16)
SHORT = 1024  # tokens
TOGETHER = 4096  # tokens: a GPU gains nothing from longer rows
TOGETHER_CPU = 1  # one pair at a time stays in the caches (measured: longer rows are slower)
Probe = Callable[[Base, MemoryPlan, Sequence[Example], Plan], int]


def choose_memory_plan(
    base: Base, examples: Sequence[Example], plan: Plan, budget: int, probe: Probe | None = None
) -> tuple[MemoryPlan, list[str]]:
    """Attach an adapter that fits into memory; return the memory plan and the concessions made for it, in words.

    Args:
        budget: Bytes that training may use.
        probe: Computes one update and returns its peak in bytes; for tests.

    Raises:
        TrainingError: Nothing fits.
    """
    failures: list[str] = []
    config, element = base.config, measure_element_bytes(base)
    for candidate in generate_candidates(config, examples, plan):
        short = [e for e in examples if len(e.tokens) <= candidate.max_seq_length]
        if not short or estimate_update(config, element, short, candidate, plan).peak_bytes > budget:
            continue
        lora.attach(base.model, plan.lora_parameters(base.config, candidate.rank), plan.seed)
        peak = (probe or probe_memory)(base, candidate, select_longest(short, plan.pairs_per_update), plan)
        if peak <= budget:
            return candidate, failures + list_concessions(plan, candidate, len(examples) - len(short), budget)
        lora.detach(base.model)
        gc.collect()
        mx.clear_cache()
        measured = "more than there is" if peak > 10**15 else f"{peak / 1e9:.2f} GB"
        failures.append(
            f"A probe update with {candidate.recomputed} blocks recomputed at rank {candidate.rank} took {measured}, "
            f"of {budget / 1e9:.2f} GB: going on with less."
        )
    smallest = MemoryPlan(1, read_shape(config).blocks, RANKS[-1], SHORT)
    least = estimate_update(config, element, examples, smallest, plan)
    raise TrainingError(
        f"This base does not fit: training takes at least {least.peak_bytes / 1e9:.1f} GB, and there are "
        f"{budget / 1e9:.1f} GB.",
        remedy="Choose a smaller base, or one in 4 bits; or raise memory_gb in training.yaml.",
        code="memory",
    )


def generate_candidates(config: Mapping[str, Any], examples: Sequence[Example], plan: Plan) -> Iterator[MemoryPlan]:
    """Yield memory plans, from the fastest to the one that takes least.

    Args:
        config: The base's config.json.
    """
    blocks = read_shape(config).blocks
    longest_pair = max(len(e.tokens) for e in examples)
    lengths = [plan.max_seq_length] + ([SHORT] if min(plan.max_seq_length, longest_pair) > SHORT else [])
    ranks = [plan.rank] + [r for r in RANKS if r < plan.rank]
    most = sum(sorted((len(e.tokens) for e in examples), reverse=True)[: plan.pairs_per_update])
    together = min(TOGETHER_CPU if on_cpu() else TOGETHER, most)
    for length in lengths:
        for rank in ranks if length == lengths[0] else ranks[-1:]:
            while together > longest_pair:
                yield MemoryPlan(together, 0, rank, length)
                together //= 2
            for recomputed in range(0, blocks + 1 if plan.grad_checkpoint else 1, max(1, blocks // 8)):
                yield MemoryPlan(min(together, longest_pair), recomputed, rank, length)
            if plan.grad_checkpoint and blocks % max(1, blocks // 8):
                yield MemoryPlan(min(together, longest_pair), blocks, rank, length)


def estimate_update(
    config: Mapping[str, Any], element: int | None, examples: Sequence[Example], memory_plan: MemoryPlan, plan: Plan
) -> MemoryEstimate:
    """Return the memory that an update of the longest examples is expected to take.

    Args:
        element: Bytes of an activation; by the config if None.
    """
    shape = read_shape(config, element)
    chosen = select_longest(examples, plan.pairs_per_update)
    largest = foresee_largest_part(chosen, memory_plan.pack_tokens, padded=shape.family.padded is not None)
    return estimate_memory(
        shape, memory_plan, largest.tokens, largest.targets, largest.parts, longest=largest.longest, cpu=on_cpu()
    )


@dataclass(frozen=True)
class LargestPart:
    """The largest of the parts that an update is computed in.

    Args:
        tokens: Computed together, padding included. targets: How many of them predict something.
        longest: Tokens of its longest pair. parts: Into how many the update is divided.
    """

    tokens: int
    targets: int
    longest: int
    parts: int


def foresee_largest_part(examples: Sequence[Example], pack_tokens: int, *, padded: bool) -> LargestPart:
    """Return what of an update is computed together.

    Args:
        examples: Of one update, the longest first.
        padded: Whether shorter pairs are filled up, as in models that cannot be packed.
    """
    lengths, longest = [len(e.tokens) - 1 for e in examples], len(examples[0].tokens) - 1
    if padded:
        batches = sort_into_batches(lengths, pack_tokens)
        targets = max(sum(examples[i].targets for i in batch) for batch in batches)
        return LargestPart(max(len(b) * lengths[b[0]] for b in batches), targets, longest, len(batches))
    total = sum(lengths)
    tokens = total if total <= pack_tokens else min(total, max(pack_tokens, longest))
    targets = round(tokens * sum(e.targets for e in examples) / max(1, total))
    return LargestPart(tokens, targets, longest, 1 if total <= pack_tokens or len(lengths) == 1 else 2)


def measure_element_bytes(base: Base) -> int:
    """Return the bytes of an activation of a loaded base."""
    arrays = [v for _, v in tree_flatten(base.model.parameters()) if isinstance(v, mx.array)]
    return 2 if any(v.dtype in (mx.float16, mx.bfloat16) for v in arrays) else 4


def select_longest(examples: Sequence[Example], count: int) -> list[Example]:
    """Return the longest examples, the longest first."""
    return sorted(examples, key=lambda e: -len(e.tokens))[:count]


def probe_memory(base: Base, memory_plan: MemoryPlan, examples: Sequence[Example], plan: Plan) -> int:
    """Compute the gradients of one update, throw them away, and return the peak in bytes with the optimizer's state to come.

    Returns:
        More than any budget when memory ran out.
    """
    engine = GradientEngine(base, memory_plan, plan.seed, noise=plan.neftune_alpha)
    mx.eval(base.model.parameters())
    mx.reset_peak_memory()
    try:
        engine.accumulate(examples, 0)
    except (MemoryError, RuntimeError) as error:
        if not is_out_of_memory(error):
            raise
        return 10**18
    states = 2 if plan.optimizer == "adamw" else 1
    weights = [v for _, v in tree_flatten(base.model.trainable_parameters()) if isinstance(v, mx.array)]
    return mx.get_peak_memory() + states * sum(v.nbytes for v in weights)


def rehearse_update(base: Base, memory_plan: MemoryPlan, examples: Sequence[Example], plan: Plan) -> tuple[int, float]:
    """Return the peak in bytes of an update of the longest pairs, as `probe_memory` does, and the seconds it took."""
    began = time.monotonic()
    peak = probe_memory(base, memory_plan, select_longest(examples, plan.pairs_per_update), plan)
    return peak, time.monotonic() - began


def list_concessions(plan: Plan, memory_plan: MemoryPlan, dropped: int, budget: int) -> list[str]:
    """Return what the user asked for and does not get, in words.

    Args:
        dropped: Pairs that are longer than the memory plan's limit.
        budget: Bytes that training may use.
    """
    concessions: list[str] = []
    limit = f"{budget / 1e9:.2f}"
    if memory_plan.rank != plan.rank:
        concessions.append(
            Note(
                "Rank {rank} in place of {planned}, to stay within {limit} GB; the scale stays.",
                rank=memory_plan.rank,
                planned=plan.rank,
                limit=limit,
            )
        )
    if memory_plan.max_seq_length != plan.max_seq_length:
        concessions.append(
            Note(
                "Pairs of at most {length} tokens, to stay within {limit} GB: {count} longer ones are left out.",
                length=memory_plan.max_seq_length,
                limit=limit,
                count=dropped,
            )
        )
    return concessions
