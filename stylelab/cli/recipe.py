"""`stylelab recipe`: what training and writing share, and how two of them differ."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stylelab.cli import show
from stylelab.cli.arguments import AsJson, Folder
from stylelab.project.project import open_project
from stylelab.recipe import Recipe, diff

app = typer.Typer(help="The sealed recipe.", no_args_is_help=True)


@app.command("show", epilog="Example: stylelab recipe show poe")
def show_recipe(project: Folder, json: AsJson = False) -> None:
    """Show the recipe the dataset was made with."""
    recipe = Recipe.load(open_project(project).recipe)
    if json:
        show.as_json({"hash": recipe.hash, **recipe.model_dump(mode="json")})
        return
    show.text(
        f"Recipe {recipe.hash[:12]}: {recipe.persona.author} on {recipe.base.name}, scale {recipe.scale:g}, seed {recipe.seed}."
    )
    tools = (recipe.language, recipe.classifier, recipe.rewriter, recipe.perturbation)
    show.table(("tool", "version", "parameters"), [(t.name, t.version, str(t.parameters)) for t in tools])


@app.command("diff", epilog="Example: stylelab recipe diff poe/dataset/recipe.json poe/runs/run-001/recipe.json")
def diff_recipes(
    a: Annotated[Path, typer.Argument(help="A recipe.json, or a folder that has one.")],
    b: Annotated[Path, typer.Argument(help="Another.")],
    json: AsJson = False,
) -> None:
    """Say in words how two recipes differ."""
    first, second = (Recipe.load(p / "recipe.json" if p.is_dir() else p) for p in (a, b))
    lines = diff(first, second)
    if json:
        show.as_json({"equal": not lines, "differences": lines})
        return
    show.text(*(lines or ["The recipes are equal."]))
