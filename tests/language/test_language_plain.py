"""The rules rewriter on what it must not harm, and on what it must mend."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylelab.language import lexicon, pipeline
from stylelab.language.plain import neutralise

LISTS = lexicon.load()


def plain(text: str) -> str:
    return neutralise(text, LISTS).text


@pytest.mark.parametrize(
    ("ornate", "told"),
    [
        ("The strange sound had issued from it.", "The odd sound had come from it."),
        ("The hill--if it was a hill--was bare.", "The hill was bare. If it was a hill."),
        ("They were as rigid as ever.", "They were as rigid as ever."),
        ("He had, for a long time, sat; I asked again:", "He had, for a long time, sat. I asked again."),
        ("At such times, although I saw it, I sat.", "At times, I saw it, I sat."),
    ],
)
def test_broken_grammar_is_mended(ornate: str, told: str) -> None:
    assert plain(ornate) == told


@pytest.mark.parametrize("word", ["scarcely", "hardly", "never", "not", "without"])
def test_negating_adverbs_stay(word: str) -> None:
    assert any(w in plain(f"It was {word} seen there.") for w in (word, "hardly"))


@given(
    st.lists(
        st.sampled_from(["Usher", "Madeline", "gloomy", "the", "--", ";", ", and", "7", "not", "sat"]), max_size=30
    )
)
def test_names_survive(words: list[str]) -> None:
    text = "There " + " ".join(words)
    for name in ("Usher", "Madeline", "7"):
        assert plain(text).split().count(name) <= text.split().count(name)
        assert plain(text).count(name) == text.count(name)


def test_the_lists_are_large_and_hold_no_negation() -> None:
    assert len(LISTS.plain) >= 400
    assert not LISTS.function_words & {"no", "not", "never", "nor", "without"}
    assert all(word != new for word, new in LISTS.plain.items())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("I saw his boat, which shot across the water and was soon lost.", "was soon lost"),
        ("As she said it he stood up, let go of the table, and faced her.", "faced her"),
        ("“No, sir,” said he.", "No, sir"),
        ("“Yes, sir,” said he.", "Yes, sir"),
    ],
)
def test_no_doer_is_invented_and_answers_stay(text: str, kept: str) -> None:
    told = neutralise(text, LISTS, pipeline.load().read_one(text)).text
    assert kept in told and "She faced" not in told and "I was" not in told
