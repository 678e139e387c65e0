"""The memory estimate against mx.get_peak_memory(), on configurations that differ in every term.

Figures to build/bench/training_memory.json. `--gpu` takes a GPU's branch of every kernel, whatever computes: its arrays are
a GPU's, how far MLX allocates ahead is this machine's. `--half` computes in bfloat16 (slow on a CPU).
Each configuration is one whole update (gradients and the optimizer's step) of pairs of the given lengths.
"""

# ruff: noqa: E402  (OpenBLAS is loaded before anything imports mlx)

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from stylelab.basemodels import blas
from stylelab.jobs.core.environment import environment

os.environ.update(environment())
blas.preload()

import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim
import numpy as np
from mlx.utils import tree_map
from training_cases import arrays

from stylelab.adapters import lora
from stylelab.adapters.parameters import LoraParameters
from stylelab.basemodels.families import name_layers
from stylelab.basemodels.load import Base, load_without_weights
from stylelab.batches.tokenise import Example
from stylelab.files import write_json
from stylelab.kernels.backend import as_on_gpu, on_cpu
from stylelab.paths import locate_bundled
from stylelab.training.gradient_accumulation import GradientEngine
from stylelab.training.memory_choice import foresee_largest_part
from stylelab.training.memory_estimate import estimate_memory, read_shape
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.plan import KEYS

WIDE = {"hidden_size": 512, "intermediate_size": 1536, "num_attention_heads": 8, "num_key_value_heads": 2}
QWEN = {
    "vocab_size": 151_936,
    "hidden_size": 128,
    "intermediate_size": 384,
    "num_attention_heads": 2,
    "num_key_value_heads": 1,
}
DEEP = {"num_hidden_layers": 12}
GEMMA = {"head_dim": 64, "sliding_window": 256, "sliding_window_pattern": 2, "query_pre_attn_scalar": 64}
PHI = {"layer_norm_eps": 1e-5, "partial_rotary_factor": 0.5, "tie_word_embeddings": False}
MOE = {
    "head_dim": 64, "num_experts": 8, "num_experts_per_tok": 2, "decoder_sparse_step": 1, "mlp_only_layers": [],
    "moe_intermediate_size": 256, "norm_topk_prob": True,
}  # fmt: skip
FOUR = (600, 500, 400, 300)


@dataclass(frozen=True)
class Setup:
    """A model (its kind, and changes to the bundled base's config), bits, lengths of an update's pairs in tokens, and how."""

    name: str
    changes: dict[str, Any]
    bits: int | None
    lengths: tuple[int, ...]
    fit: MemoryPlan
    kind: str = "qwen2"


SETUPS = (
    Setup("bundled base, one pair", {}, None, (800,), MemoryPlan(1, 0, 64, 2048)),
    Setup("four pairs, one at a time", {}, None, (800, 700, 500, 300), MemoryPlan(1, 0, 64, 2048)),
    Setup("four pairs in one row", {}, None, (800, 700, 500, 300), MemoryPlan(4096, 0, 64, 2048)),
    Setup("the same, all blocks recomputed", {}, None, (800, 700, 500, 300), MemoryPlan(4096, 4, 64, 2048)),
    Setup("the same, half of them recomputed", {}, None, (800, 700, 500, 300), MemoryPlan(4096, 2, 64, 2048)),
    Setup("4-bit, rank 16", {}, 4, (800, 700), MemoryPlan(1, 0, 16, 2048)),
    Setup("151,936 tokens of vocabulary", QWEN, None, (800, 700), MemoryPlan(1, 0, 64, 2048)),
    Setup("the same in 4-bit, recomputed", QWEN, 4, (800, 700), MemoryPlan(1, 4, 64, 2048)),
    Setup("wide", WIDE, None, (600, 600), MemoryPlan(1, 0, 64, 2048)),
    Setup("wide, 4-bit, rank 32, one row, recomputed", WIDE, 4, (600, 600), MemoryPlan(2048, 4, 32, 2048)),
    Setup("12 blocks, half of them recomputed", DEEP, None, (600, 600), MemoryPlan(1, 6, 64, 2048)),
    Setup("Qwen3, four pairs in one row", {"head_dim": 64}, None, FOUR, MemoryPlan(4096, 0, 64, 2048), "qwen3"),
    Setup("Gemma 3, windows of 256, two pairs", GEMMA, None, (800, 700), MemoryPlan(1, 0, 64, 2048), "gemma3_text"),
    Setup("Gemma 3, four pairs in one row", GEMMA, None, FOUR, MemoryPlan(4096, 0, 64, 2048), "gemma3_text"),
    Setup(
        "Gemma 3, 262,144 tokens of vocabulary", {**GEMMA, **QWEN, "vocab_size": 262_144}, None, (800, 700),
        MemoryPlan(1, 0, 64, 2048), "gemma3_text",
    ),
    Setup("Gemma 2, padded, two pairs", GEMMA, None, (800, 700), MemoryPlan(1, 0, 64, 2048), "gemma2"),
    Setup("Gemma 2, padded, four together, recomputed", GEMMA, None, FOUR, MemoryPlan(4096, 4, 64, 2048), "gemma2"),
    Setup("Phi, padded, four together", PHI, None, FOUR, MemoryPlan(4096, 0, 64, 2048), "phi"),
    Setup("Phi 3, padded, four together", PHI, None, FOUR, MemoryPlan(4096, 0, 64, 2048), "phi3"),
    Setup("OLMo 2, padded, four together, recomputed", {}, None, FOUR, MemoryPlan(4096, 4, 64, 2048), "olmo2"),
    Setup("Cohere, padded, four together", PHI, None, FOUR, MemoryPlan(4096, 0, 64, 2048), "cohere"),
    Setup("Qwen3 MoE, padded, four together", MOE, None, FOUR, MemoryPlan(4096, 0, 64, 2048), "qwen3_moe"),
)  # fmt: skip


def main() -> None:
    """Measure every setup and leave the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gpu", action="store_true", help="a GPU's branch of every kernel")
    parser.add_argument("--half", action="store_true", help="in bfloat16")
    parser.add_argument("--only", default="", help="setups whose name contains this")
    parser.add_argument("--out", type=Path, default=Path("build/bench/training_memory.json"))
    given = parser.parse_args()
    found: list[dict[str, Any]] = []
    for setup in [s for s in SETUPS if given.only in s.name]:
        with as_on_gpu() if given.gpu else nullcontext():
            found.append(measure(setup, mx.bfloat16 if given.half else mx.float32))
        gc.collect()
        mx.clear_cache()
        row = found[-1]
        print(
            f"{setup.name}: estimated {row['estimate_bytes'] / 1e6:.1f} MB, measured {row['peak_bytes'] / 1e6:.1f} MB "
            f"({row['ratio'] - 1:+.1%})",
            flush=True,
        )
    write_json(given.out, {"device": str(mx.default_device()), "branch": "gpu" if given.gpu else "", "setups": found})
    if any(abs(row["ratio"] - 1) > 0.1 for row in found):
        sys.exit("An estimate is more than 10% off.")


def measure(setup: Setup, dtype: mx.Dtype) -> dict[str, Any]:
    """Return the estimate and the measured peak of one update."""
    words = load_without_weights(locate_bundled("models") / "stylelab-base")
    config = {**words.files.config, "model_type": setup.kind, **setup.changes}
    module = importlib.import_module(f"mlx_lm.models.{setup.kind}")
    model = module.Model(module.ModelArgs.from_dict(config))
    if setup.kind == "gemma3_text":
        model.sanitize({})  # the embedding is the head
    if setup.bits:
        nn.quantize(model, 64, setup.bits)
        config["quantization"] = {"bits": setup.bits, "group_size": 64}
    model.set_dtype(dtype)
    model.freeze()
    base = Base(model, words.encoding, replace(words.files, config=config), config)
    lora.attach(model, LoraParameters(setup.fit.rank, 2.0, 0.1, name_layers(config, KEYS), -1), 1)
    optimizer = optim.AdamW(1e-5, weight_decay=0.0)
    optimizer.init(model.trainable_parameters())
    mx.eval(model.parameters(), optimizer.state)
    rng = np.random.default_rng(0)
    pairs = [
        Example(str(i), rng.integers(1, config["vocab_size"], n).astype(np.int32), int(n * 0.43))
        for i, n in enumerate(setup.lengths)
    ]
    mx.clear_cache()
    mx.reset_peak_memory()
    sums = GradientEngine(base, setup.fit, 1).accumulate(pairs, 0)
    mean: Any = tree_map(lambda g: g / sums.targets, sums.gradients)
    optimizer.update(model, mean)
    mx.eval(model.parameters(), optimizer.state)
    peak = mx.get_peak_memory()
    shape = read_shape({**config, "torch_dtype": str(dtype)}, dtype.size)
    part = foresee_largest_part(pairs, setup.fit.pack_tokens, padded=shape.family.padded is not None)
    guess = estimate_memory(shape, setup.fit, part.tokens, part.targets, part.parts, longest=part.longest, cpu=on_cpu())
    weights = sum(v.nbytes for k, v in arrays(model.parameters()) if "lora_" not in k)
    return {
        "name": setup.name,
        "tokens": part.tokens,
        "fit": asdict(setup.fit),
        "weight_bytes": weights,
        "peak_bytes": peak,
        "estimate_bytes": guess.peak_bytes,
        "ratio": round(guess.peak_bytes / peak, 4),
    }


if __name__ == "__main__":
    main()
