"""The training job: the project's dataset and plan become an adapter in a run's folder.

In: the project. Out: runs/<id>/ with adapter, recipe, plan, events and checkpoints.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stylelab.basemodels.identity import identify, resolve
from stylelab.basemodels.load import Base, load
from stylelab.batches.tokenise import Tokenised, tokenise
from stylelab.errors import PairsError, RecipeError, TrainingError
from stylelab.files import atomic_write, read_jsonl, sha256_file, sha256_json, write_jsonl
from stylelab.jobs.context import Context
from stylelab.jobs.protocol import Down, Sample, Saved, Step, Validation
from stylelab.pairs.pair import SPLITS
from stylelab.project.project import Project, open_project
from stylelab.project.store import RunRow, Store
from stylelab.recipe import Recipe
from stylelab.training import checkpoint, progress
from stylelab.training.loop import Dataset, Wish, train
from stylelab.training.plan import Plan
from stylelab.writing.engine import write
from stylelab.writing.sampling import Sampling

SAMPLE_TOKENS = 60


def run(context: Context, project: str, run: str | None = None, resume: bool = False) -> dict[str, Any]:
    """Train, or go on with a run.

    Raises:
        TrainingError: No pair fits, the run diverged, or there is nothing to resume.
    """
    own = open_project(Path(project))
    with own.lock(), own.store() as store:
        context.phase("load the base model")
        folder = own.run(run) if resume else new_run(own)
        plan = Plan.load(folder / "training.yaml" if resume else own.plan)
        recipe = Recipe.load(own.recipe).with_scale(plan.scale)
        where = resolve(own.settings.base, own.folder)
        if identify(where).weights_sha256 != recipe.base.weights_sha256:
            raise RecipeError(
                f"The pairs were made for {recipe.base.name}, and the project's base is now another.",
                remedy="Make the pairs again: stylelab pairs make.",
                code="recipe_base",
            )
        base = load(where)
        context.phase("tokenise")
        data = dataset(context, own, base, plan)
        if not resume:
            folder.mkdir(parents=True)
            atomic_write(folder / "training.yaml", plan.dump_yaml())
        started = now()
        if resume:
            rewind(folder)
            started = next((r.started for r in store.runs() if r.id == folder.name), started)
        store.put_run(RunRow(folder.name, started, "running", 0, None, None))
        context.phase("train")
        sampler = Sampler(base, own, plan, recipe)
        events = train(
            base, data, plan, recipe, folder, resume=resume, wish=lambda: wish(context), sampler=sampler.write
        )
        return follow(context, store, folder, started, plan, data, events)


def new_run(project: Project) -> Path:
    """Return the folder of the next run: run-001, run-002, …"""
    numbers = [int(p.name[4:]) for p in project.runs.glob("run-*") if p.name[4:].isdigit()]
    return project.runs / f"run-{max(numbers, default=0) + 1:03d}"


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def wish(context: Context) -> Wish:
    """Return what the user wants of the loop after an update."""
    if context.cancel.is_set():
        return "stop"
    if context.save_now.is_set():
        context.save_now.clear()
        return "save"
    return "go"


def dataset(context: Context, project: Project, base: Base, plan: Plan) -> Dataset:
    """Return the tokenised train and valid pairs; what is too long is counted and said.

    Raises:
        PairsError: There is no dataset, or no pair of a split is left.
    """
    done: dict[str, Tokenised] = {}
    for name in ("train", "valid"):
        path = project.dataset / f"{name}.jsonl"
        if not path.is_file():
            raise PairsError(
                "The project has no dataset.", remedy=f"Make it: stylelab pairs make {project.folder}", code="no_pairs"
            )
        limit = min(plan.max_seq_length, base.positions)
        rows = [(str(r["id"]), str(r["prompt"]), str(r["completion"])) for r in read_jsonl(path)]
        done[name] = tokenise(rows, base, limit)
        if done[name].too_long:
            longest = max(length for _, length in done[name].too_long)
            context.warn(
                f"{len(done[name].too_long)} of {len(rows)} {name} pairs are longer than {limit} tokens "
                f"(the longest has {longest}) and are left out."
            )
        if not done[name].examples:
            raise PairsError(
                f"No {name} pair is left of {len(rows)}.",
                remedy="Make the pairs again, or raise max_seq_length in training.yaml.",
                code="no_pairs",
            )
    sha = sha256_json({name: sha256_file(project.dataset / f"{name}.jsonl") for name in SPLITS})
    return Dataset(done["train"].examples, done["valid"].examples, sha)


class Sampler:
    """Writes from fixed validation prompts while training goes on."""

    def __init__(self, base: Base, project: Project, plan: Plan, recipe: Recipe) -> None:
        rows = list(read_jsonl(project.dataset / "valid.jsonl"))[: plan.samples]
        s = recipe.persona.sampling
        self._base = base
        self._prompts = [str(row["prompt"]) for row in rows]
        self._sampling = Sampling(s.temperature, s.top_p, s.repetition_penalty, plan.seed)

    def write(self) -> Sequence[tuple[str, str]]:
        """Return (prompt, text) of every fixed prompt."""
        return [(p, write(self._base, p, self._sampling, SAMPLE_TOKENS).text) for p in self._prompts]


def follow(
    context: Context,
    store: Store,
    folder: Path,
    started: str,
    plan: Plan,
    data: Dataset,
    events: Iterator[progress.Event],
) -> dict[str, Any]:
    """Pass the loop's events on, keep them in events.jsonl, and return the run's figures.

    Raises:
        TrainingError: The run diverged; the last good checkpoint is named.
    """
    ended: progress.Ended | None = None
    with (folder / "events.jsonl").open("ab") as kept:
        for event in events:
            if isinstance(event, progress.Ended):
                ended = event
                continue
            record = message(event)
            kept.write(record.model_dump_json().encode() + b"\n")
            kept.flush()  # before it is told: whoever hears of a checkpoint finds it in the history
            context.emit(record)
    if ended is None:
        raise TrainingError("The loop ended without a word.", remedy="Resume the run.", code="bug")
    values = (ended.update, number(ended.valid_loss_nats_first), number(ended.valid_loss_nats_best))
    store.put_run(RunRow(folder.name, started, ended.outcome, *values))
    if ended.outcome == "diverged":
        raise TrainingError(
            f"The loss of {folder.name} exploded after update {ended.update}; its last good checkpoint is kept.",
            remedy="Lower learning_rate in training.yaml and start a new run.",
            code="diverged",
        )
    return {
        "run": folder.name,
        "outcome": ended.outcome,
        "updates": ended.update,
        "epochs": round(plan.epochs(len(data.train)) * ended.update / plan.updates, 3),
        "train_pairs": len(data.train),
        "valid_pairs": len(data.valid),
        "valid_loss_nats_first": number(ended.valid_loss_nats_first),
        "valid_loss_nats_best": number(ended.valid_loss_nats_best),
        "best_update": ended.best_update,
        "tokens_per_second": round(ended.tokens_per_second, 1),
        "peak_bytes": ended.peak_bytes,
        "adapter": str(folder),
    }


def rewind(folder: Path) -> None:
    """Forget what a resumed run will tell again: its checkpoint, that checkpoint's samples, and all after it."""
    path = folder / "events.jsonl"
    if not path.is_file():
        return
    update = checkpoint.newest(folder)[0].state.update
    rows = [(int(row.get("update", 0)), row) for row in read_jsonl(path, torn_end=True)]
    again = ("saved", "sample")
    write_jsonl(path, [row for at, row in rows if at < update or (at == update and row["kind"] not in again)])


def number(value: float) -> float | None:
    """Return a measured number, or None for one that is missing."""
    return value if math.isfinite(value) else None


def message(event: progress.Event) -> Down:
    """Return a training event as the protocol's record."""
    match event:
        case progress.Stepped():
            return Step(
                update=event.update,
                updates=event.updates,
                loss_nats=number(event.loss_nats),
                learning_rate=event.learning_rate,
                grad_norm=number(event.grad_norm),
                tokens_per_second=event.tokens_per_second,
                peak_bytes=event.peak_bytes,
                tokens=event.tokens,
                seconds_left=event.seconds_left,
            )
        case progress.Validated():
            return Validation(
                update=event.update, loss_nats=number(event.loss_nats), items=event.items, best=event.best
            )
        case progress.Sampled():
            return Sample(update=event.update, prompt=event.prompt, text=event.text)
        case progress.Saved():
            return Saved(update=event.update, path=event.path)
        case progress.Ended():
            raise ValueError("the end is no message; its figures are the job's result")
