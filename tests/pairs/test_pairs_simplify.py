"""The plain way of a model rewriter: clause by clause, what a small model does wrong taken off or left to the rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pairs.test_pairs_roundtrip import TOOL, Script, read

from stylelab.pairs.checks import check_invented
from stylelab.pairs.roundtrip import ChatAnswer, ChatRequest
from stylelab.pairs.simplify import (
    EXAMPLES,
    SIMPLIFY,
    Simplifier,
    check_clause,
    cut_clauses,
    drop_repeats,
    join_clauses,
)

TEXT = "Merrow went home to Vienna. It rained on the old bridge there. He saw nobody."


def simplify(say: Callable[[ChatRequest], str | ChatAnswer]) -> tuple[Simplifier, Script]:
    script = Script(say)
    return Simplifier(script, TOOL, read()), script


def test_each_sentence_is_asked_for_with_its_names_and_the_examples() -> None:
    rewriter, script = simplify(lambda ask: ask.user.replace("went home", "returned"))
    (done,) = rewriter.rewrite([TEXT])
    assert done.text == TEXT.replace("went home", "returned") and done.problem is None and "went" in done.lost
    assert [ask.user.strip() for ask in script.asked] == [f"{part}." for part in TEXT.rstrip(".").split(". ")]
    assert {(ask.system, ask.examples) for ask in script.asked} == {(SIMPLIFY, EXAMPLES)}


def test_a_clause_that_goes_wrong_is_left_to_the_rules_and_asked_once() -> None:
    rewriter, script = simplify(lambda ask: ChatAnswer("He said", "truncated") if "nobody" in ask.user else ask.user)
    (done,) = rewriter.rewrite([TEXT])
    assert done.text == TEXT and done.problem is None and len(script.asked) == 3


def test_a_text_that_goes_mostly_wrong_counts_as_none_with_what_was_said() -> None:
    rewriter, _ = simplify(lambda ask: "Of course." if "rained" in ask.user else ChatAnswer("In a", "truncated"))
    (done,) = rewriter.rewrite([TEXT])
    assert (done.text, done.problem) == ("", "truncated") and done.answer == "In a"


def test_a_text_of_one_that_has_no_sentence_is_empty() -> None:
    rewriter, _ = simplify(lambda ask: ask.user)
    assert [done.problem for done in rewriter.rewrite(["", TEXT])] == ["empty", None]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ("Anna walked to the town in 1820. She did not stay.", None),
        ("Anna walked to the town. She did not stay.", "number_lost"),
        ("Anna walked to the town in 1820. She stayed.", "negation_lost"),
        ("She walked to the town in 1820. She did not stay.", "name_lost"),
        ("Anna walked to the town with Peter in 1820. She did not stay.", "invented"),
        ("Anna walked to the town in 1820 with 3 men. She did not stay.", "invented"),
        ("Anna climbed the cliff in 1820. She did not stay.", "invented"),
        ("Anna not 1820.", "unlike_length"),
        ("Anna walked to the town in 1820. She did not stay. That is an old way of saying it.", "meta_text"),
        ("Anna walked to the town in 1820. She did not stay. Everybody laughed.", "invented"),
        ("Anna did not, in 1820, do what others did.", "facts_lost"),
        ("Anna 去了 in 1820, not to stay in the town.", "not_english"),
        ("Anna did not stay in 1820. " * 6, "unlike_length"),
    ],
)
def test_an_answer_must_say_what_its_clause_says(answer: str, problem: str | None) -> None:
    assert check_clause(answer, "Anna did walk unto the town in 1820 but would not stay.", ["Anna"]) == problem


def test_a_question_is_said_again_and_not_answered() -> None:
    assert check_clause("Did you see the dog?", "Have you ever seen the dog?", []) is None
    assert check_clause("No, I have never seen the dog.", "Have you ever seen the dog?", []) == "invented"


@pytest.mark.parametrize(
    ("plain", "source", "found"),
    [
        ("I saw it, and Anna's coat.", "I beheld it and the coat of Anna.", None),
        ("He said, I'm tired.", "I am weary, said he.", None),
        ("He met Peter.", "He met a man.", "invented"),
        ("“No,” Peter said.", "“No,” said he.", None),  # it begins what follows the quotation: not told from a sentence
    ],
)
def test_a_name_is_invented_when_the_source_has_none(plain: str, source: str, found: str | None) -> None:
    assert check_invented(plain, source) == found


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("I had it. I had it. It was late.", "I had it. It was late."),
        ("I had not.\n\nThe sentence is grammatically incorrect.", "I had not."),
        ("“Rain!” he said. “Snow,” I said.", "“Rain!” he said. “Snow,” I said."),
        ("", ""),
    ],
)
def test_repeats_and_remarks_are_taken_off(raw: str, clean: str) -> None:
    assert drop_repeats(raw) == clean


def test_long_sentences_are_cut_where_they_pause_and_joined_again() -> None:
    short = "He went; she stayed."
    long = "He went down to the old harbour in the evening; she stayed at home with the child — and so the whole night passed."
    assert cut_clauses(short) == [short]
    parts = cut_clauses(long)
    assert parts == [
        "He went down to the old harbour in the evening;",
        "she stayed at home with the child",
        "and so the whole night passed.",
    ]
    assert join_clauses(parts) == (
        "He went down to the old harbour in the evening. She stayed at home with the child. And so the whole night passed."
    )
    assert join_clauses(["“No!” he said", "“Yes.”", ";"]) == "“No!” he said. “Yes.”"
