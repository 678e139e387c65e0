"""A training run between two updates: begun anew, or as its newest checkpoint left it.

In: a base, a dataset, a plan, a recipe, the run's folder. Out: a TrainingRun. Next: loop.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import mlx.core as mx
import mlx.optimizers as optim

from stylelab.adapters import lora
from stylelab.basemodels.load import Base
from stylelab.errors import TrainingError
from stylelab.recipe import Recipe
from stylelab.training import checkpoint
from stylelab.training.dataset import Dataset
from stylelab.training.gradient_accumulation import GradientEngine
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.optimizer import build_optimizer
from stylelab.training.parallel import Team
from stylelab.training.plan import Plan


@dataclass
class TrainingRun:
    """A run's parts, and its state, which every update replaces."""

    engine: GradientEngine
    data: Dataset
    plan: Plan
    recipe: Recipe
    folder: Path
    team: Team
    state: checkpoint.RunState
    optimizer: optim.Optimizer

    @property
    def base(self) -> Base:
        """The base with its adapter."""
        return self.engine.base


def begin_run(
    base: Base, data: Dataset, plan: Plan, recipe: Recipe, folder: Path, team: Team, memory_plan: MemoryPlan
) -> TrainingRun:
    """Return a run before its first update.

    Args:
        base: Its adapter is attached, of the memory plan's rank.
    """
    optimizer = build_optimizer(plan)
    optimizer.init(base.model.trainable_parameters())
    state = checkpoint.RunState(
        plan=plan.model_dump(mode="json"),
        memory_plan=memory_plan,
        dataset_sha256=data.sha256,
        recipe_sha256=recipe.hash,
    )
    engine = GradientEngine(base, memory_plan, plan.seed, noise=plan.neftune_alpha)
    mx.eval(base.model.parameters(), optimizer.state)
    return TrainingRun(
        engine, data.keep_within(memory_plan.max_seq_length), plan, recipe, folder, team, state, optimizer
    )


def resume_run(base: Base, data: Dataset, plan: Plan, recipe: Recipe, folder: Path, team: Team) -> TrainingRun:
    """Return a run as its newest checkpoint left it, on every machine as on the first; the adapter is attached.

    Raises:
        TrainingError: There is no checkpoint, or plan, dataset or recipe are not the run's.
    """
    point = checkpoint.read_newest(folder)[0] if team.first else None
    text = team.broadcast_text(json.dumps(point.state.to_json()) if point else "")
    state = checkpoint.RunState.from_json(json.loads(text))
    refuse_changes(state, plan, data, recipe)
    lora.attach(base.model, plan.lora_parameters(base.config, state.memory_plan.rank), plan.seed)
    run = begin_run(base, data, plan, recipe, folder, team, state.memory_plan)
    if point is not None:
        lora.load_weights(base.model, point.weights)
        run.optimizer.state = point.optimizer
    if team.size > 1:
        lora.load_weights(base.model, team.broadcast(lora.read_weights(base.model)))
        run.optimizer.state = team.broadcast(run.optimizer.state)
    run.state = state
    mx.eval(base.model.parameters(), run.optimizer.state)
    return run


def refuse_changes(state: checkpoint.RunState, plan: Plan, data: Dataset, recipe: Recipe) -> None:
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
