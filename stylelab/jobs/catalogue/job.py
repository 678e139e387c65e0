"""What a job is to those who start it: its name, what it takes, what it returns, and what is said of it. Knows no job.

In: nothing. Out: the records that every job declares. Next: one file per room beside this one; client, worker.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, JsonValue


class JobRecord(BaseModel):
    """A record that travels between a worker and whoever started it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def dump(self) -> dict[str, JsonValue]:
        """Return the record as JSON has it; a field that was never set is left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)


class JobResult(JobRecord):
    """What a job returns: the document that `--json` prints."""


R = TypeVar("R", bound=JobResult)


class JobRequest(JobRecord, Generic[R]):
    """What a job is asked to do; the parameter is what it answers."""


class ProjectRequest(JobRequest[R], Generic[R]):
    """What a job is asked to do on a project.

    Args:
        project: The project's folder.
    """

    project: Path


@dataclass(frozen=True)
class Job(Generic[R]):
    """A job as it is declared, once.

    Args:
        name: Of the job, and of its module in `jobs.run`.
        page: The window's page that it works for.
        request, result: What it takes and returns.
        phases: Its parts as it names them (`context.phase`), each with the window's words.
        doing, done: What the window says while it runs and when it is done. A job that the window does not show has no words.
        changes_project: Whether the project's folder is another afterwards.
    """

    name: str
    page: str
    request: type[JobRequest[R]]
    result: type[R]
    phases: Mapping[str, str] = field(default_factory=dict[str, str])
    doing: str = ""
    done: str = ""
    changes_project: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """What the window translates."""
        return tuple(text for text in (self.doing, self.done, *self.phases.values()) if text)
