"""Our training against stock mlx_lm.lora's own code, turn by turn on the same pairs; figures to build/bench/training.json.

Both sides: the same model, pairs, masks, rank 64 on seven layers, dropout 0.1, batch 1 x accumulation 4, gradient
checkpointing allowed. Ours may use no more memory than stock took (`equal`), or what the preset for 32 GB gives it (`preset`);
where both come to the same way of computing, one measurement stands for both. Run alone: `python tests/benchmarks/training.py`.
"""

# ruff: noqa: E402  (OpenBLAS is loaded before anything imports mlx)

from __future__ import annotations

import argparse
import gc
import os
import statistics
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # both sides alike, whatever else the machine does

from stylelab.basemodels import blas
from stylelab.jobs.core.environment import environment

os.environ.update(environment())
BLAS = blas.preload()

import mlx.core as mx
import numpy as np
from training_cases import QWEN_VOCABULARY, Ours, Stock, Turn, arrays, examples, make_base, make_half_b, workload
from training_counts import count_multiplications

from stylelab.adapters import lora
from stylelab.basemodels.identity import resolve
from stylelab.basemodels.load import Base, load
from stylelab.batches.tokenise import Example, tokenise
from stylelab.files import write_json
from stylelab.kernels.speed import measure_multiplications
from stylelab.project.trial import REAL_BASE
from stylelab.training.memory_choice import estimate_update, generate_candidates
from stylelab.training.memory_estimate import read_shape
from stylelab.training.memory_limit import GB
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.plan import Plan
from stylelab.training.presets import preset


@dataclass(frozen=True)
class Spread:
    """A ratio's smallest, middle and largest value over the rounds."""

    min: float
    median: float
    max: float

    @classmethod
    def of(cls, values: list[float]) -> Spread:
        return cls(*(round(v, 3) for v in (min(values), statistics.median(values), max(values))))


@dataclass(frozen=True)
class Ratios:
    """One turn of both: stock's time over ours, by the clock and by the processor; our peak beyond the weights over stock's.

    The processor's is the one to read on a busy machine; on a GPU it says nothing.
    """

    speed: float
    cpu: float
    peak: float

    @classmethod
    def of(cls, theirs: Turn, own: Turn) -> Ratios:
        speed, cpu = theirs.seconds / own.seconds, theirs.cpu_seconds / own.cpu_seconds
        return cls(speed, cpu, own.peak_bytes / theirs.peak_bytes)


@dataclass(frozen=True)
class Case:
    """What is measured.

    Args:
        vocabulary: Of the model; None for the bundled base with its 4,096 tokens.
        longest: Only pairs of at most so many tokens: MLX's CPU backend multiplies 4-bit and bfloat16 weights so slowly that
            stock's turn with longer ones would take the whole benchmark's time.
        validated: Pairs of a validation pass.
        base: A real base's folder or name in the library, trained on the samples' pairs as they are; or `HALF_B`.
        pairs: Pairs of an update.
        unchecked: Whether stock without checkpointing, which a user with memory to spare chooses, takes turns too.
    """

    name: str
    vocabulary: int | None
    bits: int | None
    rounds: int
    longest: int = 900
    validated: int = 12
    base: str = ""
    pairs: int = 4
    unchecked: bool = False


HALF_B = "a base of Qwen2.5-0.5B's shape"
CASES = (
    Case("SmolLM2-135M, float32", None, None, 4, validated=24, base=REAL_BASE, unchecked=True),
    Case("SmolLM2-135M, 4-bit", None, 4, 2, longest=345, validated=1, base=REAL_BASE, pairs=1),
    Case("Qwen2.5-0.5B's shape, bfloat16", None, None, 2, longest=160, validated=1, base=HALF_B, pairs=1),
    Case("toy: small vocabulary, float32", None, None, 7),
    Case("toy: Qwen vocabulary, float32", QWEN_VOCABULARY, None, 4, validated=4),
    Case("toy: small vocabulary, 4-bit", None, 4, 3, longest=400, validated=4),
    Case("toy: Qwen vocabulary, 4-bit", QWEN_VOCABULARY, 4, 2, longest=180, validated=2),
)


def main() -> None:
    """Measure every case and leave the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/bench/training.json"))
    parser.add_argument("--rounds", type=int, default=0, help="rounds per case; 0 for each case's own")
    parser.add_argument("--only", default="", help="cases whose name contains this")
    given = parser.parse_args()
    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        rows = workload(Path(folder))
        for case in CASES:
            if case.base not in ("", HALF_B) and not resolve(case.base).is_dir():
                print(f"{case.name}: not there. Fetch it: stylelab models pull {case.base}")
            elif given.only in case.name:
                found.append(measure(case, Path(folder), rows, given.rounds or case.rounds))
                show(found[-1])
                gc.collect()
                mx.clear_cache()
    device = str(mx.default_device())
    write_json(given.out, {"device": device, "openblas": BLAS, "cases": found})
    print(f"Figures in {given.out}.")


def measure(case: Case, folder: Path, rows: list[tuple[str, str, str]], rounds: int) -> dict[str, Any]:
    """Return one case's figures."""
    base = build_base(case, folder)
    real = case.base not in ("", HALF_B)
    every = tokenise(rows, base, 10**6).examples if real else examples(base, rows, int(base.config["vocab_size"]))
    pairs = [e for e in every if len(e.tokens) <= case.longest]
    order = np.random.default_rng(1).permutation(len(pairs))
    chosen = [[pairs[i] for i in order[case.pairs * r : case.pairs * (r + 1)]] for r in range(rounds)]
    agreed = agreement(case, folder, min(pairs, key=lambda e: len(e.tokens)))
    stock = {"stock": Stock(base)}
    limit = stock["stock"].update([max(pairs, key=lambda e: len(e.tokens))]).peak_bytes + stock["stock"].weight_bytes
    if case.unchecked:
        stock["stock_unchecked"] = Stock(build_base(case, folder), checkpoint=False)
    fits = {
        "equal": fitting(case, folder, pairs, limit),
        "preset": fitting(case, folder, pairs, None),
    }
    sides = {fit: Ours(build_base(case, folder), fit) for fit in dict.fromkeys(fits.values())}  # equal ones once
    for side in sides.values():
        side.update(chosen[0])
    turns: dict[tuple[str, MemoryPlan], list[Ratios]] = {(name, fit): [] for name in stock for fit in sides}
    rates: list[float] = []
    for some in chosen:
        theirs = {name: side.update(some) for name, side in stock.items()}
        speed = measure_multiplications()
        for fit, side in sides.items():
            own = side.update(some)
            for name in stock:
                turns[name, fit].append(Ratios.of(theirs[name], own))
            rates.append(count_update(base, some, fit) / own.seconds / speed)
    first = sides[fits["equal"]]
    valid = validation(stock["stock"], first, [pairs[i] for i in order[-case.validated :]], min(rounds, 3))
    out: dict[str, Any] = {
        "name": case.name,
        "rounds": rounds,
        "pairs_per_update": case.pairs,
        "longest_pair": max(len(e.tokens) for e in pairs),
        "mean_tokens": round(float(np.mean([len(e.tokens) for e in pairs])), 1),
        "prompt_share": round(sum(e.prompt_length for e in pairs) / sum(len(e.tokens) for e in pairs), 3),
        "share_of_matrix_speed": asdict(Spread.of(rates)),
        **agreed,
        **valid,
    }
    out["ignored_token_share"] = round(max(0, first.computed - first.real) / first.computed, 4)
    out["shared_token_share"] = round(1 - first.computed / first.real, 4)
    out["ignored_token_share_stock"] = round(1 - stock["stock"].real / stock["stock"].padded, 4)
    for (name, fit), own in turns.items():
        for way in [way for way, chosen_fit in fits.items() if chosen_fit == fit]:
            out[f"{name}_{way}"] = {
                "fit": asdict(fit),
                "speed": asdict(Spread.of([turn.speed for turn in own])),
                "processor": asdict(Spread.of([turn.cpu for turn in own])),
                "peak": round(max(turn.peak for turn in own), 3),
            }
    return out


def count_update(base: Base, pairs: list[Example], fit: MemoryPlan) -> float:
    """Return the multiplications of our update."""
    shape = read_shape(base.config)
    return sum(
        count_multiplications(shape, 64, len(e.tokens) - 1, e.targets, recomputed=fit.recomputed).total for e in pairs
    )


def build_base(case: Case, folder: Path) -> Base:
    """Return a case's base: a real one in float32 or packed as stored, or one made for the benchmark."""
    if case.base == HALF_B:
        return make_half_b(folder)
    if not case.base:
        return make_base(folder, case.vocabulary, case.bits)
    base = load(resolve(case.base), as_stored=bool(case.bits))
    base.model.set_dtype(mx.float32)  # of 4 bits the scales: half floats take minutes for a word on a CPU
    return base


def fitting(case: Case, folder: Path, pairs: list[Example], limit: int | None) -> MemoryPlan:
    """Return how a run of these pairs would fit: into `limit` bytes, or into the 32 GB preset's."""
    plan = preset(32) if limit is None else Plan.parse({}, "the benchmark")
    budget = int(plan.memory_gb * GB) if limit is None else limit
    config, element = build_base(case, folder).config, 2 if case.base == HALF_B else 4
    every = [fit for fit in generate_candidates(config, pairs, plan) if fit.rank == plan.rank]
    return next(
        (fit for fit in every if estimate_update(config, element, pairs, fit, plan).peak_bytes <= budget), every[-1]
    )


def agreement(case: Case, folder: Path, pair: Example) -> dict[str, Any]:
    """Return how far our loss and gradients, and stock's own, are from the same in float64, without dropout.

    A gradient's distance is its largest element's, as a share of its array's largest.

    Raises:
        SystemExit: Ours disagree; no figure would mean anything.
    """
    stock = Stock(build_base(case, folder), dropout=0.0)
    ours = Ours(build_base(case, folder), MemoryPlan(4096, 2, 64, 2048), dropout=0.0)
    mx.random.seed(3)
    size = 0.005 if case.base else 0.02
    weights = {k: mx.random.normal(v.shape) * size for k, v in lora.read_weights(ours.base.model).items()}
    lora.load_weights(ours.base.model, weights)
    stock.base.model.load_weights(list(weights.items()), strict=False)
    loss, reference = stock.gradients([pair], exact=True)
    named = dict(arrays(reference))

    def measure_distance(other: float, gradients: Any) -> tuple[float, float]:
        worst = max(
            float(np.abs(np.array(g) - np.array(named[k])).max() / np.abs(np.array(named[k])).max())
            for k, g in arrays(gradients)
        )
        return abs(other - loss) / loss, worst

    theirs = measure_distance(*stock.gradients([pair], exact=False))
    sums = ours.engine.accumulate([pair], 0)
    apart, worst = measure_distance(sums.loss_nats, sums.gradients)
    exact = case.base != HALF_B  # bfloat16 holds three digits, and the two sides round in other places
    if not (apart < (5e-5 if exact else 3e-2) and worst < (1e-2 if exact else 0.5)):
        sys.exit(f"{case.name}: loss is {apart:.1e} and a gradient {worst:.1e} away from stock's in float64.")
    return {
        "loss_difference": apart,
        "gradient_difference": worst,
        "loss_difference_stock": theirs[0],
        "gradient_difference_stock": theirs[1],
    }


def validation(stock: Stock, ours: Ours, pairs: list[Example], rounds: int) -> dict[str, Any]:
    """Return how much faster our validation pass is, on the same pairs, interleaved."""
    turns: list[Ratios] = []
    for _ in range(rounds):
        theirs, _ = stock.validate(pairs)
        own, _ = ours.validate(pairs)
        turns.append(Ratios.of(theirs, own))
    return {
        "validation_speed_ratio": asdict(Spread.of([turn.speed for turn in turns])),
        "validation_cpu_ratio": asdict(Spread.of([turn.cpu for turn in turns])),
    }


def show(case: dict[str, Any]) -> None:
    """Print a case's figures."""

    def describe(found: dict[str, float]) -> str:
        return f"{found['median']:.2f} x ({found['min']:.2f}-{found['max']:.2f})"

    print(
        f"{case['name']}: {case['rounds']} rounds, pairs of {case['mean_tokens']} tokens on average, of which "
        f"{case['prompt_share']:.0%} prompt, the longest {case['longest_pair']}\n"
        f"  from the loss in float64: ours {case['loss_difference']:.0e}, gradients {case['gradient_difference']:.0e}; "
        f"stock's {case['loss_difference_stock']:.0e}, {case['gradient_difference_stock']:.0e}"
    )
    for side, title in (("stock", "stock"), ("stock_unchecked", "stock without checkpointing")):
        for way, room in (("equal", "no more memory than stock with it"), ("preset", "a 32 GB preset's memory")):
            found = case.get(f"{side}_{way}")
            if found:
                print(
                    f"  against {title}, {room} ({found['fit']['recomputed']} blocks recomputed): "
                    f"speed {describe(found['speed'])}, processor {describe(found['processor'])}, peak {found['peak']:.2f}"
                )
    print(
        f"  validation: speed {describe(case['validation_speed_ratio'])}, processor {describe(case['validation_cpu_ratio'])}"
    )
    share = case["share_of_matrix_speed"]
    print(f"  share of this machine's matrix speed: {share['median']:.0%} ({share['min']:.0%}-{share['max']:.0%})")
    shares = [
        f"{case[name]:.1%}" for name in ("ignored_token_share", "ignored_token_share_stock", "shared_token_share")
    ]
    print(f"  ignored tokens {shares[0]} (stock {shares[1]}), shared {shares[2]}", flush=True)


if __name__ == "__main__":
    main()
