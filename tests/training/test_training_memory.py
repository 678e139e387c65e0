"""Fitting into memory, the estimate, the guards: by hand-made cases."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from benchmarks.training_counts import count_multiplications, count_stock_multiplications, estimate_stock_memory

from stylelab.adapters import lora
from stylelab.basemodels.load import load
from stylelab.batches.tokenise import Example
from stylelab.errors import ModelError, TrainingError
from stylelab.training import guards
from stylelab.training.memory_choice import choose_memory_plan, estimate_update, generate_candidates, probe_memory
from stylelab.training.memory_estimate import estimate_memory, read_shape
from stylelab.training.memory_limit import is_out_of_memory
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.plan import Plan
from stylelab.training.presets import PRESETS, preset
from stylelab.training.rate_finder import suggest_rate

QWEN_14B = {
    "model_type": "qwen2", "hidden_size": 5120, "intermediate_size": 13824, "num_attention_heads": 40, "num_key_value_heads": 8,
    "num_hidden_layers": 48, "vocab_size": 152064, "tie_word_embeddings": False,
    "quantization": {"bits": 4, "group_size": 64},
}  # fmt: skip


def pairs(*lengths: int) -> list[Example]:
    rng = np.random.default_rng(0)
    return [Example(str(i), rng.integers(1, 250, n).astype(np.int32), n // 2) for i, n in enumerate(lengths)]


def plan(**changes: object) -> Plan:
    return Plan.parse({"rank": 64, "max_seq_length": 4096, **changes}, "plan")


def test_what_fits_at_once_is_left_as_it_was_asked_for(tiny_model: Path) -> None:
    base = load(tiny_model)
    fit, told = choose_memory_plan(base, pairs(100, 50), plan(), 10**12)
    assert (fit.recomputed, fit.rank, fit.max_seq_length) == (0, 64, 4096) and told == []
    assert len(lora.find_lora_layers(base.model)) == 14


def test_the_ladder_is_climbed_down_in_order_and_every_step_is_said(tiny_model: Path) -> None:
    """A probe that never fits: recompute more, rank 32, rank 16, short sequences; then it is an error."""
    tried: list[MemoryPlan] = []

    def never(base: object, fit: MemoryPlan, examples: object, plan: Plan) -> int:
        tried.append(fit)
        return 10**18

    base = load(tiny_model)
    with pytest.raises(TrainingError) as caught:
        choose_memory_plan(base, pairs(1500, 100), plan(), 10**12, never)
    assert caught.value.code == "memory" and "memory_gb" in caught.value.remedy
    order = [(f.rank, f.max_seq_length, f.recomputed) for f in tried]
    assert order == [
        (64, 4096, 0), (64, 4096, 1), (64, 4096, 2), (32, 4096, 0), (32, 4096, 1), (32, 4096, 2),
        (16, 4096, 0), (16, 4096, 1), (16, 4096, 2), (16, 1024, 0), (16, 1024, 1), (16, 1024, 2),
    ]  # fmt: skip
    assert not lora.find_lora_layers(base.model)


def test_what_is_given_up_is_said_in_words(tiny_model: Path) -> None:
    def late(base: object, fit: MemoryPlan, examples: object, plan: Plan) -> int:
        return 10**18 if fit.max_seq_length > 1024 else 1

    fit, told = choose_memory_plan(load(tiny_model), pairs(1500, 100, 90), plan(), 10**12, late)
    assert (fit.rank, fit.max_seq_length) == (16, 1024)
    assert told[-2].startswith("Rank 16 in place of 64") and "1 longer ones are left out" in told[-1]
    assert len(told) == 9 + 2


def test_without_checkpointing_in_the_plan_no_block_is_recomputed(tiny_model: Path) -> None:
    config = load(tiny_model).config
    assert {f.recomputed for f in generate_candidates(config, pairs(100), plan(grad_checkpoint=False))} == {0}


def test_the_probe_measures_more_for_longer_pairs_and_leaves_the_adapter_alone(tiny_model: Path) -> None:
    base = load(tiny_model)
    lora.attach(base.model, plan().lora_parameters(base.config), 1)
    before = {k: np.array(v) for k, v in lora.read_weights(base.model).items()}
    peaks = [probe_memory(base, MemoryPlan(1, 0, 64, 4096), pairs(n, n), plan()) for n in (100, 1000)]
    assert 0 < peaks[0] < peaks[1]
    assert all(np.array_equal(before[k], np.array(v)) for k, v in lora.read_weights(base.model).items())


def test_the_estimate_grows_with_everything_that_takes_memory(tiny_model: Path) -> None:
    own = read_shape(load(tiny_model).config)
    small = estimate_memory(own, MemoryPlan(1, 0, 8, 512), 100, 50, 1)
    for other in (
        estimate_memory(own, MemoryPlan(1, 0, 16, 512), 100, 50, 1),
        estimate_memory(own, MemoryPlan(1, 0, 8, 512), 200, 50, 1),
        estimate_memory(own, MemoryPlan(1, 0, 8, 512), 100, 50, 2),
    ):
        assert other.peak_bytes > small.peak_bytes


def test_a_14b_base_in_4_bits_fits_a_32_gb_preset_and_not_a_16_gb_one() -> None:
    long = pairs(2048, 2048, 2048, 2048)
    fits = {
        gb: [
            f
            for f in generate_candidates(QWEN_14B, long, preset(gb))
            if estimate_update(QWEN_14B, 2, long, f, preset(gb)).peak_bytes <= gb * 0.7e9
        ]
        for gb in (16, 32)
    }
    assert fits[32] and not [f for f in fits[16] if f.max_seq_length > 1024]
    s = read_shape(QWEN_14B, 2)
    assert 8.0e9 < s.weight_bytes < 8.6e9  # the 4-bit conversion's files have 8.3 GB
    assert (
        estimate_stock_memory(s, 64, 2048).peak_bytes
        > estimate_memory(s, MemoryPlan(1, s.blocks, 64, 2048), 2048, 1200, 2).peak_bytes
    )
    assert count_stock_multiplications(s, 64, 2048).total > count_multiplications(s, 64, 2048, 1200).total


def test_work_by_hand() -> None:
    """One block of hidden 2, one head, MLP 3, vocabulary 5, four tokens of which two are learned."""
    s = read_shape({
        "hidden_size": 2, "intermediate_size": 3, "num_attention_heads": 1, "num_hidden_layers": 1, "vocab_size": 5,
    })  # fmt: skip
    assert s.block_weights == 4 * 4 + 3 * 6 == 34
    assert (
        count_stock_multiplications(s, 1, 32).blocks == 32 * 34 * 3
        and count_stock_multiplications(s, 1, 32).head == 32 * 5 * 2 * 2
    )
    own = count_multiplications(s, 1, 4, 2)
    assert own.head == 2 * 5 * 2 * 2
    assert own.blocks == pytest.approx(2 * (4 * 8 + 2 * 26))  # k and v of all four, the rest of the two that predict


def test_a_config_that_does_not_say_its_size_is_an_error() -> None:
    with pytest.raises(ModelError, match="intermediate_size"):
        read_shape({"hidden_size": 2})


@pytest.mark.parametrize("gb", sorted(PRESETS))
def test_every_preset_is_a_plan_that_leaves_the_system_its_memory(gb: int) -> None:
    assert 0 < preset(gb).memory_gb < 0.75 * gb
    assert preset(gb).pairs_per_update == 4  # METHOD §4: batch 1 × accumulation 4, however it is divided


def test_what_counts_as_memory_run_out() -> None:
    assert is_out_of_memory(MemoryError())
    assert is_out_of_memory(RuntimeError("[METAL] Command buffer execution failed: Insufficient Memory"))
    assert is_out_of_memory(RuntimeError("[malloc_or_wait] Unable to allocate 5 bytes."))
    assert not is_out_of_memory(RuntimeError("shapes do not fit")) and not is_out_of_memory(ValueError("allocate"))


@pytest.mark.parametrize(
    ("loss", "norm", "told"),
    [
        (math.nan, 1.0, "no number"),
        (math.inf, 1.0, "no number"),
        (2.0, math.nan, "gradient"),
        (9.1, 1.0, "rose"),
        (8.9, 1.0, None),
    ],
)
def test_divergence_is_told_from_a_hard_batch(loss: float, norm: float, told: str | None) -> None:
    found = guards.diagnose_divergence(loss, norm, 3.0, 1e-5)
    assert (found is None) == (told is None) and (told is None or told in str(found))


def test_overfitting_is_validation_standing_while_training_falls() -> None:
    assert guards.diagnose_overfitting(1, 2.0, 2.5) is None
    assert guards.diagnose_overfitting(2, 2.6, 2.5) is None
    assert "2.500 to 2.000" in str(guards.diagnose_overfitting(2, 2.0, 2.5))


def test_a_text_that_goes_round_in_circles_is_seen() -> None:
    assert guards.diagnose_repetition("I found him there. " * 20) is not None
    assert (
        guards.diagnose_repetition(
            "The lamp burned low, and nobody who passed the sluice that night had seen the keeper go."
        )
        is None
    )
    assert guards.diagnose_repetition("again again again") is None  # too short to judge


def test_the_rate_to_try_is_below_where_the_loss_is_least() -> None:
    rates = [10.0**-n for n in range(6, 0, -1)]
    assert suggest_rate(rates, [3.0, 2.9, 2.0, 1.0, 5.0, 50.0]) == pytest.approx(1e-3 / 3)
    assert suggest_rate(rates, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]) is None
