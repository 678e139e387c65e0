"""Write with base and adapter from the same prompt, seed and sampling, and measure how much the adapter changes the logits.

In: a base with its adapter on. Out: two texts and the largest change of a logit. Next room: jobs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import mlx.core as mx

from stylelab.adapters import lora
from stylelab.basemodels.load import Base, number
from stylelab.writing.engine import Written, write
from stylelab.writing.sampling import Sampling

Column = Literal["base", "adapter"]


@dataclass(frozen=True)
class Comparison:
    """Two texts from one prompt.

    Args:
        scale: The adapter's scale while it wrote.
        logit_change_max: Largest absolute difference of a logit at the prompt's end; 0 means that the adapter does nothing.
    """

    base: Written | None
    adapter: Written
    scale: float
    logit_change_max: float


def next_logits(base: Base, prompt: str) -> mx.array:
    """Return the logits [vocabulary] after a prompt, float32."""
    base.model.eval()
    return base.model(mx.array(base.encode_prompt(prompt))[None])[0, -1].astype(mx.float32)


def logit_change(base: Base, prompt: str, scale: float) -> float:
    """Return the largest absolute change of a next-token logit that the attached adapter makes at `scale`."""
    lora.set_scale(base.model, 0.0)
    plain = next_logits(base, prompt)
    lora.set_scale(base.model, scale)
    return number(mx.max(mx.abs(next_logits(base, prompt) - plain)))


def compare(
    base: Base,
    prompt: str,
    sampling: Sampling,
    max_tokens: int,
    scale: float,
    both: bool = True,
    on_tokens: Callable[[Column, list[int]], None] = lambda column, tokens: None,
) -> Comparison:
    """Write with the base alone (unless not `both`) and with the adapter at `scale`; the adapter stays on.

    Args:
        on_tokens: Called after every token with the column and all its tokens so far; may raise to stop.
    """
    change = logit_change(base, prompt, scale)
    plain = None
    if both:
        lora.set_scale(base.model, 0.0)
        plain = write(base, prompt, sampling, max_tokens, lambda tokens: on_tokens("base", tokens))
    lora.set_scale(base.model, scale)
    written = write(base, prompt, sampling, max_tokens, lambda tokens: on_tokens("adapter", tokens))
    return Comparison(plain, written, scale, change)
