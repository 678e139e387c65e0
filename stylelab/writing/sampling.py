"""Choose the next token from logits: repetition penalty, temperature, nucleus, seed.

In: logits of one position. Out: a token id. Next room: engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import mlx.core as mx

WINDOW = 64  # tokens of the text so far that the repetition penalty looks at


@dataclass(frozen=True)
class Sampling:
    """How the next token is chosen.

    Args:
        temperature: 0 is greedy: the likeliest token, and nothing below applies.
        top_p: Share of probability that may be chosen from, 0 to 1. Source: Holtzman et al. 2020, arXiv:1904.09751.
        repetition_penalty: Divides positive and multiplies negative logits of tokens just used; 1 is off.
            Source: Keskar et al. 2019, arXiv:1909.05858.
        seed: Decides the draws; base and adapter are compared under the same one.
    """

    temperature: float
    top_p: float
    repetition_penalty: float
    seed: int


GREEDY = Sampling(0.0, 1.0, 1.0, 0)


def choose(logits: mx.array, sampling: Sampling, recent: Sequence[mx.array], key: mx.array) -> mx.array:
    """Return the next token id, a uint32 scalar.

    Args:
        logits: [vocabulary].
        recent: Tokens written so far, scalars, evaluated or not; the last WINDOW count for the penalty.
        key: Random key of this position.
    """
    if sampling.temperature == 0:
        return mx.argmax(logits)
    logits = logits.astype(mx.float32)
    if sampling.repetition_penalty != 1 and recent:
        where = mx.stack(list(recent[-WINDOW:]))  # a token that is there twice is set twice, to the same
        own = logits[where]
        factor = sampling.repetition_penalty
        logits[where] = mx.where(own > 0, own / factor, own * factor)
    logits = logits / sampling.temperature
    if sampling.top_p < 1:
        order = mx.argsort(-logits)
        share = mx.softmax(logits[order])
        outside = mx.cumsum(share) - share >= sampling.top_p  # a token is in while those before it hold less than top_p
        logits[order] = mx.where(outside, -mx.inf, logits[order])
    return mx.random.categorical(logits, key=key)
