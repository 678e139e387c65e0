"""Plain rewriting, perturbation, classification: small cases by hand."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylelab.corpus import scene
from stylelab.language import pipeline, sentences
from stylelab.language.english import inflect, lexicon
from stylelab.language.english.agreement import agree
from stylelab.language.english.classify import classify
from stylelab.language.english.plain import make_plain
from stylelab.language.parse import Token
from stylelab.language.perturb import perturb

ENGLISH = pipeline.load()
LISTS = lexicon.load()


def test_what_is_lost_is_told() -> None:
    assert make_plain(ENGLISH.read_one("She spoke very softly."), LISTS).lost == ("very", "softly")


@given(
    st.lists(
        st.sampled_from(["Never", "not", "12", "1849", "Pell", "gloomy", "lamp", "very", ";", ",", ".", "no"]),
        max_size=40,
    )
)
def test_numbers_and_negations_survive(words: list[str]) -> None:
    text = " ".join(words)
    done = make_plain(ENGLISH.read_one(text), LISTS).text
    for kind in (r"\d+", r"\b(?:never|not|no)\b"):
        assert len(re.findall(kind, done, re.I)) == len(re.findall(kind, text, re.I))


def test_sentences_keep_abbreviations_and_quotes() -> None:
    assert sentences.split("Mr. Haske came. “Who?” he asked. “I!” No one spoke.") == [
        "Mr. Haske came.",
        "“Who?” he asked.",
        "“I!”",
        "No one spoke.",
    ]


def test_perturbation_is_seeded_and_has_its_rate() -> None:
    text = "the old man walked down the road with a lamp and looked at the dark water " * 100
    once = perturb(text, 0.08, random.Random(1), LISTS)
    assert once == perturb(text, 0.08, random.Random(1), LISTS)
    assert once != perturb(text, 0.08, random.Random(2), LISTS)
    assert perturb(text, 0.0, random.Random(1), LISTS) == text.strip()
    # 1,600 words, of which every one can be changed: 8% is 128, two standard deviations are 22
    changed = 0
    for seed in range(10):
        rng = random.Random(seed)
        before = text.split()
        changed += sum(perturb(w, 0.08, rng, LISTS) != w for w in before)
    assert 0.06 < changed / (10 * len(text.split())) < 0.10


def test_names_are_neither_dropped_nor_misspelt() -> None:
    text = "Orrell Haske Saltmarrow " * 50
    assert perturb(text, 1.0, random.Random(0), LISTS) == text.strip()


def test_damage_has_the_shares_of_the_method() -> None:
    # words that can be damaged in all three ways: 40% synonym, 30% dropped, 30% misspelt
    lists = replace(LISTS, synonyms={"lantern": ("candle",)}, function_words=frozenset({"lantern"}))
    count = 6000
    done = perturb(" ".join(["lantern"] * count), 1.0, random.Random(5), lists).split()
    kinds = {"synonym": done.count("candle"), "dropped": count - len(done)}
    kinds["typo"] = sum(w != "candle" for w in done)
    assert sum(kinds.values()) == count and "lantern" not in done
    deviation = (count * 0.4 * 0.6) ** 0.5  # the largest of the three
    for kind, share in (("synonym", 0.4), ("dropped", 0.3), ("typo", 0.3)):
        assert abs(kinds[kind] - share * count) < 4 * deviation


@given(st.text(max_size=200), st.integers(), st.floats(0, 1))
def test_damage_keeps_numbers_marks_and_placeholders(text: str, seed: int, rate: float) -> None:
    text = f"{text} [THING] 12 {text}"
    done = perturb(text, rate, random.Random(seed), LISTS)
    assert "[THING]" in done
    for kind in (r"\d", r"[“”.,;:!?—]"):
        assert re.findall(kind, done) == re.findall(kind, text)
    assert done == perturb(text, rate, random.Random(seed), LISTS)


def test_umlauts_are_letters() -> None:
    words = perturb("schläfrig " * 200, 1.0, random.Random(1), LISTS).split()
    assert len(words) == 200 and all(w != "schläfrig" and w.startswith("s") for w in words)


def test_narrative_and_conceptual_are_told_apart() -> None:
    story = "Yesterday evening Pell ran to Saltmarrow, then he saw Dunmore and told her what had happened and fell."
    idea = "A joint is a place where two pieces carry one load. The strength of a joint depends on the principle."
    found = [classify(ENGLISH.read_one(text)).content for text in (story, idea, "Rain.")]
    assert found == ["NARRATIVE", "CONCEPTUAL", None]


def test_the_lexicon_is_large_and_replaces_no_word_by_itself() -> None:
    assert len(LISTS.plain) + len({word for word, _ in LISTS.plain_lemmas}) >= 1500
    assert all(k != v for k, v in LISTS.plain.items())
    assert all(word != plain for (word, _), plain in LISTS.plain_lemmas.items())


@pytest.mark.parametrize(
    ("base", "past"), [("sink", "sank"), ("behold", "beheld"), ("slay", "slew"), ("bite", "bit"), ("sting", "stung")]
)
def test_one_irregular_past_is_known_to_all_who_ask(base: str, past: str) -> None:
    # each of these stood in one or two of the three lists that there were
    verb = Token(past, 0, len(past), base, "VERB", "VBP", "", "root", 0)
    assert inflect.past(base) == past
    assert agree(verb, "third", past=True) is None
    assert scene.look(f"The men {past} it.", "en").past == 1


@pytest.mark.parametrize("both", ["put", "read", "shut", "lay"])
def test_a_form_that_is_also_present_tells_no_tense(both: str) -> None:
    verb = Token(both, 0, len(both), both, "VERB", "VBP", "", "root", 0)
    assert agree(verb, "third", past=False) == f"{both}s"
    assert scene.look(f"The men {both} it.", "en").past == 0
