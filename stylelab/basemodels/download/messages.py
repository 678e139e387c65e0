"""What is said between the process that speaks with the model hub and the one that watches it.

In: nothing. Out: records of pydantic. Next: hub and child.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from stylelab.basemodels.download.plan import DownloadPlan


class ChildRequest(BaseModel):
    """What the child is asked for, in one line on its standard input.

    Args:
        repo, revision, gguf: Of a plan.
        text: Of a search.
        plan, folder, xet: Of a download: what, where to, and whether Xet may be used.
        token: Never anywhere else: arguments and environments can be read by others.
    """

    model_config = ConfigDict(frozen=True)

    task: Literal["plan", "download", "search"]
    repo: str
    revision: str | None = None
    gguf: str | None = None
    text: str = ""
    plan: DownloadPlan | None = None
    folder: Path | None = None
    xet: bool = True
    token: str | None = Field(default=None, repr=False)


class FoundRepository(BaseModel):
    """A repository that a search found.

    Args:
        downloads: Of the last month.
        gated: Whether its makers ask for consent.
        mlx: Whether it is in MLX's own format.
        licence: As its tags name it; "" where they do not.
    """

    model_config = ConfigDict(frozen=True)

    repo: str
    downloads: int
    gated: bool
    mlx: bool
    licence: str


class ChildError(BaseModel):
    """What went wrong, in words of ours."""

    code: str
    message: str
    remedy: str


class ChildAnswer(BaseModel):
    """One line of the child: the pause that a busy hub wants, or how it ended.

    Args:
        wait_seconds: A pause, after which the child goes on; 0 says that it has begun.
        plan, found: Of a plan and of a search.
        error: Why there is nothing.
    """

    wait_seconds: float | None = None
    plan: DownloadPlan | None = None
    found: list[FoundRepository] | None = None
    error: ChildError | None = None
