"""The evaluate job: the losses of a run's adapter on held-out pairs, beside the base's on the same pairs. Nothing is trained.

In: the project and a run. Out: losses by split and by kind of pair. It changes nothing.
"""

from __future__ import annotations

from stylelab.adapters import store
from stylelab.jobs.catalogue.training import EvaluateRequest, EvaluateResult, HeldOutLosses
from stylelab.jobs.core.context import Context
from stylelab.jobs.steps.dataset import sealed, split
from stylelab.notes import Note
from stylelab.pairs.pair import Split
from stylelab.project.project import open_project
from stylelab.training.engine import VALIDATION_TOKENS, Engine
from stylelab.training.fit import Fit
from stylelab.training.loop import validate
from stylelab.training.plan import Plan
from stylelab.writing.loaded import LoadedBase

HELD_OUT: tuple[Split, ...] = ("valid", "test")


def run(context: Context, request: EvaluateRequest) -> EvaluateResult:
    """Return the losses of a run's best adapter and of the base alone, in nats per token.

    Raises:
        AdapterError: The run has no adapter.
        PairsError: There are no held-out pairs.
    """
    own = open_project(request.project)
    folder = own.run(request.run)
    adapter = store.read(folder)
    plan = Plan.load(folder / "training.yaml")
    context.phase("load the base model")
    where, recipe = sealed(own, plan)
    loaded = LoadedBase.load(where, {folder.name: adapter})
    loaded.choose(folder.name)
    base = loaded.base
    engine = Engine(base, Fit(VALIDATION_TOKENS, 0, plan.rank, plan.max_seq_length), plan.seed)
    other_recipe = recipe.hash != adapter.recipe.hash
    if other_recipe:
        context.warn(
            Note("{run} was trained on other pairs than the dataset's now: its losses may say less.", run=folder.name)
        )
    context.phase("measure held-out pairs")
    losses: dict[Split, HeldOutLosses] = {}
    for name in HELD_OUT:
        examples = split(context, own, base, plan, name).examples
        loaded.choose(folder.name)
        with_adapter = validate(engine, examples)
        loaded.choose(None)
        alone = validate(engine, examples)
        losses[name] = HeldOutLosses(
            pairs=len(examples),
            loss_nats=with_adapter.loss_nats,
            base_loss_nats=alone.loss_nats,
            loss_nats_by_kind=dict(with_adapter.by_kind),
            base_loss_nats_by_kind=dict(alone.by_kind),
        )
    return EvaluateResult(run=folder.name, other_recipe=other_recipe, valid=losses["valid"], test=losses["test"])
