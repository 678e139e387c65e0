"""Which positions are learned: the response and its end token; no prompt, no padding, no off-by-one.

In: Examples. Out: a Batch of arrays. Next room: training.loss.
Stock mlx-lm masks by length with `<=` and so counts one padding token per padded row as a target; this does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stylelab.batches.tokenise import Example


@dataclass(frozen=True)
class Batch:
    """Rows of tokens and the positions whose next token is learned.

    Args:
        inputs: int32 [rows, length], padded at the right with 0.
        positions: int32 [targets]: flat indices into rows * length whose hidden state predicts a label.
        labels: int32 [targets]: the tokens to predict.
    """

    inputs: npt.NDArray[np.int32]
    positions: npt.NDArray[np.int32]
    labels: npt.NDArray[np.int32]

    @property
    def tokens(self) -> int:
        """Tokens computed, padding included."""
        return int(self.inputs.size)


def collate(examples: Sequence[Example]) -> Batch:
    """Return a batch of examples. The last token of a row is never an input: nothing follows it."""
    length = max(len(e.tokens) for e in examples) - 1
    inputs = np.zeros((len(examples), length), dtype=np.int32)
    positions: list[npt.NDArray[np.int32]] = []
    labels: list[npt.NDArray[np.int32]] = []
    for row, e in enumerate(examples):
        inputs[row, : len(e.tokens) - 1] = e.tokens[:-1]
        first = e.prompt_length - 1  # the prompt's last token predicts the response's first
        positions.append(np.arange(row * length + first, row * length + len(e.tokens) - 1, dtype=np.int32))
        labels.append(e.tokens[e.prompt_length :])
    return Batch(inputs, np.concatenate(positions), np.concatenate(labels))
