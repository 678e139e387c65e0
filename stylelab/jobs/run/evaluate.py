"""The evaluate job: every metric of a run's adapter on held-out pairs, beside the base's on the same pairs. Nothing is trained.

In: the project and a run. Out: scores by split and by kind of pair. It changes nothing.
"""

from __future__ import annotations

from pydantic import JsonValue

from stylelab.adapters import store
from stylelab.evaluation.measure import measure_adapter
from stylelab.evaluation.metrics import dump_scores
from stylelab.jobs.catalogue.training import EvaluateRequest, EvaluateResult
from stylelab.jobs.core.context import Context
from stylelab.jobs.steps.dataset import sealed, split
from stylelab.notes import Note
from stylelab.pairs.pair import Split
from stylelab.project.project import open_project
from stylelab.training.gradient_accumulation import VALIDATION_TOKENS, GradientEngine
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.plan import Plan
from stylelab.writing.loaded import LoadedBase

HELD_OUT: tuple[Split, ...] = ("valid", "test")


def run(context: Context, request: EvaluateRequest) -> EvaluateResult:
    """Return the scores of a run's best adapter and of the base alone.

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
    engine = GradientEngine(base, MemoryPlan(VALIDATION_TOKENS, 0, plan.rank, plan.max_seq_length), plan.seed)
    other_recipe = recipe.hash != adapter.recipe.hash
    if other_recipe:
        context.warn(
            Note("{run} was trained on other pairs than the dataset's now: its losses may say less.", run=folder.name)
        )
    context.phase("measure held-out pairs")
    scores: dict[str, dict[str, JsonValue]] = {}
    for name in HELD_OUT:
        examples = split(context, own, base, plan, name).examples
        scores[name] = dump_scores(len(examples), measure_adapter(loaded, folder.name, engine, examples))
    return EvaluateResult(run=folder.name, other_recipe=other_recipe, valid=scores["valid"], test=scores["test"])
