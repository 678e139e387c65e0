"""A rough time is told from what trained on this machine: a project's own run, checked bases, the speed in multiplying."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from projects import make_project

from stylelab.basemodels.measurements import BaseMeasurement, MachineMeasurements, SpeedMeasurement
from stylelab.events import Step
from stylelab.project.project import Project
from stylelab.project.rates import choose_rate, collect_rates, load_former_rate, measure_pairs_size
from stylelab.training.base_fit import TrainingRate


def speed(rate: float) -> SpeedMeasurement:
    return SpeedMeasurement(
        writing_tokens_per_second=1,
        training_tokens_per_second=rate,
        training_tokens=1,
        training_seconds=1,
        peak_bytes=1,
        estimated_bytes=1,
    )


def tell(own: Project, run: str, *rates: float) -> None:
    """Write a run's history with updates of some speeds."""
    folder = own.runs / run
    folder.mkdir(parents=True)
    steps = [
        Step(update=n, updates=9, loss_nats=1, learning_rate=1, grad_norm=1, tokens_per_second=rate, peak_bytes=1, tokens=1,
             seconds_left=1) for n, rate in enumerate(rates, 1)
    ]  # fmt: skip
    (folder / "events.jsonl").write_text("".join(step.model_dump_json() + "\n" for step in steps))


@pytest.fixture
def own(tmp_path: Path, tiny_model: Path) -> Project:
    return make_project(tmp_path / "p", tiny_model)


def test_pairs_are_counted_in_tokens_of_a_usual_vocabulary(own: Project) -> None:
    assert measure_pairs_size(own) is None
    own.dataset.mkdir()
    rows = [{"prompt": "p" * 395, "completion": "c" * 395}, {"prompt": "p" * 200, "completion": "c" * 195}]
    (own.dataset / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    size = measure_pairs_size(own)
    assert size is not None and (size.pairs, size.tokens, size.longest) == (2, 300, 200)
    (own.dataset / "train.jsonl").write_text("")
    assert measure_pairs_size(own) is None


def test_the_newest_run_that_told_of_any_speed_counts(own: Project) -> None:
    assert load_former_rate(own) is None
    tell(own, "run-001", 100.0)
    tell(own, "run-002", 1.0, 1.0, 1.0, 50.0, 60.0, 70.0, 80.0, 90.0)
    tell(own, "run-003")
    assert load_former_rate(own) == 70.0, "the middle of the last five"


def test_rates_come_from_checked_bases_and_the_projects_run(own: Project) -> None:
    checked = MachineMeasurements(
        bases={
            "a": BaseMeasurement(parameters=100, speed=speed(7.0)),
            "b": BaseMeasurement(parameters=0, speed=speed(8.0)),
            "c": BaseMeasurement(parameters=100),
        }
    )
    assert collect_rates(checked) == collect_rates(checked, own) == [TrainingRate(7.0, 100)]
    tell(own, "run-001", 100.0)
    first, second = collect_rates(checked, own)
    assert first == TrainingRate(7.0, 100)
    assert second.tokens_per_second == 100.0 and second.parameters > 10_000


def test_a_run_on_a_base_that_is_gone_tells_nothing(own: Project, tmp_path: Path) -> None:
    tell(own, "run-001", 100.0)
    settings = own.settings.model_copy(update={"base": str(tmp_path / "gone")})
    assert collect_rates(MachineMeasurements(), Project(own.folder, settings)) == []


def test_the_nearest_in_size_is_taken_and_of_equals_the_newest() -> None:
    known = [TrainingRate(3000, 4_000_000), TrainingRate(80, 135_000_000), TrainingRate(90, 135_000_000)]
    assert choose_rate(500_000_000, known, MachineMeasurements()) == known[2]
    assert choose_rate(5_000_000, known, MachineMeasurements()) == known[0]
    assert known[1].scale_to(270_000_000) == 40


def test_the_probe_serves_where_nothing_trained_yet() -> None:
    assert choose_rate(10**9, [], MachineMeasurements()) is None
    found = choose_rate(10**8, [], MachineMeasurements(multiplications_per_second=4e10))
    twice = choose_rate(10**8, [], MachineMeasurements(multiplications_per_second=8e10))
    assert found is not None and twice is not None
    assert twice.scale_to(10**8) == 2 * found.scale_to(10**8) > 0
