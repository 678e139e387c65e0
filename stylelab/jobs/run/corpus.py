"""The corpus job: files become documents and passages in the project.

In: paths, or what is in texts/ already. Out: counts per document and the files that could not be read.
Every document is one transaction: a stopped job leaves whole documents, and goes on with the others when run again.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from stylelab.corpus import plan, readers
from stylelab.corpus.document import Document
from stylelab.corpus.readers import Failure
from stylelab.errors import CorpusError, StyleLabError
from stylelab.files import atomic_folder, atomic_write, naming
from stylelab.jobs.catalogue.corpus import CorpusRequest, CorpusResult, FailedFile
from stylelab.jobs.core.context import Cancelled, Context
from stylelab.jobs.steps.corpus_tools import CorpusTools, choose_passages
from stylelab.notes import Note
from stylelab.project.project import Project, open_project


def run(context: Context, request: CorpusRequest) -> CorpusResult:
    """Add the files of a request; without any, bring the project in line with its texts/ and its settings.

    Raises:
        CorpusError: No file could be read, or no passage came out of any.
    """
    own = open_project(request.project)
    with own.lock(), own.store() as store:
        if request.min_words is not None:
            changed = plan.load(own.corpus_plan).model_copy(update={"min_words": request.min_words})
            plan.save(changed, own.corpus_plan)
        tools = CorpusTools.of_project(own, store)
        counts = Counts()
        try:
            context.phase("read, clean, cut")
            if request.paths:
                add_files(context, tools, request.paths, request.chapters, counts)
            else:
                update_documents(context, tools, counts)
        except Cancelled:
            choose_passages(None, tools)
            raise
        choose_passages(context, tools)
        return build_result(tools, counts)


class Counts:
    """What became of the files."""

    def __init__(self) -> None:
        self.files = self.added = self.already = self.gone = 0
        self.failed: list[Failure] = []


def add_files(
    context: Context, tools: CorpusTools, paths: Sequence[Path], chapters: Sequence[int] | None, counts: Counts
) -> None:
    """Read files, keep copies of them in texts/, and store what becomes of them."""
    found = list(readers.gather(paths))
    counts.files = len(found)
    here = {d.id: d for d in tools.store.documents()}
    new: set[str] = set()
    for number, item in enumerate(found):
        context.progress(number, len(found), "files")
        if isinstance(item, Failure):
            record_failure(context, counts, item)
            continue
        with count_failure(context, counts, item):
            document = readers.read(item, chapters)
            known = here.get(document.id)
            same = None if chapters is None else tuple(chapters)
            done = known is not None and known.made_with == tools.made_with and known.chapters == same
            if done or document.id in new:
                counts.already += 1
                continue
            file = known.file if known is not None else copy_source(tools.project, item, document)
            for warning in tools.store_document(document, file, chapters):
                context.warn(warning)
            counts.added += 1
            new.add(document.id)
    context.progress(len(found), len(found), "files")


def update_documents(context: Context, tools: CorpusTools, counts: Counts) -> None:
    """Read texts/ again: what changed is cleaned and cut anew, what is gone leaves the project, what is new comes in."""
    texts = tools.project.texts
    known = tools.store.documents()
    files = {d.file for d in known}
    new = [p for p in readers.gather([texts]) if not isinstance(p, Failure) and p.name not in files]
    counts.files = len(known) + len(new)
    for number, row in enumerate(known):
        context.progress(number, counts.files, "files")
        if not (texts / row.file).exists():
            with tools.store.transaction():
                tools.store.corpus.drop(row.id)
            counts.gone += 1
            context.warn(Note("{file} is no more in texts/: its passages are gone.", file=row.file))
            continue
        with count_failure(context, counts, texts / row.file):
            document = readers.read(texts / row.file, row.chapters)
            if document.id == row.id and row.made_with == tools.made_with:
                counts.already += 1
                continue
            if document.id != row.id:  # the file was edited: what was decided about it goes along
                with tools.store.transaction():
                    tools.store.corpus.put_decisions(document.id, tools.store.corpus.decisions(row.id))
                    tools.store.corpus.drop(row.id)
            for warning in tools.store_document(document, row.file, row.chapters, number):
                context.warn(warning)
            counts.added += 1
    for number, path in enumerate(new, len(known)):
        context.progress(number, counts.files, "files")
        with count_failure(context, counts, path):
            for warning in tools.store_document(readers.read(path), path.relative_to(texts).as_posix()):
                context.warn(warning)
            counts.added += 1
    context.progress(counts.files, counts.files, "files")


@contextmanager
def count_failure(context: Context, counts: Counts, path: Path) -> Generator[None]:
    """Let one file fail in the block without stopping the others; a full disk stops all."""
    try:
        yield
    except StyleLabError as error:
        if error.code == "disk_full":
            raise
        record_failure(context, counts, Failure.of(path, error))


def record_failure(context: Context, counts: Counts, failure: Failure) -> None:
    """Note a file that could not be read; the others go on."""
    counts.failed.append(failure)
    context.warn(f"{failure.message} {failure.remedy}")


def copy_source(project: Project, path: Path, document: Document) -> str:
    """Copy a source into texts/ and return its name there; another text of the same name is not overwritten."""
    place = project.texts / path.name
    if path.resolve().parent == project.texts.resolve():
        return path.name
    if place.exists():
        place = project.texts / f"{path.stem}-{document.id[:8]}{path.suffix}"
    if path.is_dir():
        with naming(path, "read"), atomic_folder(place) as aside:
            shutil.copytree(path, aside, dirs_exist_ok=True, symlinks=True)
    else:
        with naming(path, "read"):
            data = path.read_bytes()
        atomic_write(place, data)
    return place.name


def build_result(tools: CorpusTools, counts: Counts) -> CorpusResult:
    """Return what became of the files.

    Raises:
        CorpusError: Nothing could be read, or the project has no passage.
    """
    if counts.failed and len(counts.failed) == counts.files:
        first = counts.failed[0]
        more = f" ({len(counts.failed)} files failed)" if len(counts.failed) > 1 else ""
        raise CorpusError(first.message + more, remedy=first.remedy, code=first.code)
    rows = tools.store.documents()
    passages = sum(r.passages for r in rows)
    if not passages:
        raise CorpusError(
            f"None of {sum(r.paragraphs for r in rows)} paragraphs became a passage.",
            remedy="See 'stylelab corpus report' for the reasons; short texts may need --min-words 30.",
            code="no_passages",
        )
    failed = [FailedFile(path=str(f.path), code=f.code, message=f.message, remedy=f.remedy) for f in counts.failed]
    return CorpusResult(
        files=counts.files,
        added=counts.added,
        already_there=counts.already,
        gone=counts.gone,
        failed=tuple(failed),
        passages=passages,
        chosen=sum(r.chosen for r in rows),
    )
