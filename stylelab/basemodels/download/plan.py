"""What a download will fetch: the files of one commit, with their sizes and hashes.

In: a repository's list of files. Out: a DownloadPlan. Next: hub, which carries it out. Light: the hub is asked by child.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError, model_validator

from stylelab.errors import ModelError

PLAN = "plan.json"  # in the folder of a download that has not ended
PARTIAL = ".partial"
WEIGHTS = re.compile(
    r"model[\w.-]*\.safetensors"
)  # what identity.inspect reads; no adapters, no second copy in another format
SMALL = re.compile(r"[\w.-]+\.(json|jinja)|tokenizer\.model|merges\.txt|vocab\.txt")
GGUF = re.compile(r"[\w.-]+\.gguf")
NEEDED = ("config.json", "tokenizer.json")


class PlannedFile(BaseModel):
    """One file of a repository.

    Args:
        sha256: Of a large file, as the hub gives it; "" for a small one.
        git_sha1: Git's own hash of a small file; "" where the hub gives none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[\w][\w.-]*$")
    size_bytes: NonNegativeInt
    sha256: str = ""
    git_sha1: str = ""


class DownloadPlan(BaseModel):
    """The files that make a model, at one commit.

    Args:
        repo: Owner and name.
        commit: The whole commit, so that what is fetched later is the same.
        licence: As the repository names it; "" where it does not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    repo: str = Field(pattern=r"^[\w][\w.-]*/[\w][\w.-]*$")
    commit: str = Field(pattern=r"^[0-9a-f]{40}$")
    files: tuple[PlannedFile, ...] = Field(min_length=1)
    licence: str = ""

    @model_validator(mode="after")
    def check_hashes(self) -> DownloadPlan:
        """Refuse a file that could not be checked once it is there."""
        for file in self.files:
            if not (file.sha256 or file.git_sha1):
                raise ValueError(f"the hub gives no hash of {file.name}")
        return self

    @property
    def total_bytes(self) -> int:
        """Bytes of all files."""
        return sum(file.size_bytes for file in self.files)

    @property
    def name(self) -> str:
        """What the model's folder is called unless someone wants another name."""
        return self.repo.partition("/")[2]

    def partial_folder(self, models: Path) -> Path:
        """Return where the files stand until all are there."""
        return models / f".{self.repo.replace('/', '--')}@{self.commit[:12]}{PARTIAL}"


def choose_files(names: Iterable[str], repo: str, gguf: str | None = None) -> list[str]:
    """Return the files of a repository that make a model: safetensors, JSON, tokenizer and template, and nothing that runs.

    Args:
        gguf: A GGUF file to take instead of a model folder.

    Raises:
        ModelError: The repository has no model of this kind.
    """
    there = list(names)
    if gguf is not None:
        if gguf in there and GGUF.fullmatch(gguf):
            return [gguf]
        offered = ", ".join(name for name in there if GGUF.fullmatch(name)) or "none"
        raise ModelError(f"{repo} has no file {gguf}.", remedy=f"Its GGUF files: {offered}.", code="download_files")
    chosen = [name for name in there if WEIGHTS.fullmatch(name) or SMALL.fullmatch(name)]
    missing = [name for name in NEEDED if name not in chosen]
    if not any(WEIGHTS.fullmatch(name) for name in chosen):
        pickled = any(name.endswith((".bin", ".pt", ".pth", ".ckpt")) for name in there)
        missing.append("safetensors weights" + (" (its weights are pickled, which can run code)" if pickled else ""))
    if missing:
        raise ModelError(
            f"{repo} has no {' and no '.join(missing)}.",
            remedy="Choose a repository in MLX or Hugging Face format, or name one of its GGUF files.",
            code="download_files",
        )
    return chosen


def refuse_code(config: object, repo: str) -> None:
    """Refuse a model that wants to run its own code, before anything is fetched.

    Raises:
        ModelError: It does.
    """
    if isinstance(config, dict) and "auto_map" in config:
        raise ModelError(
            f"{repo} wants to run its own Python code.",
            remedy="StyleLab runs no code from models: choose a model of a built-in kind.",
            code="model_code",
        )


def read_plan(partial: Path) -> DownloadPlan | None:
    """Return the plan of a download that has not ended; None where there is none, or a damaged one."""
    try:
        return DownloadPlan.model_validate_json((partial / PLAN).read_bytes())
    except (OSError, ValidationError):
        return None


def list_partial(models: Path) -> list[tuple[DownloadPlan, int]]:
    """Return the downloads that have not ended, each with the bytes that are there, so that they can go on."""
    out: list[tuple[DownloadPlan, int]] = []
    for folder in sorted(models.glob(f".*{PARTIAL}")) if models.is_dir() else []:
        plan = read_plan(folder)
        if plan is not None:
            out.append((plan, measure_arrived(plan, folder)))
    return out


def measure_arrived(plan: DownloadPlan, partial: Path) -> int:
    """Return the bytes on disk of all files of a plan, whole or in part."""
    total = 0
    for file in plan.files:
        here = max(measure_file(partial / file.name), measure_file(build_xet_path(partial / file.name)))
        total += min(here, file.size_bytes)
    return total


def build_xet_path(path: Path) -> Path:
    """Return where a file stands while Xet writes it, out of order: such a part is of no use to plain HTTP."""
    return path.with_name(f"{path.name}.xet")


def measure_file(path: Path) -> int:
    """Return the bytes that a file has on disk; a hole in it is none, and no file is none either."""
    try:
        status = path.stat()
    except OSError:
        return 0
    allocated = int(getattr(status, "st_blocks", 0)) * 512  # 0 where the system keeps small files elsewhere
    return min(status.st_size, allocated or status.st_size)
