"""The recipe of a project as its files stand now.

In: the project and its plan. Out: a Recipe. Next: the jobs pairs and preview.
"""

from __future__ import annotations

from stylelab.basemodels.identity import identify, resolve
from stylelab.jobs.steps import rewriting
from stylelab.language import perturb, pipeline
from stylelab.language.languages import find_language, pipeline_code
from stylelab.pairs import plan as pairs_plan
from stylelab.persona import card
from stylelab.persona.prompt import SEPARATOR, TEMPLATE, WORD_COUNT_LINE
from stylelab.project.project import Project
from stylelab.recipe import Recipe
from stylelab.training.plan import Plan


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
