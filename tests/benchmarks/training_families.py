"""What padded batches cost: one update of the same pairs, packed and padded, turn by turn, on models that can be either.

Figures to build/bench/training_families.json. Shapes are the bundled base's, weights are random, dropout is the plan's; without
dropout both ways must come to the same loss.
"""

# ruff: noqa: E402  (OpenBLAS is loaded before anything imports mlx)

from __future__ import annotations

import argparse
import importlib
import os
import statistics
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from stylelab.basemodels import blas
from stylelab.jobs.core.environment import environment

os.environ.update(environment())
blas.preload()

import mlx.core as mx
import numpy as np

from stylelab.adapters import lora
from stylelab.basemodels.load import Base, load_without_weights
from stylelab.batches.tokenise import Example
from stylelab.files import write_json
from stylelab.notes import Note
from stylelab.paths import locate_bundled
from stylelab.training import gradient_accumulation
from stylelab.training.gradient_accumulation import GradientEngine
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.plan import Plan

GEMMA = {"head_dim": 64, "sliding_window": 256, "sliding_window_pattern": 2, "query_pre_attn_scalar": 64}
MODELS: dict[str, dict[str, Any]] = {"qwen2": {}, "gemma3_text": GEMMA}
TOGETHER = {"one pair at a time": 1, "all pairs together": 4096}
find_packing_obstacle = gradient_accumulation.find_packing_obstacle


def main() -> None:
    """Measure every model and leave the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/bench/training_families.json"))
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    rows = [compare(kind, name, given.rounds) for kind in MODELS for name in TOGETHER]
    write_json(given.out, {"device": str(mx.default_device()), "rows": rows})


def compare(kind: str, name: str, rounds: int) -> dict[str, Any]:
    """Return how much longer an update takes in padded batches than packed, by the clock and by processor time."""
    base = build_base(kind)
    pairs = make_pairs()
    clock: list[float] = []
    processor: list[float] = []
    losses: dict[bool, float] = {}
    dropout = Plan().dropout
    for turn in range(rounds + 1):
        spent: dict[bool, tuple[float, float]] = {}
        for _, layer in lora.find_lora_layers(base.model):
            layer.dropout_share = dropout if turn else 0.0  # the first warms up, and compares
        for padded in (True, False) if turn % 2 else (False, True):
            gradient_accumulation.find_packing_obstacle = lambda base, padded=padded: Note("a test") if padded else None
            engine = GradientEngine(base, MemoryPlan(TOGETHER[name], 0, 64, 2048), 1)
            began, worked = time.perf_counter(), time.process_time()
            loss_nats = engine.accumulate(pairs, 0).loss_nats
            losses.setdefault(padded, loss_nats)
            spent[padded] = (time.perf_counter() - began, time.process_time() - worked)
        if turn:
            clock.append(spent[True][0] / spent[False][0])
            processor.append(spent[True][1] / spent[False][1])
    assert abs(losses[True] / losses[False] - 1) < 1e-4, losses
    row = {
        "model": kind,
        "how": name,
        "rounds": rounds,
        "clock": [round(statistics.median(clock), 3), round(min(clock), 3), round(max(clock), 3)],
        "processor": [round(statistics.median(processor), 3), round(min(processor), 3), round(max(processor), 3)],
    }
    print(row, flush=True)
    return row


def build_base(kind: str) -> Base:
    """Return a model of a kind in the bundled base's shape, adapted as a plan does."""
    words = load_without_weights(locate_bundled("models") / "stylelab-base")
    config = {**words.files.config, "model_type": kind, **MODELS[kind]}
    module = importlib.import_module(f"mlx_lm.models.{kind}")
    mx.random.seed(0)
    model = module.Model(module.ModelArgs.from_dict(config))
    if kind == "gemma3_text":
        model.sanitize({})  # the embedding is the head
    model.freeze()
    base = Base(model, words.encoding, replace(words.files, config=config), config)
    lora.attach(model, Plan().lora_parameters(config), 1)
    mx.eval(model.parameters())
    return base


def make_pairs() -> list[Example]:
    """Return four pairs of unlike lengths, nothing shared."""
    rng = np.random.default_rng(0)
    return [Example(str(n), rng.integers(1, 4096, n).astype(np.int32), int(n * 0.43)) for n in (640, 480, 400, 280)]


if __name__ == "__main__":
    main()
