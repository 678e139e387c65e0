"""`stylelab train`: plan, run, resume, list."""

from __future__ import annotations

from typing import Any

import typer

from stylelab.cli import show
from stylelab.cli.arguments import AsJson, Folder, RunId
from stylelab.cli.run import run_job
from stylelab.errors import PairsError
from stylelab.files import read_json
from stylelab.project.project import open_project
from stylelab.training.plan import Plan

app = typer.Typer(help="Pairs become an adapter.", no_args_is_help=True)


@app.command(epilog="Example: stylelab train plan poe")
def plan(project: Folder, json: AsJson = False) -> None:
    """Say in words what training.yaml means for this project's pairs."""
    own = open_project(project)
    planned = Plan.load(own.plan)
    path = own.dataset / "audit.json"
    if not path.is_file():
        raise PairsError(
            "There are no pairs to plan for.", remedy=f"Make them: stylelab pairs make {project}", code="no_pairs"
        )
    pairs = int(read_json(path)["splits"]["train"])
    if json:
        figures = {"updates": planned.updates, "epochs": planned.epochs(pairs), "train_pairs": pairs}
        show.as_json({**planned.model_dump(mode="json"), **figures})
        return
    show.text(*planned.words(pairs))


@app.command(epilog="Example: stylelab train run poe   (Ctrl-C saves a checkpoint first)")
def run(project: Folder, json: AsJson = False) -> None:
    """Train a new run by training.yaml."""
    _train({"project": str(project)}, project, json)


@app.command(epilog="Example: stylelab train resume poe")
def resume(project: Folder, run: RunId = None, json: AsJson = False) -> None:
    """Go on from a run's last checkpoint, exactly."""
    _train({"project": str(project), "run": run, "resume": True}, project, json)


def _train(arguments: dict[str, Any], project: Folder, json: bool) -> None:
    result = run_job("train", arguments, quiet=json)
    if json:
        show.as_json(result)
        return
    print_result(result)
    show.text(f"Next: stylelab write {project} --text 'A plain sentence.'")


def print_result(result: dict[str, Any]) -> None:
    first, best = result["valid_loss_nats_first"], result["valid_loss_nats_best"]
    show.text(
        f"{result['run']}: {result['updates']:,} updates, {result['epochs']:.2f} epochs over {result['train_pairs']:,} pairs.",
        f"Validation loss {first:.4f} → {best:.4f} nats per token ({(best - first) / first:+.1%}) on "
        f"{result['valid_pairs']:,} held-out pairs, best at update {result['best_update']:,}.",
        f"{result['tokens_per_second']:,.0f} tokens/s, {result['peak_bytes'] / 2**30:.2f} GiB at most.",
    )


@app.command(epilog="Example: stylelab train runs poe")
def runs(project: Folder, json: AsJson = False) -> None:
    """List the project's runs."""
    with open_project(project).store() as store:
        found = store.runs()
    if json:
        keys = ("id", "started", "outcome", "updates", "valid_first", "valid_best")
        show.as_json([{key: getattr(r, key) for key in keys} for r in found])
        return
    rows = [(r.id, r.started, r.outcome, r.updates, r.valid_first, r.valid_best) for r in found]
    show.table(("run", "started", "outcome", "updates", "first loss", "best loss"), rows)
