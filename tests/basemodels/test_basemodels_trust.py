"""What a stranger's model folder may hold: a lie of a header, a config or a link is refused before weights are read."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mlx.core as mx
import mlx_lm.utils
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import HIDDEN, MLP, VOCABULARY, make_model
from stylelab.basemodels import load as load_module
from stylelab.basemodels.identity import inspect
from stylelab.basemodels.load import load
from stylelab.basemodels.trust import BOUNDS
from stylelab.basemodels.weights_header import MOST_HEADER_BYTES, read_weights_header
from stylelab.errors import ModelError

GATE = "model.layers.0.mlp.gate_proj"
Header = dict[str, Any]


@pytest.fixture
def folder(tiny_model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_model, tmp_path / "model"))


def split_file(folder: Path) -> tuple[Header, bytes]:
    """Return the header and the bytes of a model's weights."""
    raw = (folder / "model.safetensors").read_bytes()
    length = int.from_bytes(raw[:8], "little")
    return json.loads(raw[8 : 8 + length]), raw[8 + length :]


def write_file(folder: Path, header: Header | bytes, data: bytes, length: int | None = None) -> None:
    """Write weights with a header as it is, true or not."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    size = len(text) if length is None else length
    (folder / "model.safetensors").write_bytes(size.to_bytes(8, "little") + text + data)


def quantise(folder: Path, bits: int = 4, group: int = 32) -> dict[str, mx.array]:
    """Quantise a model in place with mlx-lm; return its weights."""
    model, config = mlx_lm.utils.load_model(folder)
    model, config = mlx_lm.utils.quantize_model(model, config, group, bits)
    (folder / "model.safetensors").unlink()
    mlx_lm.utils.save_model(folder, model)
    (folder / "model.safetensors.index.json").unlink()
    mlx_lm.utils.save_config(config, folder / "config.json")
    return dict(mx.load(str(folder / "model.safetensors")))  # type: ignore[arg-type]


def change_config(folder: Path, **values: Any) -> None:
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, **values}))


def refused(folder: Path, code: str = "model_damaged") -> str:
    with pytest.raises(ModelError) as caught:
        inspect(folder)
    assert caught.value.code == code and caught.value.remedy
    return caught.value.message


def test_real_folders_pass_and_no_weight_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_module, "load_model", lambda *a, **k: pytest.fail("weights were read"))
    assert inspect(folder).weights
    quantise(folder)
    assert inspect(folder).weights
    change_config(folder, num_hidden_layers=3)
    with pytest.raises(ModelError):
        load(folder)


@pytest.mark.parametrize("length", [2**63, MOST_HEADER_BYTES + 1, 10**6])
def test_a_header_longer_than_its_file_is_refused(folder: Path, length: int) -> None:
    header, data = split_file(folder)
    write_file(folder, header, data, length)
    assert "header" in refused(folder)


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[]", b"\xff\xfe", b'{"a": 1, "a": 2}', b"[" * 100_000, b'{"model.norm.weight": 3}']
)
def test_a_header_that_is_none_is_refused(folder: Path, text: bytes) -> None:
    write_file(folder, text, b"")
    assert "model.safetensors" in refused(folder)


def shift(entry: Header, begin: int, end: int) -> None:
    entry["data_offsets"] = [entry["data_offsets"][0] + begin, entry["data_offsets"][1] + end]


LIES: dict[str, tuple[Callable[[Header], object], str]] = {
    "outside the file": (lambda h: shift(max(h.values(), key=lambda e: e["data_offsets"]), 0, 4), "has .* bytes"),
    "a gap": (lambda h: [shift(e, 4, 4) for e in h.values()], "leaves a gap"),
    "an overlap": (lambda h: h.update(twin=dict(h[f"{GATE}.weight"])), "twin overlaps|overlaps with twin"),
    "backwards": (lambda h: h[f"{GATE}.weight"].update(data_offsets=[9, 1]), "place"),
    "negative": (lambda h: h[f"{GATE}.weight"].update(data_offsets=[-4, 0]), "place"),
    "no numbers": (lambda h: h[f"{GATE}.weight"].update(data_offsets=["0", True]), "place"),
    "an unknown type": (lambda h: h[f"{GATE}.weight"].update(dtype="PICKLE"), "PICKLE"),
    "a wrong type": (lambda h: h[f"{GATE}.weight"].update(dtype="F64"), "F64"),
    "a huge shape": (lambda h: h[f"{GATE}.weight"].update(shape=[10**9, 10**9]), "1000000000"),
    "a negative shape": (lambda h: h[f"{GATE}.weight"].update(shape=[-1, -2048]), "shape"),
    "many dimensions": (lambda h: h[f"{GATE}.weight"].update(shape=[1] * 90), "shape"),
    "a renamed tensor": (lambda h: h.update({"evil": h.pop(f"{GATE}.weight")}), f"lacks {GATE}.weight, .*evil instead"),
    "another shape": (lambda h: h[f"{GATE}.weight"].update(shape=[HIDDEN, MLP]), "gate_proj.weight is"),
    "another embedding": (lambda h: h["model.embed_tokens.weight"].update(shape=[HIDDEN, VOCABULARY]), "embed_tokens"),
}  # fmt: skip


@pytest.mark.parametrize(("lie", "said"), LIES.values(), ids=LIES)
def test_a_header_that_lies_is_refused_and_the_tensor_named(
    folder: Path, lie: Callable[[Header], object], said: str
) -> None:
    header, data = split_file(folder)
    header.pop("__metadata__", None)
    lie(header)
    write_file(folder, header, data)
    with pytest.raises(ModelError, match=said) as caught:
        inspect(folder)
    assert caught.value.code == "model_damaged" and str(folder) in caught.value.message


def test_bytes_behind_the_last_tensor_and_a_cut_file_are_refused(folder: Path) -> None:
    header, data = split_file(folder)
    write_file(folder, header, data + b"#!/bin/sh")
    assert "9 bytes belong to no tensor" in refused(folder)
    write_file(folder, header, data[: len(data) // 2])
    assert "after the file" in refused(folder)


@given(at=st.integers(0, 4000), byte=st.integers(0, 255))
def test_any_changed_byte_of_a_header_is_harmless_or_our_error(tmp_path_factory: Any, at: int, byte: int) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    raw = bytearray((make_model(folder / "m") / "model.safetensors").read_bytes())
    raw[at] = byte
    path = folder / "changed.safetensors"
    path.write_bytes(raw)
    try:
        assert all(entry.end <= len(raw) for entry in read_weights_header(path).values())
    except ModelError as error:
        assert error.code == "model_damaged"


def test_a_layer_too_few_and_a_layer_too_many_are_named(folder: Path) -> None:
    change_config(folder, num_hidden_layers=3)
    assert "model.layers.2." in refused(folder)
    change_config(folder, num_hidden_layers=1)
    assert "beyond the 1 of config.json" in refused(folder)


@pytest.mark.parametrize("key", BOUNDS)
@pytest.mark.parametrize("value", [0, -1, 10**12, "12", 1.5, True])
def test_a_size_that_is_none_is_refused(folder: Path, key: str, value: Any) -> None:
    change_config(folder, **{key: value})
    assert key in refused(folder)


def test_sizes_of_a_nested_config_and_missing_ones_are_looked_at(folder: Path) -> None:
    change_config(folder, text_config={"vocab_size": 10**12})
    assert "vocab_size" in refused(folder)
    change_config(folder, text_config=None, hidden_size=None)
    assert "hidden_size" in refused(folder)


def test_a_tensor_in_two_files_or_not_where_the_index_looks_is_refused(folder: Path) -> None:
    index = {"weight_map": {f"{GATE}.weight": "model.safetensors", "model.gone": "model.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    assert "model.gone" in refused(folder)
    (folder / "model.safetensors.index.json").write_text("[]")
    assert "index" in refused(folder, "model_incomplete")
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": {"a": "../../outside"}}))
    assert "../../outside" in refused(folder, "model_incomplete")
    (folder / "model.safetensors.index.json").unlink()
    shutil.copyfile(folder / "model.safetensors", folder / "model2.safetensors")
    assert "stands in model.safetensors, too" in refused(folder)


PACKING: dict[str, tuple[Callable[[dict[str, mx.array]], object], str]] = {
    "no scales": (lambda w: w.pop(f"{GATE}.scales"), "gate_proj"),
    "no offsets": (lambda w: w.pop(f"{GATE}.biases"), "gate_proj.biases"),
    "too few scales": (lambda w: w.update({f"{GATE}.scales": w[f"{GATE}.scales"][:5]}), "gate_proj"),
    "halved words": (lambda w: w.update({f"{GATE}.weight": w[f"{GATE}.weight"][:, ::2] + 0}), "gate_proj"),
    "floats": (lambda w: w.update({f"{GATE}.weight": w[f"{GATE}.weight"].astype(mx.float32)}), "packed as F32"),
}


@pytest.mark.parametrize(("lie", "said"), PACKING.values(), ids=PACKING)
def test_packing_that_does_not_fit_the_config_is_refused(
    folder: Path, lie: Callable[[dict[str, mx.array]], object], said: str
) -> None:
    weights = quantise(folder)
    change_config(folder, quantization={"group_size": 32, "bits": 4, GATE: {"group_size": 32, "bits": 4}})
    assert inspect(folder)
    lie(weights)
    mx.save_safetensors(str(folder / "model.safetensors"), weights)
    assert said in refused(folder)


def test_a_config_that_names_other_bits_or_none_is_refused(folder: Path) -> None:
    quantise(folder)
    change_config(folder, quantization={"group_size": 32, "bits": 4, GATE: {"group_size": 32, "bits": 8}})
    assert "4 bits a weight in groups of 32, where 8 in 32" in refused(folder)
    change_config(folder, quantization={})
    assert "no quantisation" in refused(folder, "model_damaged")
    change_config(folder, quantization=[4])
    assert "quantization is [4]" in refused(folder)


def test_weights_that_another_tool_packed_are_left_to_mlx_lm(folder: Path) -> None:
    change_config(folder, quantization_config={"quant_method": "awq"}, num_hidden_layers=3)
    assert inspect(folder)


def test_a_link_out_of_the_folder_is_refused_and_one_within_is_not(folder: Path, tmp_path: Path) -> None:
    (folder / "model.safetensors").rename(folder / "weights")
    (folder / "model.safetensors").symlink_to("weights")
    assert inspect(folder)
    (folder / "weights").rename(tmp_path / "outside")
    (folder / "model.safetensors").unlink()
    (folder / "model.safetensors").symlink_to(tmp_path / "outside")
    assert str(tmp_path / "outside") in refused(folder, "model_link")


def test_the_hubs_cache_may_link_into_its_own_repository_only(folder: Path, tmp_path: Path) -> None:
    repo = tmp_path / "hub" / "models--someone--tiny"
    snapshot = repo / "snapshots" / ("c" * 40)
    snapshot.mkdir(parents=True)
    shutil.copytree(folder, repo / "blobs")
    for path in (repo / "blobs").iterdir():
        (snapshot / path.name).symlink_to(os.path.relpath(path, snapshot))
    assert inspect(snapshot)
    (tmp_path / "linked").symlink_to(snapshot)
    assert inspect(tmp_path / "linked"), "a link to the whole folder is the user's own choice"
    (repo / "blobs" / "config.json").rename(tmp_path / "hub" / "config.json")
    (snapshot / "config.json").unlink()
    (snapshot / "config.json").symlink_to("../../../config.json")
    assert "config.json" in refused(snapshot, "model_link")
