"""Checks: each fault has its reason, and what is no fault passes."""

from __future__ import annotations

import pytest

from stylelab.language.english import lexicon
from stylelab.pairs import checks

LISTS = lexicon.load()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("As an AI, I have no feelings about the sea.", "refusal"),
        ("I'm sorry, but I can't do that.", "refusal"),
        ("I cannot help you with that request.", "refusal"),
        ("I am a language model.", "refusal"),
        ("Als KI kann ich dazu nichts sagen.", "refusal"),
        ("Ich kann Ihnen dabei leider nicht helfen.", "refusal"),
        ("Diese Anfrage kann ich nicht beantworten.", "refusal"),
        ("Here is the rewritten text: The man went home.", "meta_text"),
        ("Sure, here’s a plain version.", "meta_text"),
        ("The man went home. I hope this helps!", "meta_text"),
        ("Hier ist die überarbeitete Fassung: Der Mann ging heim.", "meta_text"),
        ("Gerne! Hier ist der Text.", "meta_text"),
        # what an author may well write
        ("I cannot help it; I can not tell you why, and I am unable to sleep.", None),
        ("I am sorry, but I cannot stay.", None),
        ("Here is the house, and the text above the door was rewritten by no one.", None),
        ("“Sure,” he said. “Here is the key.”", None),
        ("Ich kann nicht helfen, sagte sie, und das Sprachmodell gab es noch nicht.", None),
    ],
)
def test_refusals_and_meta_text_in_english_and_german(text: str, reason: str | None) -> None:
    assert checks.meta(text) == reason


@pytest.mark.parametrize(
    ("plain", "completion", "reason"),
    [
        ("", "He went.", "empty"),
        ("—!", "He went.", "empty"),
        ("He went.", "…", "empty"),
        ("The man went home.", "The man went home!", "identical"),
        ("The man went home.", "Home went the man.", None),
        ("Man go.", "As an AI I go.", "refusal"),
    ],
)
def test_empty_and_identical_pairs_are_unfit(plain: str, completion: str, reason: str | None) -> None:
    assert checks.unfit(plain, completion) == reason


@pytest.mark.parametrize(
    ("plain", "completion", "names", "reason"),
    [
        ("He paid 3.50 in 1843.", "In 1843 he paid 3.50.", (), None),
        ("He paid in 1843.", "In 1843 he paid 3.50.", (), "number_lost"),
        ("He had 3 boats and 25 men.", "Three boats he had, and twenty-five men.", (), None),
        ("He had boats.", "Boats he had, three of them.", (), "number_lost"),
        ("Er hatte 12 Boote.", "Zwölf Boote hatte er.", (), None),
        ("He had some hundred men.", "He had two hundred men, one like another.", (), None),
        ("He went.", "He never went, nor could he.", (), "negation_lost"),
        ("He did not go.", "He never went, nor could he.", (), None),
        ("He didn’t go.", "He never went.", (), None),
        ("Er ging kein Mal.", "Er ging nie.", (), None),
        ("Merrow went.", "Ansel Merrow went.", ("Ansel Merrow",), None),
        ("Merrow’s boat.", "The boat of Merrow.", ("Merrow",), None),
        ("He went.", "Ansel Merrow went.", ("Ansel Merrow",), "name_lost"),
    ],
)
def test_facts_that_the_input_lacks_are_named(
    plain: str, completion: str, names: tuple[str, ...], reason: str | None
) -> None:
    assert checks.fact_lost(plain, completion, names) == reason


def test_bleed_is_the_share_of_distinctive_words_that_the_input_gives_away() -> None:
    completion = "The gloomy lantern swayed above the silent harbour water."
    assert checks.distinctive(completion, LISTS) == {"gloomy", "lantern", "swayed", "silent", "harbour", "water"}
    share = checks.bleed("The lantern moved over the harbour. The water was dark.", completion, LISTS)
    assert share == pytest.approx(3 / 6)
    assert (
        checks.bleeds(share, completion, 0.5, LISTS) == "bleed"
        and checks.bleeds(share, completion, 0.51, LISTS) is None
    )
    assert checks.bleeds(1.0, "The lantern swayed.", 0.5, LISTS) is None  # two words say nothing
    assert checks.bleed("anything", "It is so.", LISTS) == 0


class Counting:
    def length(self, prompt: str, completion: str) -> int:
        return len(prompt) + len(completion) + 1

    def survives(self, text: str) -> bool:
        return "\u00ad" not in text


@pytest.mark.parametrize(
    ("completion", "longest", "reason"), [("abc", 7, None), ("abc", 6, "too_long"), ("a\u00adc", 99, "tokenizer")]
)
def test_what_a_base_cannot_learn_is_named(completion: str, longest: int, reason: str | None) -> None:
    assert checks.untrainable("abc", completion, Counting(), longest) == reason
