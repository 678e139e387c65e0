"""Updates of pairs whose prompts begin alike, against pairs drawn at random: tokens saved, and what becomes of the loss.

    python tests/benchmarks/prompt_groups.py [--base MODEL] [--updates 60] [--seeds 3]

Each pair comes once an epoch in both; groups of four pairs are made anew every epoch from pairs that share their frame, in an
order drawn at random, and the groups come in an order drawn at random. Figures to build/bench/prompt_groups.json.
"""

# ruff: noqa: E402  (OpenBLAS is loaded before anything imports mlx)

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from stylelab.basemodels import blas
from stylelab.jobs.core.environment import environment

os.environ.update(environment())
blas.preload()

import mlx.core as mx
import numpy as np
from training_cases import measure_mean_loss, take_step, workload

from stylelab.adapters import lora
from stylelab.adapters.parameters import LoraParameters
from stylelab.basemodels.identity import resolve
from stylelab.basemodels.load import load
from stylelab.batches.pack import pack
from stylelab.batches.tokenise import Example, tokenise
from stylelab.files import write_json
from stylelab.training.gradient_accumulation import GradientEngine
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.optimizer import build_optimizer
from stylelab.training.plan import KEYS, Plan

GROUP = 4  # pairs of an update
HELD_OUT = 24


def draw_epoch(examples: Sequence[Example], rng: np.random.Generator, *, grouped: bool) -> list[list[int]]:
    """Return an epoch's updates as indices: every example once."""
    order: list[int] = rng.permutation(len(examples)).tolist()
    if grouped:  # a stable sort by frame: who stands beside whom within a frame is drawn anew every epoch
        order.sort(key=lambda i: examples[i].tokens[: examples[i].prompt_length // 4].tolist())
    groups = [order[i : i + GROUP] for i in range(0, len(order), GROUP)]
    return [groups[i] for i in rng.permutation(len(groups))]


def draw_updates(examples: Sequence[Example], seed: int, *, grouped: bool) -> Iterator[list[Example]]:
    """Yield updates for ever."""
    rng = np.random.default_rng(seed)
    while True:
        for group in draw_epoch(examples, rng, grouped=grouped):
            yield [examples[i] for i in group]


def train(folder: Path, pairs: Sequence[Example], seed: int, updates: int, *, grouped: bool) -> dict[str, Any]:
    """Return the losses of a short run."""
    base = load(folder)
    plan = Plan.parse(
        {"iters": updates * GROUP, "grad_accumulation_steps": GROUP, "learning_rate": 4e-4}, "the benchmark"
    )
    held = pairs[:HELD_OUT]
    lora.attach(base.model, LoraParameters(64, 2.0, 0.1, KEYS, -1), seed)
    engine, optimizer = GradientEngine(base, MemoryPlan(4096, 0, 64, 2048), seed), build_optimizer(plan)
    order = draw_updates(pairs[HELD_OUT:], seed, grouped=grouped)
    computed = real = 0
    curve: list[float] = []
    norms: list[float] = []
    for update in range(updates):
        sums, norm = take_step(engine, optimizer, plan, next(order), update)
        computed, real = computed + sums.tokens, real + sums.real_tokens
        norms.append(norm)
        if (update + 1) % (updates // 4) == 0:
            curve.append(measure_mean_loss(engine, held))
    return {
        "grouped": grouped,
        "seed": seed,
        "curve": curve,
        "shared": round(1 - computed / real, 4),
        "norm": float(np.mean(norms)),
    }


def main() -> None:
    """Measure and leave the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", default="bundled")
    parser.add_argument("--updates", type=int, default=60)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path("build/bench/prompt_groups.json"))
    given = parser.parse_args()
    folder = resolve(given.base)
    with tempfile.TemporaryDirectory() as scratch:
        rows = workload(Path(scratch))
    every = tokenise(rows, load(folder), 10**6).examples
    pairs = [every[i] for i in np.random.default_rng(0).permutation(len(every))]
    shares: dict[str, float] = {}
    for grouped in (False, True):
        rng = np.random.default_rng(1)
        updates = [u for _ in range(3) for u in draw_epoch(pairs, rng, grouped=grouped)]
        packed = sum(pack([pairs[i] for i in u]).tokens for u in updates)
        whole = sum(len(pairs[i].tokens) - 1 for u in updates for i in u)
        shares["grouped" if grouped else "at random"] = round(1 - packed / whole, 4)
    print(f"tokens saved over three epochs of {len(pairs)} pairs: {shares}", flush=True)
    runs: list[dict[str, Any]] = []
    for seed in range(given.seeds):
        for grouped in (False, True):
            runs.append(train(folder, pairs, seed, given.updates, grouped=grouped))
            print(runs[-1], flush=True)
            mx.clear_cache()
    write_json(given.out, {"base": given.base, "pairs": len(pairs), "shares": shares, "runs": runs})
    print(f"Figures in {given.out}.")


if __name__ == "__main__":
    main()
