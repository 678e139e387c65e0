"""A base is checked: its files, a text that it has not seen, its speeds; by a real worker, stopped at once, and remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import mlx.core as mx
import pytest

from models import INSTRUCT_CHAT, make_model
from stylelab.basemodels.identity import identify
from stylelab.basemodels.load import load
from stylelab.basemodels.measurements import load_measurements
from stylelab.errors import ModelError
from stylelab.evaluation.bits_per_byte import load_probe_text
from stylelab.jobs.catalogue.basemodels import CheckBaseRequest, CheckBaseResult, ProbeMachineRequest
from stylelab.jobs.catalogue.jobs import find_job
from stylelab.jobs.core import client
from stylelab.jobs.core.context import Cancelled, Context
from stylelab.jobs.core.protocol import Down, Phase, Progress
from stylelab.jobs.run import check_base, probe_machine
from stylelab.jobs.steps import base_trial
from stylelab.training.plan import Plan

MEASURED = (
    "bits_per_byte",
    "tokens_per_word",
    "writing_tokens_per_second",
    "training_tokens_per_second",
    "training_tokens",
    "training_seconds",
    "peak_bytes",
    "estimated_bytes",
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered, is remembered for this test."""
    monkeypatch.setenv("STYLELAB_CACHE", str(tmp_path / "cache"))


def check(model: Path, emit: Callable[[Down], None] = lambda message: None, **request: object) -> CheckBaseResult:
    return check_base.run(Context(emit), CheckBaseRequest.model_validate({"model": str(model), **request}))


def test_a_worker_measures_a_base_and_it_is_remembered_by_its_weights(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "tiny", positions=2048)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    messages: list[Down] = []
    request = CheckBaseRequest(model=str(folder))
    outcome = client.run(find_job(request), request, messages.append)
    result = outcome.result
    assert outcome.kind == "finished" and result is not None, outcome.message
    assert all(getattr(result, name) > 0 for name in MEASURED)
    assert (result.bits_per_byte or 0) > 7, "random weights know nothing"
    assert (result.verdict, result.kind, result.language, result.trains) == ("poor", "base", "en", True)
    assert result.weights_sha256 == identify(folder).weights_sha256 and result.advice[0].message.startswith("Poor")
    assert {message.name for message in messages if isinstance(message, Phase)} == set(find_job(request).phases)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    kept = load_measurements().bases[result.weights_sha256]
    assert kept.texts["en"].bits_per_byte == result.bits_per_byte and kept.speed is not None
    assert kept.parameters == result.parameters


def test_a_quick_check_loads_nothing_and_remembers_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_base, "load", lambda folder: pytest.fail(f"{folder} was loaded"))
    result = check(make_model(tmp_path / "tiny", chat=INSTRUCT_CHAT), quick=True)
    assert all(getattr(result, name) is None for name in MEASURED) and result.verdict is None
    assert result.kind == "instruct" and "may refuse" in result.advice[0].message
    assert load_measurements().bases == {}


def test_german_is_measured_on_a_text_of_its_own(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "tiny", positions=2048)
    english, german = check(folder), check(folder, language="de")
    assert english.tokens_per_word != german.tokens_per_word
    assert set(load_measurements().bases[german.weights_sha256].texts) == {"en", "de"}
    with pytest.raises(ModelError) as caught:
        check(folder, language="tlh")
    assert caught.value.code == "model_language" and "de" in caught.value.remedy


@pytest.mark.parametrize("positions", [24, 300])
def test_a_base_that_reads_few_tokens_at_once_is_measured_on_shorter_pairs(tmp_path: Path, positions: int) -> None:
    result = check(make_model(tmp_path / "tiny", positions=positions))
    assert 0 < (result.training_tokens or 0) <= base_trial.PAIRS * positions


def test_a_damaged_base_is_refused_before_it_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_model(tmp_path / "tiny")
    (folder / "tokenizer.json").unlink()
    monkeypatch.setattr(check_base, "load", lambda folder: pytest.fail(f"{folder} was loaded"))
    with pytest.raises(ModelError) as caught:
        check(folder)
    assert caught.value.code == "model_incomplete"


@pytest.mark.parametrize("phase", ["read a text", "write", "train one update"])
def test_a_stop_is_obeyed_wherever_the_check_is(tmp_path: Path, phase: str) -> None:
    folder = make_model(tmp_path / "tiny", positions=2048)

    def stop_there(message: Down) -> None:
        if isinstance(message, Phase) and message.name == phase:
            context.cancel.set()

    context = Context(stop_there)
    with pytest.raises(Cancelled):
        check_base.run(context, CheckBaseRequest(model=str(folder)))
    assert load_measurements().bases == {}


def test_a_worker_that_is_stopped_says_so_and_nothing_is_remembered(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "tiny", positions=2048)
    request = CheckBaseRequest(model=str(folder))
    workers: list[client.Worker[CheckBaseResult]] = []

    def stop(message: Down) -> None:
        if isinstance(message, Phase) and message.name == "load the base model":
            workers[0].cancel()

    outcome = client.run(find_job(request), request, stop, on_start=workers.append)
    assert outcome.kind == "cancelled" and outcome.result is None
    assert load_measurements().bases == {}


def test_the_trial_leaves_the_base_as_it_was(tmp_path: Path) -> None:
    base = load(make_model(tmp_path / "tiny", positions=2048))
    pieces = base_trial.cut_pieces(load_probe_text("en"))
    before = base.compute_logits(mx.array([[1, 2, 3]])).tolist()
    messages: list[Down] = []
    trial = base_trial.measure_update(Context(messages.append), base, pieces, Plan.model_validate({"rank": 4}))
    assert base.compute_logits(mx.array([[1, 2, 3]])).tolist() == before
    assert trial.tokens > 0 and trial.peak_bytes > 0
    assert [message.done for message in messages if isinstance(message, Progress)] == [0, 1, 2, 3]


def test_pieces_are_whole_sentences_of_some_length() -> None:
    pieces = base_trial.cut_pieces("One two three. " * 100)
    assert len(pieces) == 5 and all(len(piece.split()) == 60 and piece.endswith(".") for piece in pieces)
    assert base_trial.cut_pieces("Too short.") == []


def test_the_machine_is_probed_once_and_remembered() -> None:
    result = probe_machine.run(Context(lambda message: None), ProbeMachineRequest())
    assert result.multiplications_per_second > 1e6
    assert load_measurements().multiplications_per_second == result.multiplications_per_second


def test_memory_is_spoken_of_where_it_was_much_more_than_expected() -> None:
    gib = 2**30
    assert check_base.advise_on_memory(11 * gib, 10 * gib) == []
    assert check_base.advise_on_memory(2**20, 2**18) == [], "so little memory is of no matter"
    (said,) = check_base.advise_on_memory(14 * gib, 10 * gib)
    assert "took 14 GB, where 10 GB" in said
