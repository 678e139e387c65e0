"""Examples packed into one row without a padded token; a prompt's beginning that several share is there once.

In: the Examples of one update. Out: Packs. Next room: training.packed.
A pack is a tree of segments: a segment is a run of tokens that attends to its ancestors and to itself, causally. Examples
without a common beginning are trees of their own, so attention is block-diagonal; where prompts begin alike, the shared
run is computed once, and the gradients of all who share it flow through it. Responses are never shared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from stylelab.batches.tokenise import Example

SHORTEST = 8  # tokens: a shorter common beginning costs more in split attention than it saves


@dataclass(frozen=True)
class Segment:
    """A run of tokens in a pack's row.

    Args:
        start, stop: Where it lies in the row.
        path: Its ancestors, from the root, as indices of segments; without itself.
        depth: Position of its first token in its examples, which RoPE needs.
        first: Its first token, counted from `start`, whose hidden state predicts a label; all after it do too.
    """

    start: int
    stop: int
    path: tuple[int, ...]
    depth: int
    first: int

    @property
    def tokens(self) -> int:
        return self.stop - self.start


@dataclass(frozen=True)
class Pack:
    """One row of tokens, as a tree of segments.

    Args:
        inputs: int32 [length]: no padding.
        segments: In row order, parents before children.
        picks: int32 [targets]: which of `rows` predicts each label.
        labels: int32 [targets]: the tokens to predict.
        owners: int32 [targets]: which example of the pack a label belongs to.
        real_tokens: Input tokens of the examples, had nothing been shared.
    """

    inputs: npt.NDArray[np.int32]
    segments: tuple[Segment, ...]
    picks: npt.NDArray[np.int32]
    labels: npt.NDArray[np.int32]
    owners: npt.NDArray[np.int32]
    real_tokens: int

    @property
    def tokens(self) -> int:
        """Tokens computed."""
        return len(self.inputs)

    @cached_property
    def rows(self) -> npt.NDArray[np.int32]:
        """int32 [rows]: the places in the row that predict something, in row order."""
        return np.concatenate([np.arange(s.start + s.first, s.stop, dtype=np.int32) for s in self.segments])

    @cached_property
    def lengths(self) -> npt.NDArray[np.float32]:
        """float32 [length]: input tokens of the longest example that each token belongs to."""
        ends = [s.depth + s.tokens for s in self.segments]
        for s, end in zip(reversed(self.segments), reversed(ends[:]), strict=True):
            for ancestor in s.path:
                ends[ancestor] = max(ends[ancestor], end)
        return np.repeat(np.array(ends, dtype=np.float32), [s.tokens for s in self.segments])


def pack(examples: Sequence[Example]) -> Pack:
    """Return one pack of all the examples. The last token of an example is never an input: nothing follows it."""
    builder = _PackBuilder(examples)
    builder.grow(list(range(len(examples))), 0, ())
    return builder.build()


def divide_into_packs(examples: Sequence[Example], most_tokens: int) -> list[list[int]]:
    """Divide examples into packs of at most `most_tokens` input tokens; a longer example has a pack of its own.

    Returns:
        Indices into `examples`; those that begin alike come together, those that share most beside each other.
    """
    if sum(len(e.tokens) - 1 for e in examples) <= most_tokens:
        return [list(range(len(examples)))]
    out: list[list[int]] = []
    room = 0
    for index in sorted(range(len(examples)), key=lambda i: examples[i].tokens.tolist()):
        need = len(examples[index].tokens) - 1
        if not out or need > room:
            out.append([])
            room = most_tokens
        out[-1].append(index)
        room -= need
    return out


class _PackBuilder:
    """Builds a pack, root first."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self._examples = examples
        self._pieces: list[npt.NDArray[np.int32]] = []
        self._segments: list[Segment] = []
        self._places: list[list[tuple[int, int]]] = [[] for _ in examples]  # (place in the row, label)
        self._length = 0

    def grow(self, members: Sequence[int], depth: int, path: tuple[int, ...]) -> None:
        """Add what lies below `path` for the members, who are alike up to `depth`."""
        groups: dict[bytes, list[int]] = {}
        for m in members:
            example = self._examples[m]
            long = example.prompt_length - depth >= SHORTEST
            key = example.tokens[depth : depth + SHORTEST].tobytes() if long else f"alone {m}".encode()
            groups.setdefault(key, []).append(m)
        for group in groups.values():
            end = self._find_common_end(group)
            if len(group) > 1:
                self.grow(group, end, (*path, self._add(group, depth, end, path)))
            elif end > depth:
                self._add(group, depth, end, path)

    def build(self) -> Pack:
        rows = np.concatenate([np.arange(s.start + s.first, s.stop) for s in self._segments])
        index = {int(place): i for i, place in enumerate(rows)}
        targets = [(index[place], label, owner) for owner, own in enumerate(self._places) for place, label in own]
        picks, labels, owners = np.array(targets, dtype=np.int32).T
        real = sum(len(e.tokens) - 1 for e in self._examples)
        return Pack(np.concatenate(self._pieces), tuple(self._segments), picks, labels, owners, real)

    def _find_common_end(self, group: Sequence[int]) -> int:
        """Return where the group's common prompt ends; for one alone, where its input ends."""
        first = self._examples[group[0]]
        if len(group) == 1:
            return len(first.tokens) - 1
        end = min(self._examples[m].prompt_length for m in group)
        for m in group[1:]:
            differs = np.flatnonzero(self._examples[m].tokens[:end] != first.tokens[:end])
            end = int(differs[0]) if len(differs) else end
        return end

    def _add(self, group: Sequence[int], depth: int, end: int, path: tuple[int, ...]) -> int:
        """Add the tokens [depth, end) of the group's first member as a segment; return its index."""
        start = self._length
        first = end - depth
        for m in group:
            e = self._examples[m]
            learned = max(depth, e.prompt_length - 1)  # the prompt's last token predicts the response's first
            self._places[m] += [(start + at - depth, int(e.tokens[at + 1])) for at in range(learned, end)]
            first = min(first, learned - depth)
        self._pieces.append(self._examples[group[0]].tokens[depth:end])
        self._segments.append(Segment(start, start + end - depth, path, depth, first))
        self._length += end - depth
        return len(self._segments) - 1
