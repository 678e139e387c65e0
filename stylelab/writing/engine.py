"""Writing: one base in memory, its adapter at any scale, tokens one by one.

In: a prompt. Out: text, with why it ended. Next room: compare. Stops on the end token that training taught.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import mlx.core as mx
from mlx_lm.models.cache import make_prompt_cache

from stylelab.adapters import lora
from stylelab.adapters.store import StoredAdapter
from stylelab.basemodels.load import Base, number
from stylelab.errors import AdapterError
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


def put_on(base: Base, adapter: StoredAdapter) -> None:
    """Attach a stored adapter at its training scale, dropout off.

    Raises:
        AdapterError: It was trained on another base, or does not fit.
    """
    lora.attach(base.model, adapter.parameters, seed=0)
    lora.load_weights(base.model, adapter.weights)
    base.model.eval()
    mx.eval(base.model.parameters())


def require_base(adapter: StoredAdapter, weights_sha256: str, name: str) -> None:
    """Refuse a base other than the adapter's own.

    Raises:
        AdapterError: The hashes differ.
    """
    if adapter.recipe.base.weights_sha256 != weights_sha256:
        raise AdapterError(
            f"This adapter was trained on {adapter.recipe.base.name}, and the project's base is {name}.",
            remedy="Set 'base' in project.yaml to the model that it was trained on.",
            code="adapter_base",
        )


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
    """Write after a prompt with the model as it stands.

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
