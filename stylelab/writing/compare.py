"""Write with base and adapter from the same prompt, seed and sampling, and measure how much the adapter changes the logits.

In: a base with its adapter on. Out: two texts and the largest change of a logit. Next room: jobs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import mlx.core as mx

from stylelab.adapters import lora
from stylelab.basemodels.load import Base, evaluate_scalar
from stylelab.writing.engine import Written, write
from stylelab.writing.prompt_cache import PromptCache
from stylelab.writing.sampling import Sampling

ComparisonSide = Literal["base", "adapter"]


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


def measure_logit_change(base: Base, prompt: str, scale: float, prompts: PromptCache | None = None) -> float:
    """Return the largest absolute change of a next-token logit that the attached adapter makes at `scale`; it stays on."""
    prompts = prompts or PromptCache()
    base.model.eval()
    tokens = base.encode_prompt(prompt)
    found: list[mx.array] = []
    for voice in (0.0, scale):
        lora.set_scale(base.model, voice)
        cache, logits = prompts.read(base.model, voice, tokens)
        found.append(logits.astype(mx.float32))
        mx.eval(found[-1])
        prompts.keep(voice, tokens, cache)
    return evaluate_scalar(mx.max(mx.abs(found[1] - found[0])))


def compare(
    base: Base,
    prompt: str,
    sampling: Sampling,
    max_tokens: int,
    scale: float,
    both: bool = True,
    on_tokens: Callable[[ComparisonSide, list[int]], None] = lambda column, tokens: None,
) -> Comparison:
    """Write with the base alone (unless not `both`) and with the adapter at `scale`; the adapter stays on.

    Each reads the prompt once, to be compared and to write.

    Args:
        on_tokens: Called after every token with the column and all its tokens so far; may raise to stop.
    """
    prompts = PromptCache()
    change = measure_logit_change(base, prompt, scale, prompts)
    written: dict[ComparisonSide, Written] = {}
    sides: tuple[tuple[ComparisonSide, float], ...] = (("base", 0.0), ("adapter", scale))
    for side, voice in sides if both else sides[1:]:
        lora.set_scale(base.model, voice)
        told = partial(on_tokens, side)
        written[side] = write(base, prompt, sampling, max_tokens, told, prompts=prompts, voice=voice)
    return Comparison(written.get("base"), written["adapter"], scale, change)
