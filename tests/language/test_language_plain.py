"""The rules rewriter on what it must not harm, and on what it must mend."""

from __future__ import annotations

import pytest

from stylelab.language import pipeline
from stylelab.language.english import lexicon
from stylelab.language.english.plain import make_plain

ENGLISH = pipeline.load()
LISTS = lexicon.load()


def plain(text: str) -> str:
    return make_plain(ENGLISH.read_one(text), LISTS).text


@pytest.mark.parametrize("word", ["scarcely", "hardly", "never", "not", "without"])
def test_negating_adverbs_stay(word: str) -> None:
    assert any(w in plain(f"It was {word} seen there.") for w in (word, "hardly"))


def test_the_lists_are_large_and_hold_no_negation() -> None:
    assert len(LISTS.plain) >= 400
    assert not LISTS.function_words & {"no", "not", "never", "nor", "without"}
    assert all(word != new for word, new in LISTS.plain.items())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("I saw his boat, which shot across the water and was soon lost.", "was soon lost"),
        ("As she said it he stood up, let go of the table, and faced her.", "faced her"),
        ("I found Muriel Singer there, taking tea by herself.", "taking"),
        ("The second and the third day passed.", "The second and the third day"),
        ("“No, sir,” said he.", "No, sir"),
        ("“Yes, sir,” said he.", "Yes, sir"),
    ],
)
def test_no_doer_is_invented_and_answers_stay(text: str, kept: str) -> None:
    told = plain(text)
    assert kept in told and "She faced" not in told and "I was" not in told
