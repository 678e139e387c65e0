"""Words taken out of a text and put in their place: one space, one capital, marks where they stood."""

from __future__ import annotations

import pytest

from stylelab.language.edits import apply_edits
from stylelab.language.parse import Parsed, Token


def read(text: str) -> Parsed:
    """Return a text whose words are parted by bars, each bar being nothing: "the| |old| |man"."""
    tokens: list[Token] = []
    whole = text.replace("|", "")
    at = 0
    for piece in text.split("|"):
        if piece.strip(" _\n"):
            start = at + len(piece) - len(piece.lstrip(" _\n"))
            word = piece.strip(" _\n")
            tokens.append(Token(word, start, start + len(word), word.lower(), "ADJ", "JJ", "", "dep", len(tokens)))
        at += len(piece)
    return Parsed(whole, "en", tuple(tokens), ((0, len(tokens)),), ())


def without(text: str, *words: str) -> str:
    """Return a text without some of its words."""
    parsed = read(text)
    return apply_edits(parsed, {i: "" for i, token in enumerate(parsed.tokens) if token.text in words})


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("the| |old| |man", "the man"),
        ("the| |old|,| |man", "the, man"),
        ("he| |came|—|slowly| |back", "he came—back"),
        ("he| |came|--|slowly| |back", "he came--back"),
        ("he| |came|—| |slowly| |back", "he came— back"),
        ("well|-|known| |men", "well-men"),
        ("“|Old| |men|”| |came", "“Men” came"),
        ('"|Old| |men|"| |came', '"Men" came'),
        ('he| |saw|."| |Slowly| |he| |came', 'he saw." He came'),
        ('he| |saw|."|Slowly| |he| |came', 'he saw." He came'),
        ("he| |saw|.'|Slowly| |he| |came", "he saw.' He came"),
        ("he| |was| _|very| |tired|_", "he was _tired_"),
        ("it| |ended|.\n\n|Slowly| |he| |came", "it ended.\n\nHe came"),
        ("he| |came| |slowly", "he came "),
    ],
)
def test_a_word_that_is_taken_out_leaves_the_rest_as_it_stood(text: str, left: str) -> None:
    assert without(text, "old", "Old", "slowly", "Slowly", "known", "very") == left


def test_every_word_in_place_gives_the_text_back() -> None:
    text = "“|I| |saw|  |it|,|”| |he| |said|--|_|once|_|."
    assert apply_edits(read(text), {}) == text.replace("|", "")


def test_a_new_word_takes_the_capital_of_a_sentence_alone() -> None:
    parsed = read("My| |old| |My")
    assert apply_edits(parsed, {0: "his", 2: "his"}, opens=lambda index: index == 0) == "His old his"
    assert apply_edits(parsed, {0: "", 1: "", 2: "his"}) == "His"
