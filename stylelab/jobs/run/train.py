"""The training job: the project's dataset and plan become an adapter in a run's folder.

In: the project. Out: runs/<id>/ with adapter, recipe, plan, events and checkpoints.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stylelab.basemodels.load import Base, load
from stylelab.errors import TrainingError
from stylelab.events import Ended, RunEvent
from stylelab.files import atomic_write, read_jsonl
from stylelab.jobs.catalogue.training import TrainRequest, TrainResult
from stylelab.jobs.core.context import Cancelled, Context
from stylelab.jobs.core.protocol import encode
from stylelab.jobs.steps.dataset import load_dataset, load_sealed_recipe, warn_of_untrained_tokens
from stylelab.notes import Note
from stylelab.project.project import Project, open_project
from stylelab.project.run_history import EVENTS, rewind_history
from stylelab.project.store import RunRow, Store
from stylelab.recipe import Recipe
from stylelab.training import checkpoint, mlxlm
from stylelab.training.dataset import Dataset
from stylelab.training.loop import Command, train
from stylelab.training.memory_limit import apply_memory_limit, choose_budget_bytes, is_out_of_memory
from stylelab.training.parallel import Team, join_team
from stylelab.training.plan import Plan
from stylelab.writing.engine import write
from stylelab.writing.prompt_cache import PromptCache
from stylelab.writing.sampling import Sampling

SAMPLE_TOKENS = 60


def run(context: Context, request: TrainRequest) -> TrainResult:
    """Train, or go on with a run; alone, or as the first of the machines that `mlx.launch` started this on.

    Raises:
        TrainingError: No pair fits, the run diverged, memory ran out, or there is nothing to resume.
        Cancelled: The user stopped it; its figures so far come along.
    """
    own, team, resume = open_project(request.project), join_team(), request.resume
    if not team.first:
        return train_as_follower(context, own, team, resume)
    with own.lock(), own.open_store() as store:
        folder = own.find_run(request.run) if resume else choose_run_folder(own)
        setup = prepare_training(context, own, team, Plan.load(folder / "training.yaml" if resume else own.plan))
        plan = setup.plan
        if not resume:
            folder.mkdir(parents=True)
            atomic_write(folder / "training.yaml", plan.dump_yaml())
            write_config(own, plan, setup.base, folder)
        started = now()
        if resume:
            warn_of_other_plan(context, plan, own)
            rewind_history(folder, checkpoint.read_newest(folder)[0].state.update)
            started = next((r.started for r in store.load_runs() if r.id == folder.name), started)
        store.put_run(RunRow(folder.name, started, "running", 0, None, None))
        context.phase("train")
        writer = LiveSampler(setup.base, own, plan, setup.recipe)
        events = train(
            setup.base, setup.data, plan, setup.recipe, folder,
            resume=resume, read_command=lambda: read_command(context), write_samples=writer.write, team=team,
        )  # fmt: skip
        return return_figures(context, relay_events(context, store, folder, started, plan, setup.data, events))


def train_as_follower(context: Context, project: Project, team: Team, resume: bool) -> TrainResult:
    """Train as one of the machines that write nothing; return how it ended."""
    setup = prepare_training(context, project, team, None)
    context.phase("train with the first machine")
    nowhere = project.runs / "follower"
    events = train(
        setup.base, setup.data, setup.plan, setup.recipe, nowhere,
        resume=resume, read_command=lambda: read_command(context), team=team,
    )  # fmt: skip
    ended = [event for event in events if isinstance(event, Ended)][-1]
    return return_figures(context, TrainResult(outcome=ended.outcome, updates=ended.update))


def return_figures(context: Context, result: TrainResult) -> TrainResult:
    """Return a run's figures, or raise them where the user stopped it.

    Raises:
        Cancelled: So it was.
    """
    if result.outcome == "stopped" and context.cancel.is_set():
        raise Cancelled(result)
    return result


@dataclass(frozen=True)
class TrainingSetup:
    """What a run trains with."""

    plan: Plan
    recipe: Recipe
    base: Base
    data: Dataset


def prepare_training(context: Context, project: Project, team: Team, plan: Plan | None) -> TrainingSetup:
    """Load what a run trains with; the plan of the first machine is everybody's."""
    context.phase("load the base model")
    text = team.broadcast_text(plan.model_dump_json() if plan else "")
    plan = Plan.parse(json.loads(text), "the first machine's plan")
    where, recipe = load_sealed_recipe(project, plan)
    apply_memory_limit(choose_budget_bytes(plan.memory_gb))
    base = load(where)
    context.phase("tokenise")
    data = load_dataset(context, project, base, plan)
    team.refuse_unequal([data.sha256, recipe.hash])
    warn_of_untrained_tokens(context, base, data)
    return TrainingSetup(plan, recipe, base, data)


def write_config(project: Project, plan: Plan, base: Base, folder: Path) -> None:
    """Write a config.yaml with which stock `mlx_lm.lora` trains the same plan."""
    data = project.dataset.resolve()
    where = base.files.folder.resolve()
    text = mlxlm.dump(plan, str(where), str(data), str(folder.resolve() / "stock"), base.config)
    atomic_write(folder / "config.yaml", text)


def warn_of_other_plan(context: Context, plan: Plan, project: Project) -> None:
    """Say it when the project's plan is another by now: a run goes on by its own."""
    changed = plan.differences(Plan.load(project.plan))
    if changed:
        context.warn(
            Note("The run goes on by its own plan; training.yaml differs now: {changes}.", changes="; ".join(changed))
        )


def choose_run_folder(project: Project) -> Path:
    """Return the folder of the next run: run-001, run-002, …"""
    numbers = [int(p.name[4:]) for p in project.runs.glob("run-*") if p.name[4:].isdigit()]
    return project.runs / f"run-{max(numbers, default=0) + 1:03d}"


def now() -> str:
    """Return the time, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def read_command(context: Context) -> Command:
    """Return what the user asks of the loop after an update."""
    if context.cancel.is_set():
        return "stop"
    if context.save_now.is_set():
        context.save_now.clear()
        return "save"
    return "go"


class LiveSampler:
    """Writes from fixed validation prompts while training goes on."""

    def __init__(self, base: Base, project: Project, plan: Plan, recipe: Recipe) -> None:
        rows = list(read_jsonl(project.dataset / "valid.jsonl"))[: plan.samples]
        s = recipe.persona.sampling
        self._base = base
        self._prompts = [str(row["prompt"]) for row in rows]
        self._sampling = Sampling(s.temperature, s.top_p, s.repetition_penalty, plan.seed)

    def write(self) -> Sequence[tuple[str, str]]:
        """Return (prompt, text) of every fixed prompt; what their prompts share is read once."""
        own = PromptCache()
        return [(p, write(self._base, p, self._sampling, SAMPLE_TOKENS, prompts=own).text) for p in self._prompts]


def relay_events(
    context: Context,
    store: Store,
    folder: Path,
    started: str,
    plan: Plan,
    data: Dataset,
    events: Iterator[RunEvent | Ended],
) -> TrainResult:
    """Pass the loop's events on, keep them in events.jsonl, and return the run's figures.

    Raises:
        TrainingError: The run diverged; the last good checkpoint is named.
    """
    ended: Ended | None = None
    with (folder / EVENTS).open("ab") as kept:
        for event in explain_memory_errors(events):
            if isinstance(event, Ended):
                ended = event
                continue
            kept.write(encode(event))
            kept.flush()  # before it is sent: whoever hears of a checkpoint finds it in the history
            context.emit(event)
    if ended is None:
        raise TrainingError("The loop ended without a word.", remedy="Resume the run.", code="bug")
    values = (ended.update, ended.valid_loss_nats_first, ended.valid_loss_nats_best)
    store.put_run(RunRow(folder.name, started, ended.outcome, *values))
    if ended.outcome == "diverged":
        raise TrainingError(
            f"{folder.name} diverged. {ended.reason} The checkpoint of update {ended.update} is its last good one, and is kept.",
            remedy="Lower learning_rate in training.yaml and start a new run.",
            code="diverged",
        )
    return TrainResult(
        run=folder.name,
        outcome=ended.outcome,
        reason=ended.reason,
        updates=ended.update,
        epochs=round(plan.epochs(len(data.train)) * ended.update / plan.updates, 3),
        train_pairs=len(data.train),
        valid_pairs=len(data.valid),
        valid_loss_nats_first=ended.valid_loss_nats_first,
        valid_loss_nats_best=ended.valid_loss_nats_best,
        best_update=ended.best_update,
        tokens_per_second=round(ended.tokens_per_second, 1),
        peak_bytes=ended.peak_bytes,
        adapter=str(folder),
    )


def explain_memory_errors(events: Iterator[RunEvent | Ended]) -> Iterator[RunEvent | Ended]:
    """Yield the loop's events; memory that runs out becomes an error that says what to do.

    Raises:
        TrainingError: Memory ran out.
    """
    try:
        yield from events
    except (MemoryError, RuntimeError) as error:
        if not is_out_of_memory(error):
            raise
        raise TrainingError(
            f"Memory ran out ({str(error).splitlines()[0] if str(error) else 'no more is said'}). The last checkpoint is kept.",
            remedy="Close other programs and resume, or set a smaller memory_gb and start a new run.",
            code="memory",
        ) from error
