"""The lines of the list of base models: what is at hand, what can be got, what other programs have. Knows no Qt.

In: a ModelSurvey, the catalogue, what the hub has found. Out: ModelRow records, the best for this machine first.
Next: list, inspector.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from stylelab.app.session.model_survey import ModelSurvey, PartialModel
from stylelab.basemodels.catalogue import CatalogueEntry, HubSource, PackageSource, find_entry
from stylelab.basemodels.download.messages import FoundRepository
from stylelab.basemodels.identity import BUNDLED_ENTRY
from stylelab.basemodels.kind import find_kind_by_name
from stylelab.basemodels.library import LibraryModel
from stylelab.basemodels.measurements import BaseMeasurement
from stylelab.basemodels.scan import ForeignModel
from stylelab.jobs.catalogue.basemodels import ImportGgufRequest, PullRequest
from stylelab.jobs.catalogue.job import JobRequest
from stylelab.training.base_fit import BaseFit, rank_fit

HUB_PAGE = "https://huggingface.co/"
UNKNOWN_RANK = (4, 0)  # after all whose fit is known
Section = Literal["here", "get", "found", "hub"]


@dataclass(frozen=True)
class ModelRow:
    """A base model in the list.

    Args:
        key: What the list knows it by; jobs name it the same.
        kind: base or instruct; "" where nobody knows.
        size_bytes: On the disk where it is here, else to fetch; 0 where unknown.
        fit: How it fits this machine; None where nobody knows.
        to_convert: Whether it fits only once it is converted to 4 bits.
        measured: What was measured of it; None where it was not checked.
        base: What a project would call it; "" where it must be got first.
        request: The job that gets it; None where it is here, or cannot be had.
        page: Its page on the hub; "" where it has none.
        partial: What has arrived of it.
        fault: Why it cannot be used, in the room's words.
        removable: Whether it stands in the library, so that it can be removed.
    """

    key: str
    section: Section
    title: str
    kind: str = ""
    parameters: int = 0
    licence: str = ""
    licence_link: str = ""
    languages: tuple[str, ...] = ()
    context: int = 0
    size_bytes: int = 0
    fit: BaseFit | None = None
    to_convert: bool = False
    measured: BaseMeasurement | None = None
    bits: int = 0
    tested: bool = False
    good_for: str = ""
    program: str = ""
    source: str = ""
    gated: bool = False
    base: str = ""
    folder: Path | None = None
    request: JobRequest[Any] | None = None
    page: str = ""
    partial: PartialModel | None = None
    users: tuple[str, ...] = ()
    fault: str = ""
    links_out: tuple[str, ...] = ()
    removable: bool = False

    def holds(self, text: str) -> bool:
        """Return whether a search for a text finds it."""
        said = f"{self.title} {self.key} {self.source} {self.licence} {self.good_for} {self.program}".lower()
        return all(word in said for word in text.lower().split())


def build_rows(
    survey: ModelSurvey,
    found: Sequence[FoundRepository] = (),
) -> list[ModelRow]:
    """Return every line of the list, in its order."""
    catalogue = survey.catalogue
    here = [build_model_row(base, model, survey) for base, model in survey.models.items()]
    had = {row.key for row in here} | {find_origin_key(model) for model in survey.models.values()}
    partials = {partial.plan.repo.lower(): partial for partial in survey.partials}
    get = [build_entry_row(entry, survey, partials) for entry in catalogue if entry.id not in had]
    known = {repo for entry in catalogue for repo in list_entry_repos(entry)}
    begun = [partial for repo, partial in partials.items() if repo not in known]
    get += [build_begun_row(partial) for partial in begun]
    foreign = [build_foreign_row(model, survey) for model in survey.foreign]
    taken = {row.key for row in (*here, *get)} | had
    hub = [build_found_row(one) for one in found if one.repo not in taken and one.repo.lower() not in known]
    return [
        *sorted(here, key=lambda row: (row.base != survey.own, row.base == BUNDLED_ENTRY, -row.size_bytes)),
        *sort_by_fit(get),
        *hub,
        *foreign,
    ]


def sort_by_fit(rows: Iterable[ModelRow]) -> list[ModelRow]:
    """Return lines with those begun first, then the best for this machine."""
    return sorted(rows, key=lambda row: (row.partial is None, rank_fit(row.fit) if row.fit else UNKNOWN_RANK))


def build_model_row(base: str, model: LibraryModel, survey: ModelSurvey) -> ModelRow:
    """Return the line of a model on this machine."""
    origin = model.origin
    entry = find_entry(origin.name) if origin else None
    entry = entry or find_entry(find_origin_key(model)) or find_entry(base)
    named = Path(base).name == base
    kind = find_kind_by_name(model.folder)
    row = ModelRow(
        key=base,
        section="here",
        title=model.name,
        kind=kind.kind if kind else "",
        licence=origin.licence if origin else "",
        size_bytes=model.size_bytes,
        fit=survey.fits.get(base),
        measured=survey.measured.get(base),
        parameters=survey.fits[base].parameters if base in survey.fits else 0,
        bits=model.bits,
        source=f"{origin.name} {origin.revision[:12]}".strip() if origin else "",
        base=base,
        folder=model.folder,
        page=HUB_PAGE + origin.name if origin and origin.source == "hub" else "",
        users=survey.list_users(model.folder),
        fault=model.fault,
        removable=named and base != BUNDLED_ENTRY and model.folder.name == base,
    )
    return row if entry is None else add_entry(row, entry, title=row.key == entry.id)


def add_entry(row: ModelRow, entry: CatalogueEntry, *, title: bool) -> ModelRow:
    """Return a line with what the catalogue knows of its model."""
    return replace(
        row,
        title=entry.title if title else row.title,
        kind=entry.kind,
        parameters=entry.parameters,
        licence=entry.licence,
        licence_link=entry.licence_link,
        languages=entry.languages,
        context=entry.context,
        tested=entry.tested,
        good_for=entry.good_for,
    )


def find_origin_key(model: LibraryModel) -> str:
    """Return the catalogue's id of the model that a folder came from; "" where the catalogue does not know it."""
    if model.origin is None or model.origin.source not in ("hub", "package"):
        return ""
    entry = find_entry(model.origin.name)
    if entry is None and model.origin.source == "package":
        entry = find_entry(model.name)
    return entry.id if entry else ""


def list_entry_repos(entry: CatalogueEntry) -> list[str]:
    """Return a model's repositories, in lower case."""
    return [source.repo.lower() for source in entry.sources if isinstance(source, HubSource)]


def build_entry_row(entry: CatalogueEntry, survey: ModelSurvey, partials: dict[str, PartialModel]) -> ModelRow:
    """Return the line of a model of the catalogue that is not here."""
    first = next((source for source in entry.sources if not isinstance(source, PackageSource)), entry.sources[0])
    hub = first if isinstance(first, HubSource) else None
    package = next((source for source in entry.sources if isinstance(source, PackageSource)), None)
    row = ModelRow(
        key=entry.id,
        section="get",
        title=entry.title,
        size_bytes=entry.bytes_at(hub.bits) if hub else package.size_bytes if package else 0,
        fit=survey.fits.get(entry.id),
        to_convert=entry.id in survey.to_convert,
        bits=first.bits,
        source=hub.repo if hub else package.package if package else "",
        gated=hub.gated if hub else False,
        request=PullRequest(model=entry.id) if hub or package else None,
        page=HUB_PAGE + hub.repo if hub else "",
        partial=next((partials[repo] for repo in list_entry_repos(entry) if repo in partials), None),
    )
    return add_entry(row, entry, title=True)


def build_begun_row(partial: PartialModel) -> ModelRow:
    """Return the line of a download that was begun by its repository's name."""
    plan = partial.plan
    return ModelRow(
        key=plan.repo,
        section="get",
        title=plan.repo,
        licence=plan.licence,
        size_bytes=plan.total_bytes,
        source=plan.repo,
        request=PullRequest(model=plan.repo),
        page=HUB_PAGE + plan.repo,
        partial=partial,
    )


def build_found_row(found: FoundRepository) -> ModelRow:
    """Return the line of a repository that the hub has found."""
    return ModelRow(
        key=found.repo,
        section="hub",
        title=found.repo,
        licence=found.licence,
        source=found.repo,
        gated=found.gated,
        program="MLX" if found.mlx else "",
        request=PullRequest(model=found.repo),
        page=HUB_PAGE + found.repo,
    )


def build_foreign_row(model: ForeignModel, survey: ModelSurvey) -> ModelRow:
    """Return the line of a model that another program has."""
    usable = not model.links_out
    gguf = model.kind == "gguf"
    return ModelRow(
        key=str(model.path),
        section="found",
        title=model.name,
        size_bytes=model.size_bytes,
        fit=survey.fits.get(str(model.path)),
        measured=survey.measured.get(str(model.path)),
        program=model.program,
        source="GGUF" if gguf else "",
        base=str(model.path) if usable and not gguf else "",
        folder=model.path.parent if gguf else model.path,
        request=ImportGgufRequest(path=model.path, name=choose_name(model.name)) if usable and gguf else None,
        links_out=tuple(model.links_out),
    )


def build_request_row(key: str, request: JobRequest[Any]) -> ModelRow:
    """Return the line of a model that a job gets, or failed to get, and that stands in no other line."""
    if isinstance(request, ImportGgufRequest):
        return ModelRow(key=key, section="get", title=request.path.name, program="GGUF", request=request)
    return ModelRow(key=key, section="get", title=key, source=key, request=request, page=HUB_PAGE + key)


def choose_name(title: str) -> str:
    """Return a name for the library that is near to what another program calls a model."""
    stem = title.rpartition("/")[2].removesuffix(".gguf")
    return re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-._") or "model"
