"""Pairs become token ids with an exact boundary between prompt and response.

In: prompt and completion texts. Out: Examples. What is too long is returned apart, never cut. Next room: bucket.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt


class Encoder(Protocol):
    """What tokenising needs of a base model."""

    @property
    def end_token(self) -> int: ...
    def encode_prompt(self, text: str, /) -> list[int]: ...
    def encode_completion(self, text: str, /) -> list[int]: ...


@dataclass(frozen=True)
class Example:
    """One pair as tokens.

    Args:
        id: The pair's id.
        tokens: int32 [length]: prompt, completion, end token.
        prompt_length: How many of them are prompt.
        kind: The pair's kind, for a loss by kind.
    """

    id: str
    tokens: npt.NDArray[np.int32]
    prompt_length: int
    kind: str = ""

    @property
    def targets(self) -> int:
        """How many tokens are learned: the completion and its end token."""
        return len(self.tokens) - self.prompt_length


@dataclass(frozen=True)
class TokenisedPairs:
    """Examples that fit, and the ids of pairs that do not, with their length in tokens."""

    examples: tuple[Example, ...]
    too_long: tuple[tuple[str, int], ...]


def tokenise(pairs: Iterable[tuple[str, ...]], encoder: Encoder, max_seq_length: int) -> TokenisedPairs:
    """Tokenise (id, prompt, completion) triples, or the same with a kind.

    Prompt and completion are encoded apart, as in writing, so that no token spans the boundary.

    Args:
        max_seq_length: Longest allowed sequence in tokens, end token included.
    """
    examples: list[Example] = []
    too_long: list[tuple[str, int]] = []
    for pair_id, prompt, completion, *kind in pairs:
        head = encoder.encode_prompt(prompt)
        tokens = [*head, *encoder.encode_completion(completion), encoder.end_token]
        if len(tokens) > max_seq_length:
            too_long.append((pair_id, len(tokens)))
        else:
            examples.append(Example(pair_id, np.array(tokens, dtype=np.int32), len(head), *kind))
    return TokenisedPairs(tuple(examples), tuple(too_long))
