"""Every declared kind of model: packed rows and padded batches against its own forward pass, pair by pair; and its adapter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mlx.core as mx
import mlx.nn as nn
import numpy as np
import pytest
from family_models import KINDS, PACKED, make_family
from mlx.utils import tree_flatten
from mlx_lm.tuner.utils import load_adapters
from mlx_lm.utils import load_model
from plain_training import add_noise
from recipes import make_recipe

from stylelab.adapters import lora, store
from stylelab.adapters.parameters import LoraParameters
from stylelab.basemodels.families import FAMILIES, describe_family
from stylelab.basemodels.identity import identify
from stylelab.basemodels.load import Base, load
from stylelab.batches.tokenise import Example
from stylelab.errors import AdapterError, TrainingError
from stylelab.exporting.export import export_adapter
from stylelab.exporting.formats import find_format
from stylelab.training.dataset import Dataset
from stylelab.training.gradient_accumulation import GradientEngine
from stylelab.training.loop import train
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.plan import KEYS, Plan

SHARED = list(range(100, 120))  # a beginning that two prompts have
LAYERS = {"phi": 6, "phi3": 4, "qwen3_moe": 4}  # adapted layers of a block; seven in all other kinds


@pytest.fixture(scope="module", params=sorted(KINDS))
def family(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model folder of each kind."""
    return make_family(tmp_path_factory.mktemp("family") / request.param, request.param)


def attach_noisy(base: Base, *, rank: int = 3, dropout: float = 0.0) -> LoraParameters:
    """Adapt a base with an adapter that is not nothing; return its shape."""
    parameters = Plan.parse({"rank": rank, "dropout": dropout}, "plan").lora_parameters(base.config)
    lora.attach(base.model, parameters, seed=1)
    add_noise(base)
    return parameters


def make_examples() -> list[Example]:
    """Return pairs of unlike lengths, longer than the windows, of which two begin alike."""
    rng = np.random.default_rng(0)
    prompts = [[*SHARED, 1], [9, 8, 7], [*SHARED, 2, 3, 4]]
    made = [[*p, *rng.integers(1, 250, n)] for p, n in zip(prompts, (8, 13, 17), strict=True)]
    return [Example(str(i), np.array(t, np.int32), len(p)) for i, (t, p) in enumerate(zip(made, prompts, strict=True))]


def compute_plainly(base: Base, examples: list[Example]) -> tuple[float, dict[str, np.ndarray]]:
    """Return the summed loss and its gradients from the model's own logits, one pair at a time, nothing padded."""

    def total() -> mx.array:
        out = mx.array(0.0)
        for e in examples:
            logits = base.model(mx.array(e.tokens[:-1])[None])[0, e.prompt_length - 1 :]
            out = out + nn.losses.cross_entropy(logits, mx.array(e.tokens[e.prompt_length :]), reduction="sum")
        return out

    base.model.eval()
    value, gradients = nn.value_and_grad(base.model, total)()
    return value.item(), flatten(gradients)


def flatten(tree: Any) -> dict[str, np.ndarray]:
    return {str(k): np.array(v) for k, v in tree_flatten(tree)}


def measure_difference(a: dict[str, np.ndarray], b: dict[str, np.ndarray]) -> float:
    """Return the largest difference of a gradient, as a share of its array's largest element."""
    assert a.keys() == b.keys() and a
    return max(float(np.abs(a[k] - b[k]).max() / np.abs(b[k]).max()) for k in a)


def test_loss_and_gradients_are_the_model_s_own(family: Path) -> None:
    base = load(family)
    attach_noisy(base)
    examples = make_examples()
    expected, gradients = compute_plainly(base, examples)
    for memory_plan in (MemoryPlan(4096, 0, 3, 64), MemoryPlan(80, 1, 3, 64)):
        engine = GradientEngine(base, memory_plan, 0)
        sums = engine.accumulate(examples, 0)
        assert sums.loss_nats == pytest.approx(expected, rel=1e-5)
        assert measure_difference(flatten(sums.gradients), gradients) < 5e-5
        assert (engine.packing_obstacle is None) == (family.name in PACKED)
        if engine.packing_obstacle and memory_plan.pack_tokens == 4096:
            assert sums.tokens == 3 * 39 > sums.real_tokens  # padded to the longest pair
        if family.name in PACKED and memory_plan.pack_tokens == 4096:
            assert sums.tokens == sums.real_tokens - len(SHARED)
    held_out = engine.measure_losses(examples)
    assert [compute_plainly(base, [e])[0] for e in examples] == pytest.approx(held_out.tolist(), rel=1e-5)


def test_dropout_is_the_same_in_a_block_computed_again(family: Path) -> None:
    found = []
    for recomputed in (0, 1):
        base = load(family)
        attach_noisy(base, dropout=0.5)
        sums = GradientEngine(base, MemoryPlan(4096, recomputed, 3, 64), 7).accumulate(make_examples(), 3)
        found.append((sums.loss_nats, flatten(sums.gradients)))
    assert found[0][0] == found[1][0]
    assert measure_difference(found[1][1], found[0][1]) < 1e-5


def test_the_adapter_is_on_every_layer_that_the_kind_has(family: Path) -> None:
    base = load(family)
    parameters = attach_noisy(base)
    assert len(lora.find_lora_layers(base.model)) == LAYERS.get(family.name, 7) * len(base.blocks)
    missing = lora.list_missing_layers(base.model, parameters)
    assert bool(missing) == (family.name == "qwen3_moe")
    notes = " ".join(describe_family(base.config, KEYS))
    assert ("padded batches" in notes) == (family.name not in PACKED)
    assert ("self_attn.qkv_proj" in notes) == (family.name == "phi3")
    assert ("have no mlp.gate_proj" in notes) == (family.name == "qwen3_moe")
    assert (family.name in notes or "this kind" in notes) == bool(notes)


def test_stock_mlx_lm_loads_the_adapter_and_gives_the_same_logits_and_text(family: Path, tmp_path: Path) -> None:
    base = load(family)
    tokens = mx.array(make_examples()[0].tokens)[None]
    alone = np.array(base.compute_logits(tokens))
    parameters = attach_noisy(base)
    adapted = np.array(base.compute_logits(tokens))
    assert np.abs(adapted - alone).max() > 0.01
    weights, recipe = lora.read_weights(base.model), make_recipe(identify(family))
    store.save(tmp_path / "run", weights, parameters, recipe, "d", len(base.blocks))
    stock = load_adapters(load_model(family)[0], str(tmp_path / "run"))
    stock.eval()
    assert np.allclose(stock(tokens), adapted, atol=1e-4)
    lora.detach(base.model)
    assert np.array_equal(np.array(base.compute_logits(tokens)), alone)
    prompt = "the tide goes out, and whoever waits for it"  # longer than the windows, so that caches rotate
    check = export_adapter(store.read(tmp_path / "run"), family, tmp_path / "out", prompt, find_format("mlx"))
    assert check.greedy_match and check.tokens > 1 and check.logit_difference_max < 1e-4


@pytest.mark.parametrize("kind", ["phi3", "qwen3_moe", "gemma3"])
def test_a_run_says_what_it_has_to_and_its_adapter_loads_again(kind: str, tmp_path: Path) -> None:
    folder = make_family(tmp_path / kind, kind)
    base, examples = load(folder), tuple(make_examples())
    planned = Plan.parse({"rank": 3, "iters": 4, "learning_rate": 0.01, "samples": 0}, "plan")
    recipe = make_recipe(identify(folder), scale=planned.strength)
    events = list(train(base, Dataset(examples, examples, "d"), planned, recipe, tmp_path / "run"))
    said = " ".join(event.message for event in events if event.kind == "warning")
    assert ("padded batches" in said) == (kind != "gemma3")
    assert ("mlp.up_proj (0 of 2)" in said) == (kind == "qwen3_moe")
    stored = store.read(tmp_path / "run")
    again = load(folder)
    lora.attach(again.model, stored.parameters, seed=0)
    lora.load_weights(again.model, stored.weights)
    assert len(stored.weights) == 2 * len(lora.find_lora_layers(again.model))


def test_embedding_noise_reaches_padded_batches_and_leaves_no_trace(tmp_path: Path) -> None:
    base = load(make_family(tmp_path / "m", "olmo2"))
    attach_noisy(base)
    losses = [
        GradientEngine(base, MemoryPlan(4096, 1, 3, 64), 0, noise=alpha).accumulate(make_examples(), 0).loss_nats
        for alpha in (0.0, 5.0, 5.0, 0.0)
    ]
    assert losses[0] == losses[3] != losses[1] == losses[2]
    quiet = GradientEngine(base, MemoryPlan(4096, 0, 3, 64), 0, noise=5.0).measure_losses(make_examples())
    assert quiet.sum() == pytest.approx(losses[0], rel=1e-5)  # held-out pairs are read without noise


def test_noise_that_cannot_be_added_is_an_error(tmp_path: Path) -> None:
    base = load(make_family(tmp_path / "m", "olmo2"))
    attach_noisy(base)
    base.text_model.model.words = base.text_model.model.pop("embed_tokens")
    engine = GradientEngine(base, MemoryPlan(4096, 0, 3, 64), 0, noise=5.0)
    with pytest.raises(TrainingError, match="olmo2") as caught:
        engine.accumulate(make_examples(), 0)
    assert "neftune_alpha" in caught.value.remedy


def test_a_model_without_any_of_the_layers_is_an_error(tmp_path: Path) -> None:
    base = load(make_family(tmp_path / "m", "phi3"))
    parameters = Plan.parse({"keys": ["mlp.nothing"]}, "plan").lora_parameters(base.config)
    with pytest.raises(AdapterError, match="nothing"):
        lora.attach(base.model, parameters, seed=0)


def test_every_declared_kind_is_among_those_tested() -> None:
    assert set(FAMILIES) <= set(KINDS)
