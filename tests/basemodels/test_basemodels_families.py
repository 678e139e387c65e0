"""What is declared of model kinds, read from config.json alone: text models inside others, names of layers, heads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from family_models import SIZES, make_family

from stylelab.basemodels.families import FAMILIES, UNKNOWN, describe_family, find_family, name_layers, read_text_config
from stylelab.basemodels.load import HeadForm, load
from stylelab.errors import ModelError
from stylelab.training.memory_estimate import read_shape
from stylelab.training.mlxlm import dump
from stylelab.training.plan import KEYS, Plan

OUTER: dict[str, Any] = {
    "model_type": "gemma3",
    "torch_dtype": "float32",
    "quantization": {"bits": 4, "group_size": 32},
    "vision_config": {"hidden_size": 1152},
    "text_config": {
        "model_type": "gemma3_text", "hidden_size": 2560, "intermediate_size": 10240, "num_hidden_layers": 34,
        "torch_dtype": "bfloat16", "max_position_embeddings": 131072,
    },
}  # fmt: skip


def test_the_text_model_s_config_is_completed_and_keeps_what_is_said_of_the_whole() -> None:
    found = read_text_config(OUTER)
    assert found["model_type"] == "gemma3_text" and found["hidden_size"] == 2560
    assert (found["num_attention_heads"], found["num_key_value_heads"], found["vocab_size"]) == (8, 4, 262_208)
    assert (
        found["torch_dtype"] == "float32" and found["quantization"]["bits"] == 4
    )  # as it computes, not as it was trained
    assert read_text_config({**OUTER, "vocab_size": 9})["vocab_size"] == 9


def test_memory_of_a_model_of_pictures_and_text_is_its_text_model_s() -> None:
    shape = read_shape(OUTER)
    assert (shape.hidden, shape.blocks, shape.head_dim, shape.bits, shape.element, shape.tied) == (
        2560,
        34,
        256,
        4,
        4,
        True,
    )
    assert shape.weight_bytes == pytest.approx(
        3.88e9 * 5 / 8, rel=0.02
    )  # 3.88 billion weights, 4 bits and 32 for each 32


@pytest.mark.parametrize(
    ("config", "kind"),
    [
        ({"model_type": "mistral3", "text_config": {"model_type": "mistral"}}, "llama"),
        ({"model_type": "mistral3", "text_config": {"model_type": "ministral3"}}, "ministral3"),
        ({"model_type": "qwen2_5_vl", "hidden_size": 5}, "qwen2"),
        ({"model_type": "qwen2_5_vl", "text_config": {"model_type": "qwen2_5_vl_text"}}, "qwen2"),
        ({"model_type": "llama"}, "llama"),
        ({"model_type": "unheard", "text_config": {"model_type": "unheard_text"}}, "unheard_text"),
    ],
)
def test_the_kind_is_the_text_model_s(config: dict[str, Any], kind: str) -> None:
    found = read_text_config(config)
    assert found["model_type"] == kind
    assert (find_family(found) is UNKNOWN) == (kind == "unheard_text")


def test_layers_are_named_as_the_kind_names_them() -> None:
    assert name_layers({"model_type": "llama"}, KEYS) == KEYS
    fused = ("self_attn.qkv_proj", "self_attn.o_proj", "mlp.gate_up_proj", "mlp.down_proj")
    assert name_layers({"model_type": "phi3"}, KEYS) == fused == name_layers({"model_type": "phi3"}, fused)
    assert name_layers({"model_type": "phi"}, ("mlp.up_proj", "self_attn.o_proj")) == ("mlp.fc1", "self_attn.dense")
    text = dump(Plan(), "m", "d", "a", {"model_type": "phi3", "num_hidden_layers": 3})
    assert "self_attn.qkv_proj" in text and "q_proj" not in text.replace("qkv_proj", "") and "num_layers: 3" in text


def test_llama_s_kind_needs_no_words_and_an_unknown_one_does() -> None:
    assert describe_family({"model_type": "qwen3"}, KEYS) == []
    assert "padded batches" in describe_family({"model_type": "unheard"}, KEYS)[0]


@pytest.mark.parametrize(
    ("kind", "form"),
    [("gemma2", HeadForm(1.0, 3.0)), ("cohere", HeadForm(0.25)), ("llama", HeadForm()), ("granite", None)],
)
def test_the_head_is_the_kind_s(tmp_path: Path, kind: str, form: HeadForm | None) -> None:
    assert load(make_family(tmp_path / "m", kind)).head_form == form


def test_a_text_model_s_longest_sequence_is_its_own(tmp_path: Path) -> None:
    base = load(make_family(tmp_path / "m", "gemma3"))
    assert base.positions == SIZES["max_position_embeddings"] and base.kind == "gemma3_text" and len(base.blocks) == 4


def test_weights_that_memory_is_planned_for_are_those_of_the_model(tmp_path: Path) -> None:
    for kind in sorted({*FAMILIES, "gemma3", "mistral3"}):
        base = load(make_family(tmp_path / kind, kind))
        size = sum(path.stat().st_size for path in base.files.weights)
        assert 0.9 * size < read_shape(base.config).weight_bytes < 1.001 * size, (
            kind
        )  # norms and biases are not counted


def test_a_model_of_pictures_that_nothing_here_reads_names_what_to_take_instead(tmp_path: Path) -> None:
    folder = make_family(tmp_path / "m", "gemma3")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "model_type": "paligemma"}))
    with pytest.raises(ModelError, match="paligemma") as caught:
        load(folder)
    assert caught.value.code == "model_unloadable" and "text alone" in caught.value.remedy
