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


class ConvertResult(JobResult):
    """A base model in other bits, and what that costs it.

    Args:
        name: Its name in the library.
        source_bytes, size_bytes: Of the weights before, of the whole folder after.
        bits_per_weight: Of all weights, scales and offsets counted.
        requantised: Whether the weights were quantised before, so that the loss of both adds up.
        bits_per_byte_before, bits_per_byte_after: On the bundled text; the fewer, the better.
    """

    name: str
    folder: Path
    source_bytes: int
    size_bytes: int
    bits_per_weight: float
    requantised: bool
    bits_per_byte_before: float
    bits_per_byte_after: float


class ConvertRequest(JobRequest[ConvertResult]):
    """Convert a base model to other bits, into the library.

    Args:
        source: The model's folder.
        bits: Of a weight; 16 restores half floats.
        group_size: Weights that share a scale and an offset.
        mixed: A recipe of mlx-lm in place of `bits`, with more bits for the layers that need them; "" for none.
        name: Of the model in the library; the source's name with the bits by default.
        language: Code of the language of the text on which the loss is measured; "" for the one whose pipeline comes along.
    """

    source: Path
    bits: Literal[3, 4, 5, 6, 8, 16] = 4
    group_size: Literal[32, 64] = 64
    mixed: Literal["", "mixed_2_6", "mixed_3_4", "mixed_3_6", "mixed_4_6"] = ""
    name: str = ""
    language: str = ""


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
    Job(
        "convert",
        "models",
        ConvertRequest,
        ConvertResult,
        {
            "measure before": "Measuring the model as it is",
            "convert": "Converting",
            "measure after": "Measuring the converted model",
        },
        doing="Converting a base model",
        done="The converted model is there.",
    ),
)
