"""How a run fits into memory: chosen once, kept with the run, the same after a resume. Light: it knows no model library.

Next: memory_estimate, memory_choice, gradient_accumulation, checkpoint.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MemoryPlan:
    """What is computed together and what is computed twice.

    Args:
        pack_tokens: Tokens computed together at most, but for a longer example.
        recomputed: Blocks, from the first, that are computed again in the backward pass.
        rank: The adapter's width.
        max_seq_length: Longest pair in tokens.
    """

    pack_tokens: int
    recomputed: int
    rank: int
    max_seq_length: int
