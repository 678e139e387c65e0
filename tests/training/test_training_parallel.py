"""Several machines come to what one comes to: shares by hand, and two real processes over the loopback ring."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import mlx.core as mx
import numpy as np
import pytest
from recipes import make_recipe

from stylelab.adapters.store import read_tensors
from stylelab.basemodels.load import load
from stylelab.batches.tokenise import Example, tokenise
from stylelab.training import checkpoint
from stylelab.training.dataset import Dataset
from stylelab.training.loop import train
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.parallel import Team, join_team
from stylelab.training.plan import Plan

WORDS = ["brine", "lamp", "tide", "rope", "salt", "mud", "bell", "gauge"]
PLAN = {
    "rank": 4,
    "learning_rate": 0.001,
    "iters": 12,
    "steps_per_eval": 4,
    "save_every": 4,
    "dropout": 0.1,
    "keep_checkpoints": 9,
}


class Seat:
    """A place in a group that never speaks."""

    def __init__(self, rank: int, size: int) -> None:
        self._rank, self._size = rank, size

    def rank(self) -> int:
        return self._rank

    def size(self) -> int:
        return self._size


def examples(*lengths: int) -> list[Example]:
    return [Example(str(i), np.zeros(n, np.int32), 1) for i, n in enumerate(lengths)]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_every_example_is_computed_by_exactly_one_machine(size: int) -> None:
    some = examples(9, 100, 30, 31, 80, 8, 7)
    shares = [Team(Seat(rank, size)).share(some) for rank in range(size)]
    assert sorted(i for share in shares for i in share) == list(range(7))


def test_shares_are_alike_in_tokens_by_hand() -> None:
    some = examples(10, 40, 30, 20)
    assert [Team(Seat(rank, 2)).share(some) for rank in (0, 1)] == [[1, 0], [2, 3]]  # 40 + 10 and 30 + 20


def test_a_process_alone_is_a_team_of_one() -> None:
    team = join_team()
    assert (team.size, team.first, team.sum_numbers([1.5]), team.broadcast_text("x")) == (1, True, [1.5], "x")


def test_the_machine_with_the_least_memory_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sum over a group of two, whose second machine says what the test says."""
    other = [0.0] * 4 + [700.0, -8.0, 32.0, 2048.0]
    team = Team(Seat(0, 2))
    monkeypatch.setattr(team, "sum_numbers", lambda own: [a + b for a, b in zip(own, other, strict=True)])
    assert team.agree_on_memory_plan(MemoryPlan(4096, 0, 64, 1024)) == MemoryPlan(700, 8, 32, 1024)
    assert Team().agree_on_memory_plan(MemoryPlan(4096, 0, 64, 1024)) == MemoryPlan(4096, 0, 64, 1024)


def run_alone(model: Path, folder: Path) -> None:
    """Train the test's plan as this process's team; the first writes into the folder."""
    base = load(model)
    data = tokenise([(str(i), f"{i}#", word) for i, word in enumerate(WORDS)], base, 128).examples
    plan = Plan.parse(PLAN, "the test")
    list(train(base, Dataset(data, data[:3], "d"), plan, make_recipe(), folder, team=join_team()))


def free_port() -> int:
    """Return a port that is free, with the next one."""
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
        try:
            two.bind(("127.0.0.1", port + 1))
        except (OSError, OverflowError):
            pytest.skip("no two free ports side by side for the loopback ring")
        return port


def test_two_processes_come_to_what_one_comes_to(tiny_model: Path, tmp_path: Path) -> None:
    launch = Path(sys.executable).with_name("mlx.launch")
    if not mx.distributed.is_available("ring") or not launch.exists():
        pytest.skip("this MLX has no ring backend, or mlx.launch is not installed")
    run_alone(tiny_model, tmp_path / "one")
    command = [str(launch), "--backend", "ring", "-n", "2", "--starting-port", str(free_port()), "--", sys.executable]
    own = [__file__, str(tiny_model), str(tmp_path / "two")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run([*command, *own], capture_output=True, text=True, timeout=120, env=environment, check=False)
    if "ring" in done.stderr.lower() and "couldn't" in done.stderr.lower():
        pytest.skip(f"the loopback ring is not available here: {done.stderr.splitlines()[-1]}")
    assert done.returncode == 0, done.stderr[-2000:]
    weights = [
        read_tensors(checkpoint.locate(tmp_path / name, 3) / checkpoint.WEIGHTS) for name in ("one", "two")
    ]  # fmt: skip
    start = read_tensors(checkpoint.locate(tmp_path / "one", 0) / checkpoint.WEIGHTS)
    moved = max(float(mx.abs(weights[0][k] - start[k]).max()) for k in start)
    apart = max(float(mx.abs(weights[0][k] - weights[1][k]).max()) for k in start)
    assert moved > 1e-3 and apart < 0.02 * moved
    states = [checkpoint.read_newest(tmp_path / name)[0].state for name in ("one", "two")]
    assert states[0].valid_best == pytest.approx(states[1].valid_best, rel=1e-4)
    assert (states[0].batch, states[0].tokens) == (states[1].batch, states[1].tokens)


if __name__ == "__main__":
    run_alone(Path(sys.argv[1]), Path(sys.argv[2]))
