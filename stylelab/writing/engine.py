"""Write with a loaded model, token by token, until it ends the text or reaches the limit.

In: a prompt. Out: text, with why it ended. Next: compare. `loaded` says which adapter stands in the base.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import mlx.core as mx
from mlx_lm.models.cache import make_prompt_cache

from stylelab.basemodels.load import Base, number
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


def stream(base: Base, prompt: str, sampling: Sampling, max_tokens: int) -> Iterator[int]:
    """Yield token ids after the prompt until the end token (not yielded) or `max_tokens`."""
    base.model.eval()
    cache = make_prompt_cache(base.model)
    tokens = mx.array(base.encode_prompt(prompt))[None]
    written: list[int] = []
    key = mx.random.key(sampling.seed)
    for _ in range(max_tokens):
        logits = base.model(tokens, cache=cache)[0, -1]
        key, own = mx.random.split(key)
        token = int(number(choose(logits, sampling, written, own)))
        if token in base.end_tokens:
            return
        written.append(token)
        yield token
        tokens = mx.array([[token]])


def write(
    base: Base,
    prompt: str,
    sampling: Sampling,
    max_tokens: int,
    on_tokens: Callable[[list[int]], None] = lambda tokens: None,
) -> Written:
    """Write after a prompt with the model and the adapter that is chosen now.

    Args:
        on_tokens: Called after every token with all tokens so far; may raise to stop.
    """
    so_far: list[int] = []
    for token in stream(base, prompt, sampling, max_tokens):
        so_far.append(token)
        on_tokens(so_far)
    tokens = tuple(so_far)
    ended: Literal["end", "length"] = "length" if len(tokens) == max_tokens else "end"
    return Written(base.decode(tokens).strip(), tokens, ended)
