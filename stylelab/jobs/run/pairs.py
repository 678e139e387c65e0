"""The pairs job: passages and a persona become a sealed dataset.

In: the project. Out: dataset/{train,valid,test}.jsonl, recipe.json and audit.json, which appear together or not at all, and
config.yaml for mlx-lm's own trainer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stylelab.basemodels.encoding import load_encoding
from stylelab.basemodels.identity import inspect, resolve
from stylelab.errors import PairsError
from stylelab.files import atomic_write, replace_folder, sha256_file, write_json, write_jsonl
from stylelab.jobs.catalogue.pairs import LeakRow, PairsAudit, PairsRequest, RejectedPair, StageRow
from stylelab.jobs.core.context import Context
from stylelab.jobs.steps import drafting, rewriting
from stylelab.jobs.steps.sealing import seal_recipe
from stylelab.language.languages import find_language, find_pipeline_language
from stylelab.pairs import audit, remote
from stylelab.pairs.draft import DraftRequest, DraftTools
from stylelab.pairs.make import Limits, PairsResult, make_pairs
from stylelab.pairs.pair import SPLITS, Draft, Pair, Split, StageCount
from stylelab.pairs.parse_cache import ParseCache
from stylelab.pairs.rewriters import Rewriter
from stylelab.pairs.shapes import Anchor, choose_shapes, list_anchors
from stylelab.pairs.split import split
from stylelab.project.project import Project, open_project
from stylelab.project.store import Store
from stylelab.recipe import Recipe
from stylelab.training import mlxlm
from stylelab.training.plan import Plan

STAGE_EMPTY = "stage_empty"


def run(context: Context, request: PairsRequest) -> PairsAudit:
    """Make the project's dataset anew; what was drafted before is not drafted again.

    Raises:
        PairsError: A stage put out nothing, or the plan wants a server and may not.
    """
    own = open_project(request.project)
    with own.lock(), own.open_store() as store:
        found = list_anchors(store.load_passages(), store.dataset.load_given())
        if not found:
            raise PairsError(
                "The project has no passage to make pairs of.",
                remedy=f"Add texts: stylelab corpus add {own.folder} FILE…",
                code=STAGE_EMPTY,
            )
        context.phase("seal the recipe")
        plan = Plan.load(own.plan)
        recipe = seal_recipe(own, plan)
        tools = DraftTools.from_recipe(recipe)
        context.phase("rewrite")
        drafts = make_drafts(context, own, store, found, recipe, tools, request)
        context.phase("make pairs")
        made = check_pairs(context, own, store, found, drafts, recipe, tools, plan)
        splits = split(made.pairs, recipe.seed)
        context.phase("write the dataset")
        with store.transaction():  # files and database change together, or neither
            store.dataset.put_pairs(splits, made.rejected)
            names = {d.id: d.path for d in store.load_documents()}
            result, warnings = save_dataset(own, plan, recipe, made, splits, found, names)
        for warning in warnings:
            context.warn(warning)
        return result


def make_drafts(
    context: Context,
    project: Project,
    store: Store,
    found: Sequence[Anchor],
    recipe: Recipe,
    tools: DraftTools,
    request: PairsRequest,
) -> dict[str, Draft]:
    """Return the drafts of all anchors.

    Raises:
        PairsError: The plan wants a server and may not, or the server fails.
    """

    def by_model(missing: Sequence[DraftRequest], reading: ParseCache) -> Rewriter:
        if recipe.pairs.rewriter == "remote":
            rewriting.refuse_remote(recipe.pairs, request.allow_remote)
            words = sum(len((request.given or request.text).split()) for request in missing)
            context.warn(remote.build_notice(recipe.pairs.endpoint, len(missing), words))
        return rewriting.build_model_rewriter(recipe.pairs, project.folder, reading)

    groups = [[anchor.build_request(shape) for shape in choose_shapes(anchor, recipe.pairs)] for anchor in found]
    setup = drafting.DraftSetup(recipe.pairs.pipeline, tools)
    rules = recipe.pairs.rewriter == "rules"
    return drafting.make_drafts(
        context, store, groups, setup, by_model=None if rules else by_model, processes=request.processes
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

    edits = store.dataset.load_edits()
    return make_pairs(
        found,
        drafts,
        recipe,
        tools,
        find_language(find_pipeline_language(p.pipeline)).vocabulary,
        limits,
        edits=edits,
        on_anchor=on_anchor,
    )


def save_dataset(
    project: Project,
    plan: Plan,
    recipe: Recipe,
    made: PairsResult,
    splits: Mapping[Split, Sequence[Pair]],
    found: Sequence[Anchor],
    names: Mapping[str, str],
) -> tuple[PairsAudit, list[str]]:
    """Write the dataset folder; return what it is made of, and what the user should know."""
    counts = {name: len(splits[name]) for name in SPLITS}
    stages = [*made.stages, StageCount("split", len(made.pairs), sum(counts.values()), {})]
    shares = audit.compute_shares(made.pairs, names)
    leaks = audit.find_leaks(splits, {anchor.id: anchor.text for anchor in found})
    warnings = audit.list_warnings(shares, counts["train"], leaks)
    with replace_folder(project.dataset) as aside:
        for name in SPLITS:
            rows = ({"prompt": p.prompt, "completion": p.completion, "id": p.id, "kind": p.kind} for p in splits[name])
            write_jsonl(aside / f"{name}.jsonl", rows)
        recipe.save(aside / "recipe.json")
        result = PairsAudit(
            funnel=tuple(StageRow.model_validate(stage.dump()) for stage in stages),
            splits=dict(counts),
            shares=shares,
            bleed=audit.summarise_bleed([*made.pairs, *(p for p in made.rejected if p.reason == "bleed")]),
            leaks=tuple(LeakRow.model_validate(leak.dump()) for leak in leaks),
            rejected=tuple(RejectedPair(passage=p.anchor, pair=p.id, reason=p.reason) for p in made.rejected),
            warnings=tuple(warnings),
            sha256={name: sha256_file(aside / f"{name}.jsonl") for name in SPLITS},
            recipe_sha256=recipe.hash,
        )
        write_json(aside / "audit.json", result.dump())
    base = resolve(project.settings.base, project.folder).resolve()
    config = inspect(base).config
    adapters = project.folder.resolve() / "adapters"
    text = mlxlm.dump(plan, str(base), str(project.dataset.resolve()), str(adapters), config)
    atomic_write(project.folder / "config.yaml", text)
    return result, warnings
