"""Which projects use which base model, so that none is removed under a project.

In: folders. Out: BaseUse records. Next rooms: cli, app.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stylelab.basemodels.identity import resolve
from stylelab.errors import ModelError, StyleLabError
from stylelab.project.project import open_project


@dataclass(frozen=True)
class BaseUse:
    """A project and its base model.

    Args:
        base: The model's folder with its links resolved; None where project.yaml cannot be read.
        fault: Why it cannot be read, as the error that says so.
    """

    project: Path
    base: Path | None
    fault: StyleLabError | None = None


def list_projects(folders: Iterable[Path]) -> list[Path]:
    """Return the projects among folders and right below them."""
    every = [path for given in folders for path in (given, *sorted(given.glob("*/")))]
    return [path for path in every if (path / "project.yaml").is_file()]


def list_base_uses(projects: Iterable[Path]) -> list[BaseUse]:
    """Return the base model of every project; one that cannot be read says so."""
    out: list[BaseUse] = []
    for project in projects:
        try:
            base = open_project(project).settings.base
        except StyleLabError as error:
            out.append(BaseUse(project, None, error))
        else:
            out.append(BaseUse(project, resolve(base, project).resolve()))
    return out


def find_base_users(model: Path, projects: Sequence[Path]) -> list[Path]:
    """Return the projects that use a base model.

    Args:
        model: The model's folder.

    Raises:
        ModelError: A project cannot be read, so that nobody can say what it uses.
    """
    uses = list_base_uses(projects)
    for use in uses:
        if use.fault is not None:
            raise ModelError(
                f"Nobody can say whether {use.project} uses {model.name}: {use.fault.message}",
                remedy=use.fault.remedy,
                code="model_in_use",
            ) from use.fault
    wanted = model.resolve()
    return [use.project for use in uses if use.base == wanted]
