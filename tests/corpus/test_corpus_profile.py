"""Scenes, profiles, near-duplicates and tokenizer health, counted by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from stylelab.corpus import near_duplicates, scene, tokens
from stylelab.corpus.passage import Passage
from stylelab.corpus.profile import Profile, edge, is_whole, markdown, profile

TALK = "“Where is he?” said Tom. “He is gone,” said Ann, “and he will not come back to us.”"
ACT = "He ran to the gate, seized the rope, leapt over the wall and fell; the dog followed him and he struck at it."
MIND = "I thought of her, and I feared that she knew; I wondered, I hoped, and my heart was full of sorrow and remorse."
TELL = (
    "The house stands at the end of a long road between two fields of oats; its roof is of slate, its walls of brick."
)


@pytest.mark.parametrize(
    ("text", "kind", "person", "tense"),
    [
        (TALK, "dialogue", "none", "past"),
        (ACT, "action", "third", "past"),
        (MIND, "introspection", "first", "past"),
        (TELL, "exposition", "none", "present"),
        ("“Nein, nein, nein,” sagte er.", "dialogue", "third", "past"),
    ],
)
def test_what_a_passage_tells(text: str, kind: str, person: str, tense: str) -> None:
    seen = scene.look(text, "de" if "Nein" in text else "en")
    assert (seen.kind, seen.person, seen.tense) == (kind, person, tense)


def test_speech_is_told_from_the_rest_in_every_kind_of_quotation_marks() -> None:
    for text in (
        "“Go!” he said.",
        '"Go!" he said.',
        "„Go!“ he said.",
        "»Go!« he said.",
        "«Go!» he said.",
        "‘Go!’ he said.",
    ):
        said, rest = scene.split_speech(text)
        assert "Go" in said and "he said" in rest, text
    assert scene.split_speech("— Go on, then.") == ("— Go on, then.", "")
    assert scene.split_speech("It’s the lads’ boat, isn’t it.")[0] == ""


def test_i_said_to_her_is_first_person_though_she_is_named_too() -> None:
    assert scene.look("I told her that she was late, and I left her there.", "en").person == "first"
    assert scene.look("The rain fell on the town.", "en").person == "none"
    assert scene.look("The rain.", "en").tense == "unknown"
    assert scene.look("Il pleut sur la ville.", "fr").kind == "exposition"


def passage(text: str, number: int = 0) -> Passage:
    return Passage(f"d-{number}", "d", number, text, len(text.split()), tokens=2 * len(text.split()))


def one(text: str) -> Profile:
    return profile([(passage(text), scene.look(text, "en"))], "en")


def test_a_profile_counts_and_sums() -> None:
    both = one(TALK) + one(ACT)
    assert both.passages == 2 and both.words == len(TALK.split()) + len(ACT.split())
    assert both.tokens == 2 * both.words and both.sentences == 3 and both.whole == 2
    assert both.kinds == {"dialogue": 1, "action": 1} and both.spoken == 14
    assert both.function_words["the"] == 4
    told = both.shares()
    assert told["scenes"] == {"action": 0.5, "dialogue": 0.5, "introspection": 0.0, "exposition": 0.0}
    assert Profile.load(json.loads(json.dumps(both.dump()))) == both


def test_an_empty_profile_has_missing_figures_not_zeros() -> None:
    told = Profile().shares()
    assert told["dialogue"] is None and told["words_per_sentence"] is None
    assert "| words in dialogue | – |" in markdown(Profile(), "Nothing")


def test_a_profile_as_markdown_names_its_figures() -> None:
    told = markdown(one(MIND), "Mind")
    assert "## Mind" in told and "| scene: introspection | 100.0% |" in told and "sentences, from 21 words" in told


def test_bins_and_wholeness() -> None:
    assert [edge(n, (10, 20)) for n in (9, 10, 19, 20, 99)] == [0, 10, 10, 20, 20]
    assert is_whole("He came.") and is_whole("“He came.”") and not is_whole("and came.") and not is_whole("He came and")


def test_near_duplicates_are_found_and_others_are_not() -> None:
    words = [f"word{i}" for i in range(200)]
    text = " ".join(words)
    changed = " ".join([*words[:100], "other", *words[101:]])  # 5 of 196 shingles differ: 191 / 201 = 0.95
    half = " ".join([*words[:100], *(f"new{i}" for i in range(100))])
    texts = [text, half, changed, text.upper()]
    found = near_duplicates.repeats(list(near_duplicates.signatures(texts)), lambda i: texts[i], 0.85)
    assert found == {2: 0, 3: 0}
    assert near_duplicates.jaccard(text, changed) == pytest.approx(191 / 201)
    assert near_duplicates.repeats([], lambda i: "", 0.85) == {}


class Letters:
    """A tokenizer whose tokens are letters; capitals come back small."""

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        return [[ord(c) for c in text.lower()] for text in texts]

    def decode(self, tokens: Sequence[int]) -> str:
        return "".join(map(chr, tokens))

    def specials(self) -> list[str]:
        return ["<end>"]


def test_health_names_what_does_not_come_back_and_what_hides() -> None:
    rows = [("a", "so it was and so it is and so"), ("b", "So it ends <end> here")]
    found = tokens.health(rows, Letters())
    assert (found.passages, found.words, found.tokens) == (2, 14, 50)
    assert found.broken == ("b",) and found.specials == {"<end>": 1}
    assert [(c.word, c.times, c.tokens) for c in found.worst] == [("so", 3, 3), ("it", 3, 3)] or found.worst[
        0
    ].word == "it"
    assert any("<end>" in line for line in found.told()) and any("1 passages do not" in line for line in found.told())
