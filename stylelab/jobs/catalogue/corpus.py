"""The jobs of the corpus room: what they take, return and say.

In: nothing. Out: requests, results, JOBS. Next: jobs.run, cli, app.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stylelab.jobs.catalogue.job import Job, JobRecord, JobResult, ProjectRequest

CHOOSING = {"find repeated passages": "Looking for repetitions", "choose": "Choosing passages"}

Spans = tuple[tuple[int, int], ...]


class FailedFile(JobRecord):
    """A file that could not be read, and why."""

    path: str
    code: str
    message: str
    remedy: str


class CorpusResult(JobResult):
    """How many files there were, what became of them, and the passages that the project has now."""

    files: int
    added: int
    already_there: int
    gone: int
    failed: tuple[FailedFile, ...]
    passages: int
    chosen: int


class CorpusRequest(ProjectRequest[CorpusResult]):
    """Add files; without any, bring the project in line with its texts/ and its settings.

    Args:
        chapters: Numbers of the chapters to take, of books that have some; None for all.
        min_words: The shortest passage from now on.
    """

    paths: tuple[Path, ...] = ()
    chapters: tuple[int, ...] | None = None
    min_words: int | None = None


class DropResult(JobResult):
    """How many documents were taken out, and how many passages are left."""

    dropped: int
    passages: int


class DropRequest(ProjectRequest[DropResult]):
    """Take documents out of the project, by id or name; their files leave texts/."""

    documents: tuple[str, ...]


class RestoreResult(JobResult):
    """What is removed from a document now."""

    document: str
    removals_before: int
    removals: int
    words_removed: int
    passages: int
    decisions: int


class RestoreRequest(ProjectRequest[RestoreResult]):
    """Decide about one document's cleaning.

    Args:
        document: Id or name.
        restore: Stretches (start, end) of its text that no rule may take.
        remove: Stretches that go although no rule finds them.
        rules_off, rules_on: Rules that stop or begin again to run on it.
        forget: Stretches decided about that are left to the rules again.
    """

    document: str
    restore: Spans = ()
    remove: Spans = ()
    rules_off: tuple[str, ...] = ()
    rules_on: tuple[str, ...] = ()
    forget: Spans = ()


class PassageShare(JobRecord):
    """How much was chosen of a kind of scene."""

    passages: int
    of_passages: int
    tokens: int
    of_tokens: int


class DocumentShare(JobRecord):
    """How much was chosen of a document."""

    path: str
    passages: int
    of_passages: int
    tokens: int
    of_tokens: int


class ChooseResult(JobResult):
    """What was chosen, in figures and in sentences."""

    budget_tokens: int
    tokens: int
    passages: int
    of_passages: int
    documents: tuple[DocumentShare, ...]
    kinds: dict[str, PassageShare]
    in_words: tuple[str, ...]


class ChooseRequest(ProjectRequest[ChooseResult]):
    """Choose the passages anew, under another budget or seed where one is given; corpus.yaml keeps them."""

    budget: int | None = None
    seed: int | None = None


class CutWord(JobRecord):
    """A word that the tokenizer cuts into many pieces."""

    word: str
    times: int
    tokens: int


class TokensResult(JobResult):
    """How a tokenizer treats the project's passages, in figures and in sentences."""

    base: str
    passages: int
    words: int
    tokens: int
    tokens_per_word: float | None
    broken: tuple[str, ...]
    specials: dict[str, int]
    worst: tuple[CutWord, ...]
    in_words: tuple[str, ...]


class TokensRequest(ProjectRequest[TokensResult]):
    """Check a base's tokenizer on every passage; the project's own base by default."""

    base: Path | None = None


JOBS: tuple[Job[Any], ...] = (
    Job(
        "corpus",
        "corpus",
        CorpusRequest,
        CorpusResult,
        {"read, clean, cut": "Reading, cleaning, cutting", **CHOOSING},
        doing="Reading texts",
        done="Your texts are read.",
        changes_project=True,
    ),
    Job(
        "drop",
        "corpus",
        DropRequest,
        DropResult,
        CHOOSING,
        doing="Taking a text out",
        done="The text is taken out.",
        changes_project=True,
    ),
    Job(
        "restore",
        "corpus",
        RestoreRequest,
        RestoreResult,
        {"clean, cut": "Cleaning, cutting", **CHOOSING},
        doing="Cleaning a text",
        done="The text is cleaned.",
        changes_project=True,
    ),
    Job(
        "choose",
        "corpus",
        ChooseRequest,
        ChooseResult,
        CHOOSING,
        doing="Choosing passages",
        done="The passages are chosen.",
        changes_project=True,
    ),
    Job("tokens", "corpus", TokensRequest, TokensResult, {"check the tokenizer": ""}),
)
