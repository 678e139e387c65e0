"""Measure a loaded base: how fast it writes, and what one update of training takes.

In: a base, a text, the plan. Out: a SpeedMeasurement. Next: the check_base job. The adapter is thrown away. A stop is obeyed
between two tokens and between two pairs, which are short for that reason.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import mlx.core as mx
from mlx.utils import tree_map

from stylelab.adapters import lora
from stylelab.basemodels.load import Base
from stylelab.batches.tokenise import Example, tokenise
from stylelab.jobs.core.context import Context
from stylelab.training.gradient_accumulation import GradientEngine
from stylelab.training.memory_choice import estimate_update, measure_element_bytes
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.optimizer import apply_gradients, build_optimizer, compute_norm
from stylelab.training.plan import Plan
from stylelab.writing.engine import stream
from stylelab.writing.sampling import Sampling

PIECE_WORDS = 60  # of a prompt or a completion made of the text
WRITTEN_TOKENS = 24  # a longer text changes the rate by little
MOST_PROMPTS = 8  # a model that ends at once is asked again
PAIRS = 4  # of the update


@dataclass(frozen=True)
class TrainingTrial:
    """One update as it was measured.

    Args:
        seconds: It took, the optimizer's step included. tokens: The pairs' own.
        peak_bytes: As MLX measured it. estimated_bytes: As the plan job would have foreseen it.
    """

    seconds: float
    tokens: int
    peak_bytes: int
    estimated_bytes: int


def cut_pieces(text: str) -> list[str]:
    """Return a text in pieces of some sixty words, each of whole sentences; a last short one is left out."""
    pieces: list[str] = []
    piece: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+", text.strip()):
        piece += sentence.split()
        if len(piece) >= PIECE_WORDS:
            pieces.append(" ".join(piece))
            piece = []
    return pieces


def measure_writing(context: Context, base: Base, pieces: Sequence[str]) -> float:
    """Return how many tokens a second a base writes, one after the other; the first, which reads the prompt, does not count."""
    written, seconds = 0, 0.0
    for number, prompt in enumerate(pieces[:MOST_PROMPTS]):
        last = 0.0
        for _ in stream(base, prompt, Sampling(1.0, 1.0, 1.0, number), WRITTEN_TOKENS):
            context.check()
            now = time.monotonic()
            if last:
                written, seconds = written + 1, seconds + now - last
            last = now
        if written >= WRITTEN_TOKENS // 2:
            break
    return written / seconds if seconds else 0.0


def measure_update(context: Context, base: Base, pieces: Sequence[str], plan: Plan) -> TrainingTrial:
    """Compute one update of a few short pairs and throw the adapter away; pairs follow each other, as on a machine with little
    memory."""
    rows = [(str(n), pieces[2 * n], pieces[2 * n + 1]) for n in range(min(PAIRS, len(pieces) // 2))]
    limit = min(plan.max_seq_length, base.positions)
    examples = tokenise(rows, base, limit).examples or shorten_pairs(rows, base, limit)
    memory_plan = MemoryPlan(1, 0, plan.rank, plan.max_seq_length)
    estimate = estimate_update(base.config, measure_element_bytes(base), examples, memory_plan, plan)
    lora.attach(base.model, plan.lora_parameters(base.config), plan.seed)
    try:
        optimizer = build_optimizer(plan)
        optimizer.init(base.model.trainable_parameters())
        engine = GradientEngine(base, memory_plan, plan.seed)
        mx.eval(base.model.parameters(), optimizer.state)
        engine.accumulate(examples[:1], 0)  # the first also wakes the device
        mx.reset_peak_memory()
        sums: Any = None
        tokens, targets, began = 0, 0, time.monotonic()
        for number, example in enumerate(examples):
            context.progress(number, len(examples), "pairs")
            part = engine.accumulate([example], 0, [number])
            sums = part.gradients if sums is None else tree_map(mx.add, sums, part.gradients)
            tokens, targets = tokens + part.real_tokens, targets + part.targets
            mx.eval(sums)
        mean: Any = tree_map(lambda g: g / targets, sums)
        apply_gradients(base.model, optimizer, mean, plan.learning_rate, compute_norm(mean), plan.max_grad_norm)
        return TrainingTrial(time.monotonic() - began, tokens, mx.get_peak_memory(), estimate.peak_bytes)
    finally:
        lora.detach(base.model)


def shorten_pairs(rows: Sequence[tuple[str, str, str]], base: Base, limit: int) -> tuple[Example, ...]:
    """Return the pairs cut in half until they fit a base that reads few tokens at once."""
    while rows and any(len(prompt) + len(text) > 2 for _, prompt, text in rows):
        rows = [(name, prompt[: len(prompt) // 2], text[: len(text) // 2]) for name, prompt, text in rows]
        if examples := tokenise(rows, base, limit).examples:
            return examples
    return ()
