"""A base model in other bits by a job: a worker converts, measures the loss, and stops at once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from projects import run_here

from models import make_model
from stylelab.basemodels.library import list_models
from stylelab.basemodels.load import load
from stylelab.cli.main import main
from stylelab.evaluation.bits_per_byte import load_probe_text, measure_bits_per_byte
from stylelab.events import Warn
from stylelab.jobs.catalogue.basemodels import ConvertRequest
from stylelab.jobs.catalogue.jobs import find_job
from stylelab.jobs.core import client
from stylelab.jobs.core.protocol import Down, Phase, Progress


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The models folder of this test."""
    monkeypatch.setenv("STYLELAB_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


def test_a_worker_converts_and_says_what_it_costs(tiny_model: Path, library: Path) -> None:
    messages: list[Down] = []
    request = ConvertRequest(source=tiny_model, bits=4, group_size=32)
    result = client.run(find_job(request), request, messages.append).result
    assert result is not None and (result.name, result.requantised) == ("tiny-4bit-g32", False)
    (model,) = list_models(library)
    assert (model.name, model.bits, model.fault, model.folder) == ("tiny-4bit-g32", 4, "", result.folder)
    assert [m.name for m in messages if isinstance(m, Phase)] == ["measure before", "convert", "measure after"]
    last = [m for m in messages if isinstance(m, Progress)][-1]
    assert last.done == last.total and last.unit == "bytes"
    assert not [m for m in messages if isinstance(m, Warn)]
    for folder, figure in ((tiny_model, result.bits_per_byte_before), (result.folder, result.bits_per_byte_after)):
        own = measure_bits_per_byte(load(folder), load_probe_text("en")).bits_per_byte
        assert figure == pytest.approx(own, rel=1e-6)
    assert result.bits_per_byte_before != result.bits_per_byte_after
    assert result.size_bytes == model.size_bytes < result.source_bytes


def test_what_is_quantised_twice_is_warned_of_and_measured_on_the_language_that_is_asked_for(
    tiny_model: Path, library: Path
) -> None:
    first = ConvertRequest(source=tiny_model, bits=4, group_size=32, name="four")
    assert run_here(find_job(first), first).kind == "finished"
    messages: list[Down] = []
    again = ConvertRequest(source=library / "four", mixed="mixed_3_6", group_size=32, language="de")
    result = run_here(find_job(again), again, messages.append).result
    assert result is not None and result.requantised and result.name == "four-mixed_3_6-g32"
    (warning,) = [m for m in messages if isinstance(m, Warn)]
    assert warning.values == {"name": "four"} and "loses twice" in warning.message
    german = measure_bits_per_byte(load(library / "four"), load_probe_text("de")).bits_per_byte
    assert result.bits_per_byte_before == pytest.approx(german, rel=1e-6)


@pytest.mark.parametrize("phase", ["measure before", "convert", "measure after"])
def test_it_stops_at_once_in_every_phase_and_leaves_nothing(tiny_model: Path, library: Path, phase: str) -> None:
    stopped: list[float] = []
    workers: list[client.Worker] = []

    def stop(message: Down) -> None:
        if isinstance(message, Phase) and message.name == phase:
            stopped.append(time.monotonic())
            workers[0].cancel()

    request = ConvertRequest(source=tiny_model, bits=8, group_size=32)
    outcome = client.run(find_job(request), request, stop, on_start=workers.append)
    assert outcome.kind == "cancelled" and time.monotonic() - stopped[0] < 2
    assert not library.exists() or list(library.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "../elsewhere"}, "model_name"),
        ({"group_size": 64}, "model_group"),
        ({"source": Path("no-such-folder")}, "model_missing"),
    ],
)
def test_what_cannot_be_is_refused(tiny_model: Path, library: Path, change: dict[str, object], code: str) -> None:
    request = ConvertRequest.model_validate({"source": tiny_model, "bits": 4, "group_size": 32, **change})
    outcome = run_here(find_job(request), request)
    assert (outcome.kind, outcome.code) == ("failed", code) and outcome.remedy and list_models(library) == []


@pytest.mark.usefixtures("jobs_in_process")
def test_the_command_says_sizes_and_losses_and_refuses_two_ways_at_once(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_model(library / "own")
    assert main(["models", "convert", "own", "--bits", "8", "--group-size", "32"]) == 0
    said = capsys.readouterr().out
    assert "own-8bit-g32 is there" in said and "bits a weight" in said and "Bits per byte" in said and "%" in said
    assert main(["models", "convert", "own", "--bits", "8", "--mixed", "mixed_3_6"]) == 2
    assert main(["models", "convert", "own", "--bits", "7"]) == 2
    assert "not both" in capsys.readouterr().err
    assert [model.name for model in list_models(library)] == ["own", "own-8bit-g32"]
