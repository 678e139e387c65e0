"""The training loop: a generator of a run's events that neither prints nor draws.

In: a base, tokenised examples, a plan, a recipe. Out: events, checkpoints and an adapter in the run's folder.
Next room: jobs. The loss of an update is the mean over its target tokens, however they are divided.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import mlx.core as mx
from mlx.utils import tree_map

from stylelab.adapters import lora, store
from stylelab.basemodels.load import Base
from stylelab.batches.bucket import iterate_batches
from stylelab.batches.tokenise import Example
from stylelab.errors import TrainingError
from stylelab.events import Ended, RunEvent, RunOutcome, Sample, Saved, Step, Validation, Warn
from stylelab.notes import Note
from stylelab.recipe import Recipe
from stylelab.training import checkpoint, guards
from stylelab.training.dataset import Dataset
from stylelab.training.gradient_accumulation import GradientSums
from stylelab.training.memory_choice import choose_memory_plan
from stylelab.training.memory_limit import choose_budget_bytes
from stylelab.training.optimizer import apply_gradients, compute_learning_rate, compute_norm
from stylelab.training.parallel import ALONE, Team
from stylelab.training.plan import Plan
from stylelab.training.run import TrainingRun, begin_run, resume_run
from stylelab.training.validation import validate

Command = Literal["go", "save", "stop"]
SampleWriter = Callable[[], Sequence[tuple[str, str]]]
RECENT = 0.1  # weight of the newest update in the running mean of the training loss


def train(
    base: Base,
    data: Dataset,
    plan: Plan,
    recipe: Recipe,
    folder: Path,
    *,
    resume: bool = False,
    read_command: Callable[[], Command] = lambda: "go",
    write_samples: SampleWriter | None = None,
    team: Team = ALONE,
) -> Iterator[RunEvent | Ended]:
    """Train an adapter and yield events as things happen; the last is Ended.

    Args:
        recipe: Sealed into every adapter; its scale must be the plan's.
        folder: The run's folder: checkpoints/ and the best adapter so far.
        resume: Go on from the folder's newest whole checkpoint.
        read_command: Called after every update: go on, save now, or save and stop.
        write_samples: Called after every checkpoint; returns (prompt, text) pairs.
        team: The machines that train together.

    Raises:
        TrainingError: No training or validation pair, nothing to resume, another plan, dataset or recipe than the run's.
    """
    if not data.train or not data.valid:
        raise TrainingError(
            f"There are {len(data.train)} training and {len(data.valid)} validation pairs.",
            remedy="Make pairs first: 'stylelab pairs make'; see 'stylelab audit' for where they went.",
            code="no_pairs",
        )
    if recipe.scale != plan.strength:
        raise TrainingError(
            f"Plan scale {plan.strength} is not the recipe's {recipe.scale}.", remedy="Seal the recipe anew."
        )
    if resume:
        run = resume_run(base, data, plan, recipe, folder, team)
    else:
        own, concessions = choose_memory_plan(base, data.train, plan, choose_budget_bytes(plan.memory_gb))
        for message in concessions:
            yield Warn.of(message)
        agreed = team.agree_on_memory_plan(own)
        if agreed.rank != own.rank:
            lora.detach(base.model)
            lora.attach(base.model, plan.lora_parameters(base.config, agreed.rank), plan.seed)
        if agreed != own:
            yield Warn.of(
                f"Another machine has less memory: rank {agreed.rank}, {agreed.recomputed} blocks recomputed."
            )
        run = begin_run(base, data, plan, recipe, folder, team, agreed)
    if not resume:
        yield from _report_family(run)
    mx.reset_peak_memory()
    yield from _loop(run, resume, read_command, write_samples)


def _report_family(run: TrainingRun) -> Iterator[Warn]:
    """Yield what a user should know of how this kind of model is trained."""
    if run.engine.packing_obstacle:
        yield Warn.of(run.engine.packing_obstacle)
    parameters = run.plan.lora_parameters(run.base.config, run.state.memory_plan.rank)
    missing = lora.list_missing_layers(run.base.model, parameters)
    if missing:
        yield Warn.of(Note("These layers are not adapted, or not in every block: {layers}.", layers=", ".join(missing)))


def _loop(
    run: TrainingRun, resumed: bool, read_command: Callable[[], Command], write_samples: SampleWriter | None
) -> Iterator[RunEvent | Ended]:
    plan = run.plan
    saved = run.state.update
    if resumed:
        yield from _report_checkpoint(run, write_samples)  # the run may have died between saving and saying so
    else:
        yield _validate(run)
        _save_checkpoint(run)
        yield from _report_checkpoint(run, None)
    order = iterate_batches(run.data.train, plan.batch_size, plan.seed, run.state.batch)
    outcome: RunOutcome = "finished"
    reason = ""
    while run.state.batch < plan.iters:
        count = min(plan.grad_accumulation_steps, plan.iters - run.state.batch)
        before = run.state.batch
        step, diagnosis = _update(run, [next(order) for _ in range(count)])
        yield step
        if diagnosis is not None:
            outcome, reason = "diverged", diagnosis
            break
        command = _agree_on_command(run.team, read_command())
        last = run.state.batch >= plan.iters
        if last or _crosses(before, run.state.batch, plan.steps_per_eval):
            yield _validate(run)
            yield from _warn_of_overfitting(run)
            if plan.patience and run.state.without_better >= plan.patience:
                outcome, reason = "early", f"{plan.patience} validations brought no better one."
        ending = last or outcome == "early"
        if ending or command != "go" or _crosses(before, run.state.batch, plan.save_every):
            saved = run.state.update
            _save_checkpoint(run)
            yield from _report_checkpoint(run, write_samples if command != "stop" else None)
        if ending:
            break
        if command == "stop":
            outcome = "stopped"
            break
    yield _end(run, outcome, saved, reason)


def _agree_on_command(team: Team, own: Command) -> Command:
    """Return what all machines do: stop when one is to stop, save when one is to save."""
    if team.size == 1:
        return own
    stop, save = team.sum_numbers([float(own == "stop"), float(own == "save")])
    return "stop" if stop else "save" if save else "go"


def _crosses(before: int, after: int, every: int) -> bool:
    return before // every != after // every


def _update(run: TrainingRun, batches: Sequence[Sequence[Example]]) -> tuple[Step, str | None]:
    """Add up the gradients of some batches and take one optimizer step; or none, with a diagnosis."""
    state, plan = run.state, run.plan
    began = time.monotonic()
    sums = _accumulate_gradients(run, [e for batch in batches for e in batch])
    mean: Any = tree_map(lambda g: g / sums.targets, sums.gradients)
    length = compute_norm(mean)
    rate = compute_learning_rate(plan, state.update)
    loss_nats = sums.loss_nats / sums.targets
    diagnosis = guards.diagnose_divergence(loss_nats, length, state.valid_first, rate)
    if diagnosis is None:
        apply_gradients(run.base.model, run.optimizer, mean, rate, length, plan.max_grad_norm)
    seconds = time.monotonic() - began
    before = state.train_nats
    run.state = replace(
        state,
        update=state.update + 1,
        batch=state.batch + len(batches),
        tokens=state.tokens + sums.real_tokens,
        seconds=state.seconds + seconds,
        train_nats=loss_nats if math.isnan(before) else before + RECENT * (loss_nats - before),
    )
    step = Step(
        update=run.state.update,
        updates=plan.updates,
        loss_nats=loss_nats,
        learning_rate=rate,
        grad_norm=length,
        tokens_per_second=sums.real_tokens / seconds,
        peak_bytes=mx.get_peak_memory(),
        tokens=run.state.tokens,
        seconds_left=(plan.updates - run.state.update) * run.state.seconds / run.state.update,
    )
    return step, diagnosis


def _accumulate_gradients(run: TrainingRun, examples: Sequence[Example]) -> GradientSums:
    """Return an update's sums over all machines."""
    team = run.team
    places = team.share(examples)
    own = run.engine.accumulate([examples[i] for i in places], run.state.update, places)
    if team.size == 1:
        return own
    loss, targets, tokens, real = team.sum_numbers([own.loss_nats, own.targets, own.tokens, own.real_tokens])
    gradients = team.sum_trees(own.gradients)
    mx.eval(gradients)
    return GradientSums(loss, int(targets), int(tokens), int(real), gradients)


def _validate(run: TrainingRun) -> Validation:
    """Measure the validation loss, and keep the adapter if it is the best so far."""
    measured = validate(run.engine, run.data.valid, run.team)
    loss, state = measured.loss_nats, run.state
    best = math.isnan(state.valid_best) or loss < state.valid_best
    run.state = replace(state, valid_first=loss if math.isnan(state.valid_first) else state.valid_first)
    if best:
        run.state = replace(
            run.state,
            valid_best=loss,
            best_update=state.update,
            without_better=0,
            train_nats_at_best=state.train_nats,
        )
        _keep_best_adapter(run)
    else:
        run.state = replace(run.state, without_better=state.without_better + 1)
    return Validation(
        update=state.update,
        loss_nats=loss,
        items=len(run.data.valid),
        best=best,
        loss_nats_by_kind=dict(measured.by_kind),
    )


def _warn_of_overfitting(run: TrainingRun) -> Iterator[Warn]:
    state = run.state
    warning = guards.diagnose_overfitting(state.without_better, state.train_nats, state.train_nats_at_best)
    if warning and not state.warned:
        run.state = replace(state, warned=True)
        yield Warn.of(warning, state.update)


def _keep_best_adapter(run: TrainingRun) -> None:
    """Write the adapter as it stands as the run's best."""
    if not run.team.first:
        return
    layers: Any = run.base.model.layers
    parameters = run.plan.lora_parameters(run.base.config, run.state.memory_plan.rank)
    store.save(run.folder, lora.read_weights(run.base.model), parameters, run.recipe, run.data.sha256, len(layers))


def _save_checkpoint(run: TrainingRun) -> None:
    if run.team.first:
        checkpoint.save(run.folder, run.state, lora.read_weights(run.base.model), run.optimizer.state)
        checkpoint.prune(run.folder, run.plan.keep_checkpoints, run.state.best_update)


def _report_checkpoint(run: TrainingRun, write_samples: SampleWriter | None) -> Iterator[RunEvent]:
    """Yield the checkpoint of the run's state and, but for the untrained one, what the adapter writes there."""
    update = run.state.update
    yield Saved(update=update, path=str(checkpoint.locate(run.folder, update).relative_to(run.folder)))
    if write_samples is not None and update and run.team.first:
        for prompt, text in write_samples():
            yield Sample(update=update, prompt=prompt, text=text)
            warning = guards.diagnose_repetition(text)
            if warning:
                yield Warn.of(warning, update)


def _end(run: TrainingRun, outcome: RunOutcome, saved: int, reason: str) -> Ended:
    state = run.state
    return Ended(
        outcome=outcome,
        update=saved if outcome == "diverged" else state.update,
        valid_loss_nats_first=state.valid_first,
        valid_loss_nats_best=state.valid_best,
        best_update=state.best_update,
        tokens_per_second=state.tokens / state.seconds if state.seconds else 0.0,
        peak_bytes=mx.get_peak_memory(),
        reason=reason,
    )
