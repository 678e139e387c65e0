"""`stylelab persona`: check the persona, see its prompt."""

from __future__ import annotations

from typing import Annotated

import typer

from stylelab.cli import show
from stylelab.cli.arguments import AsJson, Folder
from stylelab.errors import PairsError
from stylelab.persona import card
from stylelab.project.project import open_project

app = typer.Typer(help="The situations an author is written from.", no_args_is_help=True)


@app.command("show", epilog="Example: stylelab persona show poe")
def show_persona(project: Folder, json: AsJson = False) -> None:
    """Show the project's persona."""
    own = card.load(open_project(project).persona)
    if json:
        show.as_json(own.model_dump(mode="json"))
        return
    show.text(f"{own.author}: {own.worldview}")
    for name, frames in (("narrative", own.frames.NARRATIVE), ("conceptual", own.frames.CONCEPTUAL)):
        show.heading(f"Frames, {name}")
        show.text(*frames)
    show.heading("Constraints")
    show.table(("share", "text"), [(c.share, c.text) for c in own.constraints])


@app.command(epilog="Example: stylelab persona check poe")
def check(project: Folder, json: AsJson = False) -> None:
    """Check persona.yaml; an error names the line."""
    own = card.load(open_project(project).persona)
    frames = len(own.frames.NARRATIVE) + len(own.frames.CONCEPTUAL)
    if json:
        show.as_json({"ok": True, "name": own.name, "frames": frames, "constraints": len(own.constraints)})
        return
    show.text(f"{own.name}: {frames} frames, {len(own.constraints)} constraints, in order.")


@app.command(epilog="Example: stylelab persona preview poe")
def preview(
    project: Folder,
    number: Annotated[int, typer.Option(min=0, help="Which pair, counted from 0.")] = 0,
    json: AsJson = False,
) -> None:
    """Show a prompt exactly as training sees it."""
    with open_project(project).store() as store:
        found = store.pairs()
    if number >= len(found):
        raise PairsError(
            f"There are {len(found)} pairs.", remedy=f"Make some: stylelab pairs make {project}", code="no_pairs"
        )
    if json:
        show.as_json({"id": found[number].id, "prompt": found[number].prompt})
        return
    print(found[number].prompt, end="")
