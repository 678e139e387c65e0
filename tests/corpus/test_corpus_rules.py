"""Rules of cleaning and cutting that a real book taught us: prose that looks like an apparatus, and the reverse."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylelab.corpus.clean import clean
from stylelab.corpus.document import Cleaned, Document
from stylelab.corpus.layout import count_words, lines_are_paragraphs
from stylelab.corpus.passage import CutDocument
from stylelab.corpus.passage import cut as cut_by
from stylelab.corpus.plan import CorpusPlan
from stylelab.corpus.readers import build_document, read

POE = Path(__file__).resolve().parents[3] / "shared/corpora/english/poe_works_vol2_2148-8.latin1.txt"
PIECES = [
    "I saw it.",
    "CHAPTER I",
    "NOTES",
    "(*1) A note.",
    "* A note.",
    "# Head",
    "    set in",
    "[1]",
    "THE END",
    "12",
    "* * *",
]


def cut(cleaned: Cleaned, min_words: int = 60) -> CutDocument:
    return cut_by(cleaned, CorpusPlan.model_validate({"min_words": min_words}))


def doc(text: str) -> Document:
    return Document("d", "d.txt", "utf-8", text)


def rules(text: str) -> list[str]:
    return [r.rule for r in clean(doc(text)).removals]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=20), st.sampled_from(["\n", "\n\n"]))
def test_removed_and_kept_together_are_the_text(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    cleaned = clean(doc(text))
    left, at = "", 0
    for removal in cleaned.removals:
        assert at <= removal.start <= removal.end
        assert text[removal.start : removal.end] == removal.text
        left += text[at : removal.start]
        at = removal.end
    assert left + text[at:] == cleaned.kept
    assert len(cleaned.kept) + sum(len(r.text) for r in cleaned.removals) == len(text)


@pytest.mark.parametrize(
    "text", ["He came in.\n\nCHAPTER II\n\nShe left(*2) us.", "# Title\n\nHe came in.\n\n* A note.", "He came in."]
)
def test_cleaning_what_was_kept_removes_nothing_more(text: str) -> None:
    kept = clean(doc(text)).kept
    assert clean(doc(kept)).kept == kept


@pytest.mark.parametrize(
    "line",
    [
        "Part of the crew went ashore.",
        "Part one of the plan was over.",
        "Book in hand, he left the room.",
        "Editors of the paper were there.",
        "Produced by his own hand, the letter was short.",
        "Act as you please.",
    ],
)
def test_prose_that_begins_like_a_heading_stays(line: str) -> None:
    long = "It rained on the hill. " * 250
    assert rules(f"{long}\n\n{line}\n\n{long}") == []


@pytest.mark.parametrize("note", ["* Watson, Dr. Percival, and the Bishop.", "*See below.", "(*4) A lamp.", "† Ibid."])
def test_footnote_paragraphs_go(note: str) -> None:
    assert rules(f"He came in.\n\n{note}\n\nShe left.") == ["footnote"]


def test_a_star_after_a_word_is_a_mark_but_emphasis_is_not() -> None:
    assert clean(doc("I saw the whale.* It blew.")).kept == "I saw the whale. It blew."
    assert clean(doc("I saw *the* whale. It *blew*.")).kept == "I saw *the* whale. It *blew*."


def test_notes_after_a_tale_end_at_the_next_tale() -> None:
    text = "He came in.\n\nNOTES TO THE LAMP\n\n(*1) Brass.\n\nIt was old brass.\n\nTHE ROPE\n\nShe left.\n"
    cleaned = clean(doc(text))
    assert cleaned.kept.split() == ["He", "came", "in.", "She", "left."]
    assert [r.rule for r in cleaned.removals] == ["notes_section", "chapter_title"]


def test_a_manuscript_with_indented_paragraphs_keeps_them() -> None:
    text = "\n\n".join(f"\tI came to house {n}. Nobody was there." for n in range(20))
    assert clean(doc(text)).removals == ()


def test_an_indented_letter_is_prose_and_a_motto_below_a_heading_is_not() -> None:
    body = "\n\n".join(["I walked to the house and waited there for him until the evening came."] * 10)
    letter = "\n".join(["    Dear friend, I write to you from the house at the end of the road,"] * 4)
    assert rules(f"{body}\n\n{letter}\n\n\nCHAPTER II\n\n    A motto set in.\n\n{body}\n") == [
        "chapter_title",
        "epigraph",
    ]


def test_one_line_per_paragraph_is_read_as_such() -> None:
    line = "I walked to the house at the end of the road. " * 4
    text = "The Road\n" + "\n".join(line + str(n) + "." for n in range(6))
    assert lines_are_paragraphs(text)
    cleaned = clean(doc(text))
    assert [r.text for r in cleaned.removals] == ["The Road"]
    done = cut(cleaned)
    assert done.paragraphs == 6
    assert len(done.kept) == 3
    assert all(p.text.count("\n\n") == 1 for p in done.kept)


def test_function_words_are_no_repetition_but_others_are() -> None:
    the = "The lamp of the house by the sea and the rope of the boat on the sand. " * 5
    assert [p.reason for p in cut(clean(doc(the)), min_words=20).rejected] == []
    ugh = "Ugh! ugh! ugh! ugh! I heard him on the stairs. " * 6
    assert [p.reason for p in cut(clean(doc(ugh)), min_words=20).rejected] == ["repetition"]


def test_words_have_inner_apostrophes_and_digits() -> None:
    assert count_words("Don't go to the 1st o’clock _boat_ in 1849.") == 9


@pytest.mark.skipif(not POE.is_file(), reason="the shared corpora are not here")
def test_nothing_of_the_apparatus_is_left_in_a_real_book() -> None:
    cleaned = clean(read(POE))
    done = cut(cleaned)
    text = "\n".join(p.text for p in done.kept)
    assert not re.search(r"gutenberg|\(\*|\[\d|\{\d|\[illus|footnote|griswold|redactor", text, re.I)
    assert not re.search(r"\bNOTES\b|THE END", text)
    for title in ("THE BLACK CAT", "ELEONORA", "VON KEMPELEN AND", "Raven Edition", "Seneca_", "Spallanzani, and esp"):
        assert title not in text
    assert Counter(r.rule for r in cleaned.removals)["footnote_mark"] == 40
    assert done.paragraphs == sum(x.text.count("\n\n") + 1 for x in (*done.kept, *done.rejected))
    assert len(done.kept) > 550


def test_pounds_and_curly_quotes_are_western_and_polish_is_not() -> None:
    english = "“It cost £5,” he said – no more – “and I paid.” " * 30
    done = build_document("e.txt", english.encode("cp1252"))
    assert (done.encoding, done.text) == ("cp1252", english.strip())
    polish = "Zażółć gęślą jaźń. Wąż siedział w trawie, a dziewczyna śpiewała pieśń o miłości. " * 30
    assert build_document("p.txt", polish.encode("cp1250")).text == polish.strip()
