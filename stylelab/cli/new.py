"""`stylelab new`: create a project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stylelab.basemodels.identity import BUNDLED_ENTRY, inspect, resolve
from stylelab.cli import show
from stylelab.cli.arguments import AsJson, Folder
from stylelab.errors import PersonaError
from stylelab.files import explain_os_errors
from stylelab.machine import read_machine_bytes
from stylelab.pairs import plan as pairs_plan
from stylelab.paths import models_folder
from stylelab.persona import card
from stylelab.project.project import create
from stylelab.training.base_fit import choose_base_plan
from stylelab.training.plan import Plan


def new(
    project: Folder,
    author: Annotated[str, typer.Option(help="Whose voice it is.", show_default=False)],
    persona: Annotated[str, typer.Option(help="A persona file, or the name of one that comes along.")] = "tidewright",
    base: Annotated[
        str | None,
        typer.Option(help="A base model's name in the library, or its folder; the tiny bundled one by default."),
    ] = None,
    plan: Annotated[Path | None, typer.Option(help="A training.yaml to start from.")] = None,
    json: AsJson = False,
) -> None:
    """Create a project folder: persona.yaml, pairs.yaml and training.yaml to edit, texts/ to fill."""
    entry = base_entry(base)
    create(
        project,
        author,
        persona_text(persona),
        plan_text(plan, entry),
        entry,
        pairs_plan.dump(pairs_plan.parse("", "defaults")),
    )
    if json:
        show.as_json({"project": str(project), "author": author, "base": entry})
        return
    show.text(f"Created {project}.", f"Next: stylelab corpus add {project} FILE…")
    if base is None:
        show.text("The bundled base is tiny, for trying out. Real use wants a real one: stylelab models list")


def persona_text(persona: str) -> str:
    """Return a persona file's text after checking it.

    Raises:
        PersonaError: No such persona, or a wrong one.
    """
    known = card.list_bundled_personas()
    path = known.get(persona, Path(persona))
    if not path.is_file():
        raise PersonaError(
            f"There is no persona '{persona}'.",
            remedy=f"Name a file, or one of: {', '.join(known)}.",
            code="persona_missing",
        )
    card.load(path)
    with explain_os_errors(path, "read"):
        return path.read_text(encoding="utf-8")


def plan_text(plan: Path | None, base: str) -> str:
    """Return a plan's text after checking it; without a file, the plan that suits the base on this machine.

    Args:
        base: The entry in project.yaml.
    """
    return (Plan.load(plan) if plan else choose_base_plan(resolve(base), read_machine_bytes())).dump_yaml()


def base_entry(base: str | None) -> str:
    """Return project.yaml's entry for a base after checking that it is there: a name as it is, a folder whole."""
    entry = base or BUNDLED_ENTRY
    folder = resolve(entry)
    inspect(folder)
    named = entry == BUNDLED_ENTRY or (Path(entry).name == entry and folder.parent == models_folder())
    return entry if named else str(folder.resolve())
