"""Which base models there are: on this machine, half fetched, in other programs; and which projects use them. Knows no Qt.

In: folders. Out: a ModelSurvey. Next: the page of the base models and the wizard. Called in a thread.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stylelab.basemodels.catalogue import CatalogueEntry, load_catalogue
from stylelab.basemodels.download.plan import DownloadPlan, list_partial
from stylelab.basemodels.identity import BUNDLED_ENTRY, ModelFiles, inspect, locate_bundled_base, resolve
from stylelab.basemodels.library import LibraryModel, describe_model, list_models
from stylelab.basemodels.measurements import BaseMeasurement, MachineMeasurements, find_measurement, load_measurements
from stylelab.basemodels.scan import ForeignModel, scan_folder, scan_machine
from stylelab.errors import StyleLabError
from stylelab.machine import read_machine_bytes
from stylelab.paths import models_folder
from stylelab.project.project import Project
from stylelab.project.rates import choose_rate, collect_rates, measure_pairs_size
from stylelab.project.users import list_base_uses
from stylelab.training.base_fit import BaseFit, PairsSize, TrainingRate, describe_fit


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
        fits: How a model fits this machine, by what a project calls it or by its id in the catalogue; of an unknown kind none.
        to_convert: Ids of the catalogue's models that must be converted to train here: as they come they are too large.
        measured: What was measured of a model that was checked, by what a project calls it.
        unprobed: Whether a time could be told if the machine's speed were known.
        free_bytes: On the disk that holds the library.
    """

    models: Mapping[str, LibraryModel]
    catalogue: tuple[CatalogueEntry, ...] = ()
    partials: tuple[PartialModel, ...] = ()
    foreign: tuple[ForeignModel, ...] = ()
    own: str = ""
    users: Mapping[Path, tuple[str, ...]] = field(default_factory=dict[Path, tuple[str, ...]])
    fits: Mapping[str, BaseFit] = field(default_factory=dict[str, BaseFit])
    to_convert: frozenset[str] = frozenset()
    measured: Mapping[str, BaseMeasurement] = field(default_factory=dict[str, BaseMeasurement])
    unprobed: bool = False
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
    foreign = [one for one in foreign if one.path.resolve() not in known]
    catalogue = load_catalogue()
    whole = inspect_models(models, foreign)
    measurements = load_measurements()
    found = {base: find_measurement(files, measurements) for base, files in whole.items()}
    pairs = measure_pairs_size(project) if project is not None else None
    rates = collect_rates(measurements, project)
    bases: dict[str, CatalogueEntry | Mapping[str, Any]] = {base: files.config for base, files in whole.items()}
    bases |= {entry.id: entry for entry in catalogue if entry.id not in bases}
    fits = describe_fits(bases, pairs, rates, measurements)
    return ModelSurvey(
        models=models,
        catalogue=catalogue,
        fits=fits,
        to_convert=frozenset(entry.id for entry in catalogue if fits[entry.id].trains and not fits_as_it_comes(entry)),
        measured={base: one for base, one in found.items() if one is not None},
        unprobed=pairs is not None and not rates and not measurements.multiplications_per_second,
        partials=tuple(PartialModel(plan, done) for plan, done in list_partial(library)),
        foreign=tuple(foreign),
        own=own,
        users=collect_users({*projects, *([project.folder] if project is not None else [])}),
        free_bytes=measure_free(library),
    )


def inspect_models(models: Mapping[str, LibraryModel], foreign: Iterable[ForeignModel]) -> dict[str, ModelFiles]:
    """Return the files of every model that is whole, by what a project calls it."""
    folders = {base: model.folder for base, model in models.items()}
    folders |= {str(one.path): one.path for one in foreign if one.kind == "mlx" and not one.links_out}
    out: dict[str, ModelFiles] = {}
    for base, folder in folders.items():
        with contextlib.suppress(StyleLabError):  # its line says what is wrong with it
            out[base] = inspect(folder)
    return out


def describe_fits(
    bases: Mapping[str, CatalogueEntry | Mapping[str, Any]],
    pairs: PairsSize | None,
    rates: Sequence[TrainingRate],
    measurements: MachineMeasurements,
) -> dict[str, BaseFit]:
    """Return how bases fit this machine; one of an unknown kind is left out."""
    memory = read_machine_bytes()
    out: dict[str, BaseFit] = {}
    for name, base in bases.items():
        with contextlib.suppress(StyleLabError):
            rough = describe_fit(base, memory)
            rate = choose_rate(rough.parameters, rates, measurements)
            out[name] = describe_fit(base, memory, pairs, rate) if pairs and rate else rough
    return out


def fits_as_it_comes(entry: CatalogueEntry) -> bool:
    """Return whether a model of the catalogue trains here in the bits in which it can be had."""
    return describe_fit(entry, read_machine_bytes(), bits=entry.sources[0].bits).trains


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
