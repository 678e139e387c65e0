"""The recipe of a project as its files stand now.

In: the project and its plan. Out: a Recipe. Next: the jobs pairs and preview.
"""

from __future__ import annotations

from stylelab.basemodels.identity import identify, resolve
from stylelab.jobs.steps import rewriting
from stylelab.language import perturb, pipeline
from stylelab.language.languages import find_language, find_pipeline_language
from stylelab.pairs import plan as pairs_plan
from stylelab.persona import card
from stylelab.persona.prompt import SEPARATOR, TEMPLATE, WORD_COUNT_LINE
from stylelab.project.project import Project
from stylelab.recipe import PIVOT_PLAIN, Recipe
from stylelab.training.plan import Plan


def seal_recipe(project: Project, plan: Plan, pivot: str = PIVOT_PLAIN) -> Recipe:
    """Return the recipe of a project as its files stand now.

    Args:
        pivot: The way of rewriting where the plan says "auto".
    """
    own = pairs_plan.load(project.pairs_plan).settle(pivot)
    language = find_language(find_pipeline_language(own.pipeline))
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


def seal_way(recipe: Recipe, project: Project, pivot: str) -> Recipe:
    """Return the same recipe with a model rewriter asked in another way."""
    pairs = recipe.pairs.model_copy(update={"pivot": pivot})
    rewriter = rewriting.identify_rewriter(pairs, project.folder)
    return recipe.model_copy(update={"pairs": pairs, "rewriter": rewriter})
