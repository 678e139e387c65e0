"""When to stop a run and what to warn of: divergence, no more progress, overfitting, texts that repeat themselves.

In: losses and texts. Out: words, or None. Next: loop.
"""

from __future__ import annotations

import math
from collections import Counter

from stylelab.notes import Note

EXPLODED = 3.0  # a loss this many times the first validation loss is divergence
RISING = 2  # validations in a row without a better one, while training goes on improving, are overfitting
MOST_REPEATS = 0.3  # share of four-word runs that are repeats (METHOD §7's gate for repeats)
FEWEST_WORDS = 12  # shorter texts are not judged


def diagnose_divergence(loss_nats: float, grad_norm: float, first_nats: float, learning_rate: float) -> str | None:
    """Return a diagnosis of an update that must not count, or None.

    Args:
        loss_nats: The update's mean loss. grad_norm: Its gradient's length.
        first_nats: The first validation loss.
    """
    rate = f"at learning rate {learning_rate:g}"
    if not math.isfinite(loss_nats):
        return f"The loss was no number {rate}: the weights grew until the arithmetic overflowed."
    if not math.isfinite(grad_norm):
        return f"The gradient was no number {rate}, though the loss was {loss_nats:.2f} nats."
    if loss_nats > EXPLODED * max(first_nats, 1.0):
        return f"The loss rose to {loss_nats:.2f} nats {rate}; the base alone has {first_nats:.2f}."
    return None


def diagnose_overfitting(without_better: int, train_nats: float, train_nats_at_best: float) -> str | None:
    """Return a warning when validation has stopped improving while training has not, or None.

    Args:
        without_better: Validations since the best.
        train_nats: Mean training loss lately. train_nats_at_best: The same when the best was measured.
    """
    if without_better < RISING or not train_nats < train_nats_at_best:
        return None
    return Note(
        "Overfitting: {count} validations without a better one, while the training loss fell from {before} to {now} nats. "
        "The best adapter so far is kept.",
        count=without_better,
        before=f"{train_nats_at_best:.3f}",
        now=f"{train_nats:.3f}",
    )


def diagnose_repetition(text: str) -> str | None:
    """Return a warning when a text repeats itself, or None."""
    words = text.lower().split()
    if len(words) < FEWEST_WORDS:
        return None
    runs = Counter(zip(words, words[1:], words[2:], words[3:], strict=False))
    repeats = sum(count - 1 for count in runs.values()) / max(1, sum(runs.values()))
    if repeats <= MOST_REPEATS:
        return None
    worst = " ".join(runs.most_common(1)[0][0])
    return Note(
        'A live sample repeats itself ({share}% of its four-word runs, such as "{words}").',
        share=round(100 * repeats),
        words=worst,
    )
