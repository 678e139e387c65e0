"""Each rule by itself: what it takes, and what looks like it and stays."""

from __future__ import annotations

from textwrap import fill

import pytest

from stylelab.corpus.clean import RULES, clean
from stylelab.corpus.document import Decisions, Document

PROSE = "I walked down to the house at the end of the road and waited there until the evening came, but nobody was in."
MORE = "It was late. The lamp was lit in the window, and the wind had gone round to the west since the morning tide."
BODY = "\n\n".join(fill(f"{PROSE} {MORE} That was day {n} of it.", 70) for n in range(12))
LONG = "\n\n".join(fill(f"{PROSE} {MORE} {PROSE} {MORE} That was day {n} of it.", 70) for n in range(60))

MOTTO = (
    "    “The lamp is lit, and nobody knows by whom,\n    for all were in bed at that hour.”\n        --Nobody, Tales"
)
SONG = "    The lamp is lit,\n    The rope is cut,\n    And nobody will know.\n    So mote it be."
TABLE = "Name     Age     Place\nTom      12      York\nAnn      14      Hull\nSue      15      Bath"
TURN = f"house again. {MORE}\n\n{PROSE} On that day I walked out of the"

# rule, text before the body, what of it goes; {B} is the body
CASES = [
    ("gutenberg_header", "Licence here.\n\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\n{B}", "Licence here."),
    ("gutenberg_footer", "{B}\n\n*** END OF THE PROJECT GUTENBERG EBOOK X ***\n\nYou may copy it.", "You may copy it."),
    ("gutenberg_footer", "{B}\n\nEnde dieses Projekt Gutenberg Etextes Effi\n\nMehr davon.", "Mehr davon."),
    ("editor_note", "[Transcriber's note: the spelling is kept.]\n\n{B}", "the spelling is kept"),
    ("editor_note", "Produced by David Widger\n\n{B}", "David Widger"),
    ("end_matter", "{L}\n\nTHE END\n\nADVERTISEMENTS\n\nNovels by the same hand, 6s. each.", "6s. each"),
    ("notes_section", "{B}\n\nNOTES TO THE LAMP\n\n(*1) Brass, and old.", "Brass"),
    ("footnote", "{B}\n\n[1] A lamp of brass, as they had them.\n\n{B}", "A lamp of brass"),
    ("footnote_mark", "The lamp was lit[4] in the window. {B}", "[4]"),
    ("footnote_mark", "The lamp was lit (*12) in the window. {B}", "(*12)"),
    ("illustration", "{B}\n\n[Illustration: The lamp in the window]\n\n{B}", "The lamp in the window]"),
    ("page_number", "{B}\n\n147\n\n{B}", "147"),
    ("scene_break", "{B}\n\n* * * * *\n\n{B}", "* * *"),
    ("contents", "TALES\n\nCONTENTS\n\n  The Lamp  1\n  The Rope  17\n\n\n\n{B}", "The Rope  17"),
    ("preface", "PREFACE\n\nThese tales were written for a friend.\n\n\n\nCHAPTER I\n\n{B}", "for a friend"),
    ("title_page", "THE LAMP\n\nby\n\nN. N.\n\nLondon, 1893\n\n\n\nCHAPTER I\n\n{B}", "London, 1893"),
    ("chapter_title", "{B}\n\n\nCHAPTER II. THE ROPE\n\n{B}", "CHAPTER II. THE ROPE"),
    ("chapter_title", "{B}\n\n\nZweites Kapitel\n\n{B}", "Zweites Kapitel"),
    ("epigraph", "{B}\n\n\nCHAPTER II\n\n" + MOTTO + "\n\n{B}", "for all were"),
    ("verse", "{B}\n\n" + SONG + "\n\n{B}", "The rope is cut"),
    ("table", "{B}\n\n" + TABLE + "\n\n{B}", "Hull"),
    (
        "speaker_label",
        "\n\n".join(f"TOM. {PROSE}\n\nANN. {MORE}" for _ in range(8)),
        "TOM. ",
    ),
    ("running_head", "\n\nThe Lamp\n\n".join([TURN] * 12), "The Lamp"),
]  # fmt: skip

STAYS = [
    "The illustration in the book showed a lamp. [It was of brass.]",
    "He wrote: “Chapter II is done.” Then he slept.",
    "In 1893 I had 147 pounds; 12 of them were lent.",
    "“Contents: one lamp,” said the label on the box that he had brought.",
    "The end of the road was near.",
    "Note that the lamp was lit, and that nobody had lit it.",
]


def doc(text: str) -> Document:
    return Document("d", "d.txt", "utf-8", text)


@pytest.mark.parametrize(("rule", "text", "gone"), CASES)
def test_a_rule_takes_what_it_is_for_and_leaves_the_prose(rule: str, text: str, gone: str) -> None:
    text = text.replace("{B}", BODY).replace("{L}", LONG)
    cleaned = clean(doc(text))
    by = {r.rule for r in cleaned.removals if gone in r.text}
    assert by == {rule}, [(r.rule, r.text) for r in cleaned.removals]
    assert gone not in cleaned.kept
    assert cleaned.kept.count("I walked down") == text.count("I walked down")


@pytest.mark.parametrize(("rule", "text", "gone"), CASES)
def test_a_rule_that_is_off_takes_nothing(rule: str, text: str, gone: str) -> None:
    text = text.replace("{B}", BODY).replace("{L}", LONG)
    cleaned = clean(doc(text), Decisions(rules_off=frozenset({rule})))
    assert rule not in {r.rule for r in cleaned.removals}


def test_every_rule_has_a_case() -> None:
    assert {rule for rule, _, _ in CASES} == set(RULES)


@pytest.mark.parametrize("line", STAYS)
def test_prose_that_speaks_of_books_stays(line: str) -> None:
    assert clean(doc(f"{BODY}\n\n{line}\n\n{BODY}")).removals == ()
