"""Writing on a tiny model: cached decoding is right, seeds decide, scale acts, sampling by hand."""

from __future__ import annotations

from pathlib import Path

import mlx.core as mx
import pytest
from recipes import make_recipe

from stylelab.adapters import lora, store
from stylelab.adapters.parameters import LoraParameters
from stylelab.basemodels.identity import identify
from stylelab.basemodels.load import Base, evaluate_scalar, load
from stylelab.errors import AdapterError
from stylelab.writing.compare import compare
from stylelab.writing.engine import stream
from stylelab.writing.loaded import LoadedBase
from stylelab.writing.sampling import GREEDY, Sampling, choose

SAMPLED = Sampling(1.0, 0.9, 1.1, 7)
KEYS = ("self_attn.q_proj", "mlp.down_proj")


def adapted(folder: Path, scale: float = 2.0) -> Base:
    base = load(folder)
    lora.attach(base.model, LoraParameters(4, scale, 0.1, KEYS, -1), seed=3)
    mx.random.seed(5)
    lora.load_weights(
        base.model, {k: mx.random.normal(v.shape) * 0.3 for k, v in lora.read_weights(base.model).items()}
    )
    return base


def test_cached_decoding_equals_recomputing_the_whole_text(tiny_model: Path) -> None:
    base = load(tiny_model)
    tokens = base.encode_prompt("the tide")
    slow: list[int] = []
    for _ in range(12):
        slow.append(int(evaluate_scalar(mx.argmax(base.compute_logits(mx.array([tokens + slow]))[0, -1]))))
    assert list(stream(base, "the tide", GREEDY, 12)) == slow


def test_the_seed_decides_the_text(tiny_model: Path) -> None:
    base = load(tiny_model)
    first = list(stream(base, "the tide", SAMPLED, 20))
    assert first == list(stream(base, "the tide", SAMPLED, 20))
    assert first != list(stream(base, "the tide", Sampling(1.0, 0.9, 1.1, 8), 20))


def test_the_scale_acts_and_zero_is_exactly_the_base(tiny_model: Path) -> None:
    plain = list(stream(load(tiny_model), "the tide", SAMPLED, 20))
    base = adapted(tiny_model)
    done = compare(base, "the tide", SAMPLED, 20, scale=2.0)
    assert done.base is not None and list(done.base.tokens) == plain[: len(done.base.tokens)]
    assert done.adapter.tokens != done.base.tokens
    assert done.logit_change_max > 0.1
    weaker = compare(base, "the tide", SAMPLED, 20, scale=0.5, both=False)
    assert weaker.base is None and 0 < weaker.logit_change_max < done.logit_change_max


def test_an_adapter_comes_back_from_disk(tiny_model: Path, tmp_path: Path) -> None:
    base = adapted(tiny_model)
    parameters = LoraParameters(4, 2.0, 0.1, KEYS, -1)
    store.save(tmp_path, lora.read_weights(base.model), parameters, make_recipe(identify(tiny_model)), "d", 2)
    stored = store.read(tmp_path)
    again = LoadedBase.load(tiny_model, {"voice": stored})
    again.choose("voice")
    assert stored.parameters.num_layers == 2
    assert list(stream(again.base, "x", GREEDY, 12)) == list(stream(base, "x", GREEDY, 12))


def test_a_damaged_adapter_is_named(tmp_path: Path) -> None:
    with pytest.raises(AdapterError, match=r"no adapters\.safetensors"):
        store.read(tmp_path)


def test_keys_that_no_layer_has_are_an_error(tiny_model: Path) -> None:
    with pytest.raises(AdapterError, match="No layer"):
        lora.attach(load(tiny_model).model, LoraParameters(4, 2.0, 0.1, ("nothing",), -1), seed=0)


def test_detaching_gives_the_base_back(tiny_model: Path) -> None:
    base = adapted(tiny_model)
    lora.detach(base.model)
    assert not lora.find_lora_layers(base.model)
    assert list(stream(base, "x", GREEDY, 12)) == list(stream(load(tiny_model), "x", GREEDY, 12))


def test_nucleus_and_penalty_by_hand() -> None:
    logits = mx.log(mx.array([0.5, 0.3, 0.15, 0.05]))
    nucleus = Sampling(1.0, 0.6, 1.0, 0)
    drawn = {int(evaluate_scalar(choose(logits + 0, nucleus, [], mx.random.key(i)))) for i in range(200)}
    assert drawn == {0, 1}  # 0.5 is less than 0.6, so the second is in; 0.8 is not less, so the third is out
    penalty = Sampling(0.01, 1.0, 2.0, 0)
    assert int(evaluate_scalar(choose(mx.array([2.0, 1.5, -1.0]), penalty, [mx.array(0)], mx.random.key(0)))) == 1
    assert int(evaluate_scalar(choose(mx.array([2.0, 1.5, -1.0]), GREEDY, [mx.array(0)], mx.random.key(0)))) == 0
