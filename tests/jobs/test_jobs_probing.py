"""Which texts a model is probed with, and which it gets together: of all lengths and documents, and never twice."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylelab.errors import PairsError
from stylelab.jobs.catalogue.pairs import RejectedText, RewriterProbe, TriedWay
from stylelab.jobs.steps.attempt import Tally
from stylelab.jobs.steps.model_drafting import FEWEST, WantedText, build_batches, list_wanted, require_hope
from stylelab.jobs.steps.probing import choose_passages, describe_probe
from stylelab.pairs.draft import DraftRequest
from stylelab.pairs.shapes import Anchor, PairShape
from stylelab.recipe import PairsPlan


def wanted(lengths: list[int], documents: int = 1) -> list[WantedText]:
    """Return texts of some lengths, each of the next document."""
    made: list[WantedText] = []
    for n, words in enumerate(lengths):
        anchor = Anchor(f"a{n}", f"d{n % documents}", n, f"t{n} " + "w " * (words - 1))
        made.append(WantedText(DraftRequest(anchor.text, "as_written"), anchor, PairShape("original")))
    return made


def test_a_short_a_median_and_a_long_passage_are_probed() -> None:
    chosen = choose_passages(wanted(list(range(10, 110))))
    assert [text.words for text in chosen] == [20, 60, 99]  # at a tenth, the middle and nine tenths


def test_passages_of_different_documents_are_preferred() -> None:
    chosen = choose_passages(wanted([50] * 40, documents=4))
    assert len({text.anchor.document for text in chosen}) == 3


@given(st.lists(st.integers(1, 200), min_size=1, max_size=40), st.integers(1, 5))
def test_never_more_than_three_and_never_one_twice(lengths: list[int], documents: int) -> None:
    chosen = choose_passages(wanted(lengths, documents))
    assert len({text.anchor.id for text in chosen}) == len(chosen) == min(3, len(lengths))


@given(st.lists(st.integers(1, 200), max_size=60), st.integers(1, 16))
def test_batches_are_full_hold_every_text_once_and_like_lengths(lengths: list[int], size: int) -> None:
    texts = wanted(lengths)
    batches = build_batches(texts, size)
    assert sorted(text.anchor.id for batch in batches for text in batch) == sorted(text.anchor.id for text in texts)
    assert sum(len(batch) < size for batch in batches) <= 1 and all(batches)
    reach = sorted((min(t.words for t in batch), max(t.words for t in batch)) for batch in batches)
    assert all(before[1] <= after[0] for before, after in pairwise(reach))
    assert batches == build_batches(list(reversed(texts)), size)  # whatever order they came in


def test_every_text_is_wanted_once_and_never_for_a_pair_that_may_not_be_drawn() -> None:
    plan = PairsPlan.model_validate({"perspectives": ["third_person"], "renamed": 1.0})
    found = list_wanted([Anchor("a", "d", 0, "I went."), Anchor("b", "d", 1, "I saw.", given="Saw.")], plan)
    assert [(w.anchor.id, w.request.stance, w.shape.name) for w in found] == [
        ("a", "as_written", "original"),
        ("a", "third_person", "observer"),
        ("b", "as_written", "harvest"),
    ]


def test_hope_is_lost_after_enough_texts_and_not_before() -> None:
    row = RejectedText(passage="p", stance="as_written", reason="truncated", text="He went and")
    require_hope(Tally(0, [row] * (FEWEST - 1)))
    require_hope(Tally(3, [row] * FEWEST))  # a fifth
    with pytest.raises(PairsError, match=r"12 of 14 texts were rejected .* 12 truncated \(“He went and”\)"):
        require_hope(Tally(2, [row] * FEWEST))


@pytest.mark.parametrize(("seconds", "told"), [(20.0, "20 seconds"), (720.0, "12 minutes")])
def test_the_probe_says_how_long_all_will_take(seconds: float, told: str) -> None:
    way = TriedWay(pivot="plain", passages=3, accepted=3, seconds_per_passage=40.0, rejected=())
    probe = RewriterProbe(engine="e", asked="auto", pivot="plain", tried=(way,), texts=18, seconds=seconds)
    assert describe_probe(probe) == (
        f"3 of 3 passages were accepted on trial (way of rewriting: plain); 18 texts will take about {told}."
    )
