"""`stylelab recipe`: what training and writing share, and how two of them differ."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stylelab.cli import show
from stylelab.cli.arguments import AsJson, Folder
from stylelab.project.project import open_project
from stylelab.recipe import Recipe, format_value, list_differences

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
    p = recipe.persona
    frames = len(p.frames.NARRATIVE) + len(p.frames.CONCEPTUAL)
    show.text(f"Persona {p.name}: {frames} frames, {len(p.constraints)} constraints, {recipe.word_count_line.lower()}")
    show.heading("What shaped the inputs")
    tools = (recipe.language, recipe.classifier, recipe.rewriter, recipe.perturbation)
    rows = [(t.name, t.version, ", ".join(f"{k} {format_value(v)}" for k, v in t.parameters.items())) for t in tools]
    show.table(("tool", "version", "parameters"), rows)
    show.heading("Which pairs")
    show.table(
        ("key", "value"), [(k, format_value(v)) for k, v in recipe.pairs.model_dump(mode="json").items() if v != ""]
    )


@app.command("diff", epilog="Example: stylelab recipe diff poe/dataset/recipe.json poe/runs/run-001/recipe.json")
def diff_recipes(
    a: Annotated[Path, typer.Argument(help="A recipe.json, a folder that has one, or a project.")],
    b: Annotated[Path, typer.Argument(help="Another.")],
    json: AsJson = False,
) -> None:
    """Say in words how two recipes differ."""
    first, second = (Recipe.load(place(p)) for p in (a, b))
    lines = list_differences(first, second)
    if json:
        show.as_json({"equal": not lines, "differences": lines})
        return
    show.text(*(lines or ["The recipes are equal."]))


def place(path: Path) -> Path:
    """Return where a recipe lies: the file itself, a folder's, or the dataset's of a project."""
    if not path.is_dir():
        return path
    own, dataset = path / "recipe.json", path / "dataset" / "recipe.json"
    return dataset if dataset.is_file() and not own.is_file() else own
