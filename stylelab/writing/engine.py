"""Write with a loaded model, token by token, until it ends the text or reaches the limit.

In: a prompt. Out: text, with why it ended. Next: compare. `loaded` says which adapter stands in the base.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Literal

import mlx.core as mx

from stylelab.basemodels.load import Base, evaluate_scalar
from stylelab.writing.prompt_cache import PromptCache
from stylelab.writing.sampling import Sampling, choose


@dataclass(frozen=True)
class Written:
    """A finished text.

    Args:
        tokens: Token ids, the end token left out.
        ended: Whether the model ended it or the length limit did.
    """

    text: str
    tokens: tuple[int, ...]
    ended: Literal["end", "length"]


def stream(
    base: Base,
    prompt: str,
    sampling: Sampling,
    max_tokens: int,
    *,
    prompts: PromptCache | None = None,
    voice: Hashable = None,
    tick: Callable[[], None] = lambda: None,
) -> Iterator[int]:
    """Yield token ids after the prompt until the end token (not yielded) or `max_tokens`.

    The next token is computed while this one is looked at.

    Args:
        prompts: Where the prompt's keys and values are found and kept.
        voice: What writes, as `prompts` tells voices apart.
        tick: Called between pieces of a long prompt; may raise to stop.
    """
    base.model.eval()
    prompts = prompts or PromptCache()
    tokens = base.encode_prompt(prompt)
    cache, logits = prompts.read(base.model, voice, tokens, tick)
    key = mx.random.key(sampling.seed)
    recent: list[mx.array] = []
    try:
        for number in range(max_tokens + 1):
            if number < max_tokens:
                key, own = mx.random.split(key)
                recent.append(choose(logits, sampling, recent, own))
                mx.async_eval(recent[-1])
            if number:
                token = int(evaluate_scalar(recent[number - 1]))
                if token in base.end_tokens:
                    return
                yield token
            if number < max_tokens - 1:
                logits = base.model(recent[number][None, None], cache=cache)[0, -1]
    finally:
        prompts.keep(voice, tokens, cache)


def compute_next_logits(base: Base, prompt: str) -> mx.array:
    """Return the logits [vocabulary] after a prompt, float32."""
    base.model.eval()
    return PromptCache().read(base.model, None, base.encode_prompt(prompt))[1].astype(mx.float32)


def write(
    base: Base,
    prompt: str,
    sampling: Sampling,
    max_tokens: int,
    on_tokens: Callable[[list[int]], None] = lambda tokens: None,
    *,
    prompts: PromptCache | None = None,
    voice: Hashable = None,
) -> Written:
    """Write after a prompt with the model and the adapter that is chosen now.

    Args:
        on_tokens: Called after every token with all tokens so far, and with none while the prompt is read; may raise to stop.
        prompts, voice: As of `stream`.
    """
    so_far: list[int] = []
    for token in stream(
        base, prompt, sampling, max_tokens, prompts=prompts, voice=voice, tick=lambda: on_tokens(so_far)
    ):
        so_far.append(token)
        on_tokens(so_far)
    tokens = tuple(so_far)
    ended: Literal["end", "length"] = "length" if len(tokens) == max_tokens else "end"
    return Written(base.decode(tokens).strip(), tokens, ended)
