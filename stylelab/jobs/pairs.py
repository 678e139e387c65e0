"""The pairs job: passages and a persona become a sealed dataset.

In: the project. Out: dataset/{train,valid,test}.jsonl, recipe.json and audit.json, which appear together or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from stylelab.basemodels.identity import identify, resolve
from stylelab.errors import PairsError
from stylelab.files import atomic_folder, sha256_file, write_json, write_jsonl
from stylelab.jobs.context import Context
from stylelab.language import classify, lexicon, perturb
from stylelab.pairs import audit
from stylelab.pairs.make import Made, make
from stylelab.pairs.pair import SPLITS, Pair, Split, StageCount
from stylelab.pairs.rewriters import RulesRewriter
from stylelab.pairs.split import split
from stylelab.persona import card
from stylelab.persona.prompt import SEPARATOR, TEMPLATE, WORD_COUNT_LINE
from stylelab.project.project import Project, open_project
from stylelab.recipe import Recipe, Tool
from stylelab.training.plan import Plan

RATE, ROBUSTNESS_RATE = 0.08, 0.15  # words perturbed (METHOD §3)


def run(context: Context, project: str) -> dict[str, Any]:
    """Make the project's dataset anew.

    Raises:
        PairsError: A stage put out nothing.
    """
    own = open_project(Path(project))
    with own.lock(), own.store() as store:
        passages = store.passages()
        if not passages:
            raise PairsError(
                "The project has no passage to make pairs of.",
                remedy=f"Add texts: stylelab corpus add {own.folder} FILE…",
                code="stage_empty",
            )
        context.phase("seal the recipe")
        lists = lexicon.load()
        rewriter = RulesRewriter(lists)
        recipe = seal(own, rewriter.tool)
        context.phase("make pairs")
        every = max(1, len(passages) // 100)

        def on_passage(done: int) -> None:
            if done % every == 0 or done == len(passages):
                context.progress(done, len(passages), "passages")

        made = make(passages, recipe, rewriter, lists, on_passage=on_passage)
        splits = split(made.pairs, recipe.seed)
        context.phase("write the dataset")
        with store.transaction():  # files and database change together, or neither
            store.put_pairs(splits)
            result = save(own, recipe, made, splits)
        for warning in result["warnings"]:
            context.warn(warning)
        return result


def seal(project: Project, rewriter: Tool) -> Recipe:
    """Return the recipe of a project as its files stand now."""
    plan = Plan.load(project.plan)
    return Recipe(
        persona=card.load(project.persona),
        template=TEMPLATE,
        separator=SEPARATOR,
        word_count_line=WORD_COUNT_LINE,
        language=Tool(name="words", version=lexicon.VERSION),
        classifier=classify.TOOL,
        rewriter=rewriter,
        perturbation=perturb.tool(RATE, ROBUSTNESS_RATE),
        scale=plan.strength,
        base=identify(resolve(project.settings.base, project.folder)),
        seed=plan.seed,
    )


def save(project: Project, recipe: Recipe, made: Made, splits: Mapping[Split, Sequence[Pair]]) -> dict[str, Any]:
    """Write the dataset folder and return what the command shows."""
    counts = {name: len(splits[name]) for name in SPLITS}
    stages = [*made.stages, StageCount("split", len(made.pairs), sum(counts.values()), {})]
    shares = audit.shares(made.pairs)
    with atomic_folder(project.dataset) as aside:
        for name in SPLITS:
            rows = ({"prompt": p.prompt, "completion": p.completion, "id": p.id, "kind": p.kind} for p in splits[name])
            write_jsonl(aside / f"{name}.jsonl", rows)
        recipe.save(aside / "recipe.json")
        result: dict[str, Any] = {
            "funnel": [stage.row() for stage in stages],
            "splits": counts,
            "shares": shares,
            "bleed": audit.bleed_summary(made.pairs),
            "rejected": [{"passage": passage, "reason": reason} for passage, reason in made.rejected],
            "warnings": audit.warnings(shares, counts["train"]),
            "sha256": {name: sha256_file(aside / f"{name}.jsonl") for name in SPLITS},
            "recipe_sha256": recipe.hash,
        }
        write_json(aside / "audit.json", result)
    return result
