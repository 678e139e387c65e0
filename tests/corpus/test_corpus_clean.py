"""Reading, cleaning, cutting: nothing is lost, what breaks the fourth wall goes, everything is counted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylelab.corpus.clean import clean
from stylelab.corpus.document import Cleaned, Document
from stylelab.corpus.layout import count_words
from stylelab.corpus.passage import CutDocument, split_scenes
from stylelab.corpus.passage import cut as cut_by
from stylelab.corpus.plan import CorpusPlan
from stylelab.corpus.readers import build_document, decode, find, read
from stylelab.errors import CorpusError, FileError

BOOK = """The Project Gutenberg EBook of Tales

*** START OF THIS PROJECT GUTENBERG EBOOK TALES ***

Produced by Nobody at all

TALES

Contents:

     The Lamp
     The Rope

CHAPTER I.

     A motto set in.

The lamp stood in the window (*1) all night. I did not put it out, for the boats were late[2] and the
wind was from the west; nobody slept.

[Illustration: The lamp]

I waited. Nobody came.

* * * * *

12

THE ROPE

The rope was cut. I saw the knife.

NOTES TO THIS VOLUME

(*1) A lamp of brass.

*** END OF THIS PROJECT GUTENBERG EBOOK TALES ***

You may copy it under the terms of the licence.
"""


def cut(cleaned: Cleaned, min_words: int = 60) -> CutDocument:
    return cut_by(cleaned, CorpusPlan.model_validate({"min_words": min_words, "max_tokens": 600}))


def doc(text: str) -> Document:
    return Document("d", "d.txt", "utf-8", text)


def test_a_book_keeps_its_prose_and_nothing_else() -> None:
    cleaned = clean(doc(BOOK))
    kept = re.sub(r"\s+", " ", cleaned.kept).strip()
    assert kept == (
        "The lamp stood in the window all night. I did not put it out, for the boats were late and the wind was from "
        "the west; nobody slept. I waited. Nobody came. The rope was cut. I saw the knife."
    )
    rules = {r.rule for r in cleaned.removals}
    assert {
        "gutenberg_header",
        "gutenberg_footer",
        "notes_section",
        "contents",
        "chapter_title",
        "editor_note",
    } <= rules
    assert {"epigraph", "illustration", "scene_break", "page_number", "footnote_mark"} <= rules


def test_headings_and_breaks_end_a_scene_but_marks_do_not() -> None:
    found = [s.strip() for s in split_scenes(clean(doc(BOOK)))]
    assert [s.split()[1] for s in found] == ["lamp", "rope"]


@pytest.mark.parametrize(
    "line",
    [
        "CHAPTER XII. The Storm",
        "Chapter 3",
        "IV.",
        "THE FALL OF THE HOUSE OF USHER",
        "BOOK TWO",
        "Letter 4",
        "Epilogue",
    ],
)
def test_headings_go(line: str) -> None:
    assert [r.rule for r in clean(doc(f"He came.\n\n{line}\n\nShe left.")).removals] == ["chapter_title"]


@pytest.mark.parametrize(
    "line", ["“NEVER!”", "I did it.", "Letter in hand, he ran to the gate and stopped.", "He said no;"]
)
def test_prose_stays(line: str) -> None:
    assert clean(doc(f"He came.\n\n{line}\n\nShe left.")).removals == ()


text_like = st.text(st.sampled_from("abcXYZ IV12.,;“”—*[]()#\n\n "), max_size=400) | st.text(max_size=200)


@given(text_like)
def test_removed_and_kept_together_are_the_text(text: str) -> None:
    cleaned = clean(doc(text))
    at, rebuilt = 0, ""
    for removal in cleaned.removals:
        assert at <= removal.start < removal.end
        rebuilt += text[at : removal.start] + removal.text
        at = removal.end
    assert rebuilt + text[at:] == text
    assert len(cleaned.kept) + sum(len(r.text) for r in cleaned.removals) == len(text)


@given(text_like)
def test_every_kept_word_is_in_a_passage_or_a_rejection(text: str) -> None:
    cleaned = clean(doc(text))
    done = cut(cleaned, min_words=3)
    accounted = sum(count_words(p.text) for p in done.kept) + sum(count_words(r.text) for r in done.rejected)
    assert accounted == sum(count_words(s) for s in split_scenes(cleaned))


@given(st.binary(max_size=300))
def test_any_bytes_raise_nothing_but_our_errors(data: bytes) -> None:
    try:
        build_document("any.txt", data)
    except CorpusError as error:
        assert error.remedy


def sentence(word: str, count: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxy"
    return (
        f"The {word} came. " + " ".join(word + letters[i // 25] + letters[i % 25] for i in range(count - 4)) + " left."
    )


def test_short_paragraphs_join_and_a_short_rest_joins_what_went_before() -> None:
    parts = [sentence("one", 30), sentence("two", 30), sentence("three", 60), sentence("four", 20)]
    done = cut(clean(doc("\n\n".join(parts))), min_words=60)
    assert [p.text for p in done.kept] == [f"{parts[0]}\n\n{parts[1]}", f"{parts[2]}\n\n{parts[3]}"]
    assert done.paragraphs == 4 and not done.rejected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Too few. Words here.", "too_short"),
        (sentence("long", 500), "too_long"),
        ("The end of it. " + "word " * 20 + " ".join(f"w{c}" for c in "abcdefghijklmnopqrst" * 3) + ".", "repetition"),
        (
            "one long clause with " + " ".join(f"w{c}x{d}" for c in "abcdefghij" for d in "klmnopq") + ".",
            "few_sentences",
        ),
        (
            "It is. So. " + " ".join(f"x{c}{d}" for c in "abcdefghij" for d in "abcdefg") + " §§§§ <> {} ||" * 12,
            "special_characters",
        ),
    ],
)
def test_rejections_have_their_reason(text: str, reason: str) -> None:
    done = cut(clean(doc(text)))
    assert [r.reason for r in done.rejected] == [reason] and not done.kept


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_are_recognised(encoding: str) -> None:
    text = "Die Straße war naß — “schön” und still. " * 20
    got, _ = decode("x.txt", text.encode(encoding))
    assert got == text


def test_line_ends_are_unified(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one\r\ntwo\rthree\n")
    assert read(tmp_path / "a.txt").text == "one\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "file_empty"),
        ("a.txt", b" \n ", "file_empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file_binary"),
        ("a.docx", b"PK\x03\x04", "file_damaged"),
    ],
)
def test_bad_files_are_named_with_a_remedy(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CorpusError) as caught:
        read(tmp_path / name)
    assert caught.value.code == code and name in caught.value.message and caught.value.remedy


def test_a_missing_file_and_an_empty_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="does not exist"):
        read(tmp_path / "none.txt")
    with pytest.raises(CorpusError, match="no text"):
        find([tmp_path])


POE = Path(__file__).parents[3] / "shared/corpora/english/poe_works_vol2_2148-8.latin1.txt"


@pytest.mark.skipif(not POE.is_file(), reason="needs ../shared/corpora")
def test_poe_is_left_without_licence_contents_or_notes() -> None:
    done = cut(clean(read(POE)))
    assert len(done.kept) > 500
    wall = re.compile(r"gutenberg|ebook|\(\*\d+\)|\[\d+\]|redactor|NOTES TO|Contents:", re.I)
    assert [p.text[:80] for p in done.kept if wall.search(p.text)] == []
