"""The jobs of the persona room: what they take, return and say.

In: nothing. Out: requests, results, JOBS. Next: jobs.run, cli, app.
"""

from __future__ import annotations

from typing import Any

from stylelab.jobs.catalogue.job import Job, JobRecord, JobResult, ProjectRequest
from stylelab.recipe import ContentType


class PromptTokens(JobRecord):
    """A prompt, and how many tokens it has."""

    prompt: str
    tokens: int


class PreviewResult(JobResult):
    """A prompt as training and writing see it, and that of either content type.

    Args:
        read: The prompt as the model reads it.
        input: The text made plain. text: What it was made of.
        passages: How many there are to choose from.
    """

    prompt: str
    read: str
    tokens: int
    content: ContentType
    input: str
    text: str
    rewriter: str
    passages: int
    prompts: dict[ContentType, PromptTokens]


class PreviewRequest(ProjectRequest[PreviewResult]):
    """Make the prompt of a text, or of a passage's original pair.

    Args:
        text: What to make a prompt of; without it, a passage is taken.
        number: Which passage, counted from 0.
        allow_remote: Whether the text may go to the plan's server.
        persona: A persona's YAML in place of the project's.
    """

    text: str | None = None
    number: int = 0
    allow_remote: bool = False
    persona: str | None = None


JOBS: tuple[Job[Any], ...] = (Job("preview", "persona", PreviewRequest, PreviewResult, {"make the prompt": ""}),)
