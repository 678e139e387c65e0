"""The loop on a tiny model: it learns, it resumes bit for bit, its loss and gradients are those of a plain reference."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import mlx.core as mx
import mlx.nn as nn
import numpy as np
import pytest
from recipes import make_recipe

from stylelab.adapters import lora, store
from stylelab.basemodels.load import Base, load
from stylelab.batches.tokenise import Example, tokenise
from stylelab.errors import TrainingError
from stylelab.training import checkpoint
from stylelab.training.engine import Engine, Sums
from stylelab.training.fit import Fit
from stylelab.training.loop import Dataset, train, validate
from stylelab.training.plan import Plan
from stylelab.training.progress import Ended, Saved, Stepped, Validated
from stylelab.writing.engine import write
from stylelab.writing.sampling import GREEDY

FIT = Fit(pack_tokens=4096, recomputed=0, rank=8, max_seq_length=128)
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
    assert validate(Engine(base, FIT, 0), data.train).loss_nats < 0.05
    assert [write(base, prompt, GREEDY, 20).text for _, prompt, _ in pairs()] == TEXTS


def test_a_resumed_run_equals_an_uninterrupted_one_bit_for_bit(tiny_model: Path, tmp_path: Path) -> None:
    recipe = make_recipe()
    whole = load(tiny_model)
    list(train(whole, dataset(whole), plan(), recipe, tmp_path / "whole"))
    first = load(tiny_model)
    steps = 0
    for event in train(first, dataset(first), plan(), recipe, tmp_path / "cut"):
        steps += isinstance(event, Stepped)
        if steps == 5:
            break  # killed between checkpoints
    again = load(tiny_model)
    events = list(train(again, dataset(again), plan(), recipe, tmp_path / "cut", resume=True))
    assert isinstance(events[0], Saved) and events[0].update == 4  # checkpoints at 2 and 4; goes on at 5
    assert isinstance(events[1], Stepped) and events[1].update == 5
    a, b = lora.weights(whole.model), lora.weights(again.model)
    assert a.keys() == b.keys() and len(a) == 2 * 7 * 2
    assert all(np.array_equal(np.array(a[k]), np.array(b[k])) for k in a)


def test_stopping_saves_and_says_so(tiny_model: Path, tmp_path: Path) -> None:
    base = load(tiny_model)
    events = list(train(base, dataset(base), plan(), make_recipe(), tmp_path, wish=lambda: "stop"))
    assert isinstance(events[-1], Ended) and events[-1].outcome == "stopped" and events[-1].update == 1
    assert [e.update for e in events if isinstance(e, Saved)] == [0, 1]


def test_validation_comes_before_the_first_update_and_after_the_last(tiny_model: Path, tmp_path: Path) -> None:
    base = load(tiny_model)
    events = list(train(base, dataset(base), plan(), make_recipe(), tmp_path))
    assert isinstance(events[0], Validated) and events[0].update == 0
    assert [e.update for e in events if isinstance(e, Validated)] == [0, 2, 4, 6]
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
    newest, passed = checkpoint.newest(tmp_path)
    assert newest.state.update == 6 and not passed
    (newest.path / "adapters.safetensors").write_bytes(b"half")
    older, passed = checkpoint.newest(tmp_path)
    assert older.state.update == 4 and "000006" in passed[0]


def test_old_checkpoints_go_and_the_best_stays(tmp_path: Path) -> None:
    for update in range(6):
        checkpoint.folder(tmp_path, update).mkdir(parents=True)
    checkpoint.prune(tmp_path, keep=2, best_update=1)
    assert sorted(p.name for p in (tmp_path / "checkpoints").iterdir()) == ["000001", "000004", "000005"]


def test_divergence_stops_with_the_last_good_checkpoint(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = Engine.gradients, []

    def broken(self: Engine, examples: list[Example], update: int) -> Sums:
        calls.append(1)
        sums = real(self, examples, update)
        return replace(sums, loss_nats=sums.loss_nats * (float("nan") if len(calls) > 4 else 1.0))

    monkeypatch.setattr(Engine, "gradients", broken)
    base = load(tiny_model)
    events = list(train(base, dataset(base), plan(), make_recipe(), tmp_path))
    assert isinstance(events[-1], Ended) and events[-1].outcome == "diverged" and "no number" in events[-1].reason
    kept = checkpoint.newest(tmp_path)[0]
    assert kept.state.update == events[-1].update == 2
    assert all(np.isfinite(np.array(v)).all() for v in kept.weights.values())


def test_zero_pairs_are_an_error(tiny_model: Path, tmp_path: Path) -> None:
    base = load(tiny_model)
    with pytest.raises(TrainingError, match="0 training"):
        list(train(base, Dataset((), (), "none"), plan(), make_recipe(), tmp_path))


def reference_loss(base: Base, examples: tuple[Example, ...]) -> mx.array:
    """Sum over rows, one by one, from full logits."""
    total = mx.array(0.0)
    for e in examples:
        logits = base.logits(mx.array(e.tokens[:-1])[None])[0]
        for position in range(e.prompt_length - 1, len(e.tokens) - 1):
            total = total - nn.log_softmax(logits[position])[int(e.tokens[position + 1])]
    return total


def test_an_update_of_two_batches_equals_one_of_both_together(tiny_model: Path, tmp_path: Path) -> None:
    losses = []
    for size, accumulate in ((2, 2), (4, 1)):
        base = load(tiny_model)
        data = Dataset(dataset(base).train[:4], dataset(base).train[:2], "d")
        p = plan(dropout=0.0, batch_size=size, grad_accumulation_steps=accumulate, iters=accumulate)
        list(train(base, data, p, make_recipe(), tmp_path / str(size)))
        losses.append({k: np.array(v) for k, v in lora.weights(base.model).items()})
    assert all(np.allclose(losses[0][k], losses[1][k], atol=2e-4) for k in losses[0])
