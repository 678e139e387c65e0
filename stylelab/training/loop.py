"""The training loop: a generator of typed events that neither prints nor draws.

In: a base, tokenised examples, a plan, a recipe. Out: events, checkpoints and an adapter in the run's folder.
Next room: jobs. The loss of an update is the mean over its target tokens, however they are divided.
"""

from __future__ import annotations

import json
import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

import mlx.core as mx
import mlx.optimizers as optim
import numpy as np
from mlx.utils import tree_map

from stylelab.adapters import lora, store
from stylelab.basemodels.load import Base
from stylelab.batches.bucket import epoch_order
from stylelab.batches.tokenise import Example
from stylelab.errors import TrainingError
from stylelab.recipe import Recipe
from stylelab.training import checkpoint, guards
from stylelab.training.engine import Engine, Sums
from stylelab.training.fit import Fit
from stylelab.training.fitting import fitted
from stylelab.training.limits import budget_bytes
from stylelab.training.optimise import learning_rate, make_optimizer, norm, step
from stylelab.training.parallel import Team
from stylelab.training.plan import Plan
from stylelab.training.progress import Ended, Event, Outcome, Sampled, Saved, Stepped, Validated, Warned

Wish = Literal["go", "save", "stop"]
Sampler = Callable[[], Sequence[tuple[str, str]]]
ALONE = Team()
RECENT = 0.1  # weight of the newest update in the running mean of the training loss


@dataclass(frozen=True)
class Dataset:
    """Tokenised examples and the hash of the files they came from."""

    train: tuple[Example, ...]
    valid: tuple[Example, ...]
    sha256: str

    def within(self, most: int) -> Dataset:
        """Return the examples of at most so many tokens."""
        short = [tuple(e for e in part if len(e.tokens) <= most) for part in (self.train, self.valid)]
        return Dataset(short[0], short[1], self.sha256)


@dataclass(frozen=True)
class Rate:
    """Loss by kind and over all, in nats per target token."""

    loss_nats: float
    by_kind: dict[str, float]


@dataclass
class _Run:
    """What changes while a run goes on."""

    engine: Engine
    data: Dataset
    plan: Plan
    recipe: Recipe
    folder: Path
    team: Team
    state: checkpoint.State
    optimizer: optim.Optimizer

    @property
    def base(self) -> Base:
        return self.engine.base


def lora_parameters(plan: Plan, rank: int | None = None) -> lora.LoraParameters:
    """Return the adapter's shape that a plan asks for, or the same with another rank."""
    kind, width = plan.fine_tune_type, plan.rank if rank is None else rank
    return lora.LoraParameters(width, plan.strength, plan.dropout, plan.keys, plan.num_layers, kind)


def validate(engine: Engine, examples: Sequence[Example], team: Team = ALONE) -> Rate:
    """Return the mean loss over all target tokens of the examples, dropout off."""
    own = team.share(examples)
    losses = np.zeros(len(examples))
    if own:
        losses[own] = engine.losses([examples[i] for i in own])
    sums: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for example, loss in zip(examples, team.numbers(losses.tolist()), strict=True):
        sums[example.kind] += loss
        counts[example.kind] += example.targets
    by_kind = {kind: sums[kind] / counts[kind] for kind in sorted(sums) if kind}
    return Rate(sum(sums.values()) / sum(counts.values()), by_kind)


def train(
    base: Base,
    data: Dataset,
    plan: Plan,
    recipe: Recipe,
    folder: Path,
    *,
    resume: bool = False,
    wish: Callable[[], Wish] = lambda: "go",
    sampler: Sampler | None = None,
    team: Team = ALONE,
) -> Iterator[Event]:
    """Train an adapter and yield events as things happen; the last is Ended.

    Args:
        recipe: Sealed into every adapter; its scale must be the plan's.
        folder: The run's folder: checkpoints/ and the best adapter so far.
        resume: Go on from the folder's newest whole checkpoint.
        wish: Asked after every update: go on, save now, or save and stop.
        sampler: Called after every checkpoint; returns (prompt, text) pairs.
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
        run = _resumed(base, data, plan, recipe, folder, team)
    else:
        fit, told = fitted(base, data.train, plan, budget_bytes(plan.memory_gb), lora_parameters)
        for message in told:
            yield Warned(0, message)
        lean = team.leanest(fit)
        if lean.rank != fit.rank:
            lora.detach(base.model)
            lora.attach(base.model, lora_parameters(plan, lean.rank), plan.seed)
        if lean != fit:
            yield Warned(0, f"Another machine has less memory: rank {lean.rank}, {lean.recomputed} blocks recomputed.")
        run = _started(base, data, plan, recipe, folder, team, lean)
    if run.engine.unfit and not resume:
        yield Warned(0, f"Pairs are computed in padded batches: {run.engine.unfit}.")
    mx.reset_peak_memory()
    yield from _loop(run, resume, wish, sampler)


def _started(base: Base, data: Dataset, plan: Plan, recipe: Recipe, folder: Path, team: Team, fit: Fit) -> _Run:
    """Return a run before its first update, its adapter attached as it must fit."""
    optimizer = make_optimizer(plan)
    optimizer.init(base.model.trainable_parameters())
    nan = math.nan
    settings = plan.model_dump(mode="json")
    state = checkpoint.State(
        0, 0, 0, 0.0, nan, nan, 0, 0, nan, nan, False, settings, fit, data.sha256, recipe.hash
    )  # fmt: skip
    engine = Engine(base, fit, plan.seed, batch_size=plan.batch_size, noise=plan.neftune_alpha)
    mx.eval(base.model.parameters(), optimizer.state)
    return _Run(engine, data.within(fit.max_seq_length), plan, recipe, folder, team, state, optimizer)


def _resumed(base: Base, data: Dataset, plan: Plan, recipe: Recipe, folder: Path, team: Team) -> _Run:
    """Return a run as its newest checkpoint left it, on every machine as on the first."""
    point = checkpoint.newest(folder)[0] if team.first else None
    told = json.loads(team.agreed_text(json.dumps(asdict(point.state)) if point else ""))
    state = checkpoint.State(**{**told, "fit": Fit(**told["fit"])})
    _same(state, plan, data, recipe)
    lora.attach(base.model, lora_parameters(plan, state.fit.rank), plan.seed)
    run = _started(base, data, plan, recipe, folder, team, state.fit)
    if point is not None:
        lora.load_weights(base.model, point.weights)
        run.optimizer.state = point.optimizer
    if team.size > 1:
        lora.load_weights(base.model, team.agreed(lora.weights(base.model)))
        run.optimizer.state = team.agreed(run.optimizer.state)
    run.state = state
    mx.eval(base.model.parameters(), run.optimizer.state)
    return run


def _same(state: checkpoint.State, plan: Plan, data: Dataset, recipe: Recipe) -> None:
    """Raise a TrainingError that names what changed since a run's checkpoint."""
    changed = Plan.model_validate(state.plan).differences(plan)
    changed += ["the dataset"] if state.dataset_sha256 != data.sha256 else []
    changed += ["the recipe"] if state.recipe_sha256 != recipe.hash else []
    if changed:
        raise TrainingError(
            f"The plan changed since this run's last checkpoint ({'; '.join(changed)}).",
            remedy="Undo the change, or start a new run with 'stylelab train run'.",
            code="resume_changed",
        )


def _loop(run: _Run, resumed: bool, wish: Callable[[], Wish], sampler: Sampler | None) -> Iterator[Event]:
    plan = run.plan
    saved = run.state.update
    if resumed:
        yield from _told(run, _at(run), sampler)  # the run may have died between saving and saying so
    else:
        yield _validate(run)
        yield _save(run)
    order = batches(run.data.train, plan, run.state.batch)
    outcome: Outcome = "finished"
    reason = ""
    while run.state.batch < plan.iters:
        count = min(plan.grad_accumulation_steps, plan.iters - run.state.batch)
        before = run.state.batch
        stepped, broken = _update(run, [next(order) for _ in range(count)])
        yield stepped
        if broken is not None:
            outcome, reason = "diverged", broken
            break
        asked = team_wish(run.team, wish())
        last = run.state.batch >= plan.iters
        if last or _crossed(before, run.state.batch, plan.steps_per_eval):
            yield _validate(run)
            yield from _overfitting(run)
            if plan.patience and run.state.without_better >= plan.patience:
                outcome, reason = "early", f"{plan.patience} validations brought no better one."
        ending = last or outcome == "early"
        if ending or asked != "go" or _crossed(before, run.state.batch, plan.save_every):
            saved = run.state.update
            yield from _told(run, _save(run), sampler if asked != "stop" else None)
        if ending:
            break
        if asked == "stop":
            outcome = "stopped"
            break
    yield _end(run, outcome, saved, reason)


def team_wish(team: Team, own: Wish) -> Wish:
    """Return what all machines do: stop when one is to stop, save when one is to save."""
    if team.size == 1:
        return own
    stop, save = team.numbers([float(own == "stop"), float(own == "save")])
    return "stop" if stop else "save" if save else "go"


def _told(run: _Run, saved: Saved, sampler: Sampler | None) -> Iterator[Event]:
    """Yield a checkpoint and, but for the untrained one, what the adapter writes there."""
    yield saved
    if sampler is not None and saved.update and run.team.first:
        for prompt, text in sampler():
            yield Sampled(saved.update, prompt, text)
            warning = guards.looped(text)
            if warning:
                yield Warned(saved.update, warning)


def _overfitting(run: _Run) -> Iterator[Event]:
    s = run.state
    warning = guards.overfitting(s.without_better, s.train_nats, s.train_nats_at_best)
    if warning and not s.warned:
        run.state = replace(s, warned=True)
        yield Warned(s.update, warning)


def _end(run: _Run, outcome: Outcome, saved: int, reason: str) -> Ended:
    s = run.state
    rate = s.tokens / s.seconds if s.seconds else 0.0
    update = saved if outcome == "diverged" else s.update
    return Ended(outcome, update, s.valid_first, s.valid_best, s.best_update, rate, mx.get_peak_memory(), reason)


def _crossed(before: int, after: int, every: int) -> bool:
    return before // every != after // every


def batches(examples: Sequence[Example], plan: Plan, skip: int) -> Iterator[list[Example]]:
    """Yield batches for ever, epoch after epoch, from batch number `skip` on: the order of training."""
    lengths = [len(e.tokens) for e in examples]
    epoch, seen = 0, 0
    while True:
        for indices in epoch_order(lengths, plan.batch_size, plan.seed, epoch):
            if seen >= skip:
                yield [examples[i] for i in indices]
            seen += 1
        epoch += 1


def _update(run: _Run, batches: Sequence[Sequence[Example]]) -> tuple[Stepped, str | None]:
    """Add up the gradients of some batches and take one optimizer step; or none, with a diagnosis."""
    state, plan = run.state, run.plan
    began = time.monotonic()
    examples = [e for batch in batches for e in batch]
    sums = _shared(run, examples)
    mean: Any = tree_map(lambda g: g / sums.targets, sums.gradients)
    length = norm(mean)
    rate = learning_rate(plan, state.update)
    loss_nats = sums.loss_nats / sums.targets
    broken = guards.divergence(loss_nats, length, state.valid_first, rate)
    if broken is None:
        step(run.base.model, run.optimizer, mean, rate, length, plan.max_grad_norm)
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
    left = (plan.updates - run.state.update) * run.state.seconds / run.state.update
    figures = (sums.real_tokens / seconds, mx.get_peak_memory(), run.state.tokens, left)
    return Stepped(run.state.update, plan.updates, loss_nats, rate, length, *figures), broken


def _shared(run: _Run, examples: Sequence[Example]) -> Sums:
    """Return an update's sums over all machines."""
    team = run.team
    places = team.share(examples)
    own = run.engine.gradients([examples[i] for i in places], run.state.update, places)
    if team.size == 1:
        return own
    loss, targets, tokens, real = team.numbers([own.loss_nats, own.targets, own.tokens, own.real_tokens])
    gradients = team.total(own.gradients)
    mx.eval(gradients)
    return Sums(loss, int(targets), int(tokens), int(real), gradients)


def _validate(run: _Run) -> Validated:
    rate = validate(run.engine, run.data.valid, run.team)
    loss, s = rate.loss_nats, run.state
    best = math.isnan(s.valid_best) or loss < s.valid_best
    run.state = replace(s, valid_first=loss if math.isnan(s.valid_first) else s.valid_first)
    if best:
        run.state = replace(
            run.state, valid_best=loss, best_update=s.update, without_better=0, train_nats_at_best=s.train_nats
        )
        _store(run)
    else:
        run.state = replace(run.state, without_better=s.without_better + 1)
    return Validated(s.update, loss, len(run.data.valid), best, rate.by_kind)


def _store(run: _Run) -> None:
    """Keep the adapter as it stands as the run's best."""
    if not run.team.first:
        return
    layers: Any = run.base.model.layers
    parameters = lora_parameters(run.plan, run.state.fit.rank)
    store.save(run.folder, lora.weights(run.base.model), parameters, run.recipe, run.data.sha256, len(layers))


def _save(run: _Run) -> Saved:
    if run.team.first:
        checkpoint.save(run.folder, run.state, lora.weights(run.base.model), run.optimizer.state)
        checkpoint.prune(run.folder, run.plan.keep_checkpoints, run.state.best_update)
    return _at(run)


def _at(run: _Run) -> Saved:
    """Return the event of the checkpoint of the run's state."""
    return Saved(run.state.update, str(checkpoint.folder(run.folder, run.state.update).relative_to(run.folder)))
