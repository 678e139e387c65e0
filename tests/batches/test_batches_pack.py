"""Packs by hand: shared beginnings once, no padding, every label where it belongs."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stylelab.batches.pack import Pack, divide_into_packs, pack
from stylelab.batches.tokenise import Example


def example(prompt: list[int], response: list[int], name: str = "x") -> Example:
    return Example(name, np.array([*prompt, *response], dtype=np.int32), len(prompt))


def labels_of(done: Pack, owner: int) -> list[int]:
    return done.labels[done.owners == owner].tolist()


def read(done: Pack, owner: int, place: int) -> list[int]:
    """Return the tokens that a place of the row attends to, in order."""
    at = int(done.rows[done.picks[done.owners == owner][place]])
    own = next(s for s in done.segments if s.start <= at < s.stop)
    seen = [done.inputs[done.segments[i].start : done.segments[i].stop] for i in own.path]
    return np.concatenate([*seen, done.inputs[own.start : at + 1]]).tolist()


def test_a_pack_of_one_by_hand() -> None:
    done = pack([example([5, 6, 7], [8, 0])])
    assert done.inputs.tolist() == [5, 6, 7, 8]  # the end token predicts nothing
    assert done.rows[done.picks].tolist() == [2, 3] and done.labels.tolist() == [8, 0]
    assert done.tokens == done.real_tokens == 4


def test_two_that_begin_alike_share_the_beginning_once() -> None:
    head = list(range(10, 20))
    done = pack([example([*head, 1, 2], [3, 0]), example([*head, 4], [5, 6, 0])])
    assert done.inputs.tolist() == [*head, 1, 2, 3, 4, 5, 6]
    assert [(s.start, s.stop, s.path, s.depth) for s in done.segments] == [
        (0, 10, (), 0),
        (10, 13, (0,), 10),
        (13, 16, (0,), 10),
    ]
    assert done.tokens == 16 and done.real_tokens == 13 + 13
    assert labels_of(done, 0) == [3, 0] and labels_of(done, 1) == [5, 6, 0]
    assert read(done, 1, 0) == [*head, 4] and read(done, 1, 2) == [*head, 4, 5, 6]


def test_responses_are_never_shared_and_equal_prompts_predict_twice_from_one_place() -> None:
    prompt = list(range(10, 20))
    done = pack([example(prompt, [1, 2, 0]), example(prompt, [1, 3, 0])])
    assert done.inputs.tolist() == [*prompt, 1, 2, 1, 3]
    firsts = [done.rows[done.picks[done.owners == owner][0]] for owner in (0, 1)]
    assert firsts == [9, 9]
    assert labels_of(done, 0) == [1, 2, 0] and labels_of(done, 1) == [1, 3, 0]


def test_strangers_do_not_see_each_other() -> None:
    done = pack([example([1, 2], [3, 0]), example([4, 5], [6, 0])])
    assert [s.path for s in done.segments] == [(), ()]
    assert read(done, 1, 1) == [4, 5, 6]


def test_packs_keep_to_the_most_tokens_and_lose_nobody() -> None:
    many = [example([i, i, i], [9] * 4, str(i)) for i in range(7)]
    out = divide_into_packs(many, 12)
    assert sorted(i for part in out for i in part) == list(range(7))
    assert max(sum(len(many[i].tokens) - 1 for i in part) for part in out) <= 12
    assert divide_into_packs([example([1] * 50, [2])], 12) == [[0]]


tokens = st.integers(1, 3)  # few, so that beginnings are often alike
pairs = st.builds(example, st.lists(tokens, min_size=1, max_size=30), st.lists(tokens, min_size=1, max_size=6))


@given(st.lists(pairs, min_size=1, max_size=6))
def test_every_label_is_predicted_from_its_own_past(examples: list[Example]) -> None:
    done = pack(examples)
    assert done.tokens <= done.real_tokens == sum(len(e.tokens) - 1 for e in examples)
    for owner, e in enumerate(examples):
        assert labels_of(done, owner) == e.tokens[e.prompt_length :].tolist()
        for place in range(e.targets):
            assert read(done, owner, place) == e.tokens[: e.prompt_length + place].tolist()
