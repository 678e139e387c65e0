"""Renaming: the same new names on both sides, gender and kind kept, what is unsure left alone."""

from __future__ import annotations

import random

import pytest

from stylelab.pairs.rename import classify_names, load_name_lists, rename


def test_both_sides_get_the_same_names() -> None:
    target = (
        "Mr. Henry Marsh met Alice in Vienna. “Henry!” cried Alice; MARSH was an old man, and Henry’s hat was gone."
    )
    plain = "Henry Marsh met Alice in Vienna. Alice called Henry. Henry's hat was gone."
    done = rename(target, plain, ["Mr. Henry Marsh", "Alice", "Vienna", "Henry"], random.Random(1))
    assert done is not None
    assert set(done.names) == {"Henry", "Marsh", "Alice", "Vienna"}
    for old, new in done.names.items():
        assert old not in done.target and old not in done.plain
        assert done.target.count(new) == target.count(old) and done.plain.count(new) == plain.count(old)
    assert done.names["Henry"] in load_name_lists()["man"] and done.names["Alice"] in load_name_lists()["woman"]
    assert done.names["Vienna"] in load_name_lists()["place"] and done.names["Marsh"] in load_name_lists()["surname"]
    assert len(set(done.names.values())) == 4


def test_the_article_fits_the_new_name() -> None:
    done = rename("He was a Marsh, an Alice to him.", "A Marsh.", ["Mr. Marsh", "Alice"], random.Random(3))
    assert done is not None
    for new in done.names.values():
        n = "n" if new[0] in "AEIO" else ""
        assert f"a{n} {new}" in done.target


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        (["Mr. Marsh"], {"Marsh": "surname"}),
        (["Captain Henry"], {"Henry": "surname"}),
        (["Alice Marsh’s"], {"Alice": "woman", "Marsh": "surname"}),
        (["Vienna"], {"Vienna": "place"}),
        (["Nemo"], {}),
        (["the Kraken", "House of Usher"], {}),
    ],
)
def test_only_names_whose_kind_is_known_are_changed(names: list[str], kinds: dict[str, str]) -> None:
    assert classify_names(names) == kinds


def test_nothing_to_rename_is_no_pair_and_the_seed_decides() -> None:
    assert rename("Nemo went.", "Nemo went.", ["Nemo"], random.Random(1)) is None
    one, two = (rename("Alice went.", "Alice went.", ["Alice"], random.Random(7)) for _ in range(2))
    assert one == two is not None
