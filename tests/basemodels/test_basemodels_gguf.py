"""GGUF files become the same model: its logits, its quantised groups bit for bit, its tokens; what is wrong is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import mlx.core as mx
import numpy as np
import pytest
from gguf import GGMLQuantizationType as Kind
from gguf import GGUFReader
from gguf.quants import dequantize
from ggufs import gguf_name, write_gguf
from safetensors.numpy import load_file, save_file

from models import make_model
from stylelab.basemodels.gguf.container import read_gguf
from stylelab.basemodels.gguf.imported import import_gguf
from stylelab.basemodels.gguf.tensors import REPACK
from stylelab.basemodels.load import evaluate_scalar, load
from stylelab.errors import ModelError, StyleLabError

LINES = ["The tide was late.", "“Don't!” — naïve café, 1984", "  two  blanks\tand a tab", "Größe, Straße, ½"]


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of the Llama kind: the tiny one without biases."""
    folder = make_model(tmp_path_factory.mktemp("llama") / "m", seed=4)
    weights = {k: v for k, v in load_file(folder / "model.safetensors").items() if not k.endswith(".bias")}
    save_file(weights, folder / "model.safetensors")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "model_type": "llama"}))
    return folder


def logits(folder: Path) -> mx.array:
    base = load(folder)
    return base.compute_logits(mx.array([[5, 80, 17, 200, 9, 33]])).astype(mx.float32)


@pytest.mark.parametrize("architecture", ["qwen2", "llama"])
def test_the_imported_model_has_the_same_logits(
    architecture: str, tiny_model: Path, llama: Path, tmp_path: Path
) -> None:
    model = tiny_model if architecture == "qwen2" else llama
    file = write_gguf(model, tmp_path / "m.gguf", architecture=architecture)
    done = import_gguf(file, tmp_path / "m", LINES)
    assert done.exact and done.lines == len(LINES) and done.storage["F32"] > 10
    assert evaluate_scalar(mx.abs(logits(tmp_path / "m") - logits(model)).max()) < 1e-5


def test_rows_of_the_llama_family_left_as_they_stand_would_be_another_model(llama: Path, tmp_path: Path) -> None:
    wrong = write_gguf(llama, tmp_path / "m.gguf", architecture="qwen2")  # not reordered when written, nor when read
    import_gguf(wrong, tmp_path / "right", LINES)
    file = write_gguf(llama, tmp_path / "n.gguf", architecture="llama")
    import_gguf(file, tmp_path / "n", LINES)
    names = ("model.layers.0.self_attn.q_proj.weight", "model.layers.1.self_attn.k_proj.weight")
    stored, ours = load_file(llama / "model.safetensors"), load_file(tmp_path / "n" / "model.safetensors")
    raw = {t.name: t.data for t in GGUFReader(file).tensors}
    for name, own in zip(names, ("blk.0.attn_q.weight", "blk.1.attn_k.weight"), strict=True):
        assert np.array_equal(ours[name], stored[name]) and not np.array_equal(raw[own], stored[name])


@pytest.mark.parametrize("kind", [Kind.Q4_0, Kind.Q4_1, Kind.Q8_0])
def test_quantised_groups_are_kept_bit_for_bit(kind: Kind, llama: Path, tmp_path: Path) -> None:
    file = write_gguf(llama, tmp_path / "m.gguf", architecture="llama", kind=kind)
    tensor = read_gguf(file).tensors["blk.0.ffn_down.weight"]
    grouped = REPACK[tensor.kind](tensor)
    ours = mx.dequantize(
        mx.array(grouped.packed), mx.array(grouped.scales).astype(mx.float32), mx.array(grouped.biases).astype(mx.float32),
        group_size=32, bits=grouped.bits,
    )  # fmt: skip
    assert np.array_equal(np.array(ours), dequantize(tensor.data, kind).reshape(tensor.shape))
    done = import_gguf(file, tmp_path / "m", LINES)
    assert done.exact
    dense = write_dense(file, llama, tmp_path / "dense")
    base = load(tmp_path / "m")
    base.model.set_dtype(mx.float32)
    found = base.compute_logits(mx.array([[5, 80, 17, 200, 9, 33]]))
    assert evaluate_scalar(mx.abs(found - logits(dense)).max()) < 2e-3


def write_dense(file: Path, model: Path, to: Path) -> Path:
    """Write the model with a GGUF file's weights as floats, by way of the `gguf` package's own arithmetic."""
    raw = {t.name: dequantize(t.data, t.tensor_type) for t in GGUFReader(file).tensors}
    config = json.loads((model / "config.json").read_text())
    heads = {"attn_q": config["num_attention_heads"], "attn_k": config["num_key_value_heads"]}
    out: dict[str, np.ndarray] = {}
    for name, array in load_file(model / "model.safetensors").items():
        own = raw[gguf_name(name)].reshape(array.shape)
        for layer, count in heads.items():
            if f".{layer}." in gguf_name(name):
                own = own.reshape(count, array.shape[0] // count // 2, 2, -1).swapaxes(1, 2).reshape(array.shape)
        out[name] = own.astype(np.float32)
    make_model(to)
    save_file(out, to / "model.safetensors")
    (to / "config.json").write_text((model / "config.json").read_text())
    return to


def test_other_kinds_of_storage_become_floats(llama: Path, tmp_path: Path) -> None:
    file = write_gguf(llama, tmp_path / "m.gguf", architecture="llama", kind=Kind.Q5_0)
    done = import_gguf(file, tmp_path / "m", LINES)
    assert not done.exact and done.storage["Q5_0"] > 4
    config = json.loads((tmp_path / "m" / "config.json").read_text())
    assert "quantization" not in config
    dense = write_dense(file, llama, tmp_path / "dense")
    assert evaluate_scalar(mx.abs(logits(tmp_path / "m") - logits(dense)).max()) < 0.05


def test_the_tokenizer_gives_the_same_tokens(tiny_model: Path, tmp_path: Path) -> None:
    import_gguf(write_gguf(tiny_model, tmp_path / "m.gguf"), tmp_path / "m", LINES)
    ours, theirs = load(tmp_path / "m"), load(tiny_model)
    assert ours.end_tokens == theirs.end_tokens
    for line in (line for line in LINES if "he" not in line):
        assert ours.encode_completion(line) == theirs.encode_completion(line)
        assert ours.encode_prompt(line) == theirs.encode_prompt(line), "a begin-of-text token too many"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"qwen2__block_count": 10**9}, "block_count"),
        ({"qwen2__attention__head_count": 0}, "head_count"),
        ({"qwen2__embedding_length": "wide"}, "embedding_length"),
        ({"qwen2__context_length": None}, "context_length"),
        ({"tokenizer__ggml__pre": "no-such-cut"}, "cuts text"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_appears(
    facts: dict[str, Any], said: str, tiny_model: Path, tmp_path: Path
) -> None:
    file = write_gguf(tiny_model, tmp_path / "m.gguf", **facts)
    with pytest.raises(ModelError, match=said) as caught:
        import_gguf(file, tmp_path / "m", LINES)
    assert caught.value.remedy and not (tmp_path / "m").exists()


def test_a_file_that_is_cut_short_or_no_gguf_is_named(tiny_model: Path, tmp_path: Path) -> None:
    whole = write_gguf(tiny_model, tmp_path / "m.gguf").read_bytes()
    for name, content in {"cut": whole[: len(whole) // 2], "head": whole[:40], "text": b"hello", "empty": b""}.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(StyleLabError) as caught:
            import_gguf(tmp_path / name, tmp_path / "out", LINES)
        assert caught.value.code == "model_gguf" and not (tmp_path / "out").exists(), name


def test_another_architecture_is_refused_by_name(tiny_model: Path, tmp_path: Path) -> None:
    file = write_gguf(tiny_model, tmp_path / "m.gguf", architecture="mamba")
    with pytest.raises(ModelError, match="mamba"):
        import_gguf(file, tmp_path / "m", LINES)
