"""Model folders: whole, safe and known by their bytes, or refused with what to do."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from stylelab.basemodels import blas
from stylelab.basemodels.identity import identify, inspect, locate_bundled_base, resolve
from stylelab.basemodels.load import load
from stylelab.errors import ModelError


@pytest.fixture
def folder(tiny_model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_model, tmp_path / "model"))


def refused(folder: Path) -> ModelError:
    with pytest.raises(ModelError) as caught:
        inspect(folder)
    assert caught.value.remedy
    return caught.value


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "none").code == "model_missing"


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert refused(folder).code == "model_incomplete"


def test_pickled_weights_are_refused(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    assert "pickled" in refused(folder).message


def test_a_missing_shard_is_named(folder: Path) -> None:
    index = {"weight_map": {"a": "model.safetensors", "b": "model-00002.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    assert "model-00002.safetensors" in refused(folder).message


@pytest.mark.parametrize("key", ["auto_map", "model_file"])
def test_code_in_a_model_folder_is_refused(folder: Path, key: str) -> None:
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, key: "evil.py"}))
    assert refused(folder).code == "model_code"


def test_an_unknown_kind_and_damaged_weights_are_our_errors(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "model_type": "nobody_knows"}))
    with pytest.raises(ModelError, match="nobody_knows"):
        load(folder)
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "model.safetensors").write_bytes(b"half")
    with pytest.raises(ModelError) as caught:
        load(folder)
    assert caught.value.code == "model_damaged"


def test_a_model_is_known_by_its_bytes_not_its_name(folder: Path, tiny_model: Path) -> None:
    ours, other = identify(folder), identify(tiny_model)
    assert (ours.weights_sha256, ours.tokenizer_sha256) == (other.weights_sha256, other.tokenizer_sha256)
    data = bytearray((folder / "model.safetensors").read_bytes())
    data[-1] ^= 1
    (folder / "model.safetensors").write_bytes(bytes(data))
    assert identify(folder).weights_sha256 != other.weights_sha256


def test_the_bundled_base_is_whole_small_and_ends_its_texts() -> None:
    folder = locate_bundled_base()
    assert sum(p.stat().st_size for p in folder.iterdir()) <= 16_000_000
    base = load(folder)
    text = "The tide — “naïve” — rose.\n\nIt fell."
    assert base.decode(base.encode_prompt(text)) == text
    assert base.end_token in base.end_tokens
    assert base.head_form is not None


def test_a_base_entry_means_the_bundled_one_or_a_folder(tmp_path: Path) -> None:
    assert resolve("bundled") == locate_bundled_base()
    assert resolve("models/x", tmp_path) == tmp_path / "models/x"
    assert resolve(str(tmp_path), Path("elsewhere")) == tmp_path


def test_a_base_entry_may_be_a_name_in_the_library_and_a_project_s_own_folder_is_meant_first(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STYLELAB_MODELS", str(tmp_path / "models"))
    project = tmp_path / "project"
    assert resolve("tiny", project) == tmp_path / "models" / "tiny", "where it would be is said where it is missing"
    assert resolve("./tiny", project) == project / "tiny"
    shutil.copytree(tiny_model, project / "tiny")
    assert resolve("tiny", project) == project / "tiny"


def test_openblas_is_for_linux_only() -> None:
    assert blas.preload("darwin") is False
