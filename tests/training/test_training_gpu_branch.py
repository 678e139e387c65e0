"""A GPU's branch of every kernel, on whatever computes here: the same loss and gradients, in the same types, compiled or not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mlx.core as mx
import numpy as np
import pytest
from plain_training import adapted, arrays, assert_close, examples, measure_slope, plain

from stylelab.adapters import lora
from stylelab.batches.pack import pack
from stylelab.kernels.attention import attend
from stylelab.kernels.backend import as_on_gpu, on_cpu
from stylelab.training.gradient_accumulation import GradientEngine
from stylelab.training.loss import compute_target_losses
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.packed_forward import compute_target_hidden


@pytest.fixture(autouse=True)
def gpu() -> Iterator[None]:
    with as_on_gpu():
        yield


@pytest.mark.parametrize("bits", [None, 4])
@pytest.mark.parametrize("recomputed", [0, 2])
@pytest.mark.parametrize("kind", ["lora", "dora"])
def test_loss_and_gradients_are_a_plain_reference_s(
    tiny_model: Path, bits: int | None, recomputed: int, kind: str
) -> None:
    assert not on_cpu()
    base = adapted(tiny_model, bits=bits, kind=kind)
    expected, gradients = plain(base, examples())
    sums = GradientEngine(base, MemoryPlan(4096, recomputed, 4, 128), 0).accumulate(examples(), 0)
    assert sums.loss_nats == pytest.approx(expected, rel=1e-6)
    assert_close(arrays(sums.gradients), gradients, share=1e-5)


def test_padded_batches_come_out_the_same(tiny_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stylelab.training.gradient_accumulation.find_packing_obstacle", lambda base: "it is a test")
    base = adapted(tiny_model)
    expected, gradients = plain(base, examples())
    sums = GradientEngine(base, MemoryPlan(60, 1, 4, 128), 0).accumulate(examples(), 0)
    assert sums.loss_nats == pytest.approx(expected, rel=1e-6)
    assert_close(arrays(sums.gradients), gradients, share=1e-5)


def test_a_gradient_under_dropout_is_the_slope_of_its_loss(tiny_model: Path) -> None:
    base = adapted(tiny_model, dropout=0.5)
    slope, expected = measure_slope(base, GradientEngine(base, MemoryPlan(4096, 1, 4, 128), 7))
    assert slope == pytest.approx(expected, rel=0.02)


def test_half_precision_stays_half_and_gradients_are_float32(tiny_model: Path) -> None:
    """What a bfloat16 base hands on between blocks is bfloat16, so a float32 adapter does not double what is kept."""
    base = adapted(tiny_model, dropout=0.1)
    for name, module in base.model.named_modules():
        if not isinstance(module, lora.LoRALinear) and "lora" not in name:
            small = {k: v.astype(mx.bfloat16) for k, v in module.items() if isinstance(v, mx.array) and "lora" not in k}
            module.update(small)
    base.model.train()
    row = pack(examples())
    hidden = compute_target_hidden(base, row, mx.random.key(1), 1)
    assert hidden.dtype == mx.bfloat16
    sums = GradientEngine(base, MemoryPlan(4096, 0, 4, 128), 0).accumulate(examples(), 0)
    assert {g.dtype for g in arrays(sums.gradients).values()} == {np.dtype(np.float32)}
    exact = adapted(tiny_model, dropout=0.1)
    reference = GradientEngine(exact, MemoryPlan(4096, 0, 4, 128), 0).accumulate(examples(), 0)
    assert sums.loss_nats == pytest.approx(reference.loss_nats, rel=0.01)


def test_attention_s_scores_are_never_whole() -> None:
    """1,024 tokens, 16 heads: whole scores are 67 MB in float32; a block of queries has a quarter of them at most."""
    q, k, v = (mx.random.normal((1, 16, 1024, 16), key=mx.random.key(i)) for i in range(3))
    mx.eval(q, k, v)

    def measure(function: Any) -> int:
        mx.clear_cache()
        before = mx.get_active_memory()
        mx.reset_peak_memory()
        mx.eval(mx.grad(lambda q, k, v: function(q, k, v).sum(), argnums=(0, 1, 2))(q, k, v))
        return mx.get_peak_memory() - before

    ours = measure(lambda q, k, v: attend(q, k, v, 0.25))
    stock = measure(lambda q, k, v: mx.fast.scaled_dot_product_attention(q, k, v, scale=0.25, mask="causal"))
    assert ours < 0.75 * stock


@pytest.mark.skipif(
    not shutil.which("g++"), reason="MLX compiles for a CPU with the system's compiler, which is not there"
)
def test_an_update_can_be_compiled_whole(tiny_model: Path) -> None:
    base = adapted(tiny_model, dropout=0.1)
    base.model.train()
    row, form = pack(examples()), base.head_form
    assert form is not None

    def loss(parameters: Any) -> mx.array:
        base.model.update(parameters)
        hidden = compute_target_hidden(base, row, mx.random.key(1), 1)
        return compute_target_losses(base, form, hidden[mx.array(row.picks)], mx.array(row.labels)).sum()

    own = base.model.trainable_parameters()
    value, gradients = mx.value_and_grad(loss)(own)
    mx.eval(value, gradients)
    mx.enable_compile()
    try:
        compiled, again = mx.compile(mx.value_and_grad(loss))(own)
        mx.eval(compiled, again)
    finally:
        mx.disable_compile()
        base.model.update(own)
    assert compiled.item() == pytest.approx(value.item(), rel=1e-5)
    assert_close(arrays(again), arrays(gradients), share=1e-4)
