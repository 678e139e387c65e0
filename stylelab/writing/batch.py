"""Answer many requests at once with an instruct model: one cache for the shared beginning of the prompts, one batch for the rest.

In: requests. Out: answers. Next rooms: pairs.roundtrip asks through this; jobs wires it. The batch is mlx-lm's own generator;
each request draws with a key of its own, so an answer does not depend on what else is in the batch (but for rounding).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

import mlx.core as mx
from mlx_lm.generate import BatchGenerator
from mlx_lm.models.cache import make_prompt_cache

from stylelab.basemodels.load import Base
from stylelab.errors import ModelError
from stylelab.files import sha256_text
from stylelab.pairs.roundtrip import ChatAnswer, ChatRequest

AT_ONCE = 16  # sequences in a batch
PREFILL_TOKENS = 32  # of each prompt's own part at a time: between these, and between tokens, a stop is obeyed


class LocalChatModel:
    """An instruct model that answers in batches."""

    def __init__(self, base: Base, *, at_once: int = AT_ONCE, tick: Callable[[], None] = lambda: None) -> None:
        """Take a loaded model.

        Args:
            tick: Called before every token of a batch; may raise to stop.

        Raises:
            ModelError: It is a base model: it has no chat to answer in.
        """
        if not base.encoding.is_instruct:
            raise ModelError(
                f"{base.files.folder.name} is a base model: it continues text, and does not follow instructions.",
                remedy="Name an instruct model's folder as 'model' in pairs.yaml.",
                code="model_no_chat",
            )
        self._base = base
        self._at_once = at_once
        self._tick = tick
        self._shared: tuple[list[int], list[Any]] = ([], [])  # tokens, and their cache
        self.prefills = 0  # how often a shared beginning was computed

    def __call__(self, asks: Sequence[ChatRequest], *, temperature: float) -> list[ChatAnswer]:
        """Return an answer per request, in order.

        Args:
            temperature: 0 is greedy.
        """
        if not asks:
            return []
        prompts = [self._base.encoding.encode_turns(ask.list_turns()) for ask in asks]
        room = [min(a.max_tokens, self._base.positions - len(p)) for a, p in zip(asks, prompts, strict=True)]
        fit = [n for n, left in enumerate(room) if left > 0]
        answers = [ChatAnswer("", "truncated") for _ in asks]
        if fit:
            shared = self._prefix([prompts[n] for n in fit])
            rest = [prompts[n][len(shared) :] for n in fit]
            samplers = [build_sampler(asks[n], temperature) for n in fit]
            written = self._generate(rest, [room[n] for n in fit], samplers)
            for n, (tokens, ended) in zip(fit, written, strict=True):
                answers[n] = ChatAnswer(self._base.decode(tokens).strip(), None if ended else "truncated")
        return answers

    def _prefix(self, prompts: Sequence[Sequence[int]]) -> list[int]:
        """Return the tokens that all prompts begin with, their cache made ready; every prompt keeps one of its own."""
        known, cache = self._shared
        least = min(map(len, prompts)) - 1
        first = prompts[0]
        length = next((i for i in range(least) if any(p[i] != first[i] for p in prompts)), max(least, 0))
        tokens = list(first[:length])
        if known and tokens[: len(known)] == known:
            return known  # the instruction is the same as in the last call
        self._shared = ([], [])
        if tokens:
            cache = make_prompt_cache(self._base.model)
            self._base.model(mx.array(tokens)[None], cache=cache)
            mx.eval([c.state for c in cache])
            self._shared = (tokens, cache)
            self.prefills += 1
        return tokens

    def _generate(
        self, prompts: Sequence[list[int]], room: Sequence[int], samplers: Sequence[Callable[[mx.array], mx.array]]
    ) -> list[tuple[list[int], bool]]:
        """Return each prompt's new tokens, and whether the model ended them itself."""
        at_once = self._at_once if self._base.family.batched else 1
        generator = BatchGenerator(
            self._base.model,
            stop_tokens=[[token] for token in sorted(self._base.end_tokens)],
            completion_batch_size=at_once,
            prefill_batch_size=at_once,
            prefill_step_size=PREFILL_TOKENS,
        )
        try:
            caches = [copy.deepcopy(self._shared[1]) for _ in prompts] if self._shared[1] else None
            ids = generator.insert(list(prompts), list(room), caches=caches, samplers=list(samplers))
            written: dict[int, list[int]] = {own: [] for own in ids}
            ended, done = dict.fromkeys(ids, False), dict.fromkeys(ids, False)  # by the model itself; or by the limit
            while len(written) > sum(done.values()):
                self._tick()
                for response in generator.next()[1]:
                    done[response.uid] = response.finish_reason is not None
                    if response.finish_reason == "stop":
                        ended[response.uid] = True
                    else:
                        written[response.uid].append(int(response.token))
            return [(written[own], ended[own]) for own in ids]
        finally:
            generator.close()


def build_sampler(ask: ChatRequest, temperature: float) -> Callable[[mx.array], mx.array]:
    """Return a way to draw tokens that depends on the request alone.

    Args:
        temperature: 0 is greedy.
    """
    if temperature == 0:
        return lambda logprobs: mx.argmax(logprobs, axis=-1)
    state = [mx.random.key(int(sha256_text(f"{ask.seed}\0{ask.system}\0{ask.user}")[:15], 16))]

    def draw(logprobs: mx.array) -> mx.array:
        state[0], own = mx.random.split(state[0])
        return mx.random.categorical(logprobs / temperature, axis=-1, key=own)

    return draw
