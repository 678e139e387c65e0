"""Which base models there are: on this machine, half fetched, in other programs; and which projects use them. Knows no Qt.

In: folders. Out: a ModelSurvey. Next: the page of the base models and the wizard. Called in a thread.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stylelab.basemodels.download.plan import DownloadPlan, list_partial
from stylelab.basemodels.identity import BUNDLED_ENTRY, locate_bundled_base, resolve
from stylelab.basemodels.library import LibraryModel, describe_model, list_models
from stylelab.basemodels.scan import ForeignModel, scan_folder, scan_machine
from stylelab.paths import models_folder
from stylelab.project.project import Project
from stylelab.project.users import list_base_uses


@dataclass(frozen=True)
class PartialModel:
    """A download that was paused or cut."""

    plan: DownloadPlan
    done_bytes: int


@dataclass(frozen=True)
class ModelSurvey:
    """The base models at hand.

    Args:
        models: By what a project calls them: the one that comes along, the library's, folders that the user chose.
        own: What the open project calls its base; "" without a project.
        users: Names of the projects that use a model, by its folder with links resolved.
        free_bytes: On the disk that holds the library.
    """

    models: Mapping[str, LibraryModel]
    partials: tuple[PartialModel, ...] = ()
    foreign: tuple[ForeignModel, ...] = ()
    own: str = ""
    users: Mapping[Path, tuple[str, ...]] = field(default_factory=dict[Path, tuple[str, ...]])
    free_bytes: int = 0

    def list_users(self, folder: Path) -> tuple[str, ...]:
        """Return the names of the projects that use a model."""
        return self.users.get(folder.resolve(), ())


def read_model_survey(
    project: Project | None = None, projects: Iterable[Path] = (), folders: Iterable[Path] = (), scan: bool = True
) -> ModelSurvey:
    """Return which base models there are.

    Args:
        projects: That may use one, beside the open one.
        folders: Of models, or of folders of models, that the user chose.
        scan: Whether to look into other programs' folders, too.
    """
    library = models_folder()
    models = {BUNDLED_ENTRY: describe_model(locate_bundled_base())}
    models |= {model.name: model for model in list_models(library)}
    foreign: list[ForeignModel] = list(scan_machine()) if scan else []
    for folder in folders:
        if (folder / "config.json").is_file():
            models[str(folder)] = describe_model(folder)
        else:
            foreign += scan_folder(folder)
    own = project.settings.base if project is not None else ""
    if project is not None and own not in models:
        models[own] = describe_model(resolve(own, project.folder))
    known = {model.folder.resolve() for model in models.values()}
    return ModelSurvey(
        models=models,
        partials=tuple(PartialModel(plan, done) for plan, done in list_partial(library)),
        foreign=tuple(one for one in foreign if one.path.resolve() not in known),
        own=own,
        users=collect_users({*projects, *([project.folder] if project is not None else [])}),
        free_bytes=measure_free(library),
    )


def collect_users(projects: Iterable[Path]) -> dict[Path, tuple[str, ...]]:
    """Return the names of the projects that use a model, by the model's folder; one that cannot be read is left out."""
    out: dict[Path, tuple[str, ...]] = {}
    for use in list_base_uses(sorted(projects)):
        if use.base is not None:
            out[use.base] = (*out.get(use.base, ()), use.project.name)
    return out


def measure_free(folder: Path) -> int:
    """Return the bytes that are free on the disk of a folder, which may not be there yet."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free
