"""Fixtures for every room. OpenBLAS is loaded before anything imports mlx, as the worker does."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from stylelab.basemodels import blas

blas.preload()
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Time limits per example fail on a busy machine and say nothing about the code; one machine's luck is not another's.
settings.register_profile("stylelab", deadline=None, max_examples=60, derandomize=bool(os.environ.get("CI")))
settings.load_profile("stylelab")

from projects import run_here  # noqa: E402

from models import make_model  # noqa: E402
from stylelab.jobs.core import client  # noqa: E402


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder with random weights: two blocks, 257 tokens."""
    return make_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what tests remember out of the user's cache, and the user's base models out of tests; workers inherit it."""
    os.environ["STYLELAB_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    os.environ["STYLELAB_MODELS"] = str(tmp_path_factory.mktemp("library"))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections out of this machine: StyleLab's tests run without a network."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1"):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)


@pytest.fixture
def jobs_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the commands' jobs in the tests' own process: for what a command says, where no child is needed."""
    monkeypatch.setattr(client, "run", run_here)
