"""The order of training: every example once per epoch, rows of like length together, decided by the seed alone.

In: examples, or their lengths. Out: batches, or lists of example indices, one list per batch. Next: mask, training.
The order is a function of (seed, epoch), so a resumed run needs only a counter to go on exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from stylelab.batches.tokenise import Example

POOL = 32  # batches sorted together: little padding, yet each epoch mixes anew


def order_epoch(lengths: Sequence[int], batch_size: int, seed: int, epoch: int) -> list[list[int]]:
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


def iterate_batches(examples: Sequence[Example], batch_size: int, seed: int, skip: int) -> Iterator[list[Example]]:
    """Yield batches for ever, epoch after epoch, from batch number `skip` on: the order of training."""
    lengths = [len(e.tokens) for e in examples]
    epoch, passed = 0, 0
    while True:
        for indices in order_epoch(lengths, batch_size, seed, epoch):
            if passed >= skip:
                yield [examples[i] for i in indices]
            passed += 1
        epoch += 1


def sort_into_batches(lengths: Sequence[int], tokens: int) -> list[list[int]]:
    """Return all examples once, longest first, in padded batches of at most `tokens` tokens, or of one example."""
    batches: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if not batches or (len(batches[-1]) + 1) * lengths[batches[-1][0]] > tokens:
            batches.append([])
        batches[-1].append(index)
    return batches
