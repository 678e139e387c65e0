"""The narrator in another person, and back: small cases counted by hand, and what may never happen to any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylelab.language import pipeline
from stylelab.language.english.narrativise import narrativise
from stylelab.language.english.perspective import LENGTH, turn
from stylelab.language.speech import find_speech
from stylelab.recipe import ObserverPart, Perspective

ENGLISH = pipeline.load()
KINDS: tuple[Perspective, ...] = ("first_person_plural", "third_person", "impersonal", "second_person")
OBSERVER = ObserverPart.model_validate({})
KEEPER = ObserverPart(noun="the keeper", pronoun="he")
# Sentences that surround a case, so that "the observer" is within 15% of the words.
REST = " The rain fell on the roof all night, and the wind went round the house and made a noise in the chimney."


def turned(text: str, to: Perspective, observer: ObserverPart = OBSERVER) -> str | None:
    """Return a text with a tail of neutral words in another perspective, the tail taken off again; None if left out."""
    done = turn(ENGLISH.read_one(text + REST), to, observer)
    return None if done.text is None else done.text.removesuffix(REST)


@pytest.mark.parametrize(
    ("told", "we", "observer", "one", "you"),
    [
        (
            "I went to the door and was surprised.",
            "We went to the door and were surprised.",
            "The observer went to the door and was surprised.",
            "One went to the door and was surprised.",
            "You went to the door and were surprised.",
        ),
        (
            "“I am here,” I said. I have seen it.",
            "“I am here,” we said. We have seen it.",
            "“I am here,” the observer said. They have seen it.",
            "“I am here,” one said. One has seen it.",
            "“I am here,” you said. You have seen it.",
        ),
        (
            "Was I to blame? I don't know.",
            "Were we to blame? We don't know.",
            "Was the observer to blame? They don't know.",
            "Was one to blame? One doesn't know.",
            "Were you to blame? You don't know.",
        ),
        (
            "I saw that the lamp was out.",
            "We saw that the lamp was out.",
            "The observer saw that the lamp was out.",
            "It was seen that the lamp was out.",
            "You saw that the lamp was out.",
        ),
        (
            "I'm glad, and I've seen it, and I saw myself.",
            "We're glad, and we've seen it, and we saw ourselves.",
            "The observer is glad, and they've seen it, and they saw themselves.",
            "One is glad, and one has seen it, and one saw oneself.",
            "You're glad, and you've seen it, and you saw yourself.",
        ),
    ],
)
def test_the_narrator_changes_person(told: str, we: str, observer: str, one: str, you: str) -> None:
    assert [turned(told, to) for to in KINDS] == [we, observer, one, you]


def test_the_persona_names_the_observer() -> None:
    told = "I laid my hand on the table. The men looked at me, and I turned to them."
    assert turned(told, "third_person", KEEPER) == (
        "The keeper laid his hand on the table. The men looked at him, and he turned to them."
    )


@pytest.mark.parametrize(
    ("told", "one"),
    [
        ("It rained.--I went home.", "It rained.--one went home."),
        ("He slept; the house (I know it) was dark.", "He slept; the house (one knows it) was dark."),
    ],
)
def test_a_dash_or_bracket_hides_no_narrator(told: str, one: str) -> None:
    assert (turned(told, "impersonal") or "").lower() == one.lower()


def test_a_pronoun_that_could_be_a_crowd_gives_way_to_the_noun() -> None:
    told = "I laid my hand on the table. The men looked at me."
    assert turned(told, "third_person") == "The observer laid their hand on the table. The men looked at the observer."


@pytest.mark.parametrize(
    ("told", "to", "reason"),
    [
        ("He went home.", "first_person_plural", "no_first_person"),
        ("Believe me, I was glad.", "third_person", "address"),
        ("Good night, my sister.", "first_person_plural", "address"),
        ("I dare say it is true.", "third_person", "archaic"),
        ("You know that I was there.", "second_person", "reader_addressed"),
        ("And now, dear Margaret, I am well.", "second_person", "letter"),
        ("We went home, and I slept.", "impersonal", "generic_we"),
        ("My brother and I were tired.", "first_person_plural", "coordination"),
        (
            "I took every precaution. I carried pistols and a dagger constantly about me and was ever on the watch.",
            "third_person",
            "unclear_verb",
        ),
        ("I was the only child of my father.", "first_person_plural", "singular_predicate"),
        ("I am by birth a Genevese.", "first_person_plural", "singular_predicate"),
        ("“I was there, he said.", "first_person_plural", "unclear_speech"),
        ("_P._ Are you asleep?\n\n_V._ No; I am awake.", "impersonal", "unclear_speech"),
    ],
)
def test_what_is_in_doubt_is_left_out_with_its_reason(told: str, to: Perspective, reason: str) -> None:
    assert turn(ENGLISH.read_one(told + REST), to, OBSERVER).reason == reason


def test_a_verb_far_from_its_subject_agrees_only_where_nothing_else_can_own_it() -> None:
    assert (
        turned("I took my hat, and then was ready.", "first_person_plural") == "We took our hat, and then were ready."
    )
    far = turned(
        "I cut the boughs in the wood, and to my bread was imparted some of their fragrance.", "first_person_plural"
    )
    assert far is None or "bread was imparted" in far


def test_too_many_words_leave_the_variant_out() -> None:
    assert turn(ENGLISH.read_one("I ran. I fell. I got up."), "third_person", OBSERVER).reason in {"length", None}
    assert turn(ENGLISH.read_one("The book was mine."), "third_person", OBSERVER).reason == "length"


WORDS = st.sampled_from(
    ["I", "me", "my", "mine", "myself", "was", "am", "saw", "and", "the", "man", "we", "it", ",", ".", "“", "”", "have", "not",
     "“I am,” I said.", "\n\n", "one", "that", "’", "—", "put", "Mr."]
)  # fmt: skip


@given(st.lists(WORDS, max_size=40), st.sampled_from(KINDS))
def test_speech_paragraphs_and_length_survive_any_text(words: list[str], to: Perspective) -> None:
    text = " ".join(words)
    done = turn(ENGLISH.read_one(text), to, OBSERVER).text
    if done is None:
        return
    spans, after = find_speech(text), find_speech(done)
    assert spans is not None and after is not None
    assert [text[a:b] for a, b in spans] == [done[a:b] for a, b in after]
    assert text.count("\n\n") == done.count("\n\n")
    assert abs(len(done.split()) - len(text.split())) <= LENGTH * len(text.split())
    told = re.sub(r"“[^”]*”", "", done)
    assert not re.search(r"\b(?:I|myself)\b", told)


@given(st.text(max_size=200), st.sampled_from(KINDS))
def test_no_text_breaks_the_rules(text: str, to: Perspective) -> None:
    parsed = ENGLISH.read_one(text)
    for done in (turn(parsed, to, OBSERVER), narrativise(parsed, OBSERVER)):
        assert (done.text is None) != (done.reason is None)


@pytest.mark.parametrize(
    ("impersonal", "told"),
    [
        ("One was tired, and one's hand shook; one hurt oneself.", "I was tired, and my hand shook; I hurt myself."),
        ("It was seen that the lamp was out.", "I saw that the lamp was out."),
        ("When one looks at the sea, one is calm.", "When I look at the sea, I am calm."),
        ("One has seen it before, and one doesn't like it.", "I have seen it before, and I don't like it."),
        ("The observer went home. The light hurt them.", "I went home. The light hurt me."),
        ("One lamp was lit, and one was tired.", "One lamp was lit, and I was tired."),
    ],
)
def test_an_impersonal_text_is_narrated(impersonal: str, told: str) -> None:
    assert narrativise(ENGLISH.read_one(impersonal), OBSERVER).text == told


@pytest.mark.parametrize("text", ["He went home.", "One lamp was lit. One of them fell.", "No one came."])
def test_a_text_without_a_narrator_is_not_narrated(text: str) -> None:
    assert narrativise(ENGLISH.read_one(text), OBSERVER).reason == "no_first_person"


def test_anybody_is_not_the_narrator() -> None:
    assert narrativise(ENGLISH.read_one("One who knows the sea is seldom calm."), OBSERVER).reason == "unclear_pronoun"
    assert narrativise(ENGLISH.read_one("The keeper saw a man. He was old."), KEEPER).reason == "unclear_pronoun"


def test_what_is_told_in_the_first_person_stays() -> None:
    assert narrativise(ENGLISH.read_one("I saw one lamp."), OBSERVER).text == "I saw one lamp."
