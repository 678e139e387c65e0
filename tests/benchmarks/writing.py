"""Reading a prompt and writing after it: our way against logits of every token, and a second prompt with the same frame.

    python tests/benchmarks/writing.py [--tokens 600]

A small base of random weights with Qwen's vocabulary; turns alternate. Figures to build/bench/writing.json.
"""

# ruff: noqa: E402  (OpenBLAS is loaded before anything imports mlx)

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from stylelab.basemodels import blas
from stylelab.jobs.core.environment import environment

os.environ.update(environment())
blas.preload()

import mlx.core as mx
import numpy as np
from mlx_lm.models.cache import make_prompt_cache
from training_cases import QWEN_VOCABULARY, make_base

from stylelab.files import write_json
from stylelab.writing.prompt_cache import PromptCache

ROUNDS = 5


def measure(work: Callable[[], mx.array]) -> tuple[float, int]:
    """Return seconds, and the peak in bytes beyond what was there."""
    mx.clear_cache()
    before = mx.get_active_memory()
    mx.reset_peak_memory()
    began = time.perf_counter()
    mx.eval(work())
    return time.perf_counter() - began, mx.get_peak_memory() - before


def main() -> None:
    """Measure and leave the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tokens", type=int, default=600)
    parser.add_argument("--out", type=Path, default=Path("build/bench/writing.json"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = make_base(Path(folder), QWEN_VOCABULARY, None)
    base.model.eval()
    tokens: list[int] = np.random.default_rng(0).integers(1, 4000, given.tokens).tolist()
    other = tokens[: given.tokens // 2] + [n + 1 for n in tokens[given.tokens // 2 :]]

    def read_all() -> mx.array:
        return base.model(mx.array([tokens]), cache=make_prompt_cache(base.model))[0, -1]

    def read_again() -> mx.array:
        prompts = PromptCache()
        cache, logits = prompts.read(base.model, None, tokens)
        mx.eval(logits)
        prompts.keep(None, tokens, cache)
        began.append(time.perf_counter())
        return prompts.read(base.model, None, other)[1]

    began: list[float] = []
    ways: dict[str, Callable[[], mx.array]] = {
        "logits of every token": read_all,
        "ours": lambda: PromptCache().read(base.model, None, tokens)[1],
    }
    turns: dict[str, list[tuple[float, int]]] = {name: [] for name in ways}
    second: list[float] = []
    for _ in range(ROUNDS):
        for name, work in ways.items():
            turns[name].append(measure(work))
        mx.eval(read_again())
        second.append(time.perf_counter() - began[-1])
    found: dict[str, Any] = {
        name: {
            "seconds": round(statistics.median(s for s, _ in own), 3),
            "peak_mb": round(max(p for _, p in own) / 1e6, 1),
        }
        for name, own in turns.items()
    }
    found["a second prompt that shares half, seconds"] = round(statistics.median(second), 3)
    for name, value in found.items():
        print(f"{name}: {value}")
    write_json(given.out, {"tokens": given.tokens, "vocabulary": QWEN_VOCABULARY, **found})


if __name__ == "__main__":
    main()
