"""Whether a base fits a machine: in bytes, in words, in time, in a list."""

from __future__ import annotations

from typing import Any

import pytest

from stylelab.basemodels.catalogue import CatalogueEntry, find_entry
from stylelab.basemodels.identity import locate_bundled_base
from stylelab.errors import ModelError
from stylelab.training.base_fit import (
    PairsSize,
    TrainingRate,
    choose_base_plan,
    describe_fit,
    format_parameters,
    format_rough_time,
    rank_fit,
)
from stylelab.training.defaults import TABLE
from stylelab.training.plan import Plan

GIB = 2**30
CONFIG: dict[str, Any] = {
    "model_type": "llama",
    "hidden_size": 576, "intermediate_size": 1536, "num_attention_heads": 9, "num_key_value_heads": 3,
    "num_hidden_layers": 30, "vocab_size": 49152, "tie_word_embeddings": True, "head_dim": 64,
    "quantization": {"bits": 4, "group_size": 64},
}  # fmt: skip


def entry(name: str) -> CatalogueEntry:
    found = find_entry(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "gigabytes", "trains", "writes"),
    [
        ("smollm2-135m", 8, True, True),
        ("qwen2.5-7b", 16, True, True),
        ("qwen2.5-14b", 16, False, True),
        ("qwen2.5-14b", 32, True, True),
        ("qwen2.5-32b", 16, False, False),
        ("qwen2.5-32b", 64, True, True),
    ],
)
def test_a_base_in_4_bits_trains_or_only_writes_or_neither(
    name: str, gigabytes: int, trains: bool, writes: bool
) -> None:
    fit = describe_fit(entry(name), gigabytes * GIB, cpu=False)
    assert (fit.trains, fit.writes) == (trains, writes)
    assert (fit.train_bytes <= fit.budget_bytes) == trains
    assert fit.seconds is None and f"of {gigabytes} GB" in fit.advice
    assert fit.advice.startswith("trains in" if trains else "only writes" if writes else "too large")


def test_more_bits_take_more_bytes_and_the_words_say_the_same_as_the_figures() -> None:
    fits = [describe_fit(entry("qwen2.5-7b"), 64 * GIB, bits=bits, cpu=False) for bits in (4, 6, 8, 16)]
    sizes = [(fit.train_bytes, fit.write_bytes) for fit in fits]
    assert sizes == sorted(sizes) and all(write < train for train, write in sizes)
    assert str(fits[0].advice) == f"trains in {fits[0].train_bytes / GIB:.0f} of 64 GB"


def test_a_config_is_told_as_the_catalogues_entry_of_the_same_shape() -> None:
    one, other = (describe_fit(base, 16 * GIB, cpu=False) for base in (CONFIG, entry("smollm2-135m")))
    assert (one.train_bytes, one.write_bytes, one.parameters) == (
        other.train_bytes,
        other.write_bytes,
        other.parameters,
    )
    with pytest.raises(ModelError) as caught:
        describe_fit({"model_type": "strange"}, 16 * GIB)
    assert caught.value.code == "model_unknown"


def test_blocks_are_computed_again_before_a_base_is_called_too_large() -> None:
    plan = Plan.model_validate({"max_seq_length": 1024})
    tight = describe_fit(entry("qwen2.5-7b"), 128 * GIB, plan=plan.model_copy(update={"memory_gb": 9.2}), cpu=False)
    roomy = describe_fit(entry("qwen2.5-7b"), 128 * GIB, plan=plan, cpu=False)
    assert tight.trains and tight.train_bytes <= 9.2e9 < roomy.train_bytes
    never = plan.model_copy(update={"memory_gb": 9.2, "grad_checkpoint": False})
    assert not describe_fit(entry("qwen2.5-7b"), 128 * GIB, plan=never, cpu=False).trains


def test_the_cpu_restores_weights_where_they_leave_room_for_the_work() -> None:
    small, large = entry("smollm2-135m"), entry("qwen2.5-7b")
    assert describe_fit(small, 16 * GIB, cpu=True).write_bytes > 4 * small.parameters
    assert describe_fit(large, 16 * GIB, cpu=True).write_bytes < 2 * large.parameters


def test_time_follows_from_pairs_and_a_rate_scaled_by_parameters() -> None:
    plan = Plan.model_validate({"iters": 80, "grad_accumulation_steps": 4})
    pairs = PairsSize(pairs=600, tokens=600 * 500)
    rate = TrainingRate(1000.0, 2 * describe_fit(CONFIG, 16 * GIB).parameters)
    fit = describe_fit(CONFIG, 16 * GIB, pairs, rate, plan=plan)
    assert fit.seconds == pytest.approx(20 * 4 * 500 / 2000)
    assert "about 1 min for your 600 pairs" in fit.advice
    assert describe_fit(CONFIG, 16 * GIB, pairs, None, plan=plan).seconds is None
    assert describe_fit(CONFIG, 16 * GIB, PairsSize(0, 0), rate, plan=plan).seconds is None


def test_the_longest_pair_decides_the_memory_up_to_the_plans_limit() -> None:
    plan = Plan.model_validate({"max_seq_length": 2048, "grad_checkpoint": False})
    sizes = [
        describe_fit(CONFIG, 64 * GIB, PairsSize(9, 900, longest), plan=plan).train_bytes
        for longest in (100, 1500, 2048, 4096)
    ]
    assert sizes[0] < sizes[1] < sizes[2] == sizes[3]


def test_a_list_begins_with_what_trains_the_largest_first_and_ends_with_what_does_not_fit() -> None:
    names = ["qwen2.5-32b", "smollm2-135m", "qwen2.5-14b", "qwen2.5-7b"]
    fits = {name: describe_fit(entry(name), 16 * GIB, cpu=False) for name in names}
    assert sorted(names, key=lambda name: rank_fit(fits[name])) == [
        "qwen2.5-7b",
        "smollm2-135m",
        "qwen2.5-14b",
        "qwen2.5-32b",
    ]
    slow = TrainingRate(80.0, entry("smollm2-135m").parameters)
    timed = {name: describe_fit(entry(name), 16 * GIB, PairsSize(600, 300_000), slow, cpu=False) for name in names}
    assert min(names, key=lambda name: rank_fit(timed[name])) == "smollm2-135m", "the other takes days"


def test_a_new_projects_plan_is_its_bases(tmp_path: Any, tiny_model: Any) -> None:
    plan = choose_base_plan(locate_bundled_base(), 16 * GIB)
    assert (plan.learning_rate, plan.updates) == (TABLE[0].learning_rate, TABLE[0].updates)
    strange = tmp_path / "strange"
    strange.mkdir()
    for path in tiny_model.iterdir():
        (strange / path.name).write_bytes(path.read_bytes())
    (strange / "config.json").write_text('{"model_type": "strange"}')
    assert choose_base_plan(strange, 16 * GIB).rank == 32, "of an unknown kind: the preset of the machine"
    with pytest.raises(ModelError):
        choose_base_plan(tmp_path / "nowhere", 16 * GIB)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(10, "1 min"), (1500, "25 min"), (3 * 3600, "3 h"), (30 * 3600, "30 h"), (86400 * 5, "120 h")],
)
def test_a_rough_time_has_one_unit(seconds: float, said: str) -> None:
    assert format_rough_time(seconds) == said


def test_parameters_are_written_as_their_makers_do() -> None:
    assert [format_parameters(n) for n in (3_800_000, 134_500_000, 7_615_283_200)] == ["3.8 M", "134 M", "7.6 B"]
