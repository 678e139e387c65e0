"""The training loop: a generator of typed events that neither prints nor draws.

In: a base, tokenised examples, a plan, a recipe. Out: events, checkpoints and an adapter in the run's folder.
Next room: jobs. The loss of an update is the mean over its target tokens, however they fall into batches.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, cast

import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim
from mlx.utils import tree_flatten, tree_map

from stylelab.adapters import lora, store
from stylelab.basemodels.load import Base, number
from stylelab.batches.bucket import epoch_order, sorted_batches
from stylelab.batches.mask import Batch, collate
from stylelab.batches.tokenise import Example
from stylelab.errors import TrainingError
from stylelab.recipe import Recipe
from stylelab.training import checkpoint
from stylelab.training.loss import loss_sum
from stylelab.training.plan import Plan
from stylelab.training.progress import Ended, Event, Sampled, Saved, Stepped, Validated
from stylelab.training.recompute import checkpoint_blocks

VALIDATION_TOKENS = 8192  # tokens per validation batch
EXPLODED = 3.0  # a loss this many times the first validation loss is divergence

Wish = Literal["go", "save", "stop"]
Sampler = Callable[[], Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Dataset:
    """Tokenised examples and the hash of the files they came from."""

    train: tuple[Example, ...]
    valid: tuple[Example, ...]
    sha256: str


@dataclass
class _Run:
    """What changes while a run goes on."""

    base: Base
    data: Dataset
    plan: Plan
    recipe: Recipe
    folder: Path
    state: checkpoint.State
    optimizer: optim.Optimizer
    began: float = field(default_factory=time.monotonic)
    since_tokens: int = 0

    @property
    def parameters(self) -> lora.LoraParameters:
        return lora_parameters(self.plan)


def lora_parameters(plan: Plan) -> lora.LoraParameters:
    """Return the adapter's shape that a plan asks for."""
    return lora.LoraParameters(plan.rank, plan.scale, plan.dropout, plan.keys, plan.num_layers)


def learning_rate(plan: Plan, update: int) -> float:
    """Return the learning rate of an update, counted from 0."""
    if update < plan.warmup:
        return plan.learning_rate * (update + 1) / plan.warmup
    if plan.lr_schedule == "constant":
        return plan.learning_rate
    done = (update - plan.warmup) / max(1, plan.updates - plan.warmup)
    return plan.learning_rate * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def validate(base: Base, examples: Sequence[Example]) -> float:
    """Return the mean loss in nats over all target tokens of the examples, dropout off."""
    lengths = [len(e.tokens) for e in examples]
    rows = max(1, VALIDATION_TOKENS // max(lengths))
    base.model.eval()
    lora.set_dropout_key(base.model, None)
    total, count = 0.0, 0
    for indices in sorted_batches(lengths, rows):
        batch = collate([examples[i] for i in indices])
        total += number(loss_sum(base, batch))
        count += len(batch.labels)
    return total / count


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
) -> Iterator[Event]:
    """Train an adapter and yield events as things happen; the last is Ended.

    Args:
        recipe: Sealed into every adapter; its scale must be the plan's.
        folder: The run's folder: checkpoints/ and the best adapter so far.
        resume: Go on from the folder's newest whole checkpoint.
        wish: Asked after every update: go on, save now, or save and stop.
        sampler: Called after every checkpoint; returns (prompt, text) pairs.

    Raises:
        TrainingError: No training or validation pair, nothing to resume, another plan or dataset than the run's.
    """
    if not data.train or not data.valid:
        raise TrainingError(
            f"There are {len(data.train)} training and {len(data.valid)} validation pairs.",
            remedy="Make pairs first: 'stylelab pairs make'; see 'stylelab audit' for where they went.",
            code="no_pairs",
        )
    if recipe.scale != plan.scale:
        raise TrainingError(
            f"Plan scale {plan.scale} is not the recipe's {recipe.scale}.", remedy="Seal the recipe anew."
        )
    run = _start(base, data, plan, recipe, folder, resume)
    yield from _loop(run, resume, wish, sampler)


def _start(base: Base, data: Dataset, plan: Plan, recipe: Recipe, folder: Path, resume: bool) -> _Run:
    optimizer = optim.Adam(learning_rate=plan.learning_rate)
    lora.attach(base.model, lora_parameters(plan), plan.seed)
    if plan.grad_checkpoint:
        checkpoint_blocks(base.model)
    optimizer.init(base.model.trainable_parameters())
    nan = math.nan
    state = checkpoint.State(0, 0, 0, 0.0, nan, nan, 0, plan.hash, data.sha256)
    if resume:
        point, _ = checkpoint.newest(folder)
        _same(point.state, plan, data)
        lora.load_weights(base.model, point.weights)
        optimizer.state = point.optimizer
        state = point.state
    mx.eval(base.model.parameters(), optimizer.state)
    mx.reset_peak_memory()
    return _Run(base, data, plan, recipe, folder, state, optimizer)


def _same(state: checkpoint.State, plan: Plan, data: Dataset) -> None:
    if state.plan_sha256 != plan.hash or state.dataset_sha256 != data.sha256:
        what = "plan" if state.plan_sha256 != plan.hash else "dataset"
        raise TrainingError(
            f"The {what} changed since this run's last checkpoint.",
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
    batches = _batches(run.data.train, plan, run.state.batch)
    outcome: Literal["finished", "stopped", "diverged"] = "finished"
    while run.state.batch < plan.iters:
        count = min(plan.grad_accumulation_steps, plan.iters - run.state.batch)
        before = run.state.batch
        stepped = _update(run, [next(batches) for _ in range(count)])
        if not math.isfinite(stepped.loss_nats) or stepped.loss_nats > EXPLODED * max(run.state.valid_first, 1.0):
            outcome = "diverged"
            yield stepped
            break
        yield stepped
        asked = wish()
        last = run.state.batch >= plan.iters
        if last or _crossed(before, run.state.batch, plan.steps_per_eval):
            yield _validate(run)
        if last or asked != "go" or _crossed(before, run.state.batch, plan.save_every):
            saved = run.state.update
            yield from _told(run, _save(run), sampler if asked != "stop" else None)
        if asked == "stop" and not last:
            outcome = "stopped"
            break
    yield _end(run, outcome, saved)


def _told(run: _Run, saved: Saved, sampler: Sampler | None) -> Iterator[Event]:
    """Yield a checkpoint and, but for the untrained one, what the adapter writes there."""
    yield saved
    if sampler is not None and saved.update:
        for prompt, text in sampler():
            yield Sampled(saved.update, prompt, text)


def _end(run: _Run, outcome: Literal["finished", "stopped", "diverged"], saved: int) -> Ended:
    s = run.state
    rate = s.tokens / s.seconds if s.seconds else 0.0
    update = saved if outcome == "diverged" else s.update
    return Ended(outcome, update, s.valid_first, s.valid_best, s.best_update, rate, mx.get_peak_memory())


def _crossed(before: int, after: int, every: int) -> bool:
    return before // every != after // every


def _batches(examples: Sequence[Example], plan: Plan, skip: int) -> Iterator[Batch]:
    """Yield batches for ever, epoch after epoch, from batch number `skip` on."""
    lengths = [len(e.tokens) for e in examples]
    epoch, seen = 0, 0
    while True:
        for indices in epoch_order(lengths, plan.batch_size, plan.seed, epoch):
            if seen >= skip:
                yield collate([examples[i] for i in indices])
            seen += 1
        epoch += 1


def _update(run: _Run, batches: Sequence[Batch]) -> Stepped:
    """Accumulate the batches' gradients and take one optimizer step."""
    model, state, plan = run.base.model, run.state, run.plan
    began = time.monotonic()
    model.train()
    value_and_grad = nn.value_and_grad(model, lambda batch: loss_sum(run.base, batch))
    total, targets, sums = 0.0, 0, None
    for index, batch in enumerate(batches):
        key = mx.random.key(plan.seed * 1_000_003 + state.batch + index) if plan.dropout else None
        lora.set_dropout_key(model, key)
        loss, grads = value_and_grad(batch)
        sums = grads if sums is None else tree_map(mx.add, sums, grads)
        mx.eval(loss, sums)
        total += number(loss)
        targets += len(batch.labels)
    mean: Any = tree_map(lambda g: g / targets, sums)
    norm = math.sqrt(
        sum(number(mx.sum(mx.square(g))) for _, g in cast("list[tuple[str, mx.array]]", tree_flatten(mean)))
    )
    rate = learning_rate(plan, state.update)
    loss_nats = total / targets
    if math.isfinite(loss_nats) and math.isfinite(norm):
        run.optimizer.learning_rate = mx.array(rate)
        run.optimizer.update(model, mean)
        mx.eval(model.trainable_parameters(), run.optimizer.state)
    else:
        loss_nats = math.nan
    tokens = sum(b.tokens for b in batches)
    seconds = time.monotonic() - began
    run.state = replace(
        state,
        update=state.update + 1,
        batch=state.batch + len(batches),
        tokens=state.tokens + tokens,
        seconds=state.seconds + seconds,
    )
    left = (plan.updates - run.state.update) * run.state.seconds / run.state.update
    return Stepped(
        run.state.update,
        plan.updates,
        loss_nats,
        rate,
        norm,
        tokens / seconds,
        mx.get_peak_memory(),
        run.state.tokens,
        left,
    )


def _validate(run: _Run) -> Validated:
    loss = validate(run.base, run.data.valid)
    s = run.state
    first = loss if math.isnan(s.valid_first) else s.valid_first
    best = math.isnan(s.valid_best) or loss < s.valid_best
    run.state = replace(
        s, valid_first=first, valid_best=loss if best else s.valid_best, best_update=s.update if best else s.best_update
    )
    if best:
        _store(run)
    return Validated(s.update, loss, len(run.data.valid), best)


def _store(run: _Run) -> None:
    """Keep the adapter as it stands as the run's best."""
    layers: Any = run.base.model.layers
    blocks = len(layers)
    store.save(run.folder, lora.weights(run.base.model), run.parameters, run.recipe, run.data.sha256, blocks)


def _save(run: _Run) -> Saved:
    checkpoint.save(run.folder, run.state, lora.weights(run.base.model), run.optimizer.state)
    checkpoint.prune(run.folder, run.plan.keep_checkpoints, run.state.best_update)
    return _at(run)


def _at(run: _Run) -> Saved:
    """Return the event of the checkpoint of the run's state."""
    return Saved(run.state.update, str(checkpoint.folder(run.folder, run.state.update).relative_to(run.folder)))
