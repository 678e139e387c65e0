"""Poorer inputs and plain ones on a parse: small cases, and what must survive."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylelab.language import pipeline
from stylelab.language.english import lexicon
from stylelab.language.english.inflect import article, inflect
from stylelab.language.english.plain import make_plain
from stylelab.language.english.variants import THING, abstract_nouns, drop_modifiers

ENGLISH = pipeline.load()
LISTS = lexicon.load()


@pytest.mark.parametrize(
    ("text", "poorer"),
    [
        ("The old man walked slowly down the dark road.", "The man walked down the road."),
        ("He was very old and quite afraid.", "He was old and afraid."),
        ("She had not a single good lamp.", "She had not a lamp."),
        (
            "The house was as tall as a church, and no one was there.",
            "The house was as tall as a church, and no one was there.",
        ),
        ("An ugly house fell.", "A house fell."),
    ],
)
def test_adjectives_and_adverbs_are_dropped(text: str, poorer: str) -> None:
    assert drop_modifiers(ENGLISH.read_one(text)).text == poorer


def test_concrete_nouns_become_things_and_are_told() -> None:
    done = abstract_nouns(ENGLISH.read_one("The old man took his lamp to the house in fear."), LISTS)
    assert done.text == "The old man took his [THING] to the [THING] in fear."
    assert done.lost == ("lamp", "house")


@pytest.mark.parametrize(
    ("ornate", "plain"),
    [
        ("I beheld the vast abyss, which was silent, and I trembled.", "I saw the huge pit. The pit was quiet. I shook."),
        ("Turning round, he saw the enormous house that stood upon the hill.",
         "He turned about. He saw the home. The home stood upon the hill."),
        ("If you go, I shall not stay.", "If you go, I shall not stay."),
        ("Mr. Haske had never been more wretched than he was on the 4th of May.",
         "Mr. Haske had never been more poor than he was on the 4th of May."),
    ],
)  # fmt: skip
def test_clauses_become_sentences_in_plain_words(ornate: str, plain: str) -> None:
    assert make_plain(ENGLISH.read_one(ornate), LISTS).text == plain


PIECES = st.sampled_from(
    ["they met Pell", "the old man", "never", "not", "saw", "12", "and", ",", ".", ";", "was glad", "who went", "to London",
     "had no hope", "\n\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25))
def test_names_numbers_and_negations_survive_every_input(pieces: list[str]) -> None:
    text = "It rained. " + " ".join(pieces) + "."
    parsed = ENGLISH.read_one(text)
    for done in (drop_modifiers(parsed).text, abstract_nouns(parsed, LISTS).text):
        for kind in (r"\d+", r"\b(?:never|not|no)\b", r"\b(?:Pell|London)\b"):
            assert re.findall(kind, done, re.I) == re.findall(kind, text, re.I)
    plain = make_plain(parsed, LISTS).text
    for word in ("Pell", "London", "12", "never", "not"):
        assert (word in plain.lower() or word in plain) == (word in text)


@given(st.text(max_size=200))
def test_no_text_breaks_the_rules(text: str) -> None:
    parsed = ENGLISH.read_one(text)
    assert THING not in drop_modifiers(parsed).text or THING in text
    make_plain(parsed, LISTS)
    abstract_nouns(parsed, LISTS)


@pytest.mark.parametrize(
    ("lemma", "tag", "form"),
    [("go up", "VBD", "went up"), ("stop", "VBG", "stopping"), ("box", "NNS", "boxes"), ("sad", "JJR", "sadder"),
     ("old man", "NNS", "old men"), ("try", "VBZ", "tries"), ("glass", "NNS", "glasses"), ("be", "VBZ", "is")],
)  # fmt: skip
def test_a_plain_word_takes_the_form_of_the_word_it_stands_for(lemma: str, tag: str, form: str) -> None:
    assert inflect(lemma, tag) == form


@pytest.mark.parametrize(
    ("word", "fits"),
    [("hour", "an"), ("house", "a"), ("ugly", "an"), ("union", "a"), ("one", "a"), ("uninvited", "an"), ("old", "an")],
)
def test_an_article_fits_its_word(word: str, fits: str) -> None:
    assert article(word) == fits


def test_a_capital_inside_a_sentence_is_a_name_whatever_the_parse_says() -> None:
    text = "I saw Rocky grope feebly for the table. We read _Paradise Lost_ there."
    parsed = ENGLISH.read_one(text)
    assert "Rocky" in drop_modifiers(parsed).text and "Paradise Lost" in make_plain(parsed, LISTS).text
