"""The pull job: a base model from the hub or from a Python package, into the library.

In: a name. Out: the model's folder. A package is taken where it is asked for, or where the hub cannot be reached at all.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from stylelab.basemodels.catalogue import CatalogueEntry, HubSource, PackageSource, find_entry
from stylelab.basemodels.download.hub import download, find_partial, plan_download
from stylelab.basemodels.download.package import pull_package
from stylelab.basemodels.download.plan import DownloadPlan
from stylelab.basemodels.gguf.imported import add_gguf
from stylelab.basemodels.library import Origin, check_name, check_name_free, describe_model
from stylelab.basemodels.token import load_token
from stylelab.errors import ModelError
from stylelab.jobs.catalogue.basemodels import PullRequest, PullResult
from stylelab.jobs.core.context import Cancelled, Context
from stylelab.jobs.steps.importing import build_import_report
from stylelab.notes import Note
from stylelab.paths import models_folder

PACKAGE = "package:"
T = TypeVar("T")


@dataclass(frozen=True)
class PullSources:
    """Where a model can be fetched from.

    Args:
        name: Of the model in the library.
        repo: On the hub; "" where only the package is wanted.
        package: Where there is one.
        licence: As the catalogue names it.
    """

    name: str
    repo: str = ""
    package: PackageSource | None = None
    licence: str = ""


@dataclass(frozen=True)
class Pull:
    """One pull: where from, where to, and who hears of it."""

    context: Context
    sources: PullSources
    gguf: str | None
    models: Path = field(default_factory=models_folder)

    @property
    def target(self) -> Path:
        return self.models / self.sources.name

    def fetch(self) -> None:
        """Fetch the model from the hub, or its package where the hub cannot be reached.

        Raises:
            ModelError, FileError: As `download` and `pull_package`.
        """
        package = self.sources.package
        if self.sources.repo:
            try:
                plan = self.make_plan()
            except ModelError as error:
                if error.code != "download_offline" or package is None or self.gguf:
                    raise
                self.context.warn(
                    Note(
                        "The model hub cannot be reached: the model is taken from the Python package {package} instead.",
                        package=f"{package.package} {package.version}",
                    )
                )
            else:
                self.fetch_plan(plan)
                return
        if package is not None:
            self.context.phase("download")
            wait_for(
                pull_package(
                    package,
                    self.models,
                    self.sources.name,
                    licence=self.sources.licence,
                    on_progress=self.report_bytes,
                    on_import=build_import_report(self.context),
                    should_stop=self.context.cancel.is_set,
                )
            )

    def make_plan(self) -> DownloadPlan:
        """Return what is to be fetched: what an earlier try began, or what the hub has now."""
        began = find_partial(self.sources.repo, self.models)
        if began is not None and (self.gguf or "config.json") in {file.name for file in began.files}:
            return began
        self.context.phase("ask the hub")
        repo, stop = self.sources.repo, self.context.cancel.is_set
        return wait_for(plan_download(repo, gguf=self.gguf, token=load_token(), should_stop=stop))

    def fetch_plan(self, plan: DownloadPlan) -> None:
        """Fetch what is planned; a GGUF file is imported, and does not stay."""
        self.context.phase("download")
        folder = wait_for(
            download(
                plan,
                self.models,
                name=f".{self.sources.name}.gguf" if self.gguf else self.sources.name,
                token=load_token(),
                on_progress=self.report_bytes,
                should_stop=self.context.cancel.is_set,
            )
        )
        if self.gguf:
            origin = Origin(source="hub", name=plan.repo, revision=plan.commit, licence=plan.licence)
            add_gguf(folder / self.gguf, self.target, origin, on_progress=build_import_report(self.context))
            shutil.rmtree(folder)

    def report_bytes(self, done: int, total: int) -> None:
        """Tell how many bytes are there, and stop where the user cancelled."""
        self.context.progress(done, total, "bytes")

    def find_result(self, *, already_there: bool) -> PullResult | None:
        """Return the model where it is in the library and comes from here; None where it is not."""
        model = describe_model(self.target) if self.target.is_dir() else None
        if model is None or model.fault or model.origin is None or model.origin.source not in ("hub", "package"):
            return None
        package = self.sources.package
        if model.origin.name.lower() not in (self.sources.repo.lower(), package.package if package else ""):
            return None
        return PullResult(
            name=model.name,
            folder=model.folder,
            source=model.origin.source,
            origin=model.origin.name,
            revision=model.origin.revision,
            licence=model.origin.licence,
            size_bytes=model.size_bytes,
            already_there=already_there,
        )


def run(context: Context, request: PullRequest) -> PullResult:
    """Fetch a base model.

    Raises:
        ModelError: No such model, no source that can be reached, not what was asked for, or a name that is taken.
        FileError: The disk is full or would be, no permission.
    """
    pull = Pull(context, choose_sources(request), request.gguf)
    check_name(pull.sources.name)
    if there := pull.find_result(already_there=True):
        return there
    check_name_free(pull.sources.name, pull.models)
    pull.fetch()
    result = pull.find_result(already_there=False)
    assert result is not None, "what was fetched has its origin beside it"
    return result


def choose_sources(request: PullRequest) -> PullSources:
    """Return where to fetch what is asked for.

    Raises:
        ModelError: The catalogue has no such model, or no place to fetch it from.
    """
    if "/" in request.model:
        return PullSources(request.name or request.model.rpartition("/")[2], request.model)
    wanted = request.model.removeprefix(PACKAGE).strip().lower()
    entry = find_entry(wanted)
    if entry is None:
        raise ModelError(
            f"There is no model '{wanted}' in the catalogue.",
            remedy="Name one of 'stylelab models list', or a repository as OWNER/NAME.",
            code="download_missing",
        )
    repo = "" if request.model.startswith(PACKAGE) else find_repo(entry)
    package = next((source for source in entry.sources if isinstance(source, PackageSource)), None)
    if not repo and package is None:
        raise ModelError(
            f"No {'Python package' if request.model.startswith(PACKAGE) else 'place on the hub'} is known for {entry.id}.",
            remedy="Get it another way, and give its folder, or import its GGUF file with 'stylelab models import-gguf'.",
            code="download_missing",
        )
    return PullSources(request.name or entry.id, repo, package, entry.licence)


def find_repo(entry: CatalogueEntry) -> str:
    """Return the first repository of a model; "" where none is known."""
    return next((source.repo for source in entry.sources if isinstance(source, HubSource)), "")


def wait_for(result: T | None) -> T:
    """Return a result; None means that the user cancelled.

    Raises:
        Cancelled: So it is.
    """
    if result is None:
        raise Cancelled
    return result
