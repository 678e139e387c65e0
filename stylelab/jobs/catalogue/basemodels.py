"""The jobs of the base models: what they take, return and say. They need no project.

In: nothing. Out: requests, results, JOBS. Next: jobs.run, cli, app.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from stylelab.jobs.catalogue.job import Job, JobRequest, JobResult

IMPORTING = {"import the file": "Importing the file"}


class PullResult(JobResult):
    """The base model that is in the library now.

    Args:
        name: Its name in the library, which a project's `base` may be.
        source: What kind of place it came from. origin: The repository or the package. revision: The commit or the version.
        licence: As its makers name it; "" where unknown.
        already_there: Whether nothing had to be fetched.
    """

    name: str
    folder: Path
    source: Literal["hub", "package"]
    origin: str
    revision: str
    licence: str
    size_bytes: int
    already_there: bool


class PullRequest(JobRequest[PullResult]):
    """Fetch a base model into the library; what an earlier try left is not fetched again.

    Args:
        model: A model of the catalogue by its id, a repository as OWNER/NAME, or package:ID for a model's Python package.
        name: Of the model in the library; the id or the repository's own name by default.
        gguf: A GGUF file of the repository to fetch and import.
    """

    model: str
    name: str = ""
    gguf: str | None = None


class AddResult(JobResult):
    """The base model that is in the library now."""

    name: str
    folder: Path
    size_bytes: int


class AddRequest(JobRequest[AddResult]):
    """Put a model's folder into the library; on the same disk it takes no room a second time.

    Args:
        path: The folder, in MLX or Hugging Face format.
        name: Of the model in the library; the folder's own name by default.
    """

    path: Path
    name: str = ""


class ImportGgufResult(JobResult):
    """What an import did.

    Args:
        name: The model's name in the library.
        storage: Tensors by the file's own kind of storage.
        exact: Whether every quantised tensor was kept bit for bit.
        lines: Lines on which the tokenizer was tried.
    """

    name: str
    folder: Path
    size_bytes: int
    storage: dict[str, int]
    exact: bool
    lines: int


class ImportGgufRequest(JobRequest[ImportGgufResult]):
    """Make a base model of a GGUF file, in the library.

    Args:
        name: Of the model in the library; the file's own name by default.
    """

    path: Path
    name: str = ""


JOBS: tuple[Job[Any], ...] = (
    Job(
        "pull",
        "models",
        PullRequest,
        PullResult,
        {"ask the hub": "Asking the model hub", "download": "Downloading", **IMPORTING},
        doing="Fetching a base model",
        done="The base model is there.",
    ),
    Job(
        "add",
        "models",
        AddRequest,
        AddResult,
        {"add the folder": "Adding the folder"},
        doing="Adding a base model",
        done="The base model is there.",
    ),
    Job(
        "import_gguf",
        "models",
        ImportGgufRequest,
        ImportGgufResult,
        IMPORTING,
        doing="Importing a GGUF file",
        done="The base model is there.",
    ),
)
