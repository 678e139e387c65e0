"""Batches of the denoising stage: prompts with their answers, and windows of plain text.

In: PlainPairs, a tokenizer, a stream of tokens. Out: tokens with targets, as NumPy arrays. Next: denoise, measure.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np
from plain_pairs import PlainPair
from scramble import Scrambler, draw_example, draw_recipes
from tokenizers import Tokenizer

UNCOUNTED = -100  # a target that the loss leaves out
LONGEST = 512  # tokens of a pair
WINDOW = 1024  # tokens of a window of plain text
POOL = 256  # examples that are sorted by length, so that a batch has little padding
NAMELESS = 0.5  # share of the pairs without a name that an epoch takes
Batch = tuple[np.ndarray, np.ndarray]


def encode_example(tokenizer: Tokenizer, prompt: str, completion: str) -> tuple[list[int], int]:
    """Return the tokens of prompt, completion and end token, and how many of them are the prompt's."""
    first = tokenizer.encode(prompt).ids
    return [*first, *tokenizer.encode(completion).ids, 0], len(first)


def pad_examples(examples: Sequence[tuple[list[int], int]]) -> Batch:
    """Return tokens [batch, length] and targets of the same shape; only answers and their ends are targets."""
    length = max(len(tokens) for tokens, _ in examples) - 1
    ids = np.zeros((len(examples), length), dtype=np.int64)
    targets = np.full_like(ids, UNCOUNTED)
    for row, (tokens, prompt) in enumerate(examples):
        ids[row, : len(tokens) - 1] = tokens[:-1]
        targets[row, prompt - 1 : len(tokens) - 1] = tokens[prompt:]
    return ids, targets


def find_repeated(batch: Batch) -> np.ndarray:
    """Return where the token that comes next stands already, after the same token as now: booleans [batch, from, to].

    Only answers look, and only into their prompts.
    """
    ids, targets = batch
    counted = targets != UNCOUNTED
    next_is = targets[:, :, None] == ids[:, None, :]
    now_is = ids[:, :, None] == np.roll(ids, 1, axis=1)[:, None, :]
    prompt = np.arange(ids.shape[1])[None] < counted.argmax(axis=1)[:, None]
    prompt[:, 0] = False  # nothing stands before the first token
    return next_is & now_is & prompt[:, None, :] & counted[:, :, None]


def cut_batches(examples: list[tuple[list[int], int]], tokens: int) -> list[Batch]:
    """Return batches of examples of like length, each of at most so many tokens with its padding."""
    out: list[Batch] = []
    batch: list[tuple[list[int], int]] = []
    for example in sorted(examples, key=lambda e: len(e[0])):
        if batch and (len(batch) + 1) * len(example[0]) > tokens:
            out.append(pad_examples(batch))
            batch = []
        batch.append(example)
    return [*out, pad_examples(batch)]


class PairBatches:
    """Draws batches of pairs without end; `repeat` is the share of examples that answer with the plain text itself."""

    def __init__(self, pairs: Sequence[PlainPair], tokenizer: Tokenizer, tokens: int, rng: random.Random) -> None:
        self.repeat = 0.0
        self._pairs = pairs
        self._tokenizer = tokenizer
        self._tokens = tokens
        self._rng = rng
        self._scrambler = Scrambler(pairs, rng)
        self._recipes = draw_recipes(rng)

    def __iter__(self) -> Iterator[Batch]:
        pool: list[tuple[list[int], int]] = []
        for pair in self._order():
            drawn = draw_example(pair, self._scrambler, self._recipes, self._rng, repeat=self.repeat)
            example = encode_example(self._tokenizer, *drawn)
            if len(example[0]) <= LONGEST:
                pool.append(example)
            if len(pool) == POOL:
                batches = cut_batches(pool, self._tokens)
                self._rng.shuffle(batches)
                yield from batches
                pool = []

    def _order(self) -> Iterator[PlainPair]:
        while True:
            taken = [p for p in self._pairs if p.names or self._rng.random() < NAMELESS]
            self._rng.shuffle(taken)
            yield from taken


def draw_windows(data: np.ndarray, tokens: int, rng: np.random.Generator) -> Batch:
    """Return windows of plain text at random places, so many tokens in all."""
    starts = rng.integers(0, len(data) - WINDOW - 1, size=max(1, tokens // WINDOW))
    rows = np.stack([data[s : s + WINDOW + 1] for s in starts])
    return rows[:, :-1], rows[:, 1:]
