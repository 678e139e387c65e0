"""The commands: one whole path, keys that others read, exit codes that mean something."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from projects import FEW_PAIRS, PLAN, long_model, text

from stylelab.cli.doctor import accelerator
from stylelab.cli.main import main
from stylelab.pairs import plan as pairs_plan
from stylelab.training.plan import Plan

COMMAND = [sys.executable, "-m", "stylelab"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project made and trained by the commands alone."""
    folder = tmp_path_factory.mktemp("cli")
    model = long_model(folder / "model")
    (folder / "plan.yaml").write_text(Plan.parse(PLAN, "plan").dump_yaml())
    for n in range(3):
        (folder / f"{n}.txt").write_text(text(n))
    own = folder / "p"
    new = ["new", str(own), "--author", "Nobody", "--base", str(model), "--plan", str(folder / "plan.yaml")]
    assert main(new) == 0
    assert pairs_plan.parse((own / "pairs.yaml").read_text(), "new's").perspectives  # every key is there, explained
    (own / "pairs.yaml").write_text(FEW_PAIRS)
    for arguments in (
        ["corpus", "add", str(own), *(str(folder / f"{n}.txt") for n in range(3))],
        ["pairs", "make", str(own)],
    ):
        assert main(arguments) == 0
    return own


@pytest.fixture(scope="module")
def trained(project: Path) -> dict[str, Any]:
    done = subprocess.run([*COMMAND, "train", "run", str(project), "--json"], capture_output=True, check=True)
    return json.loads(done.stdout)


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    """Run a command with --json and return the document at the end of standard output."""
    capsys.readouterr()
    assert main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_keys_that_others_read_are_there(
    project: Path, trained: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    documents = call(capsys, "corpus", "report", project)["documents"]
    keys = {"path", "encoding", "words_in", "words_removed", "removed_by_rule", "passages", "rejected_by_reason"}
    assert len(documents) == 3 and all(keys <= d.keys() for d in documents)
    report = call(capsys, "pairs", "report", project)
    assert all({"stage", "in", "out", "dropped"} == row.keys() for row in report["funnel"])
    assert {"kind", "variant", "perspective", "content", "document"} == report["shares"].keys()
    keys = {
        "run",
        "updates",
        "epochs",
        "valid_loss_nats_first",
        "valid_loss_nats_best",
        "tokens_per_second",
        "peak_bytes",
    }
    assert keys <= trained.keys() and trained["updates"] == 6
    assert trained["valid_loss_nats_best"] < trained["valid_loss_nats_first"]


@pytest.mark.usefixtures("jobs_in_process")
def test_every_other_command_works_on_the_project(
    project: Path, trained: dict[str, Any], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert call(capsys, "train", "runs", project)[0]["id"] == trained["run"]
    assert call(capsys, "train", "plan", project)["updates"] == 6
    assert call(capsys, "audit", project)["funnel"][0]["stage"] == "clean (words)"
    recipe = call(capsys, "recipe", "show", project)
    dataset, run = project / "dataset", project / "runs" / trained["run"]
    assert call(capsys, "recipe", "diff", dataset, run) == {"equal": True, "differences": []}
    assert call(capsys, "persona", "check", project)["ok"]
    assert recipe["separator"] in call(capsys, "persona", "preview", project)["prompt"]
    assert len(call(capsys, "pairs", "show", project)) == report_total(call(capsys, "pairs", "report", project))
    written = call(
        capsys, "write", project, "--text", "I walked to the boat. It was gone.", "--max-tokens", "8", "--scale", "1"
    )
    assert written["logit_change_max"] > 0 and written["base"] is not None
    assert written["deviations"] == ["scale 1, trained at 2"]
    sentence = ("--text", "I walked to the boat. It was gone.", "--max-tokens", "8", "--no-both")
    early = call(capsys, "write", project, *sentence, "--checkpoint", "2", "--perspective", "third_person")
    assert (
        early["checkpoint"] == 2
        and "They walked" not in early["prompt"]
        and early["prompt"] != written["prompt"]
        and early["base"] is None
    )
    assert early["adapter"]["text"] != written["adapter"]["text"]
    exported = call(capsys, "export", project, "--to", tmp_path / "x")
    assert exported["stock_greedy_match"] is True and (tmp_path / "x" / "adapters.safetensors").is_file()


def report_total(report: dict[str, Any]) -> int:
    return sum(report["splits"].values())


@pytest.mark.usefixtures("jobs_in_process")
def test_tables_are_printed_for_people(
    project: Path, trained: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (
        ("corpus", "report"), ("corpus", "removals"), ("corpus", "passages"), ("persona", "show"), ("pairs", "report"),
        ("pairs", "show"), ("train", "plan"), ("train", "runs"), ("audit",), ("recipe", "show")
    ):  # fmt: skip
        assert main([*arguments, str(project)]) == 0
        assert capsys.readouterr().out.strip()


def test_our_errors_end_with_1_and_a_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(tmp_path), "--json"]) == 1
    out, err = capsys.readouterr()
    error = json.loads(out)["error"]
    assert error["code"] == "project_missing" and error["remedy"] in err


@pytest.mark.parametrize("arguments", [["nonsense"], ["write"], ["audit", "x", "--nonsense"], ["write", "x"]])
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "Error" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["--help"], ["corpus", "add", "--help"], ["version"]])
def test_help_ends_with_0(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out


def test_ctrl_c_saves_ends_with_130_and_resumes(project: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(project, tmp_path / "p"))
    (own / "training.yaml").write_text(Plan.parse({**PLAN, "iters": 40}, "plan").dump_yaml())
    process = subprocess.Popen(
        [*COMMAND, "train", "run", str(own)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("update 2: checkpoint"):
            process.send_signal(signal.SIGINT)
            break
    rest = process.stderr.read()
    assert process.wait() == 130 and "Saved up to update" in rest
    process.stderr.close()
    name = sorted(p.name for p in (own / "runs").iterdir())[-1]
    done = subprocess.run(
        [*COMMAND, "train", "resume", str(own), "--run", name, "--json"], capture_output=True, check=True
    )
    assert json.loads(done.stdout)["updates"] == 40


def test_doctor_knows_both_systems() -> None:
    assert accelerator("linux", "libopenblas.so.0").ok
    slow = accelerator("linux", None)
    assert not slow.ok and "libopenblas0-pthread" in slow.remedy
    assert "Metal" in accelerator("darwin", None).detail or not accelerator("darwin", None).ok
