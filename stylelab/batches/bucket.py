"""The order of training: every example once per epoch, rows of like length together, decided by the seed alone.

In: example lengths. Out: lists of example indices, one list per batch. Next room: mask.collate.
The order is a function of (seed, epoch), so a resumed run needs only a counter to go on exactly.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

POOL = 32  # batches sorted together: little padding, yet each epoch mixes anew


def epoch_order(lengths: Sequence[int], batch_size: int, seed: int, epoch: int) -> list[list[int]]:
    """Return the batches of one epoch as example indices.

    Args:
        lengths: Tokens per example.
        batch_size: Rows per batch; the last of an epoch may have fewer.
    """
    rng = np.random.default_rng([seed, epoch])
    order: list[int] = rng.permutation(len(lengths)).tolist()
    if batch_size == 1:
        return [[i] for i in order]
    batches: list[list[int]] = []
    for start in range(0, len(order), POOL * batch_size):
        pool: list[int] = sorted(order[start : start + POOL * batch_size], key=lengths.__getitem__)
        batches += [pool[i : i + batch_size] for i in range(0, len(pool), batch_size)]
    return [batches[i] for i in rng.permutation(len(batches))]


def sorted_batches(lengths: Sequence[int], batch_size: int) -> list[list[int]]:
    """Return all examples once, longest first, in batches: for validation, where order does not matter."""
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    return [order[i : i + batch_size] for i in range(0, len(order), batch_size)]
