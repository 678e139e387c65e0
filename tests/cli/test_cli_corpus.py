"""The corpus commands, as typed: restore by place and by rule, choose, report, drop."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from projects import long_model, make_project, text

from stylelab.cli.main import main

pytestmark = pytest.mark.usefixtures("jobs_in_process")
MOTTO = "“The lamp is lit, and nobody knows by whom.”\n\n--Nobody, Tales"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    own = make_project(folder / "p", long_model(folder / "model"))
    for n in range(2):
        (folder / f"{n}.txt").write_text(f"CHAPTER I\n\n{text(n)}\n\n\nCHAPTER II\n\n{MOTTO}\n\n{text(n + 50)}")
    assert main(["corpus", "add", str(own.folder), str(folder / "0.txt"), str(folder / "1.txt"), "--json"]) == 0
    return own.folder


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    capsys.readouterr()
    assert main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_removal_is_put_back_by_its_place_and_taken_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = call(capsys, "corpus", "removals", project, "--document", "0.txt", "--rule", "chapter_title")
    assert [r["text"].strip() for r in found] == ["CHAPTER I", "CHAPTER II"]
    at = found[0]["start"]
    done = call(capsys, "corpus", "restore", project, "0.txt", "--at", at)
    assert done["removals"] == done["removals_before"] - 1
    undone = call(capsys, "corpus", "restore", project, "0.txt", "--at", at, "--undo")
    assert undone["removals"] == done["removals_before"]


def test_a_rule_is_switched_off_and_on_for_one_document(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(capsys, "corpus", "restore", project, "1.txt", "--rule", "epigraph")
    assert call(capsys, "corpus", "removals", project, "--document", "1.txt", "--rule", "epigraph") == []
    assert call(capsys, "corpus", "removals", project, "--document", "0.txt", "--rule", "epigraph")
    call(capsys, "corpus", "restore", project, "1.txt", "--rule", "epigraph", "--undo")
    assert call(capsys, "corpus", "removals", project, "--document", "1.txt", "--rule", "epigraph")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["restore", "P", "0.txt"], "Nothing to restore"),
        (["restore", "P", "0.txt", "--at", "3"], "no removal at 3"),
        (["restore", "P", "0.txt", "--at", "3", "--undo"], "no decision at 3"),
        (["restore", "P", "none.txt", "--at", "3"], "no document 'none.txt'"),
        (["add", "P", "x.epub", "--chapters", "one"], "no list of chapters"),
        (["choose", "P", "--budget", "1"], "No passage fits"),
        (["add", "P", "x.epub", "--list-chapters"], "does not exist"),
    ],
)
def test_a_wrong_argument_is_named_with_a_remedy(
    project: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["corpus", *(str(project) if a == "P" else a for a in arguments), "--json"]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert told in error["message"] and error["remedy"]


def test_the_report_is_written_as_markdown_and_printed(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = call(capsys, "corpus", "report", project, "--markdown", tmp_path / "r.md")
    assert report["passages"] == report["chosen"] == sum(d["passages"] for d in report["documents"])
    assert report["profile"]["person"]["first"] == 1.0
    told = (tmp_path / "r.md").read_text()
    assert "| 0.txt | en |" in told and "chapter_title" in told and "## Profile" in told
    assert main(["corpus", "report", str(project)]) == 0
    assert "scenes" in capsys.readouterr().out


def test_choice_tokens_and_passages_are_told_in_words(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    everything = call(capsys, "corpus", "choose", project)
    assert main(["corpus", "choose", str(project), "--budget", str(everything["tokens"] // 2)]) == 0
    assert "passages of 0.txt" in capsys.readouterr().out
    assert main(["corpus", "tokens", str(project)]) == 0
    assert "comes back unchanged" in capsys.readouterr().out
    rows = call(capsys, "corpus", "passages", project, "--document", "0")
    assert {r["chosen"] for r in rows} == {True, False}
    assert main(["corpus", "passages", str(project), "--rejected"]) == 0
    assert "rejections" in capsys.readouterr().out
    call(capsys, "corpus", "choose", project, "--budget", 900_000)


def test_a_document_is_dropped(project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    copy = Path(shutil.copytree(project, tmp_path / "p"))
    capsys.readouterr()
    assert main(["corpus", "drop", str(copy), "1.txt"]) == 0
    assert "fit the budget" not in capsys.readouterr().out, "all that is left is learned from"
    assert call(capsys, "corpus", "drop", project, "1.txt")["dropped"] == 1
    assert [d["path"] for d in call(capsys, "corpus", "report", project)["documents"]] == ["0.txt"]
