"""The model rewriters: names behind masks, two ways, what fails asked again, what stays wrong named."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylelab.pairs.name_masks import mask, unmask
from stylelab.pairs.roundtrip import BACK, PIVOT, SWAP, ChatAnswer, ChatRequest, RoundTrip, TextReading, tidy
from stylelab.recipe import Tool

TOOL = Tool(name="scripted", version=1)
NAMES = ("Ansel Merrow", "Merrow", "Vienna")


class Script:
    """Answers as a function of the request says, and remembers what it was asked."""

    def __init__(self, say: Callable[[ChatRequest], str | ChatAnswer]) -> None:
        self.say = say
        self.asked: list[ChatRequest] = []

    def __call__(self, asks: Sequence[ChatRequest], *, temperature: float) -> list[ChatAnswer]:
        assert temperature == 0.1
        self.asked += asks
        told = [self.say(ask) for ask in asks]
        return [answer if isinstance(answer, ChatAnswer) else ChatAnswer(answer) for answer in told]


def read(flatten: Callable[[str], str] = lambda text: text) -> TextReading:
    return TextReading(
        names=lambda texts: [[n for n in NAMES if n in text] for text in texts],
        flatten=lambda texts: [flatten(t) for t in texts],
        sentences=lambda text: re.findall(r"[^.]*\.", text),
    )


def rewriter(script: Script, flatten: Callable[[str], str] = lambda text: text) -> RoundTrip:
    return RoundTrip(script, TOOL, read(flatten), pivot="Mandarin")


def two_ways(there: str, back: str) -> Script:
    return Script(lambda ask: there if ask.system == PIVOT.format(pivot="Mandarin") else back)


def test_names_never_reach_the_model_and_come_back() -> None:
    script = two_ways("__ENT1__ 去了 __ENT2__。", "__ENT1__ went to __ENT2__.")
    (done,) = rewriter(script).rewrite(["Ansel Merrow betook himself to Vienna."])
    assert done.text == "Ansel Merrow went to Vienna." and done.problem is None
    assert done.lost == ("betook", "himself")
    assert "Merrow" not in "".join(ask.user for ask in script.asked)
    assert [ask.system for ask in script.asked] == [PIVOT.format(pivot="Mandarin"), BACK]


def test_what_comes_back_is_flattened() -> None:
    (done,) = rewriter(two_ways("x", "the end"), str.upper).rewrite(["An end."])
    assert done.text == "THE END"


@pytest.mark.parametrize(
    ("there", "back", "problem"),
    [
        ("去了。", "Somebody went away.", "mask_lost"),
        ("x", "__ENT1__ 去了 __ENT2__。", "not_english"),
        ("x", "", "empty"),
        ("x", "Here is the rewritten text: __ENT1__, __ENT2__.", "meta_text"),
        ("x", "As an AI I do not know __ENT1__ or __ENT2__.", "refusal"),
        ("Als KI kann ich das nicht.", "never asked", "refusal"),
        ("", "never asked", "empty"),
    ],
)
def test_a_wrong_answer_is_asked_for_twice_and_then_named(there: str, back: str, problem: str) -> None:
    script = two_ways(there, back)
    (done,) = rewriter(script).rewrite(["Ansel Merrow betook himself to Vienna."])
    assert (done.text, done.lost, done.problem) == ("", (), problem)
    assert [ask.seed for ask in script.asked][-2:] == [0, 1]
    assert (back == "never asked") == all(ask.system != BACK for ask in script.asked)


def test_one_bad_text_leaves_the_others_alone_and_a_second_try_counts() -> None:
    def say(ask: ChatRequest) -> str | ChatAnswer:
        if "bad" in ask.user:
            return ChatAnswer("", "truncated")
        return "" if "slow" in ask.user and ask.seed == 0 else ask.user

    done = rewriter(Script(say)).rewrite(["good.", "bad.", "slow."])
    assert [(d.text, d.problem) for d in done] == [("good.", None), ("", "truncated"), ("slow.", None)]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ("My cat ate all the red fish in here. It slept.", None),
        ("My cat ate.", "swap_length"),
        ("My cat. Ate. All. The red fish in our house.", "swap_sentences"),
        ("I saw the great dark sea at night. It slept.", "swap_overlap"),
    ],
)
def test_a_swapped_topic_keeps_the_structure_or_is_refused(answer: str, problem: str | None) -> None:
    script = Script(lambda ask: answer)
    (done,) = rewriter(script).swap_topic(["I saw the great dark sea at night. It slept."])
    assert (done.text, done.problem) == ("" if problem else answer, problem)
    assert script.asked[0].system == SWAP


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  “It rained.”\n", "It rained."),
        ("<think>\nHm.\n</think>\n\nIt rained.", "It rained."),
        ("“Rain,” he said. “Snow,” I said.”", "“Rain,” he said. “Snow,” I said.”"),
    ],
)
def test_what_models_put_around_an_answer_is_taken_off(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


def test_masks_survive_what_models_do_to_them() -> None:
    masked, names = mask("Merrow saw Ansel Merrow in Vienna; Merrow left.", NAMES)
    assert masked == "__ENT1__ saw __ENT2__ in __ENT3__; __ENT1__ left."
    assert names == ("Merrow", "Ansel Merrow", "Vienna")
    told, gone = unmask("ENT1 saw __ ENT 2 __ near __ent_9__.", names)
    assert told.split() == ["Merrow", "saw", "Ansel", "Merrow", "near", "."] and gone == ("Vienna",)


@given(
    st.lists(st.sampled_from(["Merrow", "Vienna", "Ansel Merrow", "the sea", "fell.", "\n\n", "__x__"]), max_size=12)
)
def test_unmasking_undoes_masking(words: list[str]) -> None:
    text = " ".join(words)
    masked, names = mask(text, NAMES)
    assert unmask(masked, names) == (text, ())
    assert not any(name in masked for name in NAMES)
