"""The pairs job: passages and a persona become a sealed dataset.

In: the project. Out: dataset/{train,valid,test}.jsonl, recipe.json and audit.json, which appear together or not at all, and
config.yaml for mlx-lm's own trainer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from stylelab.basemodels.encoding import load_encoding
from stylelab.basemodels.identity import identify, inspect, resolve
from stylelab.errors import PairsError
from stylelab.files import atomic_folder, atomic_write, sha256_file, write_json, write_jsonl
from stylelab.jobs.core.context import Context
from stylelab.jobs.steps import drafting, rewriting
from stylelab.language import perturb, pipeline
from stylelab.language.languages import find_language, pipeline_code
from stylelab.pairs import audit, remote
from stylelab.pairs import plan as pairs_plan
from stylelab.pairs.draft import DraftRequest, DraftTools
from stylelab.pairs.make import Limits, PairsResult, make_pairs
from stylelab.pairs.pair import SPLITS, Draft, Pair, Split, StageCount
from stylelab.pairs.reading import Reading
from stylelab.pairs.rewriters import Rewriter
from stylelab.pairs.shapes import Anchor, choose_shapes, list_anchors
from stylelab.pairs.split import split
from stylelab.persona import card
from stylelab.persona.prompt import SEPARATOR, TEMPLATE, WORD_COUNT_LINE
from stylelab.project.project import Project, open_project
from stylelab.project.store import Store
from stylelab.recipe import Recipe
from stylelab.training import mlxlm
from stylelab.training.plan import Plan

STAGE_EMPTY = "stage_empty"


def run(context: Context, project: str, processes: int | None = None, allow_remote: bool = False) -> dict[str, Any]:
    """Make the project's dataset anew; what was drafted before is not drafted again.

    Args:
        processes: How many draft at once; by the size of the work if not given. The dataset is the same.
        allow_remote: Whether text may go to the plan's server in this run.

    Raises:
        PairsError: A stage put out nothing, or the plan wants a server and may not.
    """
    own = open_project(Path(project))
    with own.lock(), own.store() as store:
        found = list_anchors(store.passages(), store.dataset.given())
        if not found:
            raise PairsError(
                "The project has no passage to make pairs of.",
                remedy=f"Add texts: stylelab corpus add {own.folder} FILE…",
                code=STAGE_EMPTY,
            )
        context.phase("seal the recipe")
        plan = Plan.load(own.plan)
        recipe = seal_recipe(own, plan)
        tools = DraftTools.of_recipe(recipe)
        context.phase("rewrite")
        drafts = make_drafts(context, own, store, found, recipe, tools, processes, allow_remote)
        context.phase("make pairs")
        made = check_pairs(context, own, store, found, drafts, recipe, tools, plan)
        splits = split(made.pairs, recipe.seed)
        context.phase("write the dataset")
        with store.transaction():  # files and database change together, or neither
            store.dataset.put_pairs(splits, made.rejected)
            names = {d.id: d.path for d in store.documents()}
            result = save(own, plan, recipe, made, splits, found, names)
        for warning in result["warnings"]:
            context.warn(warning)
        return result


def seal_recipe(project: Project, plan: Plan) -> Recipe:
    """Return the recipe of a project as its files stand now."""
    own = pairs_plan.load(project.pairs_plan)
    language = find_language(pipeline_code(own.pipeline))
    return Recipe(
        persona=card.load(project.persona),
        template=TEMPLATE,
        separator=SEPARATOR,
        word_count_line=WORD_COUNT_LINE,
        language=pipeline.load(own.pipeline).tool,
        classifier=language.tools.classifier,
        rewriter=rewriting.identify_rewriter(own, project.folder),
        perturbation=perturb.build_tool(language.vocabulary, own.rate, own.robustness_rate, own.variant_rate),
        scale=plan.strength,
        pairs=own,
        base=identify(resolve(project.settings.base, project.folder)),
        seed=plan.seed,
    )


def make_drafts(
    context: Context,
    project: Project,
    store: Store,
    found: Sequence[Anchor],
    recipe: Recipe,
    tools: DraftTools,
    processes: int | None,
    allow_remote: bool,
) -> dict[str, Draft]:
    """Return the drafts of all anchors.

    Raises:
        PairsError: The plan wants a server and may not, or the server fails.
    """

    def by_model(missing: Sequence[DraftRequest], reading: Reading) -> Rewriter:
        if recipe.pairs.rewriter == "remote":
            rewriting.refuse_remote(recipe.pairs, allow_remote)
            words = sum(len((request.given or request.text).split()) for request in missing)
            context.warn(remote.notice(recipe.pairs.endpoint, len(missing), words))
        return rewriting.build_model_rewriter(recipe.pairs, project.folder, reading)

    groups = [[anchor.request(shape) for shape in choose_shapes(anchor, recipe.pairs)] for anchor in found]
    setup = drafting.DraftSetup(recipe.pairs.pipeline, tools)
    rules = recipe.pairs.rewriter == "rules"
    return drafting.make_drafts(
        context, store, groups, setup, by_model=None if rules else by_model, processes=processes
    )


def check_pairs(
    context: Context,
    project: Project,
    store: Store,
    found: Sequence[Anchor],
    drafts: Mapping[str, Draft],
    recipe: Recipe,
    tools: DraftTools,
    plan: Plan,
) -> PairsResult:
    """Return the pairs of all drafts, checked against the base's tokenizer and the plan's sequence length."""
    encoding = load_encoding(resolve(project.settings.base, project.folder))
    p = recipe.pairs
    limits = Limits(encoding, plan.max_seq_length, p.bleed_limit_rules if p.rewriter == "rules" else p.bleed_limit)
    every = max(1, len(found) // 100)

    def on_anchor(done: int) -> None:
        if done % every == 0 or done == len(found):
            context.progress(done, len(found), "passages")

    edits = store.dataset.edits()
    return make_pairs(
        found,
        drafts,
        recipe,
        tools,
        find_language(pipeline_code(p.pipeline)).vocabulary,
        limits,
        edits=edits,
        on_anchor=on_anchor,
    )


def save(
    project: Project,
    plan: Plan,
    recipe: Recipe,
    made: PairsResult,
    splits: Mapping[Split, Sequence[Pair]],
    found: Sequence[Anchor],
    names: Mapping[str, str],
) -> dict[str, Any]:
    """Write the dataset folder and return what the command shows."""
    counts = {name: len(splits[name]) for name in SPLITS}
    stages = [*made.stages, StageCount("split", len(made.pairs), sum(counts.values()), {})]
    shares = audit.shares(made.pairs, names)
    leaks = audit.leaks(splits, {anchor.id: anchor.text for anchor in found})
    with atomic_folder(project.dataset) as aside:
        for name in SPLITS:
            rows = ({"prompt": p.prompt, "completion": p.completion, "id": p.id, "kind": p.kind} for p in splits[name])
            write_jsonl(aside / f"{name}.jsonl", rows)
        recipe.save(aside / "recipe.json")
        result: dict[str, Any] = {
            "funnel": [stage.row() for stage in stages],
            "splits": counts,
            "shares": shares,
            "bleed": audit.bleed_summary([*made.pairs, *(p for p in made.rejected if p.reason == "bleed")]),
            "leaks": [leak.row() for leak in leaks],
            "rejected": [{"passage": p.anchor, "pair": p.id, "reason": p.reason} for p in made.rejected],
            "warnings": audit.warnings(shares, counts["train"], leaks),
            "sha256": {name: sha256_file(aside / f"{name}.jsonl") for name in SPLITS},
            "recipe_sha256": recipe.hash,
        }
        write_json(aside / "audit.json", result)
    base = resolve(project.settings.base, project.folder).resolve()
    blocks = int(inspect(base).config["num_hidden_layers"])
    adapters = project.folder.resolve() / "adapters"
    text = mlxlm.dump(plan, str(base), str(project.dataset.resolve()), str(adapters), blocks)
    atomic_write(project.folder / "config.yaml", text)
    return result
