"""Repair: each kind of damage is mended and counted, style is left alone, and twice is as good as once."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stylelab.corpus.readers import build_document, read
from stylelab.corpus.repair import Repairs, repair

CORPORA = Path(__file__).resolve().parents[3] / "shared/corpora"
GERMAN = "Die Straße war naß, und über den Häusern lag früher Nebel; er hörte das Mädchen, „schön“ und still.\n"
FRENCH = "« Où êtes-vous allée ? » demanda-t-il. L’été était là, naïf, près du cœur.\n"
STYLE = "“Well—no,” she said … _so_ *it* was – ‘yes’ -- and œuvre, Æsop, naïve, £5, 1½ — don’t!\n"


def misread(text: str, encoding: str = "cp1252") -> str:
    """Return a text as a program shows it that takes its UTF-8 for something else."""
    return text.encode().decode(f"sloppy-windows-{encoding[2:]}" if encoding.startswith("cp") else encoding)


@pytest.mark.parametrize(
    ("damaged", "mended", "kind", "count"),
    [
        (misread(GERMAN * 2), GERMAN * 2, "mojibake", 2),
        (misread(misread(GERMAN)), GERMAN, "mojibake", 1),
        (misread(STYLE), STYLE, "mojibake", 1),
        (misread(GERMAN, "mac_roman"), GERMAN, "mojibake", 1),
        (misread("voilà le café"), "voilà le café", "mojibake", 1),
        ("one\r\ntwo\rthree\vfour\u2028five", "one\ntwo\nthree\nfour\nfive", "line_ends", 4),
        ("He\0 came\x08.", "He came.", "control_characters", 2),
        ("He said\x97no\x85", "He said—no…", "mojibake", 1),
        ("\ufeffHe\u200b came\u2060.", "He came.", "zero_width", 3),
        ("wait\u00ading room, ver\u00ad\nstehen.", "waiting room, verstehen.", "soft_hyphens", 2),
        ("«\u00a0mot\u202f»\u2009!", "« mot » !", "wide_spaces", 3),
        ("the oﬃce ﬁrst ﬂoor ﬆ", "the office first floor st", "ligatures", 4),
        (unicodedata.normalize("NFD", "schön und naïf"), "schön und naïf", "decomposed", 2),
        ("He came. \nShe\t\n  left.", "He came.\nShe\n  left.", "trailing_spaces", 2),
        ("half \ud83d a face", "half \ufffd a face", "lost_characters", 1),
    ],
)
def test_damage_is_mended_and_counted(damaged: str, mended: str, kind: str, count: int) -> None:
    text, repairs = repair(damaged)
    assert (text, repairs.count_found.get(kind)) == (mended, count)


@pytest.mark.parametrize(
    "text", [STYLE, GERMAN, FRENCH, "", "Żółć i dźwięk.\n", "Все счастливые семьи похожи.\n", "吾輩は猫である。"]
)
def test_style_and_clean_text_are_left_alone(text: str) -> None:
    paragraphs = f"{text}\n" * 30
    assert repair(paragraphs) == (paragraphs, Repairs())


def test_a_text_that_is_broken_in_part_is_mended_in_part() -> None:
    text, repairs = repair(GERMAN + misread(GERMAN) + STYLE + FRENCH)
    assert text == GERMAN + GERMAN + STYLE + FRENCH
    assert repairs.mojibake == 1


PROSE = "The night was long and the boats were late, for the wind was from the west and nobody\n"


@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        # the text writes it so elsewhere
        (
            "It was under-\nstood by all.\nThey understood.",
            "It was understood\nby all.\nThey understood.",
            "words_joined",
        ),
        ("A well-\nknown man.\nA well-known man.", "A well-known\nman.\nA well-known man.", "hyphens_kept"),
        ("A well-\nknown man.\nA well-known, wellknown, well-known man.", None, "hyphens_kept"),
        # it does not say: a word is joined, a compound of two of its words is not
        (
            "Er konnte es nicht ver-\nstehen, und er ging.",
            "Er konnte es nicht verstehen,\nund er ging.",
            "words_joined",
        ),
        ("The summer was\nlong, a cloud came: a summer-\ncloud.", None, "hyphens_kept"),
        # a second half with a capital is a name or a German compound
        ("Das Herrenhaus zu Hohen-\nCremmen lag da.", "Das Herrenhaus zu Hohen-Cremmen\nlag da.", "hyphens_kept"),
        # a paragraph's end, and a chain
        ("It was under-\nstood.\n\nThey understood.", "It was understood.\n\nThey understood.", "words_joined"),
        ("four-and-\ntwenty lamps", "four-and-twenty\nlamps", "hyphens_kept"),
    ],
)
def test_words_cut_at_line_ends(text: str, expected: str | None, kind: str) -> None:
    done, repairs = repair(text)
    assert repairs.count_found.get(kind) == 1
    if expected is not None:
        assert done == expected
    assert "-\n" not in done


@pytest.mark.parametrize(
    "text",
    [
        "nach der Park-\nund Gartenseite hin",
        "two-\nor threefold",
        "He went--\nand came back",
        "a - \nb".replace(" \n", "\n"),
        "1914-\n1918",
    ],
)
def test_other_hyphens_at_line_ends_stay(text: str) -> None:
    assert repair(text)[0] == text


def test_the_habit_of_a_text_decides_what_it_does_not_say() -> None:
    body = PROSE * 40
    volunteers = body + "the watch-tower stood by the watch-\ntower, and by the hedge-\nhog she waited\n"
    assert "hedge-hog\nshe" in repair(volunteers)[0]
    printer = body + "she understood what was under-\nstood, and by the hedge-\nhog she waited\n"
    assert "hedgehog\nshe" in repair(printer)[0]


def test_an_interruption_at_a_paragraphs_end_is_no_cut_word() -> None:
    line = (
        "I walked down to the house at the end of the road and waited for him there until the evening came, and "
        "the lamps were lit, and then I—"
    )
    text = f"{line} never-\nwhat? {line}\n{line}"
    assert repair(text)[0] == text


def page(number: int, first: str, last: str) -> str:
    body = "He came in and sat down by the fire, and nobody spoke to him for a while."
    return f"THE LAMP    {number}\n{first}\n{body}\n\n{body}\n{last}"


def test_page_turns_close_sentences_and_set_running_heads_apart() -> None:
    hours = {11: "one", 12: "two", 13: "three"}
    source = "\f".join(
        page(n, "went on until morning.", f"It was past {hour}, and the night of the storm")
        for n, hour in hours.items()
    )
    text, repairs = repair(source)
    assert repairs.page_breaks == 2
    assert "the night of the storm\nwent on until morning.\nHe came" in text
    assert text.count("\n\nTHE LAMP") == 2
    assert len(text.split()) == len(source.split())


def test_a_page_that_ends_with_a_sentence_ends_a_paragraph() -> None:
    assert repair("It was late.\fThe rope was cut.")[0] == "It was late.\n\nThe rope was cut."
    assert repair("It was ver-\fstanden.")[0] == "It was verstanden."


def test_hard_wrapped_lines_are_reported() -> None:
    wrapped = (PROSE * 6 + "\n") * 3
    assert repair(wrapped)[1].hard_wrapped_lines == 15
    assert repair(wrapped)[0] == wrapped
    assert repair("\n\n".join(["I walked down to the house."] * 9))[1].hard_wrapped_lines == 0


TRANSLITERATED = (
    "Der Koenig war muede, und die Maedchen hoerten es nicht; er wuerde fuer sie spaeter noch schoene Lieder spielen "
    "und auf den Huegel gehen, wie er es immer gern getan hat.\n"
)


def test_transliterated_umlauts_are_counted_and_kept() -> None:
    text, repairs = repair(TRANSLITERATED * 3)
    assert (text, repairs.transliterated_umlauts) == (TRANSLITERATED * 3, 27)


@pytest.mark.parametrize(
    "text",
    [
        "Die neue Poesie war ein Abenteuer, und die Frauen sagten, dass sie die Treue und die Quelle aktuell mit Goethe "
        "und Michael nicht sahen; soeben war das Duell aus, und die Steuer auch.\n",
        GERMAN + TRANSLITERATED.replace("ue", "ü").replace("ae", "ä").replace("oe", "ö"),
        "The poet blew true blue shoes; does he value the hero’s coerced duet in Israel with Michael and Samuel?\n",
    ],
)
def test_clean_german_and_english_have_none(text: str) -> None:
    assert repair(text * 20)[1].transliterated_umlauts == 0


DAMAGE = [
    "Ã¤",
    "Ã ",
    "â€œ",
    "\u00ad",
    "\x97",
    "\ufeff",
    "ﬁ",
    "e\u0301",
    "\u00a0",
    "\f",
    "-\n",
    "\r\n",
    "\r",
    "\0",
    " \n",
    "¬\n",
    "\ud800",
]
broken = st.lists(
    st.sampled_from([*DAMAGE, "word", "Word", "12", "\n", "\n\n", " ", "."]) | st.text(max_size=4), max_size=25
)


@given(broken)
@settings(max_examples=400, deadline=None)
def test_repairing_twice_changes_nothing_more(pieces: list[str]) -> None:
    once, _ = repair("".join(pieces))
    twice, repairs = repair(once)
    assert twice == once
    noticed = {"hard_wrapped_lines", "transliterated_umlauts", "unknown_characters"}
    assert set(repairs.count_found) <= noticed
    once.encode("utf-8")


@given(st.text(st.sampled_from("abcdefghijklmnop ABC.,;!?“”‘’—–…_*'\""), max_size=200))
@settings(deadline=None)
def test_prose_on_one_line_is_left_alone(text: str) -> None:
    assert repair(text.strip())[0] == text.strip()


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=60))
@settings(deadline=None)
def test_any_encoding_gives_a_document_that_can_be_stored(text: str) -> None:
    data = f"He came in. {text} She left.".encode("utf-8", "replace")
    assert build_document("a.txt", data).text.encode("utf-8")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-16-le", "Er war da. " * 20),
        ("utf-16-be", "Er war da, schön. " * 20),
        ("utf-32", "Er war da, schön. " * 20),
        ("cp1252", FRENCH * 20),
        ("cp1251", "Все счастливые семьи похожи друг на друга, каждая несчастлива по-своему. " * 20),
        ("koi8-r", "Все счастливые семьи похожи друг на друга, каждая несчастлива по-своему. " * 20),
        ("shift_jis", "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。" * 20),
        ("cp1250", "Příliš žluťoučký kůň úpěl ďábelské ódy, a chlapec šel domů. " * 20),
        ("cp1253", "Η θάλασσα ήταν ήσυχη και ο ουρανός γαλανός, όταν ο γέρος βγήκε από το σπίτι. " * 20),
        ("cp1254", "Güneş doğdu, çocuk dışarı çıktı; kızın gözleri yaşlıydı, ağaçlar sessizdi. " * 20),
        ("latin_1", "Die Straße war naß, der König müde; « à propos, mère, ça va très bien », sagte er. " * 20),
        ("mac_roman", "“L’été était là,” dit-il — près du cœur. " * 20),
    ],
)
def test_texts_in_other_encodings_are_read(encoding: str, text: str) -> None:
    assert build_document("a.txt", text.encode(encoding)).text.strip() == text.strip()


def test_a_few_pasted_bytes_do_not_turn_utf8_into_mojibake() -> None:
    done = build_document("a.txt", (GERMAN * 9).encode() + b"\x93Ja\x94, sagte er.")
    assert done.text == GERMAN * 9 + "“Ja”, sagte er."
    assert done.encoding == "utf-8, partly cp1252"


@pytest.mark.skipif(not CORPORA.is_dir(), reason="needs ../shared/corpora")
def test_the_broken_effi_briest_is_the_clean_one() -> None:
    broken_book = read(CORPORA / "damaged/effi_briest_mojibake_utf8_read_as_cp1252.txt")
    clean_book = read(CORPORA / "german/fontane_effi_briest_5323-8.latin1.txt")
    assert broken_book.text == clean_book.text
    assert broken_book.repairs["mojibake"] > 7000 and "mojibake" not in clean_book.repairs


@pytest.mark.skipif(not CORPORA.is_dir(), reason="needs ../shared/corpora")
def test_walden_in_two_encodings_differs_by_its_greek_and_a_few_corrected_letters() -> None:
    utf, latin = (read(CORPORA / f"english/thoreau_walden_205-{end}").text for end in ("0.utf8.txt", "8.latin1.txt"))
    first, second = Counter(utf.split()), Counter(latin.split())
    assert 0 < (first - second).total() <= 20 and 0 < (second - first).total() <= 20


@pytest.mark.skipif(not CORPORA.is_dir(), reason="needs ../shared/corpora")
def test_great_expectations_in_cp1252_differs_by_its_lost_mark_only() -> None:
    windows = read(CORPORA / "damaged/great_expectations.cp1252.txt").text
    assert windows == "?" + read(CORPORA / "english/dickens_great_expectations_1400-0.utf8.txt").text


@pytest.mark.skipif(not CORPORA.is_dir(), reason="needs ../shared/corpora")
def test_the_transliterated_effi_briest_is_noticed() -> None:
    noticed = read(CORPORA / "german/fontane_effi_briest_old_7effi10.ascii_umlauts_transliterated.txt").repairs
    assert 6000 < noticed["transliterated_umlauts"] < 6600
    for clean in ("german/kafka_verwandlung_22367-8.latin1.txt", "english/poe_works_vol2_2148-8.latin1.txt"):
        assert "transliterated_umlauts" not in read(CORPORA / clean).repairs
