"""`stylelab train`: plan, run, resume, evaluate, rate, runs, compare."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stylelab.cli import show
from stylelab.cli.arguments import AsJson, Folder, RunId
from stylelab.cli.run import run_job
from stylelab.evaluation.metrics import METRICS, read_scores
from stylelab.jobs.catalogue.training import EvaluateRequest, PlanRequest, RateRequest, TrainRequest, TrainResult
from stylelab.project.project import Project, open_project
from stylelab.project.run_history import compare_runs
from stylelab.project.save import save_training_plan
from stylelab.training import mlxlm
from stylelab.training.plan import Plan
from stylelab.training.presets import preset

app = typer.Typer(help="Pairs become an adapter.", no_args_is_help=True)

Preset = Annotated[
    int | None, typer.Option("--preset", metavar="GB", help="Start from the plan for 16, 32, 64 or 128 GB of memory.")
]
From = Annotated[
    Path | None, typer.Option("--from", metavar="FILE", help="Another training.yaml, or mlx-lm's config.yaml.")
]


@app.command(epilog="Example: stylelab train plan poe --preset 32 --write")
def plan(
    project: Folder,
    preset_gb: Preset = None,
    source: From = None,
    write: Annotated[bool, typer.Option("--write", help="Make it the project's training.yaml.")] = False,
    json: AsJson = False,
) -> None:
    """Say in words what a plan means for this project's pairs: updates, epochs, tokens, hours, bytes."""
    own = open_project(project)
    planned = choose_plan(own, preset_gb, source)
    settings = planned.model_dump(mode="json")
    result = run_job(PlanRequest(project=project, plan=settings), quiet=json)
    if write:
        save_training_plan(own, planned)
    if json:
        show.as_json({**settings, **result.dump()})
        return
    show.text(*result.words)
    if write:
        show.text(f"Written to {own.plan}.")


def choose_plan(project: Project, preset_gb: int | None, source: Path | None) -> Plan:
    """Return the plan that the options ask for; the project's own by default.

    Raises:
        TrainingError: No such preset, or a file that holds no plan.
        typer.BadParameter: Both are asked for.
    """
    if preset_gb is not None and source is not None:
        raise typer.BadParameter("--preset and --from exclude each other.")
    if preset_gb is not None:
        return preset(preset_gb)
    return mlxlm.load(source) if source else Plan.load(project.plan)


@app.command(epilog="Example: stylelab train run poe   (Ctrl-C saves a checkpoint first)")
def run(
    project: Folder,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Compute one update of the longest pairs, measure, and keep nothing.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Train a new run by training.yaml."""
    if not dry_run:
        train(TrainRequest(project=project), json)
        return
    result = run_job(PlanRequest(project=project, rehearse=True), quiet=json)
    if json:
        show.as_json(result.dump())
        return
    show.text(*result.words, *result.told)


@app.command(epilog="Example: stylelab train resume poe")
def resume(project: Folder, run: RunId = None, json: AsJson = False) -> None:
    """Go on from a run's last checkpoint, exactly."""
    train(TrainRequest(project=project, run=run, resume=True), json)


def train(request: TrainRequest, json: bool) -> None:
    """Run the training job and show its figures."""
    result = run_job(request, quiet=json)
    if json:
        show.as_json(result.dump())
        return
    if not result.run:
        show.text(f"Done, beside the first machine: {result.updates:,} updates.")
        return
    print_result(result)
    show.text(f"Next: stylelab write {request.project} --text 'A plain sentence.'")


def print_result(result: TrainResult) -> None:
    """Print a run's figures."""
    first, best = result.valid_loss_nats_first, result.valid_loss_nats_best
    show.text(
        f"{result.run}: {result.updates:,} updates, {result.epochs:.2f} epochs over {result.train_pairs:,} pairs."
    )
    if first is not None and best is not None:
        show.text(
            f"Validation loss {first:.4f} → {best:.4f} nats per token ({(best - first) / first:+.1%}) on "
            f"{result.valid_pairs:,} held-out pairs, best at update {result.best_update:,}.",
        )
    show.text(f"{result.tokens_per_second:,.0f} tokens/s, {result.peak_bytes / 2**30:.2f} GiB at most.")
    if result.outcome == "early":
        show.text(f"Stopped early: {result.reason}")


@app.command(epilog="Example: stylelab train evaluate poe --run run-002")
def evaluate(project: Folder, run: RunId = None, json: AsJson = False) -> None:
    """Measure a run's adapter and the base on the held-out pairs; train nothing."""
    result = run_job(EvaluateRequest(project=project, run=run), quiet=json)
    if json:
        show.as_json(result.dump())
        return
    splits = {"valid": result.valid, "test": result.test}
    for n, metric in enumerate(METRICS):
        show.text(f"{metric.title} in {metric.unit}; {metric.better} is better.")
        rows: list[tuple[object, ...]] = []
        for name, split in splits.items():
            score = read_scores(split)[n]
            rows.append((name, split["pairs"], score.base.value, score.adapter.value, f"{score.change:+.1%}"))
            for kind, value in score.adapter.by_kind.items():
                rows.append((f"  {kind}", None, score.base.by_kind[kind], value, ""))
        show.table(("pairs", "number", "base", result.run, "change"), rows)


@app.command(epilog="Example: stylelab train rate poe")
def rate(
    project: Folder,
    updates: Annotated[int, typer.Option(min=8, max=400, help="Updates from 1e-6 to 1e-1.")] = 40,
    json: AsJson = False,
) -> None:
    """Find a learning rate: let it grow until the loss runs away; keep nothing."""
    result = run_job(RateRequest(project=project, updates=updates), quiet=json)
    if json:
        show.as_json(result.dump())
        return
    show.table(("learning rate", "loss"), [(f"{p.learning_rate:.2e}", p.loss_nats) for p in result.points])
    found = result.suggested
    show.text(
        f"Try learning_rate: {found:.1e} (training.yaml has {result.planned:.1e})."
        if found
        else "The loss never fell: look at the pairs before the rate."
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


@app.command(epilog="Example: stylelab train compare poe run-001 run-002")
def compare(
    project: Folder,
    first: Annotated[str, typer.Argument(metavar="RUN", show_default=False)],
    second: Annotated[str, typer.Argument(metavar="RUN", show_default=False)],
    json: AsJson = False,
) -> None:
    """Lay two runs over each other: how their plans differ, and their validation losses by update."""
    own = open_project(project)
    found = compare_runs(own.run(first), own.run(second))
    if json:
        keys = ("update", "first", "second", "difference")
        sides = {
            side.run: {"training": side.training, "validation": side.validation, "best": side.best}
            for side in (found.first, found.second)
        }
        rows = [dict(zip(keys, row, strict=True)) for row in found.rows]
        show.as_json({"differences": list(found.differences), "validation": rows, "runs": sides})
        return
    show.text(*(found.differences or ("The plans are the same.",)), "")
    show.table(("update", found.first.run, found.second.run, "difference"), found.rows)
    for side in (found.first, found.second):
        if side.best:
            show.text(f"{side.run}: best {side.best[1]:.4f} nats at update {side.best[0]:,}.")
