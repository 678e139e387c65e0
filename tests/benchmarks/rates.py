"""Learning rates on a base, on the sample author's pairs: the validation loss as training goes, one seed each.

    python tests/benchmarks/rates.py [--base MODEL] [--rates 2e-4 4e-4 8e-4] [--updates 40] [--pairs 212]

A real base takes some minutes a rate. Figures to build/bench/rates.json.
"""

# ruff: noqa: E402  (OpenBLAS is loaded before anything imports mlx)

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from stylelab.basemodels import blas
from stylelab.jobs.core.environment import environment

os.environ.update(environment())
blas.preload()

import mlx.core as mx
import numpy as np
from training_cases import measure_mean_loss, take_step, workload

from stylelab.adapters import lora
from stylelab.basemodels.identity import resolve
from stylelab.basemodels.load import load
from stylelab.batches.bucket import iterate_batches
from stylelab.batches.tokenise import Example, tokenise
from stylelab.files import write_json
from stylelab.training.gradient_accumulation import GradientEngine
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.optimizer import build_optimizer
from stylelab.training.plan import Plan

HELD_OUT = 12
TOGETHER = 4  # pairs of an update


def train(folder: Path, pairs: Sequence[Example], held: Sequence[Example], rate: float, updates: int) -> list[float]:
    """Return the validation loss before training and after each quarter of the updates, nats a token."""
    base = load(folder)
    plan = Plan.parse(
        {"learning_rate": rate, "iters": updates * TOGETHER, "grad_accumulation_steps": TOGETHER, "warmup": 5,
         "lr_schedule": "cosine"}, "the benchmark",
    )  # fmt: skip
    lora.attach(base.model, plan.lora_parameters(base.config), plan.seed)
    engine, optimizer = GradientEngine(base, MemoryPlan(1, 0, plan.rank, 2048), plan.seed), build_optimizer(plan)
    order = iterate_batches(pairs, 1, plan.seed, 0)
    curve = [measure_mean_loss(engine, held)]
    for update in range(updates):
        take_step(engine, optimizer, plan, [e for _ in range(TOGETHER) for e in next(order)], update)
        if (update + 1) % (updates // 4) == 0:
            curve.append(measure_mean_loss(engine, held))
    return curve


def main() -> None:
    """Measure and leave the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", default="bundled")
    parser.add_argument("--rates", type=float, nargs="+", default=[1e-4, 2e-4, 4e-4, 8e-4])
    parser.add_argument("--updates", type=int, default=40)
    parser.add_argument("--pairs", type=int, default=212)
    parser.add_argument("--out", type=Path, default=Path("build/bench/rates.json"))
    given = parser.parse_args()
    folder = resolve(given.base)
    with tempfile.TemporaryDirectory() as scratch:
        rows = [row for row in workload(Path(scratch)) if row[0].startswith("tidewright")]
    every = tokenise(rows, load(folder), 2048).examples
    drawn = [every[i] for i in np.random.default_rng(0).permutation(len(every))]
    held, pairs = drawn[:HELD_OUT], drawn[HELD_OUT : HELD_OUT + given.pairs]
    curves: dict[str, list[float]] = {}
    for rate in given.rates:
        curves[f"{rate:g}"] = train(folder, pairs, held, rate, given.updates)
        print(f"{rate:g}: {curves[f'{rate:g}']}", flush=True)
        mx.clear_cache()
    write_json(given.out, {"base": given.base, "pairs": len(pairs), "updates": given.updates, "curves": curves})
    print(f"Figures in {given.out}.")


if __name__ == "__main__":
    main()
