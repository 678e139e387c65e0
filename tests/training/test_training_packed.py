"""Packed rows, shared prefixes, chunked loss, recomputation and dropout, each against the model's own plain computation."""

from __future__ import annotations

from pathlib import Path

import mlx.core as mx
import mlx.nn as nn
import numpy as np
import pytest
from plain_training import adapted, arrays, assert_close, examples, measure_slope, plain

from stylelab.adapters.product import draw_mask
from stylelab.basemodels.load import HeadForm, load
from stylelab.kernels.attention import attend
from stylelab.kernels.exponential import exp2, sigmoid, swiglu
from stylelab.training import loss as loss_room
from stylelab.training import vocabulary_pieces
from stylelab.training.gradient_accumulation import GradientEngine
from stylelab.training.loss import compute_target_losses
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.packed_forward import find_packing_obstacle


@pytest.mark.parametrize("bits", [None, 4])
@pytest.mark.parametrize(("together", "recomputed"), [(1, 0), (4096, 0), (4096, 1), (60, 2)])
def test_loss_and_gradients_are_a_plain_reference_s(
    tiny_model: Path, bits: int | None, together: int, recomputed: int
) -> None:
    base = adapted(tiny_model, bits=bits)
    expected, gradients = plain(base, examples())
    sums = GradientEngine(base, MemoryPlan(together, recomputed, 4, 128), 0).accumulate(examples(), 0)
    assert sums.loss_nats == pytest.approx(expected, rel=1e-5)
    assert sums.targets == sum(e.targets for e in examples())
    assert (sums.tokens < sums.real_tokens) == (together == 4096)  # the shared beginning is computed once
    assert_close(arrays(sums.gradients), gradients)


def test_dora_s_gradients_are_a_plain_reference_s(tiny_model: Path) -> None:
    base = adapted(tiny_model, kind="dora")
    expected, gradients = plain(base, examples())
    sums = GradientEngine(base, MemoryPlan(4096, 1, 4, 128), 0).accumulate(examples(), 0)
    assert sums.loss_nats == pytest.approx(expected, rel=1e-5)
    assert sum(k.endswith(".m") for k in gradients) == 14
    assert_close(arrays(sums.gradients), gradients)


def test_recomputation_sees_the_dropout_of_the_forward_pass(tiny_model: Path) -> None:
    """Stock checkpointing draws a new mask in the backward pass, so its gradient is that of another function."""
    found = []
    for recomputed in (0, 2):
        base = adapted(tiny_model, dropout=0.5)
        sums = GradientEngine(base, MemoryPlan(4096, recomputed, 4, 128), 7).accumulate(examples(), 3)
        found.append((sums.loss_nats, arrays(sums.gradients)))
    assert found[0][0] == found[1][0]
    assert_close(found[1][1], found[0][1], share=1e-5)


def test_a_gradient_under_dropout_is_the_slope_of_its_loss(tiny_model: Path) -> None:
    """Finite differences along the gradient, with recomputation and dropout on: the mask is the same both times."""
    base = adapted(tiny_model, dropout=0.5)
    slope, expected = measure_slope(base, GradientEngine(base, MemoryPlan(4096, 2, 4, 128), 7))
    assert slope == pytest.approx(expected, rel=0.02)


def test_every_update_draws_its_own_dropout_and_a_repeated_one_the_same(tiny_model: Path) -> None:
    base = adapted(tiny_model, dropout=0.5)
    engine = GradientEngine(base, MemoryPlan(4096, 0, 4, 128), 7)
    losses = [engine.accumulate(examples(), update).loss_nats for update in (0, 1, 0)]
    assert losses[0] == losses[2] != losses[1]


def test_dropout_hides_the_share_it_says(tiny_model: Path) -> None:
    kept = np.array(draw_mask((400, 500), 0.1, mx.random.key(1)))
    assert kept.dtype == bool and kept.mean() == pytest.approx(0.9, abs=0.005)
    assert np.array_equal(kept, np.array(draw_mask((400, 500), 0.1, mx.random.key(1))))
    assert not np.array_equal(kept, np.array(draw_mask((400, 500), 0.1, mx.random.key(2))))


def test_embedding_noise_is_of_the_size_that_neftune_says(tiny_model: Path) -> None:
    base = adapted(tiny_model)
    quiet = GradientEngine(base, MemoryPlan(4096, 0, 4, 128), 7).accumulate(examples(), 0).loss_nats
    loud = [
        GradientEngine(base, MemoryPlan(4096, 0, 4, 128), 7, noise=a).accumulate(examples(), 0).loss_nats
        for a in (0.0, 5.0, 5.0)
    ]
    assert loud[0] == quiet and loud[1] == loud[2] != quiet


def test_held_out_losses_are_each_pair_s_own(tiny_model: Path) -> None:
    base = adapted(tiny_model, dropout=0.5)
    found = GradientEngine(base, MemoryPlan(1, 0, 4, 128), 0).measure_losses(examples())
    assert [plain(base, [e])[0] for e in examples()] == pytest.approx(found.tolist(), rel=1e-5)


@pytest.mark.parametrize("chunk", [1, 11 * 50, 2**20])
def test_the_loss_does_not_depend_on_the_chunks(tiny_model: Path, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(vocabulary_pieces, "CACHED_ELEMENTS", chunk)
    monkeypatch.setattr(vocabulary_pieces, "CHUNK_ELEMENTS", chunk)
    monkeypatch.setattr(vocabulary_pieces, "FEWEST_COLUMNS", 1)
    monkeypatch.setattr(loss_room, "MOST_ROWS", 4 if chunk > 1000 else 1024)
    base = load(tiny_model)
    hidden, labels = mx.random.normal((11, 32), key=mx.random.key(0)), mx.arange(11)

    def reference(h: mx.array) -> mx.array:
        return nn.losses.cross_entropy(base.head_layer.as_linear(h), labels, reduction="none")

    assert np.allclose(
        compute_target_losses(base, HeadForm(), hidden, labels), reference(hidden), atol=1e-5
    )  # as in validation
    base.model.train()
    assert np.allclose(compute_target_losses(base, HeadForm(), hidden, labels), reference(hidden), atol=1e-5)
    ours = mx.grad(lambda h: (compute_target_losses(base, HeadForm(), h, labels) * mx.arange(11)).sum())(hidden)
    theirs = mx.grad(lambda h: (reference(h) * mx.arange(11)).sum())(hidden)
    assert np.allclose(ours, theirs, atol=1e-4)


@pytest.mark.parametrize(("queries", "keys"), [(3, 3), (130, 130), (5, 150), (140, 300)])
def test_attention_in_blocks_is_plain_attention(queries: int, keys: int) -> None:
    shapes = [(1, 4, queries, 8), (1, 2, keys, 8), (1, 2, keys, 8)]
    q, k, v = (mx.random.normal(s, key=mx.random.key(i)) for i, s in enumerate(shapes))

    def reference(q: mx.array, k: mx.array, v: mx.array) -> mx.array:
        k, v = mx.repeat(k, 2, axis=1), mx.repeat(v, 2, axis=1)
        hidden = np.triu(np.ones((queries, keys)), k=1 + keys - queries)  # the last query sees all
        scores = (q @ k.swapaxes(-1, -2)) * 0.3 + mx.array(np.where(hidden, -1e9, 0).astype(np.float32))
        return mx.softmax(scores, axis=-1) @ v

    assert np.allclose(attend(q, k, v, 0.3), reference(q, k, v), atol=1e-5)
    weight = mx.random.normal((1, 4, queries, 8), key=mx.random.key(9))
    ours = mx.grad(lambda q, k, v: (attend(q, k, v, 0.3) * weight).sum(), argnums=(0, 1, 2))(q, k, v)
    theirs = mx.grad(lambda q, k, v: (reference(q, k, v) * weight).sum(), argnums=(0, 1, 2))(q, k, v)
    assert all(np.allclose(a, b, atol=1e-4) for a, b in zip(ours, theirs, strict=True))


def test_exponentials_are_right_over_their_whole_range() -> None:
    x = np.linspace(-130, 126, 20_001).astype(np.float32)
    found = np.array(exp2(mx.array(x)), dtype=np.float64)
    expected = np.maximum(2.0 ** x.astype(np.float64), 2.0**-126)
    assert np.abs(found / expected - 1).max() < 5e-6
    wide = mx.array([-1e9, -200.0, -3.0, 0.0, 3.0, 200.0])
    assert np.allclose(sigmoid(wide), 1 / (1 + np.exp(-np.clip(np.array(wide), -80, 80))), atol=1e-6)


def test_the_gate_s_gradient_is_that_of_silu() -> None:
    g, u = (mx.random.normal((7, 9), key=mx.random.key(i)) for i in range(2))
    ours = mx.grad(lambda a, b: (swiglu(a, b) ** 2).sum(), argnums=(0, 1))(g, u)
    theirs = mx.grad(lambda a, b: ((nn.silu(a) * b) ** 2).sum(), argnums=(0, 1))(g, u)
    assert all(np.allclose(a, b, atol=1e-5) for a, b in zip(ours, theirs, strict=True))


def test_a_model_that_cannot_be_packed_is_padded_and_comes_out_the_same(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = adapted(tiny_model)
    assert find_packing_obstacle(base) is None
    monkeypatch.setattr("stylelab.training.gradient_accumulation.find_packing_obstacle", lambda base: "it is a test")
    expected, gradients = plain(base, examples())
    sums = GradientEngine(base, MemoryPlan(60, 1, 4, 128), 0).accumulate(examples(), 0)
    assert sums.loss_nats == pytest.approx(expected, rel=1e-5) and sums.tokens > sums.real_tokens
    assert_close(arrays(sums.gradients), gradients)
