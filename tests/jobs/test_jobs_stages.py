"""The stages as jobs: bad input is named and the rest goes on, nothing is lost, a killed run goes on exactly."""

from __future__ import annotations

import errno
import os
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest
from projects import long_model, make_project, text

from stylelab.errors import FileError, ModelError, PairsError, ProjectError, StyleLabError
from stylelab.events import Saved, Warn
from stylelab.files import read_jsonl
from stylelab.jobs.catalogue.corpus import CorpusRequest
from stylelab.jobs.catalogue.jobs import find_job
from stylelab.jobs.catalogue.pairs import PairsRequest
from stylelab.jobs.catalogue.training import TrainRequest, TrainResult
from stylelab.jobs.core.client import Outcome, Worker
from stylelab.jobs.core.context import Context
from stylelab.jobs.core.protocol import Down, Hello
from stylelab.jobs.run import corpus, pairs
from stylelab.project.project import Project, open_project


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return long_model(tmp_path_factory.mktemp("long") / "model")


@pytest.fixture(scope="session")
def filled(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with texts and pairs; copy it, do not change it."""
    folder = tmp_path_factory.mktemp("filled")
    for n in range(3):
        (folder / f"{n}.txt").write_text(text(n))
    own = make_project(folder / "p", model, iters=10)
    quiet = Context(lambda message: None)
    corpus.run(quiet, CorpusRequest(project=own.folder, paths=tuple(folder / f"{n}.txt" for n in range(3))))
    pairs.run(quiet, PairsRequest(project=own.folder))
    return own.folder


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Project:
    return open_project(Path(shutil.copytree(filled, tmp_path / "p")))


def heard() -> tuple[Context, list[Down]]:
    messages: list[Down] = []
    return Context(messages.append), messages


def test_bad_files_are_named_and_the_good_one_goes_in(model: Path, tmp_path: Path) -> None:
    own = make_project(tmp_path / "p", model)
    good, empty, binary, wrong = (tmp_path / n for n in ("good.txt", "empty.txt", "binary.txt", "wrong.docx"))
    good.write_text(text(1))
    empty.write_text("")
    binary.write_bytes(b"\x7fELF\0\0\1\2" * 50)
    wrong.write_bytes(b"PK")
    context, messages = heard()
    paths = (empty, binary, good, wrong, tmp_path / "none.txt")
    result = corpus.run(context, CorpusRequest(project=own.folder, paths=paths))
    assert [f.code for f in result.failed] == ["file_empty", "file_binary", "file_damaged", "file_missing"]
    assert all(f.remedy for f in result.failed)
    assert result.added == 1 and sum(isinstance(m, Warn) for m in messages) == 4
    assert [p.name for p in own.texts.iterdir()] == ["good.txt"]
    again = corpus.run(context, CorpusRequest(project=own.folder, paths=(good,)))
    assert again.already_there == 1 and again.added == 0


def test_when_no_file_can_be_read_it_is_an_error(model: Path, tmp_path: Path) -> None:
    own = make_project(tmp_path / "p", model)
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(StyleLabError) as caught:
        corpus.run(heard()[0], CorpusRequest(project=own.folder, paths=(tmp_path / "empty.txt",)))
    assert caught.value.code == "file_empty"


def test_two_texts_of_one_name_both_stay(model: Path, tmp_path: Path) -> None:
    own = make_project(tmp_path / "p", model)
    for n in range(2):
        (tmp_path / str(n)).mkdir()
        (tmp_path / str(n) / "a.txt").write_text(text(n))
        corpus.run(heard()[0], CorpusRequest(project=own.folder, paths=(tmp_path / str(n) / "a.txt",)))
    assert len(list(own.texts.iterdir())) == 2
    with own.store() as store:
        assert len(store.documents()) == 2


def test_no_passage_no_pairs(model: Path, tmp_path: Path) -> None:
    own = make_project(tmp_path / "p", model)
    with pytest.raises(PairsError, match="no passage"):
        pairs.run(heard()[0], PairsRequest(project=own.folder))


def test_the_dataset_names_its_counts_and_carries_its_recipe(own: Project) -> None:
    result = pairs.run(heard()[0], PairsRequest(project=own.folder))
    counts = result.splits
    assert min(counts.values()) > 0
    assert result.funnel[-1].left == sum(counts.values())
    assert {p.name for p in own.dataset.iterdir()} == {
        "train.jsonl", "valid.jsonl", "test.jsonl", "recipe.json", "audit.json"
    }  # fmt: skip


def test_a_full_disk_leaves_dataset_and_database_as_they_were(own: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {p.name: p.read_bytes() for p in own.dataset.iterdir()}
    with own.store() as store:
        stored = store.pairs()
    own.persona.write_text(own.persona.read_text().replace("author: Ansel Merrow", "author: Another"))

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileError) as caught:
        pairs.run(heard()[0], PairsRequest(project=own.folder))
    assert caught.value.code == "disk_full"
    assert {p.name: p.read_bytes() for p in own.dataset.iterdir()} == before
    with own.store() as store:
        assert store.pairs() == stored


def test_a_missing_model_is_named(own: Project) -> None:
    path = own.folder / "project.yaml"
    path.write_text(path.read_text().replace(own.settings.base, "nowhere"))
    with pytest.raises(ModelError) as caught:
        pairs.run(heard()[0], PairsRequest(project=own.folder))
    assert caught.value.code == "model_missing"


def test_a_second_process_is_refused(own: Project) -> None:
    with own.lock():
        outcome, _ = train(own)
    assert (outcome.kind, outcome.code) == ("failed", "locked")


def train(own: Project, on_saved: Any = None, resume: bool = False) -> tuple[Outcome[TrainResult], list[Down]]:
    """Train in a real worker; call `on_saved(pid)` at the first checkpoint after an update."""
    request = TrainRequest(project=own.folder, resume=resume)
    worker = Worker(find_job(request), request)
    messages: list[Down] = []

    def on_message(message: Down) -> None:
        messages.append(message)
        if on_saved is not None and isinstance(message, Saved) and message.update > 0:
            on_saved(worker)

    return worker.follow(on_message), messages


def test_training_without_pairs_is_refused(own: Project) -> None:
    for name in ("train", "valid"):
        (own.dataset / f"{name}.jsonl").write_text("")
    outcome, _ = train(own)
    assert (outcome.kind, outcome.code) == ("failed", "no_pairs") and outcome.remedy


def test_a_killed_run_goes_on_to_the_same_weights(own: Project, tmp_path: Path) -> None:
    other = open_project(Path(shutil.copytree(own.folder, tmp_path / "other")))
    whole, messages = train(other)
    assert whole.kind == "finished" and isinstance(messages[0], Hello)
    killed, _ = train(own, on_saved=lambda worker: os.kill(worker.process.pid, signal.SIGKILL))
    assert killed.kind == "crashed" and "SIGKILL" in killed.message
    with open_project(own.folder).store() as store:
        assert [r.outcome for r in store.runs()] == ["running"]
    resumed, _ = train(own, resume=True)
    assert resumed.kind == "finished" and resumed.result is not None and whole.result is not None
    assert resumed.result.updates == whole.result.updates == 10
    told = [[row["update"] for row in read_jsonl(p.folder / "runs/run-001/events.jsonl")] for p in (own, other)]
    assert told[0] == told[1]  # what happened twice is told once
    last = "runs/run-001/checkpoints/000010/adapters.safetensors"
    assert (own.folder / last).read_bytes() == (other.folder / last).read_bytes()


def test_cancelling_training_saves_first(own: Project) -> None:
    outcome, messages = train(own, on_saved=lambda worker: worker.cancel())
    assert outcome.kind == "cancelled"
    last = [m for m in messages if isinstance(m, Saved)][-1]
    assert outcome.result is not None and outcome.result.updates == last.update < 10


def test_a_newer_project_is_refused_by_every_job(own: Project) -> None:
    path = own.folder / "project.yaml"
    path.write_text(path.read_text().replace("schema: 1", "schema: 99"))
    quiet = heard()[0]
    for start in (
        lambda: corpus.run(quiet, CorpusRequest(project=own.folder)),
        lambda: pairs.run(quiet, PairsRequest(project=own.folder)),
    ):
        with pytest.raises(ProjectError) as caught:
            start()
        assert caught.value.code == "schema_newer"
