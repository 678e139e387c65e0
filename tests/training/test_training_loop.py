"""The loop on a tiny model: it learns, it resumes bit for bit, its loss and gradients are those of a plain reference."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import mlx.optimizers as optim
import numpy as np
import pytest
from recipes import make_recipe

from stylelab.adapters import lora, store
from stylelab.basemodels.load import Base, load
from stylelab.batches.tokenise import Example, tokenise
from stylelab.errors import TrainingError
from stylelab.events import Ended, Sample, Saved, Step, Validation, Warn
from stylelab.training import checkpoint
from stylelab.training.dataset import Dataset
from stylelab.training.gradient_accumulation import GradientEngine, GradientSums
from stylelab.training.loop import train
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.optimizer import apply_gradients, compute_norm
from stylelab.training.plan import Plan
from stylelab.training.validation import ValidationLoss, validate
from stylelab.writing.engine import write
from stylelab.writing.sampling import GREEDY

MEMORY_PLAN = MemoryPlan(pack_tokens=4096, recomputed=0, rank=8, max_seq_length=128)
TEXTS = ["brine", "lamp", "tide", "rope", "salt", "mud", "bell", "gauge"]


def pairs(count: int = 8) -> list[tuple[str, str, str]]:
    return [(str(i), f"{i}#", TEXTS[i]) for i in range(count)]


def dataset(base: Base, count: int = 8) -> Dataset:
    examples = tokenise(pairs(count), base, 128).examples
    return Dataset(examples, examples[:2], "data")


def plan(**changes: object) -> Plan:
    values = {
        "rank": 8,
        "dropout": 0.1,
        "learning_rate": 0.01,
        "iters": 12,
        "batch_size": 2,
        "grad_accumulation_steps": 2,
    }
    return Plan.model_validate({**values, "steps_per_eval": 4, "save_every": 4, "keep_checkpoints": 9, **changes})


def test_eight_pairs_are_overfitted_and_written_back(tiny_model: Path, tmp_path: Path) -> None:
    base = load(tiny_model)
    data = dataset(base)
    p = plan(
        dropout=0.0,
        iters=100,
        batch_size=8,
        grad_accumulation_steps=1,
        learning_rate=0.003,
        steps_per_eval=99,
        save_every=99,
    )
    ended = list(train(base, data, p, make_recipe(), tmp_path))[-1]
    assert isinstance(ended, Ended) and ended.outcome == "finished"
    assert validate(GradientEngine(base, MEMORY_PLAN, 0), data.train).loss_nats < 0.05
    assert [write(base, prompt, GREEDY, 20).text for _, prompt, _ in pairs()] == TEXTS


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"optimizer": "adafactor", "lr_schedule": "cosine", "warmup": 2},
        {"optimizer": "muon", "weight_decay": 0.1, "max_grad_norm": 0.5},
        {"fine_tune_type": "dora", "neftune_alpha": 5.0},
    ],
)
def test_a_resumed_run_equals_an_uninterrupted_one_bit_for_bit(
    tiny_model: Path, tmp_path: Path, settings: dict[str, object]
) -> None:
    recipe, p = make_recipe(), plan(**settings)
    whole = load(tiny_model)
    list(train(whole, dataset(whole), p, recipe, tmp_path / "whole"))
    first = load(tiny_model)
    steps = 0
    for event in train(first, dataset(first), p, recipe, tmp_path / "cut"):
        steps += isinstance(event, Step)
        if steps == 5:
            break  # killed between checkpoints
    again = load(tiny_model)
    events = list(train(again, dataset(again), p, recipe, tmp_path / "cut", resume=True))
    assert isinstance(events[0], Saved) and events[0].update == 4  # checkpoints at 2 and 4; goes on at 5
    assert isinstance(events[1], Step) and events[1].update == 5
    a, b = lora.read_weights(whole.model), lora.read_weights(again.model)
    assert a.keys() == b.keys() and len(a) == 2 * 7 * (3 if p.fine_tune_type == "dora" else 2)
    assert all(np.array_equal(np.array(a[k]), np.array(b[k])) for k in a)


def test_stopping_saves_and_says_so(tiny_model: Path, tmp_path: Path) -> None:
    base = load(tiny_model)
    events = list(train(base, dataset(base), plan(), make_recipe(), tmp_path, read_command=lambda: "stop"))
    assert isinstance(events[-1], Ended) and events[-1].outcome == "stopped" and events[-1].update == 1
    assert [e.update for e in events if isinstance(e, Saved)] == [0, 1]


def test_validation_comes_before_the_first_update_and_after_the_last(tiny_model: Path, tmp_path: Path) -> None:
    base = load(tiny_model)
    events = list(train(base, dataset(base), plan(), make_recipe(), tmp_path))
    assert isinstance(events[0], Validation) and events[0].update == 0
    assert [e.update for e in events if isinstance(e, Validation)] == [0, 2, 4, 6]
    assert store.read(tmp_path).recipe == make_recipe()


def test_a_changed_plan_is_not_resumed(tiny_model: Path, tmp_path: Path) -> None:
    base = load(tiny_model)
    list(train(base, dataset(base), plan(), make_recipe(), tmp_path))
    other = load(tiny_model)
    with pytest.raises(TrainingError, match="plan changed"):
        list(train(other, dataset(other), plan(rank=4), make_recipe(), tmp_path, resume=True))


def test_a_half_written_checkpoint_is_passed_over(tiny_model: Path, tmp_path: Path) -> None:
    base = load(tiny_model)
    list(train(base, dataset(base), plan(), make_recipe(), tmp_path))
    newest, passed = checkpoint.read_newest(tmp_path)
    assert newest.state.update == 6 and not passed
    (newest.path / "adapters.safetensors").write_bytes(b"half")
    older, passed = checkpoint.read_newest(tmp_path)
    assert older.state.update == 4 and "000006" in passed[0]


# A state.json as the versions before this one wrote it: its keys, their order and its word for the memory plan stay.
OLD_STATE = {
    "update": 4, "batch": 8, "tokens": 90, "seconds": 1.5, "valid_first": 4.0, "valid_best": 3.5, "best_update": 3,
    "without_better": 1, "train_nats": 3.25, "train_nats_at_best": 3.0, "warned": True, "plan": {"rank": 8},
    "fit": {"pack_tokens": 1, "recomputed": 2, "rank": 8, "max_seq_length": 128}, "dataset_sha256": "d",
    "recipe_sha256": "r",
}  # fmt: skip


def test_the_state_of_an_older_checkpoint_is_read_and_written_again_as_it_was() -> None:
    state = checkpoint.RunState.from_json(OLD_STATE)
    assert state.memory_plan == MemoryPlan(1, 2, 8, 128) and state.update == 4 and state.warned
    assert json.dumps(state.to_json()) == json.dumps(OLD_STATE)


@pytest.mark.parametrize("key", [*OLD_STATE, "another"])
def test_a_state_with_a_key_too_few_or_too_many_is_a_damaged_checkpoint(tmp_path: Path, key: str) -> None:
    changed = {k: v for k, v in OLD_STATE.items() if k != key} | ({} if key in OLD_STATE else {key: 1})
    (tmp_path / checkpoint.STATE).write_text(json.dumps({"state": changed, "sha256": {}}))
    with pytest.raises(TrainingError) as caught:
        checkpoint.read(tmp_path)
    assert caught.value.code == "checkpoint"


def test_old_checkpoints_go_and_the_best_stays(tmp_path: Path) -> None:
    for update in range(6):
        checkpoint.locate(tmp_path, update).mkdir(parents=True)
    checkpoint.prune(tmp_path, keep=2, best_update=1)
    assert sorted(p.name for p in (tmp_path / "checkpoints").iterdir()) == ["000001", "000004", "000005"]


@pytest.mark.parametrize(("factor", "told"), [(float("nan"), "no number"), (50.0, "rose to")])
def test_divergence_stops_with_the_last_good_checkpoint(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, factor: float, told: str
) -> None:
    real, calls = GradientEngine.accumulate, []

    def broken(
        self: GradientEngine, examples: list[Example], update: int, places: list[int] | None = None
    ) -> GradientSums:
        calls.append(1)
        sums = real(self, examples, update, places)
        return replace(sums, loss_nats=sums.loss_nats * (factor if len(calls) > 4 else 1.0))

    monkeypatch.setattr(GradientEngine, "accumulate", broken)
    base = load(tiny_model)
    events = list(train(base, dataset(base), plan(), make_recipe(), tmp_path))
    assert isinstance(events[-1], Ended) and events[-1].outcome == "diverged" and told in events[-1].reason
    kept = checkpoint.read_newest(tmp_path)[0]
    assert kept.state.update == events[-1].update == 2
    assert all(np.isfinite(np.array(v)).all() for v in kept.weights.values())


def test_a_run_without_progress_stops_early_warns_of_overfitting_and_keeps_the_best(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Validation gets worse from the second on, while training goes on falling."""
    losses = iter([5.0, 4.0, *(4.0 + 0.1 * n for n in range(1, 20))])
    monkeypatch.setattr(
        "stylelab.training.loop.validate", lambda engine, examples, team: ValidationLoss(next(losses), {})
    )
    base = load(tiny_model)
    p = plan(patience=3, iters=100, steps_per_eval=2, save_every=50)
    events = list(train(base, dataset(base), p, make_recipe(), tmp_path))
    ended = events[-1]
    assert isinstance(ended, Ended) and ended.outcome == "early" and "3 validations" in ended.reason
    assert (ended.valid_loss_nats_best, ended.best_update, ended.update) == (4.0, 1, 4)
    warned = [e.message for e in events if isinstance(e, Warn)]
    assert len(warned) == 1 and warned[0].startswith("Overfitting: 2 validations")
    best = checkpoint.locate(tmp_path, 1) / "adapters.safetensors"
    assert not best.exists()  # the best was measured between checkpoints, and its adapter kept apart
    assert store.read(tmp_path).weights.keys() == lora.read_weights(base.model).keys()
    assert isinstance(events[-2], Saved) and events[-2].update == 4


def test_a_live_sample_that_repeats_itself_is_warned_of(tiny_model: Path, tmp_path: Path) -> None:
    base = load(tiny_model)
    texts = iter([[("say", "the tide is in. " * 20)], *([("say", "All is well here.")] for _ in range(9))])
    events = list(train(base, dataset(base), plan(), make_recipe(), tmp_path, write_samples=lambda: next(texts)))
    warned = [e for e in events if isinstance(e, Warn)]
    assert len(warned) == 1 and warned[0].update == 2 and "the tide is in." in warned[0].message
    assert sum(isinstance(e, Sample) for e in events) == 3


def test_gradients_are_cut_to_the_limit(tiny_model: Path, tmp_path: Path) -> None:
    """Muon and Adam forget a gradient's length; what a step does to plain descent shows it."""
    base = load(tiny_model)
    lora.attach(base.model, plan().lora_parameters(base.config), 1)
    before = {k: np.array(v) for k, v in lora.read_weights(base.model).items()}
    sums = GradientEngine(base, MEMORY_PLAN, 0).accumulate(dataset(base).train, 0)
    apply_gradients(base.model, optim.SGD(1.0), sums.gradients, 1.0, compute_norm(sums.gradients), 0.25)
    moved = sum(float(np.square(np.array(v) - before[k]).sum()) for k, v in lora.read_weights(base.model).items())
    assert moved**0.5 == pytest.approx(0.25, rel=1e-3)


def test_zero_pairs_are_an_error(tiny_model: Path, tmp_path: Path) -> None:
    base = load(tiny_model)
    with pytest.raises(TrainingError, match="0 training"):
        list(train(base, Dataset((), (), "none"), plan(), make_recipe(), tmp_path))


def test_an_update_of_two_batches_equals_one_of_both_together(tiny_model: Path, tmp_path: Path) -> None:
    losses = []
    for size, accumulate in ((2, 2), (4, 1)):
        base = load(tiny_model)
        data = Dataset(dataset(base).train[:4], dataset(base).train[:2], "d")
        p = plan(dropout=0.0, batch_size=size, grad_accumulation_steps=accumulate, iters=accumulate)
        list(train(base, data, p, make_recipe(), tmp_path / str(size)))
        losses.append({k: np.array(v) for k, v in lora.read_weights(base.model).items()})
    assert all(np.allclose(losses[0][k], losses[1][k], atol=2e-4) for k in losses[0])
