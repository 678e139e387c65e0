"""Every metric is declared once: its module, its keys in JSON and how it is shown derive from the declaration."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import mlx.core as mx
import numpy as np
import pytest
from house_source import ROOT
from recipes import make_recipe

from stylelab.adapters import lora
from stylelab.adapters.parameters import LoraParameters
from stylelab.adapters.store import StoredAdapter
from stylelab.batches.tokenise import Example
from stylelab.cli import train
from stylelab.evaluation import measure, metrics
from stylelab.evaluation.measure import load_metric, measure_adapter
from stylelab.evaluation.metrics import METRICS, AdapterScore, Metric, Score, dump_scores, read_scores
from stylelab.jobs.catalogue.training import EvaluateResult
from stylelab.training.gradient_accumulation import GradientEngine
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.validation import validate
from stylelab.writing.loaded import LoadedBase

NO_METRICS = {"__init__", "bits_per_byte", "metrics", "measure"}  # the room's modules that are no metric
LENGTH = Metric("length_tokens", "Length", "tokens", "higher")
EXAMPLES = (
    Example("a", np.array([5, 6, 7, 8], np.int32), 2, "original"),
    Example("b", np.array([9, 8, 7], np.int32), 1, "robustness"),
)


@pytest.fixture
def loaded(tiny_model: Path) -> LoadedBase:
    """The tiny base with an adapter "voice" that acts."""
    base = LoadedBase.load(tiny_model)
    parameters = LoraParameters(2, 2.0, 0.1, ("mlp.up_proj",), -1)
    lora.attach(base.base.model, parameters, seed=1)
    weights = {name: mx.ones(value.shape) * 0.05 for name, value in lora.read_weights(base.base.model).items()}
    lora.detach(base.base.model)
    base.add("voice", StoredAdapter(Path("voice"), parameters, weights, make_recipe(base.identity), "d"))
    base.choose("voice")
    return base


@pytest.fixture
def length(monkeypatch: pytest.MonkeyPatch) -> Metric:
    """Another metric: its module and its declaration, and nothing else."""
    module = ModuleType("stylelab.evaluation.length_tokens")
    module.compute = lambda engine, examples: Score(float(sum(len(e.tokens) for e in examples)), {"original": 4.0})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for place in (metrics, measure, train):
        monkeypatch.setattr(place, "METRICS", (*METRICS, LENGTH))
    return LENGTH


def test_every_module_of_a_metric_is_declared_and_computes() -> None:
    modules = {path.stem for path in (ROOT / "stylelab" / "evaluation").glob("*.py")} - NO_METRICS
    assert modules == {metric.name for metric in METRICS}
    assert all(callable(load_metric(metric)) and metric.title and metric.unit for metric in METRICS)


def test_the_loss_is_measured_with_the_adapter_and_without(loaded: LoadedBase) -> None:
    engine = GradientEngine(loaded.base, MemoryPlan(64, 0, 2, 64), seed=0)
    score = next(s for s in measure_adapter(loaded, "voice", engine, EXAMPLES) if s.metric.name == "loss_nats")
    assert loaded.chosen is None
    assert score.base.value == validate(engine, EXAMPLES).loss_nats
    loaded.choose("voice")
    assert score.adapter.value == validate(engine, EXAMPLES).loss_nats != score.base.value
    assert score.adapter.by_kind.keys() == score.base.by_kind.keys() == {"original", "robustness"}
    assert score.change == pytest.approx(score.adapter.value / score.base.value - 1)


def test_scores_come_back_from_the_keys_that_others_read() -> None:
    scores = tuple(
        AdapterScore(metric, Score(1.5, {"original": 1.0}), Score(2.0, {"original": 3.0})) for metric in METRICS
    )
    part = dump_scores(7, scores)
    assert list(part)[:5] == ["pairs", "loss_nats", "base_loss_nats", "loss_nats_by_kind", "base_loss_nats_by_kind"]
    assert (part["pairs"], part["loss_nats"], part["base_loss_nats_by_kind"]) == (7, 1.5, {"original": 3.0})
    assert read_scores(part) == scores and scores[0].change == -0.25


def test_a_metric_that_is_added_is_computed_and_shown(
    loaded: LoadedBase, length: Metric, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = GradientEngine(loaded.base, MemoryPlan(64, 0, 2, 64), seed=0)
    part = dump_scores(2, measure_adapter(loaded, "voice", engine, EXAMPLES))
    assert (part["length_tokens"], part["base_length_tokens"]) == (7.0, 7.0)
    result = EvaluateResult(run="run-001", other_recipe=False, valid=part, test=part)
    monkeypatch.setattr(train, "run_job", lambda *arguments, **options: result)
    train.evaluate(Path("project"))
    out = capsys.readouterr().out
    assert "Loss in nats per token; lower is better." in out
    assert "Length in tokens; higher is better." in out and "+0.0%" in out
