"""A model folder from elsewhere comes into the library whole or not at all, and what is no part of a model stays behind."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from stylelab.basemodels import add
from stylelab.basemodels.identity import identify
from stylelab.basemodels.library import list_models, read_origin
from stylelab.errors import FileError, ModelError
from stylelab.files import sha256_file


@pytest.fixture
def folder(tiny_model: Path, tmp_path: Path) -> Path:
    """A model's folder with more in it than a model."""
    folder = tmp_path / "elsewhere" / "mine"
    shutil.copytree(tiny_model, folder)
    (folder / "run_me.py").write_text("raise SystemExit")
    (folder / "pytorch_model.bin").write_bytes(b"pickled")
    return folder


@pytest.mark.parametrize("linked", [True, False])
def test_a_folder_is_added_and_stays_when_its_own_place_goes_away(
    linked: bool, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not linked:
        monkeypatch.setattr(add, "link_file", lambda path, to: False)
    told: list[tuple[int, int]] = []
    before = identify(folder)
    target = tmp_path / "library" / "mine"
    add.add_folder(folder, target, lambda done, total: told.append((done, total)))
    assert os.path.samefile(folder / "model.safetensors", target / "model.safetensors") == linked
    shutil.rmtree(folder)
    assert identify(target) == before
    assert not list(target.glob("*.py")) and not list(target.glob("*.bin"))
    origin = read_origin(target)
    assert origin is not None and origin.source == "folder"
    assert origin.files == {p.name: sha256_file(p) for p in target.iterdir() if p.name != "origin.json"}
    assert told[0][0] == 0 and told[-1][0] == told[-1][1] == sum(
        map(os.path.getsize, target.iterdir())
    ) - os.path.getsize(target / "origin.json")


def test_a_linked_blob_of_the_hubs_cache_is_added_as_a_file(folder: Path, tmp_path: Path) -> None:
    snapshot = tmp_path / "models--someone--mine" / "snapshots" / "c0ffee"
    snapshot.parent.mkdir(parents=True)
    folder.rename(snapshot)
    blob = snapshot.parent.parent / "blob"
    (snapshot / "model.safetensors").rename(blob)
    (snapshot / "model.safetensors").symlink_to("../../blob")
    target = tmp_path / "library" / "mine"
    add.add_folder(snapshot, target, lambda done, total: None)
    added = target / "model.safetensors"
    assert not added.is_symlink() and sha256_file(added) == sha256_file(blob)


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "model.safetensors").rename(tmp_path / "outside")
    (folder / "model.safetensors").symlink_to(tmp_path / "outside")
    with pytest.raises(ModelError) as caught:
        add.add_folder(folder, tmp_path / "library" / "mine", lambda done, total: None)
    assert caught.value.code == "model_link" and not (tmp_path / "library").exists()


def test_nothing_is_left_of_what_was_stopped_or_did_not_fit(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "library"

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add.add_folder(folder, library / "mine", stop)
    monkeypatch.setattr(add, "link_file", lambda path, to: False)
    monkeypatch.setattr("stylelab.basemodels.library.SPARE_BYTES", 2**62)
    with pytest.raises(FileError, match="are free"):
        add.add_folder(folder, library / "mine", lambda done, total: None)
    assert list_models(library) == [] and list(library.iterdir()) == []


def test_what_is_no_model_or_has_a_taken_name_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "library" / "mine").mkdir(parents=True)
    with pytest.raises(ModelError, match="another base model called mine"):
        add.add_folder(folder, tmp_path / "library" / "mine", lambda done, total: None)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match="tokenizer"):
        add.add_folder(folder, tmp_path / "library" / "other", lambda done, total: None)
