"""Our causal attention on the CPU against MLX's own: peak memory and time of one layer, forward and backward, as a table.

`python tests/benchmarks/attention.py` measures with the installed MLX and prints Markdown; both take turns on the same arrays.
"""

# ruff: noqa: E402  (OpenBLAS is loaded before anything imports mlx)

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version

from stylelab.basemodels import blas

blas.preload()

import mlx.core as mx

from stylelab.kernels.attention import attend

LENGTHS = (512, 1024, 2048, 4096)  # tokens
LAYERS = ((9, 3, 64), (14, 2, 64))  # heads, key heads, dimensions: SmolLM2-135M's and Qwen2.5-0.5B's
Attention = Callable[[mx.array, mx.array, mx.array, float], mx.array]


def attend_as_mlx_does(q: mx.array, k: mx.array, v: mx.array, scale: float) -> mx.array:
    """Return MLX's own causal attention of the same arrays."""
    return mx.fast.scaled_dot_product_attention(q, k, v, scale=scale, mask="causal")


def measure(attention: Attention, arrays: list[mx.array]) -> tuple[float, int]:
    """Return the seconds and the peak in bytes, beyond the arrays, of one forward and backward pass."""
    mx.clear_cache()
    mx.reset_peak_memory()
    before = mx.get_active_memory()
    began = time.perf_counter()
    loss = lambda q, k, v: (attention(q, k, v, q.shape[-1] ** -0.5) ** 2).sum()  # noqa: E731
    mx.eval(mx.grad(loss, argnums=(0, 1, 2))(*arrays))
    return time.perf_counter() - began, mx.get_peak_memory() - before


def main() -> None:
    """Print the table of this machine's MLX."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    print(f"MLX {version('mlx')}, {mx.default_device()}\n")
    print("| heads × dimensions | tokens | ours, MB | MLX's, MB | ours, ms | MLX's, ms |\n|---|---|---|---|---|---|")
    for heads, key_heads, dimensions in LAYERS:
        for length in LENGTHS:
            shapes = [(1, heads, length, dimensions)] + [(1, key_heads, length, dimensions)] * 2
            arrays = [mx.random.normal(shape, key=mx.random.key(n)) for n, shape in enumerate(shapes)]
            mx.eval(arrays)
            turns = [(measure(attend, arrays), measure(attend_as_mlx_does, arrays)) for _ in range(rounds)]
            seconds = [statistics.median(turn[side][0] for turn in turns) for side in (0, 1)]
            peaks = [max(turn[side][1] for turn in turns) for side in (0, 1)]
            cells = [f"{peak / 1e6:,.0f}" for peak in peaks] + [f"{1000 * s:,.0f}" for s in seconds]
            print(f"| {heads} × {dimensions} | {length:,} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
