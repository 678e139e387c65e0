"""What this machine has: a Mac computes on its GPU, another machine on an NVIDIA card's where that build of MLX is there."""

from __future__ import annotations

import importlib.metadata

import pytest

from stylelab.cli.doctor import accelerator
from stylelab.jobs.core.environment import environment
from stylelab.machine import has_gpu_build, read_machine_bytes
from stylelab.training.base_fit import describe_fit

CONFIG = {
    "model_type": "qwen2", "hidden_size": 896, "intermediate_size": 4864, "num_attention_heads": 14, "num_key_value_heads": 2,
    "num_hidden_layers": 24, "vocab_size": 151_936, "torch_dtype": "bfloat16",
}  # fmt: skip


def install(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    """Let these packages of MLX be the installed ones."""

    def version(name: str) -> str:
        if name in packages:
            return "0.32.4"
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr("stylelab.machine.importlib.metadata.version", version)


@pytest.mark.parametrize(
    ("platform", "packages", "expected"),
    [
        ("darwin", (), True),
        ("linux", ("mlx-cpu",), False),
        ("linux", ("mlx-cuda-12",), True),
        ("linux", ("mlx-cuda-13",), True),
    ],
)
def test_not_a_mac_does_not_mean_cpu(
    monkeypatch: pytest.MonkeyPatch, platform: str, packages: tuple[str, ...], expected: bool
) -> None:
    install(monkeypatch, *packages)
    assert has_gpu_build(platform) == expected
    assert ("MLX_DISABLE_COMPILE" in environment(platform, {})) != expected


def test_what_follows_from_it_follows_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights are restored to float32 on a CPU alone, so the same base takes less on a card."""
    monkeypatch.setattr("sys.platform", "linux")
    found: list[int] = []
    for packages in (("mlx-cpu",), ("mlx-cuda-12",)):
        install(monkeypatch, *packages)
        found.append(describe_fit(CONFIG, 16 * 2**30).write_bytes)
    assert found[1] < 0.7 * found[0]
    assert accelerator("linux", None).detail.startswith("CUDA")
    assert read_machine_bytes() > 10**9
