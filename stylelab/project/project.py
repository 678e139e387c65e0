"""A project: a folder that its owner can read. Create it, open it, know where things are.

In: a folder. Out: a Project. Next room: jobs.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from stylelab.corpus import plan as corpus_plan
from stylelab.errors import ProjectError
from stylelab.files import atomic_write, replace_folder
from stylelab.project import lock
from stylelab.project.migrations import refuse_newer
from stylelab.project.store import Store
from stylelab.settings.declaration import setting
from stylelab.settings.reader import Faults, read_document
from stylelab.settings.writer import dump_settings

SCHEMA = 1
FAULTS = Faults(ProjectError, syntax="project_yaml", key="project_yaml", value="project_yaml")
HEAD = (
    "A StyleLab project. 'base' is the base model: bundled (tiny, for trying out), a name in the library or a folder."
)


class ProjectSettings(BaseModel):
    """What project.yaml says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = Field(SCHEMA, alias="schema")
    author: str = setting(..., "Author", "Whose voice it is.", min_length=1)
    base: str = setting(
        "bundled", "Base model", "bundled, a base model's name in the library, or its folder, relative to the project."
    )

    def dump_yaml(self) -> str:
        """Return project.yaml's text."""
        return dump_settings(self, HEAD, comments="none")


@dataclass(frozen=True)
class Project:
    """An open project: its folder, its settings, and the places in it."""

    folder: Path
    settings: ProjectSettings

    @property
    def texts(self) -> Path:
        return self.folder / "texts"

    @property
    def dataset(self) -> Path:
        return self.folder / "dataset"

    @property
    def recipe(self) -> Path:
        return self.dataset / "recipe.json"

    @property
    def probe(self) -> Path:
        """What the probe of a model rewriter found."""
        return self.folder / "rewriter.json"

    @property
    def attempt(self) -> Path:
        """How far a model came with a dataset that was not made."""
        return self.folder / "dataset-attempt.json"

    @property
    def persona(self) -> Path:
        return self.folder / "persona.yaml"

    @property
    def corpus_plan(self) -> Path:
        return self.folder / "corpus.yaml"

    @property
    def plan(self) -> Path:
        return self.folder / "training.yaml"

    @property
    def pairs_plan(self) -> Path:
        return self.folder / "pairs.yaml"

    @property
    def runs(self) -> Path:
        return self.folder / "runs"

    def open_store(self) -> Store:
        """Open the project's database."""
        return Store(self.folder / "stylelab.db")

    def lock(self) -> AbstractContextManager[None]:
        """Hold the project against other processes."""
        return lock.hold(self.folder)

    def find_run(self, run: str | None) -> Path:
        """Return a run's folder, the latest by default.

        Raises:
            ProjectError: There is no such run, or none at all.
        """
        found = sorted(p for p in self.runs.glob("*") if p.is_dir()) if self.runs.is_dir() else []
        if run is not None:
            found = [p for p in found if p.name == run]
        if not found:
            raise ProjectError(
                f"There is no run {run}." if run else "This project has no training run.",
                remedy="Train one with 'stylelab train run', or see 'stylelab train runs'.",
                code="run_missing",
            )
        return found[-1]

    def list_checkpoints(self, run: str) -> dict[int, Path]:
        """Return the checkpoints that a run keeps, by update, the earliest first."""
        return {int(path.name): path for path in sorted((self.runs / run / "checkpoints").glob("[0-9]*"))}


def create(folder: Path, author: str, persona: str, plan: str, base: str = "bundled", pairs: str = "") -> Project:
    """Create a project folder, whole or not at all.

    Args:
        persona: Text of persona.yaml.
        plan: Text of training.yaml.
        pairs: Text of pairs.yaml; without it, the defaults hold.

    Raises:
        ProjectError: The folder exists and is not empty, or no author is named.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "is a StyleLab project already" if (folder / "project.yaml").exists() else "exists and is not empty"
        raise ProjectError(f"{folder} {what}.", remedy="Choose a new folder.", code="project_exists")
    if not author.strip():
        raise ProjectError("The author has no name.", remedy="Say whose voice it is: --author NAME.", code="author")
    settings = ProjectSettings.model_validate({"author": author, "base": base})
    with replace_folder(folder) as aside:
        atomic_write(aside / "persona.yaml", persona)
        atomic_write(aside / "training.yaml", plan)
        corpus_plan.save(corpus_plan.CorpusPlan.model_validate({}), aside / "corpus.yaml")
        if pairs:
            atomic_write(aside / "pairs.yaml", pairs)
        (aside / "texts").mkdir()
        Store(aside / "stylelab.db").close()
        atomic_write(aside / "project.yaml", settings.dump_yaml())
    return Project(folder, settings)


def open_project(folder: Path) -> Project:
    """Open a project.

    Raises:
        ProjectError: No project there, a newer schema, or a damaged project.yaml.
    """
    path = folder / "project.yaml"
    if not path.is_file():
        raise ProjectError(
            f"{folder} is no StyleLab project.",
            remedy=f"Create one: stylelab new {folder} --author NAME",
            code="project_missing",
        )
    document = read_document(path, FAULTS)
    schema = document.value.get("schema")
    if isinstance(schema, int):
        refuse_newer(schema, SCHEMA, path)
    return Project(folder, document.build(ProjectSettings))
