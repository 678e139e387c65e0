"""Fixtures for every room. OpenBLAS is loaded before anything imports mlx, as the worker does."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from stylelab.basemodels import blas

blas.preload()
os.environ["HF_HUB_OFFLINE"] = "1"
sys.path.insert(0, str(Path(__file__).parent))

from models import make_model  # noqa: E402


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder with random weights: two blocks, 257 tokens."""
    return make_model(tmp_path_factory.mktemp("models") / "tiny")
