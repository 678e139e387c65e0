"""Splits hold a tenth each, by document, and share no anchor."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stylelab.pairs.pair import Pair, PairKind
from stylelab.pairs.split import split

KINDS: tuple[PairKind, ...] = ("original", "robustness")


def pairs(sizes: list[int]) -> list[Pair]:
    return [
        Pair(f"d{d}-{n}-{k}", f"d{d}-{n}", f"d{d}", n, k, "NARRATIVE", "p", "c", "i", (), 0.5)
        for d, size in enumerate(sizes)
        for n in range(size)
        for k in KINDS
    ]


def test_twenty_equal_documents_give_two_to_each_held_split() -> None:
    done = split(pairs([5] * 20), 42)
    assert {name: len({p.document for p in own}) for name, own in done.items()} == {"train": 16, "valid": 2, "test": 2}


def test_three_documents_give_one_to_each() -> None:
    done = split(pairs([9, 2, 3]), 42)
    assert {name: len({p.document for p in own}) for name, own in done.items()} == {"train": 1, "valid": 1, "test": 1}


@given(st.lists(st.integers(1, 12), min_size=1, max_size=9).filter(lambda s: sum(s) >= 3), st.integers(0, 9))
def test_nothing_is_lost_nothing_is_shared_nothing_is_empty(sizes: list[int], seed: int) -> None:
    own = pairs(sizes)
    done = split(own, seed)
    assert all(done.values())
    assert sorted(p.id for part in done.values() for p in part) == sorted(p.id for p in own)
    anchors = [{p.anchor for p in part} for part in done.values()]
    assert not (anchors[0] & anchors[1] or anchors[0] & anchors[2] or anchors[1] & anchors[2])
    if len(sizes) >= 3:
        documents = [{p.document for p in part} for part in done.values()]
        assert not (documents[0] & documents[1] or documents[0] & documents[2] or documents[1] & documents[2])
