"""What holds for every text: nothing is lost, cleaning twice changes nothing, bad bytes are our errors."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stylelab.corpus.clean import RULES, clean
from stylelab.corpus.decision import Decision, apply_decisions
from stylelab.corpus.document import Decisions, Document
from stylelab.corpus.layout import WORD, count_words
from stylelab.corpus.passage import cut, split_scenes
from stylelab.corpus.plan import CorpusPlan
from stylelab.corpus.prepared import prepare
from stylelab.corpus.readers import build_document
from stylelab.errors import StyleLabError

PIECES = [
    "I walked down to the house at the end of the road, and nobody was there when I came.",
    "“Who is there?” he said. “Nobody,” I said.",
    "CHAPTER I",
    "Chapter 12. The Storm",
    "IV.",
    "NOTES",
    "(*1) A note about brass.",
    "[2] Another.",
    "* A note.",
    "# Head",
    "    A motto set in.\n        --Nobody",
    "I saw it there[1] and went(*2) on.",
    "THE END",
    "12",
    "* * * * *",
    "[Illustration: the lamp]",
    "CONTENTS\n\n  The Lamp  3\n  The Rope  9",
    "PREFACE",
    "    The lamp is lit,\n    The rope is cut,\n    And nobody will know.",
    "Tom. Who goes there?",
    "Ann. It is I.",
    "Name   Age   Place\nTom    12    York\nAnn    14    Hull",
    "*** START OF THIS PROJECT GUTENBERG EBOOK TALES ***",
    "*** END OF THIS PROJECT GUTENBERG EBOOK TALES ***",
    "Transcriber's note: the spelling is kept.",
    "Ende dieses Projekt Gutenberg Etextes",
    "Das Haus stand am Ende der Straße, und niemand war da.",
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=25).flatmap(
    lambda parts: st.sampled_from(["\n", "\n\n", "\n\n\n\n"]).map(lambda between: between.join(parts))
)


def doc(text: str, name: str = "d") -> Document:
    return Document(name, f"{name}.txt", "utf-8", text)


@given(texts)
@settings(max_examples=150)
def test_removed_and_kept_together_are_the_text_character_for_character(text: str) -> None:
    cleaned = clean(doc(text))
    rebuilt, kept, at = "", "", 0
    for removal in cleaned.removals:
        assert at <= removal.start < removal.end <= len(text)
        assert removal.text == text[removal.start : removal.end]
        kept += text[at : removal.start]
        rebuilt += text[at : removal.start] + removal.text
        at = removal.end
    assert rebuilt + text[at:] == text
    assert kept + text[at:] == cleaned.kept


@given(texts)
@settings(max_examples=100)
def test_cleaning_what_was_kept_removes_no_word_more(text: str) -> None:
    kept = clean(doc(text)).kept
    again = clean(doc(kept)).kept
    assert WORD.findall(again) == WORD.findall(kept)


@given(texts, st.data())
@settings(max_examples=60)
def test_a_restored_removal_stays_and_a_removed_stretch_goes(text: str, data: st.DataObject) -> None:
    found = clean(doc(text)).removals
    if not found:
        return
    one = data.draw(st.sampled_from(found))
    again = clean(doc(text), Decisions(restored=((one.start, one.end),)))
    assert all(r.end <= one.start or r.start >= one.end for r in again.removals)
    off = clean(doc(text), Decisions(rules_off=frozenset(RULES)))
    assert off.removals == ()
    gone = clean(doc(text), Decisions(rules_off=frozenset(RULES), removed=((one.start, one.end),)))
    assert [(r.rule, r.start, r.end) for r in gone.removals] == [("by_hand", one.start, one.end)]


@given(st.lists(texts, min_size=2, max_size=4))
@settings(max_examples=40)
def test_every_kept_word_is_in_one_passage_or_rejection_of_its_own_document(several: list[str]) -> None:
    plan = CorpusPlan.model_validate({"min_words": 10})
    for number, text in enumerate(several):
        cleaned = clean(doc(text, f"d{number}"))
        done = cut(cleaned, plan)
        assert {p.document for p in (*done.kept, *done.rejected)} <= {f"d{number}"}
        words = WORD.findall(" ".join(split_scenes(cleaned)))
        assert sum(count_words(p.text) for p in (*done.kept, *done.rejected)) == len(words)
        assert [
            w for p in sorted((*done.kept, *done.rejected), key=lambda p: p.position) for w in WORD.findall(p.text)
        ] == words
        assert all(p.words >= 10 for p in done.kept)


@given(st.binary(max_size=400), st.sampled_from([".txt", ".md", ".html", ".epub", ".docx", ".rtf", ".odt", ".pdf", ""]))
@settings(max_examples=200)
def test_any_bytes_become_a_prepared_document_or_one_of_our_errors(data: bytes, suffix: str) -> None:
    try:
        read = build_document(f"any{suffix}", data)
    except StyleLabError as error:
        assert error.remedy and error.code
        return
    done = prepare(read, CorpusPlan.model_validate({"min_words": 5}))
    assert done.cleaned.document.text == read.text


def test_a_decision_finds_its_text_again_where_it_moved() -> None:
    old = "One. Two. Three. Two. Four. Two."
    at = old.index("Two. Four")
    decision = Decision("restored", "", at, at + 4, "Two.")
    assert apply_decisions([decision], old)[0].restored == ((at, at + 4),)
    assert apply_decisions([decision], "0. " + old)[0].restored == ((at + 3, at + 7),)  # the nearest of three
    found, lost = apply_decisions([decision, Decision("rule_off", "verse")], "Nothing.")
    assert found == Decisions(rules_off=frozenset({"verse"})) and lost == [decision]


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_has_a_reason_in_words(rule: str) -> None:
    assert RULES[rule].name == rule
    assert re.fullmatch(r"[a-z][a-z' :,-]+.*", RULES[rule].reason)
