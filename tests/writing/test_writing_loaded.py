"""One base and many adapters: each writes as itself after any exchange, 0 is the base bit for bit, strangers are refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import mlx.core as mx
import pytest
from recipes import make_recipe

from models import INSTRUCT_CHAT, make_model
from stylelab.adapters import lora, store
from stylelab.adapters.parameters import LoraParameters
from stylelab.adapters.store import StoredAdapter
from stylelab.basemodels.identity import identify
from stylelab.basemodels.load import load
from stylelab.errors import AdapterError
from stylelab.writing.engine import compute_next_logits, stream
from stylelab.writing.loaded import LoadedBase, note_scale
from stylelab.writing.sampling import GREEDY

KEYS = ("self_attn.q_proj", "mlp.down_proj")


def make_adapter(model: Path, to: Path, seed: int, rank: int = 4, scale: float = 2.0) -> StoredAdapter:
    """Store an adapter of random weights, and read it back."""
    base = load(model)
    parameters = LoraParameters(rank, scale, 0.1, KEYS, -1)
    lora.attach(base.model, parameters, seed=seed)
    mx.random.seed(seed)
    drawn = {k: mx.random.normal(v.shape) * 0.3 for k, v in lora.read_weights(base.model).items()}
    store.save(to, drawn, parameters, make_recipe(identify(model)), "d", 2)
    return store.read(to)


@pytest.fixture
def adapters(tiny_model: Path, tmp_path: Path) -> dict[str, StoredAdapter]:
    """Three voices: two of one shape, one of another."""
    shapes = {"anna": (1, 4), "bert": (2, 4), "cora": (3, 2)}
    return {name: make_adapter(tiny_model, tmp_path / name, seed, rank) for name, (seed, rank) in shapes.items()}


def texts_alone(model: Path, adapters: dict[str, StoredAdapter]) -> dict[str | None, list[int]]:
    """Return what each voice writes on a base of its own; None is the base."""
    out: dict[str | None, list[int]] = {None: list(stream(load(model), "the tide", GREEDY, 12))}
    for name, adapter in adapters.items():
        loaded = LoadedBase.load(model, {name: adapter})
        loaded.choose(name)
        out[name] = list(stream(loaded.base, "the tide", GREEDY, 12))
    return out


def test_after_any_exchange_each_voice_writes_as_if_it_were_alone(
    tiny_model: Path, adapters: dict[str, StoredAdapter]
) -> None:
    alone = texts_alone(tiny_model, adapters)
    assert len({tuple(tokens) for tokens in alone.values()}) == 4
    loaded = LoadedBase.load(tiny_model, adapters)
    for name in ("anna", "bert", None, "cora", "anna", None, "cora", "bert"):
        loaded.choose(name)
        assert loaded.chosen == name
        assert list(stream(loaded.base, "the tide", GREEDY, 12)) == alone[name], name


def test_scale_zero_and_no_adapter_are_the_base_bit_for_bit(
    tiny_model: Path, adapters: dict[str, StoredAdapter]
) -> None:
    plain = compute_next_logits(load(tiny_model), "the tide")
    loaded = LoadedBase.load(tiny_model, adapters)
    for choose in (lambda: loaded.choose("anna", 0.0), lambda: loaded.choose(None)):
        choose()
        assert loaded.scale == 0 and mx.array_equal(compute_next_logits(loaded.base, "the tide"), plain)
    loaded.choose("anna")
    assert loaded.scale == 2.0 and not mx.array_equal(compute_next_logits(loaded.base, "the tide"), plain)
    loaded.choose("anna", 0.5)
    assert loaded.scale == 0.5


def test_a_replaced_adapter_writes_as_the_new_one(tiny_model: Path, adapters: dict[str, StoredAdapter]) -> None:
    alone = texts_alone(tiny_model, adapters)
    loaded = LoadedBase.load(tiny_model, {"voice": adapters["anna"]})
    loaded.choose("voice")
    loaded.add("voice", adapters["bert"])
    assert loaded.chosen is None and list(stream(loaded.base, "the tide", GREEDY, 12)) == alone[None]
    loaded.choose("voice")
    assert list(stream(loaded.base, "the tide", GREEDY, 12)) == alone["bert"]


def test_an_adapter_whose_tensor_was_renamed_is_refused_and_the_base_writes(
    tiny_model: Path, adapters: dict[str, StoredAdapter]
) -> None:
    weights = dict(adapters["anna"].weights)
    first = next(iter(weights))
    weights["model.layers.0.other.lora_a"] = weights.pop(first)
    loaded = LoadedBase.load(tiny_model, {**adapters, "broken": replace(adapters["anna"], weights=weights)})
    loaded.choose("bert")
    with pytest.raises(AdapterError, match="does not fit"):
        loaded.choose("broken")
    assert loaded.chosen is None
    assert mx.array_equal(
        compute_next_logits(loaded.base, "the tide"), compute_next_logits(load(tiny_model), "the tide")
    )
    with pytest.raises(AdapterError, match="anna, bert, cora, broken"):
        loaded.choose("nobody")


@pytest.mark.parametrize(
    ("changed", "said"), [("weights", "now is other weights of"), ("tokenizer", "tokenizer"), ("chat", "chat template")]
)
def test_a_base_whose_weights_tokenizer_or_template_changed_is_refused_before_it_is_loaded(
    changed: str, said: str, tmp_path: Path
) -> None:
    model = make_model(tmp_path / "m")
    adapter = make_adapter(model, tmp_path / "a", 1)
    if changed == "weights":
        make_model(tmp_path / "m", seed=1)
    elif changed == "chat":
        make_model(tmp_path / "m", chat=INSTRUCT_CHAT)
    else:
        tokenizer = json.loads((model / "tokenizer.json").read_text())
        tokenizer["added_tokens"][0]["lstrip"] = True
        (model / "tokenizer.json").write_text(json.dumps(tokenizer))
    (model / "config.json").write_text(json.dumps({"model_type": "nothing that loads"}))
    with pytest.raises(AdapterError, match=said) as caught:
        LoadedBase.load(model, {"voice": adapter})
    assert caught.value.code == "adapter_base"


def test_another_scale_than_training_is_said() -> None:
    assert note_scale(2.0, 2.0) == ()
    assert [str(note) for note in note_scale(1.0, 2.0)] == ["scale 1, trained at 2"]
