"""Harvest: pairs that exist, in every form they come in; counts per source, and zero is an error that names what is there."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylelab.errors import FileError, PairsError
from stylelab.pairs.align import align
from stylelab.pairs.harvest import FieldMapping, get_value, harvest, harvest_folders, list_paths, split_blocks

ROWS = [{"draft": f"A plain line {n}.", "final": f"A line, plain, and {n}."} for n in range(3)]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_with_usual_names_need_no_mapping(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(row) for row in ROWS)
    source = harvest(written(tmp_path / "a.jsonl", lines + "\n\n"))
    assert (source.name, source.found, len(source.pairs), dict(source.dropped)) == ("a.jsonl", 3, 3, {})
    assert (source.pairs[1].input, source.pairs[1].target) == ("A plain line 1.", "A line, plain, and 1.")


def test_nested_fields_are_found_by_their_path_and_categories_kept(tmp_path: Path) -> None:
    rows = [
        {"messages": [{"content": f"in {n}"}, {"content": f"out {n}"}], "meta": {"mood": "low", "n": n}}
        for n in range(2)
    ]
    path = written(tmp_path / "a.json", json.dumps({"version": 1, "data": {"rows": rows}}))
    source = harvest(path, FieldMapping("messages[0].content", "messages[1].content", ("meta.mood", "meta.n", "none")))
    assert [(g.input, g.target) for g in source.pairs] == [("in 0", "out 0"), ("in 1", "out 1")]
    assert dict(source.pairs[1].category) == {"meta.mood": "low", "meta.n": "1"}


@pytest.mark.parametrize(("suffix", "delimiter"), [(".csv", ","), (".tsv", "\t")])
def test_tables_are_read_with_line_breaks_in_fields(tmp_path: Path, suffix: str, delimiter: str) -> None:
    path = tmp_path / f"a{suffix}"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, delimiter=delimiter)
        table.writerows([["input", "output"], ["one,\ntwo", "three\t“four”"], ["", "no input"], ["same", "same"]])
    source = harvest(path)
    assert [(g.input, g.target) for g in source.pairs] == [("one,\ntwo", "three\t“four”")]
    assert source.found == 3 and dict(source.dropped) == {"field_missing": 1, "unchanged": 1}


def test_repeated_pairs_are_counted_once(tmp_path: Path) -> None:
    source = harvest(written(tmp_path / "a.jsonl", "\n".join(json.dumps(ROWS[0]) for _ in range(4))))
    assert len(source.pairs) == 1 and dict(source.dropped) == {"repeated": 3}


@pytest.mark.parametrize(
    ("name", "text", "mapped", "told"),
    [
        ("a.jsonl", '{"question": "x", "meta": {"answer": "y"}}', None, "Its fields are: question, meta.answer"),
        ("a.jsonl", json.dumps(ROWS[0]), FieldMapping("draft", "result"), "Its fields are: draft, final"),
        ("a.json", "[]", None, "no two fields"),
        ("a.csv", "input,output\n", None, "0 looked at"),
        ("a.txt", "No separator in here.", None, "'###'"),
        ("a.jsonl", json.dumps({"input": "x", "output": "x"}), None, "unchanged"),
    ],
)
def test_zero_is_an_error_that_names_what_there_is(
    tmp_path: Path, name: str, text: str, mapped: FieldMapping | None, told: str
) -> None:
    with pytest.raises(PairsError) as caught:
        harvest(written(tmp_path / name, text), mapped)
    assert caught.value.code == ("harvest_fields" if name == "a.jsonl" else "harvest_empty")
    assert told in caught.value.message and caught.value.remedy


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.jsonl", b'{"a": 1}\n\n{"a": \n', "line 3"),
        ("a.json", b'{"a":\n 1,}', "line 2"),
        ("a.json", b"[" * 100_000, "too deep"),
        ("a.csv", b'input,output\n"a,b\n', "unexpected end"),
        ("a.txt", "Käthe ### x".encode("latin-1"), "UTF-8"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(PairsError) as caught:
        harvest(tmp_path / name)
    assert caught.value.code == "harvest_broken" and told in caught.value.message


def test_missing_files_and_unknown_kinds_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        harvest(tmp_path / "none.jsonl")
    with pytest.raises(PairsError, match="no file that pairs"):
        harvest(written(tmp_path / "a.exe", "x"))
    with pytest.raises(PairsError, match="no file that pairs"):
        harvest(written(tmp_path / "a.docx", "x"))  # without a reader of changes


def test_tracked_changes_come_from_the_reader_that_is_given(tmp_path: Path) -> None:
    source = harvest(tmp_path / "a.docx", changes=lambda path: [("It rain.", "It rained."), ("Same.", "Same.")])
    assert [g.target for g in source.pairs] == ["It rained."] and source.dropped == {"unchanged": 1}
    with pytest.raises(PairsError, match="no tracked changes"):
        harvest(tmp_path / "a.docx", changes=lambda path: [])


@pytest.mark.parametrize(
    "text",
    [
        "one ### two\nthree ### four\n",
        "one ###\ntwo\n\nthree\n### four",
        "one\n###\n\ntwo\n---\nthree ### four\n---\n",
        "one ### two\nEND\nthree ### four\nEND\n",
    ],
)
def test_prompt_and_completion_blocks_are_found_however_they_are_parted(text: str) -> None:
    assert split_blocks(text) == [("one", "two"), ("three", "four")]


def test_two_folders_are_paired_by_name_and_paragraph(tmp_path: Path) -> None:
    drafts, finals = tmp_path / "drafts", tmp_path / "finals"
    drafts.mkdir()
    finals.mkdir()
    written(drafts / "a.txt", "The man went home in the rain.\n\nNobody saw him.\n\nHe slept until noon.")
    written(
        finals / "a.md", "Home went the man in the rain.\n\nA new paragraph stands here alone.\n\nHe slept until noon."
    )
    written(drafts / "b.txt", "x")
    sources = harvest_folders(drafts, finals, lambda path: path.read_text(encoding="utf-8"))
    assert [(s.name, s.found, len(s.pairs), dict(s.dropped)) for s in sources] == [("a", 2, 1, {"unchanged": 1})]
    (pair,) = sources[0].pairs
    assert pair.input.startswith("The man went") and pair.target.startswith("Home went")
    (finals / "a.md").rename(finals / "c.md")
    with pytest.raises(PairsError, match=r"a, b there, c here"):
        harvest_folders(drafts, finals, lambda path: path.read_text(encoding="utf-8"))


def test_paragraphs_that_moved_apart_find_each_other_in_order() -> None:
    draft = "\n\n".join(f"Paragraph {w} tells of the {w} and its {w}." for w in ("sea", "hill", "moor", "fen"))
    final = "\n\n".join(f"Of the {w} and its {w} paragraph {w} told." for w in ("hill", "moor", "fen", "fell"))
    pairs, unpaired = align(draft, final)
    assert [a.split()[1] for a, _ in pairs] == ["hill", "moor", "fen"] and unpaired == 2


@given(st.text(max_size=300), st.text(max_size=300))
def test_alignment_keeps_order_and_counts_everything(draft: str, final: str) -> None:
    pairs, unpaired = align(draft, final)
    ours, theirs = align(draft, draft)[0], align(final, final)[0]
    assert 2 * len(pairs) + unpaired == len(ours) + len(theirs)


keys = st.text("abc", min_size=1, max_size=3)
tree = st.recursive(
    st.text(max_size=5), lambda own: st.dictionaries(keys, own, max_size=3) | st.lists(own, max_size=3), max_leaves=10
)


@given(st.dictionaries(keys, tree, min_size=1, max_size=3))
def test_every_path_that_is_named_leads_to_its_text(row: dict[str, object]) -> None:
    assert all(isinstance(get_value(row, path), str) for path in list_paths(row))
