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
from stylelab.corpus.clean import clean
from stylelab.corpus.passage import cut
from stylelab.corpus.readers import document
from stylelab.errors import FileError, ProjectError
from stylelab.pairs.pair import Pair
from stylelab.project import project as projects
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
    with files.atomic_folder(tmp_path / "d") as aside:
        (aside / "a").write_text("1")
    with pytest.raises(RuntimeError), files.atomic_folder(tmp_path / "d") as aside:  # noqa: PT012
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
        open_project(folder).store()
    assert caught.value.code == "schema_newer"


def test_a_damaged_database_says_that_the_texts_are_safe(folder: Path) -> None:
    for path in folder.glob("stylelab.db*"):
        path.unlink()
    (folder / "stylelab.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(ProjectError, match="cannot be read") as caught:
        open_project(folder).store()
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
    cleaned = clean(document("a.txt", TEXT))
    passages = cut(cleaned)
    with open_project(folder).store() as store:
        store.put_document(cleaned, passages)
        store.put_document(cleaned, passages)  # again: in place of the first
        (row,) = store.documents()
        assert (row.path, row.passages, dict(row.removed_by_rule)) == ("a.txt", 1, {"chapter_title": 2})
        assert tuple(store.passages()) == passages.kept
        assert [(n, r) for n, r in store.removals()] == [("a.txt", cleaned.removals[0])]


def test_pairs_and_runs_come_back(folder: Path) -> None:
    pair = Pair("i", "a", "d", 0, "original", "NARRATIVE", "p", "c", "x", ("very",), 0.5)
    with open_project(folder).store() as store:
        with store.transaction():
            store.dataset.put_pairs({"train": [pair], "valid": [], "test": []})
        assert store.pairs() == [pair] == store.pairs("train") and store.pairs("test") == []
        run = RunRow("run-001", "2026-01-01", "finished", 3, 2.0, None)
        store.put_run(run)
        assert store.runs() == [run]


def test_a_broken_transaction_changes_nothing(folder: Path) -> None:
    cleaned = clean(document("a.txt", TEXT))
    with Store(folder / "stylelab.db") as store:
        store.put_document(cleaned, cut(cleaned))
        with pytest.raises(RuntimeError), store.transaction():  # noqa: PT012
            store._db.execute("DELETE FROM documents")
            raise RuntimeError
        assert len(store.documents()) == 1


def test_an_unknown_run_is_named(folder: Path) -> None:
    with pytest.raises(ProjectError, match="no training run"):
        open_project(folder).run(None)
    with pytest.raises(ProjectError, match="run-007"):
        open_project(folder).run("run-007")


def test_schema_versions_agree() -> None:
    assert projects.SCHEMA == 1
