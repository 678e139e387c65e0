"""Keys and values of the prompts read last, one for each voice: a prompt that begins alike is read from where it parts.

In: a prompt's tokens. Out: a cache that holds them, and the logits after the last. Next: engine, compare. A persona's prompts
share their frame, and base and adapter read the same prompt to be compared and to write.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import mlx.core as mx
from mlx_lm.models.cache import can_trim_prompt_cache, make_prompt_cache, trim_prompt_cache

PREFILL_TOKENS = 256  # of a prompt at a time: between these a stop is obeyed


class PromptCache:
    """Caches of one model, by voice.

    A voice is whatever decides what the model computes from the same tokens: which adapter, at which scale. Who changes an
    adapter's weights starts a new PromptCache.
    """

    def __init__(self) -> None:
        self._held: dict[Hashable, tuple[list[int], list[Any]]] = {}
        self.tokens_read = 0  # computed, not found

    def read(
        self, model: Any, voice: Hashable, tokens: Sequence[int], tick: Callable[[], None] = lambda: None
    ) -> tuple[list[Any], mx.array]:
        """Return a cache that holds the tokens, and the logits [vocabulary] after the last of them, not yet evaluated.

        Args:
            tick: Called between pieces of a long prompt; may raise to stop.
        """
        cache, start = self._take(model, voice, tokens)
        last = len(tokens) - 1
        while start < last:
            stop = min(last, start + PREFILL_TOKENS)
            model(mx.array([tokens[start:stop]]), cache=cache)  # its logits are nobody's, so they are never computed
            mx.eval([c.state for c in cache])
            self.tokens_read += stop - start
            start = stop
            tick()
        self.tokens_read += 1
        return cache, model(mx.array([tokens[last:]]), cache=cache)[0, -1]

    def keep(self, voice: Hashable, tokens: Sequence[int], cache: list[Any]) -> None:
        """Take back a cache that `read` gave for these tokens, whatever was written after them."""
        if not can_trim_prompt_cache(cache):
            return  # a window that has moved on cannot be moved back
        beyond = cache[0].offset - len(tokens)
        if trim_prompt_cache(cache, beyond) == beyond:
            self._held[voice] = (list(tokens), cache)

    def _take(self, model: Any, voice: Hashable, tokens: Sequence[int]) -> tuple[list[Any], int]:
        """Return a cache, and how many of the tokens it holds: all but the last at most, whose logits are asked for."""
        known, cache = self._held.pop(voice, ([], []))
        most = min(len(known), len(tokens) - 1)
        common = next((i for i in range(most) if known[i] != tokens[i]), most)
        beyond = len(known) - common
        if not common or trim_prompt_cache(cache, beyond) != beyond:
            return make_prompt_cache(model), 0
        return cache, common
