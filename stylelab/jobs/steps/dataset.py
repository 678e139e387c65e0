"""What the training jobs share: a project's pairs as tokens, for its base and a plan.

In: the project, a base, a plan. Out: a Dataset, with what was left out counted and said. Next: train, plan, evaluate, rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stylelab.basemodels.identity import identify, resolve
from stylelab.basemodels.load import Base
from stylelab.basemodels.untrained import find_untrained_tokens
from stylelab.batches.tokenise import Example, TokenisedPairs, tokenise
from stylelab.errors import PairsError, RecipeError
from stylelab.files import read_jsonl, sha256_file, sha256_json
from stylelab.jobs.core.context import Context
from stylelab.notes import Note
from stylelab.pairs.pair import SPLITS, Split
from stylelab.project.project import Project
from stylelab.recipe import Recipe
from stylelab.training.dataset import Dataset
from stylelab.training.plan import Plan


@dataclass(frozen=True)
class SplitExamples:
    """A split's pairs as tokens, and how many were too long."""

    examples: tuple[Example, ...]
    too_long: int


def load_sealed_recipe(project: Project, plan: Plan) -> tuple[Path, Recipe]:
    """Return the folder of the project's base and the recipe of its pairs, at the plan's scale.

    Raises:
        PairsError: There is no dataset.
        RecipeError: The pairs were made for another base, tokenizer or chat template.
    """
    if not project.recipe.is_file():
        raise build_dataset_error(project)
    recipe = Recipe.load(project.recipe).with_scale(plan.strength)
    where = resolve(project.settings.base, project.folder)
    parts = recipe.base.list_differences(identify(where))
    if parts:
        raise RecipeError(
            f"The pairs were made for {recipe.base.name}, and the project's base is now another."
            if "weights" in parts
            else f"The {' and the '.join(parts)} of {recipe.base.name} changed since the pairs were made.",
            remedy="Make the pairs again: stylelab pairs make.",
            code="recipe_base",
        )
    return where, recipe


def build_dataset_error(project: Project) -> PairsError:
    """Return the error of a project without pairs."""
    return PairsError(
        "The project has no dataset.", remedy=f"Make it: stylelab pairs make {project.folder}", code="no_pairs"
    )


def load_split(context: Context, project: Project, base: Base, plan: Plan, name: Split) -> SplitExamples:
    """Return one split's pairs; what is too long is counted and said.

    Raises:
        PairsError: There is no dataset, or no pair is left.
    """
    path = project.dataset / f"{name}.jsonl"
    if not path.is_file():
        raise build_dataset_error(project)
    limit = min(plan.max_seq_length, base.positions)
    rows = [
        (str(r["id"]), str(r["prompt"]), str(r["completion"]), str(r.get("kind", "")))
        for r in read_jsonl(path)
    ]  # fmt: skip
    done: TokenisedPairs = tokenise(rows, base, limit)
    if done.too_long:
        longest = max(length for _, length in done.too_long)
        context.warn(
            Note(
                "{count} of {all} {split} pairs are longer than {limit} tokens (the longest has {longest}) and are left out.",
                count=len(done.too_long),
                all=len(rows),
                split=name,
                limit=limit,
                longest=longest,
            )
        )
    if not done.examples:
        raise PairsError(
            f"No {name} pair is left of {len(rows)}.",
            remedy="Make the pairs again, or raise max_seq_length in training.yaml.",
            code="no_pairs",
        )
    return SplitExamples(done.examples, len(done.too_long))


def load_dataset(context: Context, project: Project, base: Base, plan: Plan) -> Dataset:
    """Return the tokenised train and valid pairs.

    Raises:
        PairsError: There is no dataset, or no pair of a split is left.
    """
    train = load_split(context, project, base, plan, "train")
    valid = load_split(context, project, base, plan, "valid")
    sha = sha256_json({name: sha256_file(project.dataset / f"{name}.jsonl") for name in SPLITS})
    return Dataset(train.examples, valid.examples, sha)


def warn_of_untrained_tokens(context: Context, base: Base, data: Dataset) -> None:
    """Say it when pairs hold special tokens that the base model was never trained on."""
    untrained = set(find_untrained_tokens(base))
    suspects = {token for token, text in base.encoding.special_tokens.items() if text in untrained}
    used = (
        suspects & {int(token) for example in (*data.train, *data.valid) for token in example.tokens}
        if suspects
        else set[int]()
    )
    if used:
        tokens = ", ".join(base.encoding.special_tokens[token] for token in sorted(used))
        context.warn(
            Note(
                "The base model has special tokens that were never trained, and the pairs use them: {tokens}. An adapter cannot "
                "teach them; choose another base model.",
                tokens=tokens,
            )
        )
