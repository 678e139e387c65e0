"""The choice under a budget: within it, spread, deterministic, explained."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylelab.corpus.choose import Candidate, choose, divide_budget
from stylelab.corpus.scene import KINDS, SceneKind


def many(document: str, count: int, kinds: str = "aaaadiii", tokens: int = 100) -> list[Candidate]:
    names: dict[str, SceneKind] = {k[0]: k for k in KINDS}
    return [Candidate(f"{document}-{i:05d}", document, names[kinds[i % len(kinds)]], tokens) for i in range(count)]


def test_all_passages_are_taken_when_they_fit() -> None:
    found = choose(many("a", 10), 1000, 1)
    assert len(found.ids) == 10 and found.tokens == 1000
    assert found.describe({}) == ["All 10 passages fit the budget of 1,000 tokens."]


def test_a_small_document_is_taken_whole_and_large_ones_share_the_rest() -> None:
    found = choose(many("small", 10) + many("big", 400) + many("bigger", 900), 21_000, 7)
    assert found.documents["small"].passages == 10
    assert all(98 <= found.documents[d].passages <= 102 for d in ("big", "bigger"))
    assert found.tokens == 21_000
    told = found.describe({"big": "Novel.txt"})
    assert re.fullmatch(r"\d+ of 400 passages of Novel.txt \([\d,]+ of 40,000 tokens\)", told[0])
    assert told[-1] == "all passages of 1 other document"


def test_rare_kinds_get_more_than_their_share_and_never_less() -> None:
    found = choose(many("a", 800, "eeeeeeed"), 20_000, 3)
    share = found.kinds["dialogue"].tokens / found.tokens
    assert 1 / 8 < share < 1 / 2
    assert {kind: s.of_passages for kind, s in found.kinds.items()} == {"dialogue": 100, "exposition": 700}


def test_passages_are_taken_from_all_over_a_document() -> None:
    found = choose(many("a", 1000, "a"), 10_000, 11)
    places = sorted(int(name[-5:]) for name in found.ids)
    tenths = [sum(100 * t <= p < 100 * t + 100 for p in places) for t in range(10)]
    assert len(places) == 100 and min(tenths) >= 8 and max(tenths) <= 12


def test_the_seed_decides_and_the_order_is_the_corpus_own() -> None:
    one = choose(many("a", 300), 9_000, 1)
    assert one == choose(many("a", 300), 9_000, 1)
    assert one.ids != choose(many("a", 300), 9_000, 2).ids
    assert list(one.ids) == sorted(one.ids)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(KINDS), st.integers(1, 900)), max_size=60),
    st.integers(0, 9000),
)
def test_the_budget_is_kept_and_filled(rows: list[tuple[str, str, int]], budget: int) -> None:
    given_ = [Candidate(str(i), d, k, t) for i, (d, k, t) in enumerate(rows)]  # pyright: ignore[reportArgumentType]
    found = choose(given_, budget, 5)
    assert found.tokens <= budget
    left = [c.tokens for c in given_ if c.id not in found.ids]
    assert not left or min(left) > budget - found.tokens
    assert sum(s.passages for s in found.documents.values()) == len(found.ids)


def test_water_filling_by_hand() -> None:
    ones = dict.fromkeys("abc", 1.0)
    assert divide_budget({"a": 10, "b": 100, "c": 100}, 90, ones) == {"a": 10, "b": 40, "c": 40}
    assert divide_budget({"a": 10, "b": 20, "c": 30}, 90, ones) == {"a": 10, "b": 20, "c": 30}
    assert divide_budget({"a": 100, "b": 100}, 90, {"a": 1.0, "b": 2.0}) == {"a": 30, "b": 60}
    assert divide_budget({"a": 0}, 90, {"a": 1.0}) == {}


@pytest.mark.parametrize("seed", range(5))
def test_uneven_lengths_stay_near_the_share(seed: int) -> None:
    rng = random.Random(seed)
    mixed = [Candidate(f"{d}{i}", d, rng.choice(KINDS), rng.randint(80, 900)) for d in "xy" for i in range(300)]
    found = choose(mixed, 60_000, seed)
    assert found.tokens > 59_000
    assert abs(found.documents["x"].tokens - found.documents["y"].tokens) < 3_000
