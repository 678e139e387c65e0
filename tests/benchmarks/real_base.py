"""A real base in every format that it can be stored in: bits per byte, speed of writing and training, peak against estimate.

    python tests/benchmarks/real_base.py [MODEL] [--text FILE]

MODEL is a folder or a name in the library: by default smollm2-135m, after `stylelab models pull smollm2-135m`. Bits per byte
are those of the stored values computed in float32; speeds are those of the format itself on this machine. The bundled base
stands beside it. Figures go to build/bench/real_base.json.
"""

# ruff: noqa: E402  (OpenBLAS is loaded before anything imports mlx)

from __future__ import annotations

import argparse
import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from stylelab.basemodels import blas
from stylelab.jobs.core.environment import environment

os.environ.update(environment())
BLAS = blas.preload()

import mlx.core as mx
import mlx.nn as nn
from mlx_lm.utils import dequantize_model
from training_cases import Ours, arrays, workload

from stylelab.basemodels.identity import locate_bundled_base, resolve
from stylelab.basemodels.load import Base, load
from stylelab.batches.tokenise import Example, tokenise
from stylelab.evaluation.bits_per_byte import load_probe_text, measure_bits_per_byte
from stylelab.files import write_json
from stylelab.project.trial import REAL_BASE
from stylelab.training.memory_choice import estimate_update
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.plan import Plan
from stylelab.writing.engine import stream
from stylelab.writing.sampling import GREEDY

PAIRS = 4  # of an update, one at a time
WRITTEN = 24  # tokens
TEXT_CHARACTERS = 24_000  # of a given text, from its middle
PROMPT = "The old man opened the door and looked out at the water. He said that"
PLAN = Plan.model_validate({"grad_checkpoint": False})
ONE_AT_A_TIME = MemoryPlan(1, 0, PLAN.rank, PLAN.max_seq_length)


@dataclass(frozen=True)
class Format:
    """A way to store a base.

    Args:
        bits: Of most weights, as the estimate of memory counts them; group: weights that share a scale.
        prepare: Brings a loaded base into the format.
        slow: Whether this machine's speed allows only one short pair.
    """

    name: str
    bits: int
    group: int
    prepare: Callable[[Base], None]
    slow: bool = False


@dataclass(frozen=True)
class Row:
    """A format's figures; rates in tokens a second, None where they were not taken."""

    name: str
    weight_bytes: int
    bits_per_byte: dict[str, float]
    writes: float
    trains: float
    tokens_trained: int
    peak_bytes: int
    estimate_bytes: int


def restore(base: Base) -> None:
    """Bring every weight to float32."""
    base.model.set_dtype(mx.float32)
    dequantize_model(base.model)


def keep_packed(base: Base) -> None:
    """Leave quantised weights packed, their scales in float32."""
    base.model.set_dtype(mx.float32)


def round_to_bfloat16(base: Base) -> None:
    """Round every weight to bfloat16."""
    restore(base)
    base.model.set_dtype(mx.bfloat16)


def quantise_anew(base: Base) -> None:
    """Quantise the restored weights to 4 bits in groups of 64, as mlx-lm does by default."""
    restore(base)
    nn.quantize(base.model, group_size=64, bits=4)


FORMATS = (
    Format("float32", 32, 64, restore),
    Format("bfloat16", 16, 64, round_to_bfloat16, slow=True),
    Format("4-bit as in the file, groups of 32", 4, 32, keep_packed, slow=True),
    Format("4-bit anew, groups of 64", 4, 64, quantise_anew, slow=True),
)


def prepare(folder: Path, way: Format) -> Base:
    """Return a base in a format, with the config that this format has."""
    base = load(folder, as_stored=True)
    way.prepare(base)
    base.model.freeze()
    mx.eval(base.model.parameters())
    config = {k: v for k, v in base.files.config.items() if k not in ("quantization", "quantization_config")}
    config["torch_dtype"] = "bfloat16" if way.bits == 16 else "float32"
    if way.bits < 16:
        config["quantization"] = {"bits": way.bits, "group_size": way.group}
    return replace(base, config=config)


def measure_writing(base: Base) -> float:
    """Return the tokens a second written greedily, after the first."""
    tokens: Iterator[int] = stream(base, PROMPT, GREEDY, WRITTEN)
    next(tokens)
    began, count = time.perf_counter(), sum(1 for _ in tokens)
    return count / (time.perf_counter() - began)


def measure_training(base: Base, pairs: list[Example]) -> tuple[float, int, int, int]:
    """Return tokens a second, tokens, the peak in bytes and the estimate of one update."""
    element = 2 if base.config["torch_dtype"] == "bfloat16" else 4
    estimate = estimate_update(base.config, element, pairs, ONE_AT_A_TIME, PLAN).peak_bytes
    side = Ours(base, ONE_AT_A_TIME)
    turn = side.update(pairs)
    return side.real / turn.seconds, side.real, side.weight_bytes + turn.peak_bytes, estimate


def measure(folder: Path, way: Format, texts: dict[str, str], rows: list[tuple[str, str, str]]) -> Row:
    """Return a format's figures."""
    base = prepare(folder, way)
    weight_bytes = sum(v.nbytes for _, v in arrays(base.model.parameters()))
    pairs = sorted(tokenise(rows, base, PLAN.max_seq_length).examples, key=lambda e: len(e.tokens))
    middle = len(pairs) // 2
    chosen = pairs[:1] if way.slow else pairs[middle : middle + PAIRS]
    writes = measure_writing(base)
    trains, tokens, peak, estimate = measure_training(base, chosen)
    del base
    gc.collect()
    mx.clear_cache()
    exact = prepare(folder, way)
    restore(exact)
    bits = {name: measure_bits_per_byte(exact, text).bits_per_byte for name, text in texts.items()}
    return Row(way.name, weight_bytes, bits, writes, trains, tokens, peak, estimate)


def main() -> None:
    """Measure every format and leave the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", nargs="?", default=REAL_BASE, help="a folder, or a name in the library")
    parser.add_argument("--text", type=Path, help="a plain text that the model has not seen, beside the bundled one")
    parser.add_argument("--out", type=Path, default=Path("build/bench/real_base.json"))
    given = parser.parse_args()
    if not resolve(given.model).is_dir():
        print(f"{given.model} is not there: nothing is measured. Fetch it: stylelab models pull {given.model}")
        return
    texts = {"bundled text": load_probe_text("en")}
    if given.text:
        whole = given.text.read_text(encoding="utf-8")
        start = max(0, (len(whole) - TEXT_CHARACTERS) // 2)
        texts[given.text.stem] = whole[start : start + TEXT_CHARACTERS]
    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        rows = workload(Path(folder))
        for where, ways in ((locate_bundled_base(), FORMATS[:1]), (resolve(given.model), FORMATS)):
            for way in ways:
                row = measure(where, way, texts, rows)
                found.append({"base": where.name, **asdict(row)})
                show(where.name, row)
    write_json(given.out, {"device": str(mx.default_device()), "openblas": BLAS, "rows": found})
    print(f"Figures in {given.out}.")


def show(base: str, row: Row) -> None:
    """Print a format's figures."""
    bits = ", ".join(f"{name} {value:.3f}" for name, value in row.bits_per_byte.items())
    off = row.estimate_bytes / row.peak_bytes - 1
    print(
        f"{base}, {row.name}: {row.weight_bytes / 1e6:.0f} MB of weights; bits per byte: {bits}; writes {row.writes:.1f} and "
        f"trains {row.trains:.0f} tokens/s ({row.tokens_trained} tokens); peak {row.peak_bytes / 1e6:.0f} MB, estimated "
        f"{row.estimate_bytes / 1e6:.0f} ({off:+.1%})",
        flush=True,
    )


if __name__ == "__main__":
    main()
