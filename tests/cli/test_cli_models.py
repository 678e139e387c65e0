"""`stylelab models`: what is there, what can be had, and the way into and out of the library; a project calls a base by name."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from ggufs import write_gguf
from hub_server import COMMIT, Hub, read_files, serve

from models import make_model
from stylelab.basemodels.catalogue import load_catalogue
from stylelab.basemodels.download.hub import hold_partial
from stylelab.basemodels.download.plan import list_partial
from stylelab.cli import models
from stylelab.cli.main import main
from stylelab.project.project import open_project
from stylelab.training.defaults import TABLE
from stylelab.training.plan import Plan

REPO = "someone/tiny"


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The models folder of this test; other programs have nothing."""
    for name in ("HF_HUB_CACHE", "HF_HOME", "OLLAMA_MODELS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("STYLELAB_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Hub]:
    with serve(Hub(read_files(make_model(tmp_path / "hub" / "tiny", seed=3)))) as running:
        monkeypatch.setenv("HF_ENDPOINT", running.endpoint)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield running


def call(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> Any:
    """Run a command of `models` with --json and return the document at the end of standard output."""
    capsys.readouterr()
    assert main(["models", *map(str, arguments), "--json"]) == code
    return json.loads(capsys.readouterr().out)


def write(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """Run a command of `models` and return what it says to people."""
    capsys.readouterr()
    assert main(["models", *map(str, arguments)]) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("jobs_in_process")
def test_a_model_is_pulled_listed_checked_used_by_name_and_removed_when_no_project_uses_it(
    hub: Hub, library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pulled = call(capsys, "pull", REPO)
    assert (pulled["name"], pulled["origin"], pulled["revision"], pulled["already_there"]) == (
        "tiny",
        REPO,
        COMMIT,
        False,
    )
    bundled, own = call(capsys, "list")["models"]
    assert (bundled["base"], own["base"], own["licence"], own["fault"]) == ("bundled", "tiny", "mit", "")
    assert own["origin"] == f"{REPO} {COMMIT[:12]}" and own["bytes"] == pulled["size_bytes"]
    assert call(capsys, "check", "tiny", "--quick")["folder"] == str(library / "tiny")
    project = tmp_path / "books" / "p"
    assert main(["new", str(project), "--author", "Nobody", "--base", "tiny"]) == 0
    assert open_project(project).settings.base == "tiny"
    for folder in (project, tmp_path / "books"):
        error = call(capsys, "remove", "tiny", "--projects", folder, code=1)["error"]
        assert error["code"] == "model_in_use" and str(project) in error["message"]
    assert call(capsys, "remove", "tiny", "--projects", tmp_path)["bytes"] == own["bytes"] and not list(
        library.iterdir()
    )
    assert call(capsys, "remove", "tiny", code=1)["error"]["code"] == "model_missing"


def test_a_project_that_cannot_be_read_keeps_the_model(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_model(library / "tiny")
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "project.yaml").write_text("base: [")
    assert call(capsys, "remove", "tiny", "--projects", tmp_path / "p", code=1)["error"]["code"] == "model_in_use"
    assert (library / "tiny").is_dir()


def test_a_folder_is_kept_whole_by_a_project_and_what_is_missing_is_said(
    tiny_model: Path, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tiny_model.parent)
    assert main(["new", str(tmp_path / "p"), "--author", "Nobody", "--base", tiny_model.name]) == 0
    assert open_project(tmp_path / "p").settings.base == str(tiny_model.resolve())
    (tmp_path / "link").symlink_to(tiny_model)
    assert main(["new", str(tmp_path / "s"), "--author", "Nobody", "--base", str(tmp_path / "link")]) == 0
    assert open_project(tmp_path / "s").settings.base == str(tiny_model.resolve())
    assert main(["new", str(tmp_path / "q"), "--author", "Nobody", "--base", "bundled"]) == 0
    assert open_project(tmp_path / "q").settings.base == "bundled"
    capsys.readouterr()
    assert main(["new", str(tmp_path / "r"), "--author", "Nobody", "--base", "no-such-model"]) == 1
    assert str(library / "no-such-model") in capsys.readouterr().err and not (tmp_path / "r").exists()


def test_the_catalogue_says_what_fits_and_what_is_here(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = load_catalogue()
    monkeypatch.setattr(models, "read_machine_bytes", lambda: 16 * 2**30)
    make_model(library / entries[1].id)
    rows = {row["id"]: row for row in call(capsys, "list")["catalogue"]}
    assert [row["id"] for row in rows.values() if row["installed"]] == [entries[1].id]
    assert rows[entries[3].id]["fits"] and not rows["qwen2.5-32b"]["fits"]
    order = list(rows.values())
    assert [row["fits"] for row in order] == sorted((row["fits"] for row in order), reverse=True), "what trains first"
    assert all(re.fullmatch(r"trains in [0-9.]+ of 16 GB", row["fit"]) for row in order if row["fits"])
    assert all(row["train_bytes"] <= 0.7 * 16 * 2**30 for row in order if row["fits"])
    assert "trains in" in write(capsys, "list")
    assert rows[entries[0].id]["parameters"] == entries[0].parameters and rows[entries[0].id]["licence"] == "Apache-2.0"
    assert len(re.findall(rf"^{entries[1].id} ", write(capsys, "list"), re.MULTILINE)) == 2, (
        "here, and in the catalogue"
    )


@pytest.mark.usefixtures("jobs_in_process")
def test_a_checked_base_is_listed_with_its_bits_per_byte(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STYLELAB_CACHE", str(tmp_path / "cache"))
    make_model(library / "tiny", positions=2048)
    assert call(capsys, "list")["models"][1]["bits_per_byte"] == {}
    checked = call(capsys, "check", "tiny")
    assert call(capsys, "list")["models"][1]["bits_per_byte"] == {"en": round(checked["bits_per_byte"], 4)}
    assert checked["verdict"] == "poor" and checked["advice"][0]["message"].startswith("Poor")
    assert f"{checked['bits_per_byte']:.2f} en" in write(capsys, "list")
    said = write(capsys, "check", "tiny")
    assert "bits per byte" in said and "tokens/s" in said and "Poor for this language" in said
    assert "bits per byte" not in write(capsys, "check", "tiny", "--quick")
    assert call(capsys, "check", "tiny", "--language", "xx", code=1)["error"]["code"] == "model_language"


@pytest.mark.usefixtures("jobs_in_process")
def test_a_projects_pairs_make_the_list_say_how_long_training_takes(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STYLELAB_CACHE", str(tmp_path / "cache"))
    own = tmp_path / "p"
    assert main(["new", str(own), "--author", "Nobody", "--base", str(tiny_model)]) == 0
    assert {row["seconds"] for row in call(capsys, "list", "--project", own)["catalogue"]} == {None}
    (own / "dataset").mkdir()
    rows = [{"prompt": "p" * 900, "completion": "c" * 900}] * 600
    (own / "dataset" / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = {row["id"]: row for row in call(capsys, "list", "--project", own)["catalogue"]}
    small, large = found["smollm2-135m"], found["qwen2.5-7b"]
    assert 0 < small["seconds"] < large["seconds"] and small["fit"].endswith("for your 600 pairs")


def test_a_new_projects_plan_follows_its_base(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path / "p"), "--author", "Nobody"]) == 0
    plan = Plan.load(tmp_path / "p" / "training.yaml")
    assert plan.learning_rate == TABLE[0].learning_rate and plan.updates == TABLE[0].updates


def test_a_search_shows_repositories(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    hub.found = [{"id": REPO, "downloads": 7, "gated": "auto", "tags": ["mlx", "safetensors", "license:mit"]}]
    (row,) = call(capsys, "search", "tiny")
    assert (row["repo"], row["downloads"], row["gated"], row["mlx"], row["licence"]) == (REPO, 7, True, True, "mit")
    assert REPO in write(capsys, "search", "tiny")


@pytest.mark.usefixtures("jobs_in_process")
def test_a_gguf_file_is_imported_and_its_way_is_said(
    tiny_model: Path, library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_gguf(tiny_model, tmp_path / "own.gguf")
    done = call(capsys, "import-gguf", file, "--name", "mine")
    assert (done["name"], done["exact"], done["folder"]) == ("mine", True, str(library / "mine"))
    assert "--base own" in write(capsys, "import-gguf", file)
    assert call(capsys, "import-gguf", file, code=1)["error"]["code"] == "model_exists"


def test_where_names_the_library_and_what_other_programs_have(
    tiny_model: Path, library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lmstudio = tmp_path / "home" / ".lmstudio" / "models" / "someone"
    make_model(lmstudio / "tiny")
    write_gguf(tiny_model, lmstudio / "own.gguf")
    found = call(capsys, "where")
    assert found["library"] == str(library) and {row["kind"] for row in found["others"]} == {"mlx", "gguf"}
    said = write(capsys, "where")
    assert f"--base {lmstudio / 'tiny'}" in said and f"models import-gguf {lmstudio / 'own.gguf'}" in said


def test_ctrl_c_stops_a_pull_that_is_listed_and_can_be_thrown_away(
    hub: Hub, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.slow_seconds = 3  # of eight pieces
    command = [sys.executable, "-m", "stylelab", "models", "pull", REPO]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=os.environ)
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("download"):
            process.send_signal(signal.SIGINT)
            break
    rest = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 130 and "Cancelled" in rest
    (unfinished,) = call(capsys, "list")["unfinished"]
    assert unfinished["model"] == REPO and unfinished["bytes"] < unfinished["total_bytes"]
    assert "Unfinished: someone/tiny" in write(capsys, "list")
    ((plan, _),) = list_partial(library)
    with hold_partial(plan.partial_folder(library), plan):
        assert call(capsys, "remove", REPO, code=1)["error"]["code"] == "download_running"
    assert call(capsys, "remove", REPO)["bytes"] == unfinished["bytes"] and not list(library.iterdir())
