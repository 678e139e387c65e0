"""`stylelab persona`: check the persona, see its prompt."""

from __future__ import annotations

from typing import Annotated

import typer

from stylelab.cli import show
from stylelab.cli.arguments import AsJson, Folder, RemoteOption
from stylelab.cli.run import run_job
from stylelab.jobs.catalogue.persona import PreviewRequest
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
    show.heading("Instructions")
    show.text(*own.instructions)
    show.heading("Constraints")
    show.table(("share", "text"), [(c.share, c.text) for c in own.constraints])
    show.text("", f"Told in the third person by {own.observer.noun} ({own.observer.pronoun}).")


@app.command(epilog="Example: stylelab persona check poe")
def check(project: Folder, json: AsJson = False) -> None:
    """Check persona.yaml: an error names line and column, and what was found not to work is said."""
    own = card.load(open_project(project).persona)
    frames = len(own.frames.NARRATIVE) + len(own.frames.CONCEPTUAL)
    advice = card.review_persona(own)
    if json:
        counts = {"frames": frames, "constraints": len(own.constraints)}
        show.as_json({"ok": True, "name": own.name, **counts, "advice": advice})
        return
    show.text(f"{own.name}: {frames} frames, {len(own.constraints)} constraints, in order.")
    show.text(*(f"Advice: {line}" for line in advice))


@app.command(epilog="Example: stylelab persona preview poe --text 'The rain fell. The road was dark.'")
def preview(
    project: Folder,
    text: Annotated[str | None, typer.Option(help="Make the prompt of this text.", show_default=False)] = None,
    number: Annotated[int, typer.Option(min=0, help="Without a text: of which passage, counted from 0.")] = 0,
    remote: RemoteOption = False,
    json: AsJson = False,
) -> None:
    """Show the prompt exactly as the model reads it, in training and in writing, with the persona as it stands now."""
    result = run_job(PreviewRequest(project=project, text=text, number=number, allow_remote=remote), quiet=json)
    if json:
        show.as_json(result.dump())
        return
    print(result.read, end="")
