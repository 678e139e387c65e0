"""`stylelab pairs`: make the dataset, see its funnel and its pairs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from stylelab.cli import show
from stylelab.cli.arguments import AsJson, Folder
from stylelab.cli.run import run_job
from stylelab.errors import PairsError
from stylelab.files import read_json
from stylelab.project.project import open_project

app = typer.Typer(help="Plain inputs and the author's text.", no_args_is_help=True)


@app.command(epilog="Example: stylelab pairs make poe")
def make(project: Folder, json: AsJson = False) -> None:
    """Make the dataset: every passage as an original and a robustness pair, split by document."""
    result = run_job("pairs", {"project": str(project)}, quiet=json)
    if json:
        show.as_json(result)
        return
    print_report(result)
    show.text("", f"Next: stylelab train plan {project}, then stylelab train run {project}")


@app.command(epilog="Example: stylelab pairs report poe --json")
def report(project: Folder, json: AsJson = False) -> None:
    """Show the funnel, the shares and how much the inputs give away."""
    path = open_project(project).dataset / "audit.json"
    if not path.is_file():
        raise PairsError(
            "The project has no dataset.", remedy=f"Make it: stylelab pairs make {project}", code="no_pairs"
        )
    result = read_json(path)
    if json:
        show.as_json(result)
        return
    print_report(result)


def print_report(result: dict[str, Any]) -> None:
    show.table(
        ("stage", "in", "out", "dropped"), [(r["stage"], r["in"], r["out"], r["dropped"]) for r in result["funnel"]]
    )
    splits = result["splits"]
    show.text("", f"Pairs: {splits['train']:,} train, {splits['valid']:,} valid, {splits['test']:,} test.")
    for column in ("kind", "content"):
        show.text(
            f"By {column}: "
            + ", ".join(f"{name} {share:.0%}" for name, share in result["shares"][column].items())
            + "."
        )
    show.text(f"The inputs give away {result['bleed']['median']:.0%} of the author's distinctive words (median).")
    for warning in result["warnings"]:
        show.text(f"Warning: {warning}")


@app.command("show", epilog="Example: stylelab pairs show poe --limit 3")
def show_pairs(
    project: Folder, limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 5, json: AsJson = False
) -> None:
    """Show pairs: input, then the author's text."""
    with open_project(project).store() as store:
        found = store.pairs()
    if json:
        keys = ("id", "kind", "content", "input", "completion", "bleed")
        show.as_json([{key: getattr(p, key) for key in keys} for p in found])
        return
    for p in found[:limit]:
        show.heading(f"{p.id} ({p.kind}, {p.content.lower()}, gives away {p.bleed:.0%})")
        show.text(p.input, "", "→ " + p.completion)
    show.text("", f"{min(limit, len(found)):,} of {len(found):,} pairs.")
