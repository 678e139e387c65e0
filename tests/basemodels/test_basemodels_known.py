"""Hashes of large files are taken once while the file stays the same, and again whenever it may have changed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from stylelab import paths
from stylelab.basemodels import hash_cache
from stylelab.files import sha256_file


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """The files that were read through, with a cache of the test's own and no lower limit of size."""
    read: list[Path] = []

    def counted(path: Path) -> str:
        read.append(path)
        return sha256_file(path)

    monkeypatch.setenv("STYLELAB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(hash_cache, "FROM_BYTES", 0)
    monkeypatch.setattr(hash_cache, "sha256_file", counted)
    return read


def make_settled(path: Path, content: bytes, seconds_ago: float = 60) -> Path:
    """Write a file that looks as if it had stood for a while."""
    path.write_bytes(content)
    then = path.stat().st_mtime - seconds_ago
    os.utime(path, (then, then))
    return path


def test_a_file_that_stays_is_read_once(hashed: list[Path], tmp_path: Path) -> None:
    path = make_settled(tmp_path / "m.safetensors", b"weights")
    assert {hash_cache.hash_with_cache(path) for _ in range(3)} == {sha256_file(path)}
    assert hashed == [path]
    linked = tmp_path / "link"
    linked.symlink_to(path)
    assert hash_cache.hash_with_cache(linked) == sha256_file(path) and len(hashed) == 1


def test_a_file_that_changed_in_size_time_or_inode_is_read_again(hashed: list[Path], tmp_path: Path) -> None:
    path = make_settled(tmp_path / "m.safetensors", b"weights")
    hash_cache.hash_with_cache(path)
    make_settled(path, b"other weights", 60)
    assert hash_cache.hash_with_cache(path) == sha256_file(path)
    make_settled(path, b"third weights", 50)  # the size is the same, the time is not
    assert hash_cache.hash_with_cache(path) == sha256_file(path)
    times = path.stat().st_mtime_ns
    other = make_settled(tmp_path / "new", b"fourth weight", 0)
    os.utime(other, ns=(times, times))
    other.replace(path)  # size and time are the same, the file is not
    assert hash_cache.hash_with_cache(path) == sha256_file(path)
    assert len(hashed) == 4


def test_a_file_that_just_changed_is_never_remembered(hashed: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "m.safetensors"
    path.write_bytes(b"weights")
    hash_cache.hash_with_cache(path)
    hash_cache.hash_with_cache(path)
    assert len(hashed) == 2


@pytest.mark.parametrize("damage", ["no json", "[1, 2]", '{"PATH": [7]}', '{"PATH": "text"}'])
def test_a_damaged_cache_costs_time_and_nothing_else(damage: str, hashed: list[Path], tmp_path: Path) -> None:
    path = make_settled(tmp_path / "m.safetensors", b"weights")
    hash_cache.hash_with_cache(path)
    (tmp_path / "cache" / hash_cache.NAME).write_text(damage.replace("PATH", str(path)))
    assert hash_cache.hash_with_cache(path) == sha256_file(path) and len(hashed) == 2


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(hashed: list[Path], tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    path = make_settled(tmp_path / "m.safetensors", b"weights")
    assert hash_cache.hash_with_cache(path) == sha256_file(path) == hash_cache.hash_with_cache(path)


def test_the_oldest_are_forgotten(hashed: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hash_cache, "MOST", 2)
    for name in "abc":
        hash_cache.hash_with_cache(make_settled(tmp_path / name, name.encode()))
    kept = json.loads((tmp_path / "cache" / hash_cache.NAME).read_text())
    assert [Path(path).name for path in kept] == ["b", "c"]


def test_the_cache_is_where_the_system_keeps_such_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STYLELAB_CACHE")
    monkeypatch.setattr(paths.sys, "platform", "darwin")
    assert paths.locate_cache() == Path.home() / "Library" / "Caches" / "StyleLab"
    monkeypatch.setattr(paths.sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "elsewhere")
    assert paths.locate_cache() == Path("elsewhere") / "stylelab"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert paths.locate_cache() == Path.home() / ".cache" / "stylelab"
