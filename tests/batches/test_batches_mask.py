"""The mask by hand: which positions predict which labels."""

from __future__ import annotations

import numpy as np

from stylelab.batches.bucket import order_epoch, sort_into_batches
from stylelab.batches.mask import collate
from stylelab.batches.tokenise import Example, tokenise


def example(tokens: list[int], prompt: int) -> Example:
    return Example("x", np.array(tokens, dtype=np.int32), prompt)


def test_positions_and_labels_of_one_row_by_hand() -> None:
    batch = collate([example([5, 6, 7, 8, 0], prompt=3)])
    assert batch.inputs.tolist() == [[5, 6, 7, 8]]
    assert batch.positions.tolist() == [2, 3]  # token 7 predicts 8, token 8 predicts the end
    assert batch.labels.tolist() == [8, 0]


def test_mask_excludes_padding_and_keeps_the_end_token() -> None:
    batch = collate([example([1, 2, 3, 4, 0], prompt=2), example([9, 8, 0], prompt=1)])
    assert batch.inputs.tolist() == [[1, 2, 3, 4], [9, 8, 0, 0]]
    assert batch.positions.tolist() == [1, 2, 3, 4, 5]
    assert batch.labels.tolist() == [3, 4, 0, 8, 0]


class Bytes:
    end_token = 0

    def encode_prompt(self, text: str) -> list[int]:
        return [ord(c) for c in text]

    encode_completion = encode_prompt


def test_tokenise_adds_the_end_and_leaves_out_what_is_too_long() -> None:
    done = tokenise([("a", "xy", "z"), ("b", "xy", "zzz")], Bytes(), max_seq_length=4)
    assert [e.tokens.tolist() for e in done.examples] == [[120, 121, 122, 0]]
    assert done.examples[0].targets == 2
    assert done.too_long == (("b", 6),)


def test_an_epoch_sees_every_example_once_and_the_seed_decides_the_order() -> None:
    lengths = list(range(10, 47))
    order = order_epoch(lengths, 4, seed=1, epoch=0)
    assert sorted(i for batch in order for i in batch) == list(range(37))
    assert order == order_epoch(lengths, 4, seed=1, epoch=0)
    assert order != order_epoch(lengths, 4, seed=1, epoch=1)
    assert order != order_epoch(lengths, 4, seed=2, epoch=0)


def test_batches_hold_rows_of_like_length() -> None:
    rng = np.random.default_rng(0)
    lengths = rng.integers(50, 900, size=128).tolist()
    padded = sum(max(lengths[i] for i in b) * len(b) for b in order_epoch(lengths, 4, 0, 0))
    assert padded / sum(lengths) < 1.05


def test_sorted_batches_cover_everything() -> None:
    assert sort_into_batches([3, 9, 5, 2], 18) == [[1, 2], [0, 3]]
    assert sort_into_batches([3, 9, 5], 8) == [[1], [2], [0]]  # one longer than all is alone
