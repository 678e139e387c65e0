"""Training killed at random moments: every resumed run must come to the weights of one that nobody killed, bit for bit.

After each kill the newest checkpoint is compared with the undisturbed run's of the same update, and what was lost is counted;
the run goes on until it is finished or killed again. Figures to build/bench/training_kills.json.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from projects import long_model, make_project, text

from stylelab.errors import StyleLabError
from stylelab.events import Step
from stylelab.files import write_json
from stylelab.jobs.catalogue.corpus import CorpusRequest
from stylelab.jobs.catalogue.jobs import find_job
from stylelab.jobs.catalogue.pairs import PairsRequest
from stylelab.jobs.catalogue.training import TrainRequest
from stylelab.jobs.core.client import Outcome, Worker
from stylelab.jobs.core.context import Context
from stylelab.jobs.core.protocol import Down, Phase
from stylelab.jobs.run import corpus, pairs
from stylelab.project.project import Project, open_project
from stylelab.training import checkpoint

UPDATES, INTERVAL = 60, 5  # of a run; from one checkpoint to the next


@dataclass
class Tally:
    """What the kills came to. `early`: before there was a checkpoint, so that nothing was lost."""

    kills: int = 0
    identical: int = 0
    early: int = 0
    finished: int = 0
    finished_identical: int = 0
    most_updates_lost: int = 0


@dataclass(frozen=True)
class WorkerReport:
    """What a worker told until it ended: how it ended, the last update, seconds until training began and all in all."""

    outcome: Outcome
    update: int
    start_seconds: float
    seconds: float


def main() -> None:
    """Kill, resume, compare, until there were enough kills."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--out", type=Path, default=Path("build/bench/training_kills.json"))
    given = parser.parse_args()
    rng = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = prepare(folder)
        fresh = Path(shutil.copytree(whole.folder, folder / "fresh"))
        reference = run_worker(whole, resume=False, kill_after=None)
        if reference.outcome.kind != "finished":
            sys.exit(f"The undisturbed run did not finish: {reference.outcome}")
        tally = Tally()
        own: Project | None = None
        while tally.kills < given.kills or own is not None:
            resume = own is not None
            if own is None:
                shutil.rmtree(folder / "own", ignore_errors=True)
                own = open_project(Path(shutil.copytree(fresh, folder / "own")))
            span = reference.start_seconds + 0.6 * (reference.seconds - reference.start_seconds)
            after = rng.uniform(0, span) if tally.kills < given.kills else None
            told = run_worker(own, resume, after)
            if told.outcome.kind not in ("crashed", "finished"):
                sys.exit(f"Neither killed nor finished: {told.outcome}")
            judge(tally, own, whole, told)
            if told.outcome.kind == "finished" or not begun(own):
                own = None
    write_json(given.out, {**asdict(tally), "interval": INTERVAL, "seed": given.seed})
    print(
        f"{tally.identical} of {tally.kills} kills left a run whose checkpoint is the undisturbed run's, bit for bit "
        f"({tally.early} before the first checkpoint); at most {tally.most_updates_lost} updates lost, of {INTERVAL} between "
        f"checkpoints; {tally.finished_identical} of {tally.finished} finished runs have the undisturbed run's weights."
    )
    if (
        tally.identical != tally.kills
        or tally.finished_identical != tally.finished
        or tally.most_updates_lost > INTERVAL
    ):
        sys.exit(1)


def prepare(folder: Path) -> Project:
    """Return a small project with pairs."""
    model = long_model(folder / "model")
    for n in range(3):
        (folder / f"{n}.txt").write_text(text(n))
    settings: dict[str, Any] = {
        "iters": UPDATES,
        "save_every": INTERVAL,
        "steps_per_eval": 10,
        "keep_checkpoints": UPDATES,
    }
    own = make_project(folder / "whole", model, **settings)
    quiet = Context(lambda message: None)
    corpus.run(quiet, CorpusRequest(project=own.folder, paths=tuple(folder / f"{n}.txt" for n in range(3))))
    pairs.run(quiet, PairsRequest(project=own.folder))
    return own


def run_worker(own: Project, resume: bool, kill_after: float | None) -> WorkerReport:
    """Train in a worker, and kill it so many seconds after its first word."""
    request = TrainRequest(project=own.folder, resume=resume)
    worker = Worker(find_job(request), request)
    began: list[float] = []
    training: list[float] = []
    updates = [0]

    def on_message(message: Down) -> None:
        if not began:
            began.append(time.monotonic())
            if kill_after is not None:
                threading.Timer(kill_after, worker.kill).start()
        if isinstance(message, Phase) and message.name == "train":
            training.append(time.monotonic())
        if isinstance(message, Step):
            updates.append(message.update)

    outcome = worker.follow(on_message)
    now = time.monotonic()
    return WorkerReport(outcome, updates[-1], (training or [now])[0] - began[0], now - began[0])


def begun(own: Project) -> bool:
    """Whether there is a run with a checkpoint to go on from."""
    try:
        checkpoint.read_newest(own.run(None))
    except StyleLabError:
        return False
    return True


def judge(tally: Tally, own: Project, whole: Project, told: WorkerReport) -> None:
    """Compare what a worker left with the undisturbed run."""
    killed = told.outcome.kind == "crashed"
    tally.kills += killed
    if not begun(own):
        tally.early += killed
        tally.identical += killed
        tally.most_updates_lost = max(tally.most_updates_lost, told.update)
        return
    newest = checkpoint.read_newest(own.run(None))[0]
    same = all(
        (newest.path / name).read_bytes()
        == (checkpoint.locate(whole.run(None), newest.state.update) / name).read_bytes()
        for name in (checkpoint.WEIGHTS, checkpoint.OPTIMIZER)
    )
    if killed:
        tally.identical += same
        tally.most_updates_lost = max(tally.most_updates_lost, told.update - newest.state.update)
    else:
        tally.finished += 1
        tally.finished_identical += same and newest.state.update == UPDATES


if __name__ == "__main__":
    main()
