"""The jobs of the writing room: what they take, return and say.

In: nothing. Out: requests, results, JOBS. Next: jobs.run, cli, app.
"""

from __future__ import annotations

from typing import Any, Literal

from stylelab.jobs.catalogue.job import Job, JobRecord, JobResult, ProjectRequest
from stylelab.recipe import ContentType, Perspective


class WrittenText(JobRecord):
    """A text, its number of tokens, and whether it came to its end or to the limit.

    Args:
        missing: Names, numbers and negations of the input that it lacks.
    """

    text: str
    tokens: int
    ended: Literal["end", "length"]
    missing: tuple[str, ...]


class WriteResult(JobResult):
    """Both texts, and under what they were written.

    Args:
        checkpoint: Its update; None for the run's best.
        input: The plain text inside the prompt.
        facts: How many names, numbers and negations the input has.
        base: None where the base did not write.
        deviations: What differs from training, in sentences.
        logit_change_max: The most by which the adapter changes a logit; 0 where it does nothing.
    """

    run: str
    checkpoint: int | None
    prompt: str
    input: str
    facts: int
    content: ContentType
    base: WrittenText | None
    adapter: WrittenText
    scale: float
    deviations: tuple[str, ...]
    seed: int
    logit_change_max: float


class WriteRequest(ProjectRequest[WriteResult]):
    """Write a text again in the author's voice.

    Args:
        checkpoint: The update whose checkpoint writes; the run's best by default.
        scale: The training scale by default; another is said as a deviation.
        both: Whether the base writes too.
        perspective: Whose eyes the text is told through; the input's own by default. It is turned as training turned it.
        words: Length asked for; the input's by default.
        temperature: The persona's by default.
        allow_remote: Whether the text may go to the server that training's rewriter was.
    """

    text: str
    run: str | None = None
    checkpoint: int | None = None
    scale: float | None = None
    both: bool = True
    perspective: Perspective | None = None
    words: int | None = None
    seed: int = 42
    temperature: float | None = None
    max_tokens: int = 400
    allow_remote: bool = False


JOBS: tuple[Job[Any], ...] = (
    Job(
        "write",
        "writing",
        WriteRequest,
        WriteResult,
        {"load base and adapter": "Loading base and adapter", "write": "Writing"},
        doing="Writing",
        done="The text is written.",
    ),
)
