"""Several machines, one run: each computes a share of every update, and all take the same step.

In: MLX's own distributed group. Out: shares and sums. Next: loop. The weights of all stay equal because all start from the
same seed and add up the same gradients; only the first machine writes files. Alone, everything here does nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import mlx.core as mx
from mlx.utils import tree_map

from stylelab.batches.tokenise import Example
from stylelab.errors import TrainingError
from stylelab.training.memory_plan import MemoryPlan


class Team:
    """This machine among those that train together."""

    def __init__(self, group: Any = None) -> None:
        self._group = group
        self.rank: int = group.rank() if group is not None else 0
        self.size: int = group.size() if group is not None else 1

    @property
    def first(self) -> bool:
        """Whether this machine writes files and samples."""
        return self.rank == 0

    def share(self, examples: Sequence[Example]) -> list[int]:
        """Return which of the examples this machine computes: dealt out longest first, there and back."""
        order = sorted(range(len(examples)), key=lambda i: (-len(examples[i].tokens), i))
        turns = [*range(self.size), *reversed(range(self.size))]
        return [i for place, i in enumerate(order) if turns[place % len(turns)] == self.rank]

    def sum_trees(self, tree: Any) -> Any:
        """Return the sum of every machine's tree of arrays, on every machine."""
        if self.size == 1:
            return tree
        return tree_map(lambda a: mx.distributed.all_sum(a, group=self._group, stream=mx.cpu), tree)

    def sum_numbers(self, values: Sequence[float]) -> list[float]:
        """Return the sums of every machine's numbers, in float32 (exact for counts up to 16 million)."""
        if self.size == 1:
            return list(values)
        summed: Any = self.sum_trees(mx.array(list(values), dtype=mx.float32)).tolist()
        return summed

    def broadcast(self, tree: Any) -> Any:
        """Return the first machine's tree of arrays, on every machine."""
        return self.sum_trees(tree if self.first else tree_map(mx.zeros_like, tree))

    def gather_numbers(self, values: Sequence[int]) -> list[list[int]]:
        """Return the numbers of every machine, on every machine: [machines, values]; exact up to 16 million."""
        own = [0.0] * (self.size * len(values))
        own[self.rank * len(values) : (self.rank + 1) * len(values)] = map(float, values)
        flat = [round(v) for v in self.sum_numbers(own)]
        return [flat[i : i + len(values)] for i in range(0, len(flat), len(values))]

    def agree_on_memory_plan(self, own: MemoryPlan) -> MemoryPlan:
        """Return the memory plan that the machine with the least memory needs."""
        rows = self.gather_numbers([own.pack_tokens, -own.recomputed, own.rank, own.max_seq_length])
        together, recomputed, rank, length = (min(column) for column in zip(*rows, strict=True))
        return MemoryPlan(together, -recomputed, rank, length)

    def broadcast_text(self, text: str) -> str:
        """Return the first machine's text, on every machine."""
        if self.size == 1:
            return text
        data = text.encode() if self.first else b""
        (length,) = self.sum_numbers([len(data)])
        letters = mx.array(list(data) if self.first else [0] * int(length), dtype=mx.int32)
        received: Any = self.sum_trees(letters).tolist()
        return bytes(received).decode()

    def refuse_unequal(self, hashes: Sequence[str]) -> None:
        """Raise a TrainingError when this machine's files are not the first one's."""
        own = ",".join(hashes)
        if self.sum_numbers([float(self.broadcast_text(own) != own)])[0]:
            raise TrainingError(
                "The machines do not have the same pairs, recipe and base.",
                remedy="Copy the project's folder from the first machine to the others.",
                code="machines_differ",
            )


def join_team() -> Team:
    """Return the team that `mlx.launch` started this process in, or a team of one."""
    return Team(mx.distributed.init())


ALONE = Team()
