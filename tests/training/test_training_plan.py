"""The plan: every key explained, wrong ones named with the nearest known."""

from __future__ import annotations

from pathlib import Path

import pytest

from stylelab.errors import TrainingError
from stylelab.training.optimizer import compute_learning_rate
from stylelab.training.plan import Plan


def test_the_default_plan_survives_its_yaml(tmp_path: Path) -> None:
    plan = Plan.model_validate({})
    (tmp_path / "training.yaml").write_text(plan.dump_yaml())
    assert Plan.load(tmp_path / "training.yaml") == plan
    assert plan.dump_yaml().count("\n# ") == len(Plan.model_fields)


def test_the_method_s_numbers_are_the_defaults() -> None:
    plan = Plan.model_validate({})
    assert (plan.rank, plan.scale, plan.dropout, len(plan.keys)) == (64, 2.0, 0.1, 7)
    assert (plan.learning_rate, plan.iters, plan.batch_size, plan.grad_accumulation_steps) == (1e-5, 2100, 1, 4)
    assert (plan.updates, plan.pairs_per_update) == (525, 4)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"grad_accumulation": 4}, "Did you mean 'grad_accumulation_steps'?"),
        ({"learning-rate": 1}, "Did you mean 'learning_rate'?"),
        ({"rank": 0}, "Correct 'rank'."),
        ({"rank": "many"}, "Correct 'rank'."),
        (["rank"], "key: value"),
    ],
)
def test_wrong_settings_are_named(value: object, told: str) -> None:
    with pytest.raises(TrainingError) as caught:
        Plan.parse(value, "training.yaml")
    assert told in caught.value.remedy


def test_a_plan_says_when_pairs_are_never_seen() -> None:
    plan = Plan.model_validate({"iters": 100})
    assert any("never seen" in line for line in plan.words(1000))
    assert plan.words(10)[0] == "25 updates of 4 pairs = 10.00 epochs over 10 pairs."


def test_the_learning_rate_by_hand() -> None:
    plan = Plan.model_validate({"iters": 12, "grad_accumulation_steps": 1, "warmup": 2, "learning_rate": 1.0})
    assert [compute_learning_rate(plan, u) for u in range(4)] == [0.5, 1.0, 1.0, 1.0]
    cosine = plan.model_copy(update={"lr_schedule": "cosine"})
    assert compute_learning_rate(cosine, 7) == pytest.approx(0.5)
    assert compute_learning_rate(cosine, 12) == pytest.approx(0.0)
