"""Projects: whole or not at all, one process at a time, never touched by an older StyleLab."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from stylelab import files
from stylelab.corpus.decision import Decision
from stylelab.corpus.plan import CorpusPlan
from stylelab.corpus.prepared import PreparedDocument, prepare
from stylelab.corpus.readers import build_document
from stylelab.errors import CorpusError, FileError, ProjectError
from stylelab.pairs.pair import Pair
from stylelab.project import project as projects
from stylelab.project import schema
from stylelab.project.project import create, open_project
from stylelab.project.store import RunRow, Store

TEXT = (
    "CHAPTER I\n\nThe lamp stood there. "
    + " ".join(
        [
            f"It burned {n} and one man came near it."
            for n in [
                "all night",
                "on Sunday",
                "too long",
                "in vain",
                "for us",
                "at noon",
                "in May",
                "by day",
                "as ever",
                "once more",
            ]
        ]
    )
).encode()


def prepared(name: str, text: bytes) -> PreparedDocument:
    return prepare(build_document(name, text), CorpusPlan.model_validate({}))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create(tmp_path / "p", "Nobody", "persona: text\n", "rank: 8\n")
    return tmp_path / "p"


def full(*args: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_project_is_created_and_opened(folder: Path) -> None:
    own = open_project(folder)
    assert own.settings.author == "Nobody" and own.settings.base == "bundled"
    assert own.persona.read_text() == "persona: text\n" and own.texts.is_dir()


def test_a_folder_in_use_is_left_alone(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="already"):
        create(folder, "Other", "", "")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "novel.txt").write_text("mine")
    with pytest.raises(ProjectError, match="not empty"):
        create(tmp_path / "mine", "Other", "", "")
    assert os.listdir(tmp_path / "mine") == ["novel.txt"]


def test_a_failed_creation_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileError, match="disk is full"):
        create(tmp_path / "p", "Nobody", "a", "b")
    assert os.listdir(tmp_path) == []


def test_a_full_disk_leaves_the_old_file_untouched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.atomic_write(tmp_path / "a.txt", "old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileError) as caught:
        files.atomic_write(tmp_path / "a.txt", "new")
    assert caught.value.code == "disk_full" and "Free some space" in caught.value.remedy
    assert (tmp_path / "a.txt").read_text() == "old" and os.listdir(tmp_path) == ["a.txt"]


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    with files.replace_folder(tmp_path / "d") as aside:
        (aside / "a").write_text("1")
    with pytest.raises(RuntimeError), files.replace_folder(tmp_path / "d") as aside:  # noqa: PT012
        (aside / "a").write_text("2")
        raise RuntimeError
    assert (tmp_path / "d" / "a").read_text() == "1" and os.listdir(tmp_path) == ["d"]


def test_no_project_is_an_error_that_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no StyleLab project") as caught:
        open_project(tmp_path)
    assert "stylelab new" in caught.value.remedy


def test_a_newer_schema_is_refused_and_not_touched(folder: Path) -> None:
    text = (folder / "project.yaml").read_text().replace("schema: 1", "schema: 2")
    (folder / "project.yaml").write_text(text)
    with pytest.raises(ProjectError) as caught:
        open_project(folder)
    assert caught.value.code == "schema_newer" and (folder / "project.yaml").read_text() == text


def test_a_newer_database_is_refused(folder: Path) -> None:
    with sqlite3.connect(folder / "stylelab.db") as db:
        db.execute("PRAGMA user_version=99")
    db.close()
    with pytest.raises(ProjectError) as caught:
        open_project(folder).open_store()
    assert caught.value.code == "schema_newer"


def test_a_damaged_database_says_that_the_texts_are_safe(folder: Path) -> None:
    for path in folder.glob("stylelab.db*"):
        path.unlink()
    (folder / "stylelab.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(ProjectError, match="cannot be read") as caught:
        open_project(folder).open_store()
    assert "texts/" in caught.value.remedy


HOLDER = """
import sys
from pathlib import Path
from stylelab.project.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_second_process_is_refused_until_the_first_is_gone(folder: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None and holder.stdin is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(ProjectError) as caught, open_project(folder).lock():
        pass
    assert caught.value.code == "locked" and str(holder.pid) in caught.value.message
    holder.kill()  # even a killed process lets go
    holder.communicate()
    with open_project(folder).lock():
        pass


def test_documents_passages_and_removals_come_back(folder: Path) -> None:
    done = prepared("a.txt", TEXT)
    source = done.cleaned.document
    with open_project(folder).open_store() as store:
        rows = store.corpus
        for _ in range(2):  # the second time in place of the first
            with store.transaction():
                rows.put_document(done, "a.txt", "made", (1, 2))
        (row,) = store.load_documents()
        assert (row.path, row.passages, dict(row.removed_by_rule)) == ("a.txt", 1, {"chapter_title": 2})
        assert (row.chapters, row.made_with, row.language, row.tokens) == ((1, 2), "made", "en", row.tokens_chosen)
        assert tuple(store.load_passages()) == done.passages.kept
        assert rows.load_removals() == [("a.txt", done.cleaned.removals[0])]
        assert rows.load_document(source.id).text == source.text
        assert dict(rows.load_profiles()) == {source.id: done.profile}


def test_repeats_and_choice_and_decisions_come_back(folder: Path) -> None:
    one, other = prepared("a.txt", TEXT), prepared("b.txt", TEXT + b" It was late.")
    with open_project(folder).open_store() as store, store.transaction():
        rows = store.corpus
        rows.put_document(one, "a.txt", "", None)
        rows.put_document(other, "b.txt", "", None)
        ids, signatures = rows.load_signatures()
        assert signatures == [*one.signatures, *other.signatures] and len(ids) == 2
        rows.put_repeats({ids[1]: ids[0]})
        rows.put_choice([ids[0]])
        assert [c.id for c in rows.load_candidates()] == ids[:1] == [p.id for p in store.load_passages()]
        assert [p.id for p in rows.load_passages(chosen=False)] == ids
        assert [r.reason for r in rows.load_rejections()] == ["near_duplicate"]
        assert [d.rejected_by_reason for d in store.load_documents()] == [{}, {"near_duplicate": 1}]
        rows.put_repeats({})
        assert rows.load_rejections() == []
        decided = [Decision("rule_off", "verse"), Decision("restored", "", 3, 7, "text")]
        rows.put_decisions("d", decided)
        rows.drop_document("d")
        assert rows.load_decisions("d") == decided  # for when the document comes back


def test_a_document_is_found_by_its_name_or_named_among_the_others(folder: Path) -> None:
    with open_project(folder).open_store() as store:
        with store.transaction():
            for name in ("tales.txt", "tales two.txt", "novel.txt"):
                store.corpus.put_document(prepared(name, TEXT + name.encode()), name, "", None)
        assert store.corpus.find_document("tales.txt").path == "tales.txt"
        assert store.corpus.find_document("nov").path == "novel.txt"
        for name, told in (("tales", "2 documents"), ("poems", "no document")):
            with pytest.raises(CorpusError, match=told) as caught:
                store.corpus.find_document(name)
            assert "tales two.txt" in caught.value.remedy


def test_a_project_of_the_first_schema_is_migrated_with_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "stylelab.db"
    with sqlite3.connect(path) as old:
        old.executescript(schema.TABLES)
        old.execute("INSERT INTO documents VALUES ('d', 0, 'a.txt', 'utf-8', 70, 0, 1)")
        old.execute("INSERT INTO passages VALUES ('d-00000', 'd', 0, 'text', 70)")
        old.execute("PRAGMA user_version=1")
    old.close()
    with Store(path) as store:
        (row,) = store.load_documents()
        assert (row.file, row.passages, row.chosen, row.made_with) == ("a.txt", 1, 1, "")
        with pytest.raises(CorpusError, match="older StyleLab"):
            store.corpus.load_document("d")
    assert (tmp_path / "stylelab.db.v1.bak").is_file()


def test_pairs_and_runs_come_back(folder: Path) -> None:
    pair = Pair("i", "a", "d", 0, "original", "NARRATIVE", "p", "c", "x", ("very",), 0.5)
    with open_project(folder).open_store() as store:
        with store.transaction():
            store.dataset.put_pairs({"train": [pair], "valid": [], "test": []})
        assert store.load_pairs() == [pair] == store.load_pairs("train") and store.load_pairs("test") == []
        run = RunRow("run-001", "2026-01-01", "finished", 3, 2.0, None)
        store.put_run(run)
        assert store.load_runs() == [run]


def test_a_broken_transaction_changes_nothing(folder: Path) -> None:
    with Store(folder / "stylelab.db") as store:
        with store.transaction():
            store.corpus.put_document(prepared("a.txt", TEXT), "a.txt", "", None)
        with pytest.raises(RuntimeError), store.transaction():  # noqa: PT012
            store._db.execute("DELETE FROM documents")
            raise RuntimeError
        assert len(store.load_documents()) == 1


def test_an_unknown_run_is_named(folder: Path) -> None:
    with pytest.raises(ProjectError, match="no training run"):
        open_project(folder).find_run(None)
    with pytest.raises(ProjectError, match="run-007"):
        open_project(folder).find_run("run-007")


def test_schema_versions_agree() -> None:
    assert projects.SCHEMA == 1
