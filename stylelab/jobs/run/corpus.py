"""The corpus job: files become documents and passages in the project.

In: paths, or what is in texts/ already. Out: counts per document and the files that could not be read.
Every document is one transaction: a stopped job leaves whole documents, and goes on with the others when run again.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stylelab.basemodels.identity import inspect, resolve
from stylelab.basemodels.tokenizer import Tokenizer
from stylelab.corpus import choose, clean, near_duplicates, plan, readers, repair
from stylelab.corpus.document import Document
from stylelab.corpus.plan import CorpusPlan
from stylelab.corpus.prepared import prepare
from stylelab.corpus.readers import Failure
from stylelab.errors import CorpusError, StyleLabError
from stylelab.files import atomic_folder, atomic_write, naming, sha256_file, sha256_json
from stylelab.jobs.core.context import Cancelled, Context
from stylelab.notes import Note
from stylelab.project.project import Project, open_project
from stylelab.project.store import Store


@dataclass(frozen=True)
class Bench:
    """What a document is cleaned and cut with."""

    project: Project
    store: Store
    plan: CorpusPlan
    tokenizer: Tokenizer
    made_with: str

    @classmethod
    def of(cls, project: Project, store: Store, own: CorpusPlan | None = None) -> Bench:
        """Return the bench of a project as its files stand now, or with another plan."""
        folder = resolve(project.settings.base, project.folder)
        positions = int(inspect(folder).config.get("max_position_embeddings", plan.SEQUENCE))
        own = (own or plan.load(project.corpus_plan)).for_base(positions)
        tokenizer = Tokenizer(folder)
        parts = [clean.VERSION, repair.VERSION, own.hash, sha256_file(folder / "tokenizer.json")]
        return cls(project, store, own, tokenizer, sha256_json(parts))

    def take(
        self, document: Document, file: str, chapters: Sequence[int] | None = None, ordinal: int | None = None
    ) -> list[str]:
        """Clean and cut a document and store all of it; return what the user should know."""
        rows = self.store.corpus
        done = prepare(document, self.plan, self.tokenizer.count, rows.decisions(document.id))
        with self.store.transaction():
            rows.put(done, file, self.made_with, chapters, ordinal)
        out: list[str] = []
        if done.lost:
            out.append(
                Note(
                    "{file}: {count} decisions are about text that is no more in it.",
                    file=document.name,
                    count=len(done.lost),
                )
            )
        if not done.passages.kept:
            out.append(
                Note(
                    "{file}: no passage of {count} paragraphs; see the report.",
                    file=document.name,
                    count=done.passages.paragraphs,
                )
            )
        return out


def run(
    context: Context,
    project: str,
    paths: Sequence[str] = (),
    chapters: Sequence[int] | None = None,
    min_words: int | None = None,
    drop: Sequence[str] = (),
) -> dict[str, Any]:
    """Add the files of `paths`; without any, bring the project in line with its texts/ and its settings.

    Args:
        chapters: Numbers of the chapters to take, of books that have some; None for all.
        min_words: The shortest passage from now on.
        drop: Documents to take out, by id or name; their files leave texts/.

    Raises:
        CorpusError: No file could be read, or no passage came out of any.
    """
    own = open_project(Path(project))
    with own.lock(), own.store() as store:
        if min_words is not None:
            plan.save(plan.load(own.corpus_plan).model_copy(update={"min_words": min_words}), own.corpus_plan)
        bench = Bench.of(own, store)
        for name in drop:
            take_out(bench, name)
        if drop:
            settle(context, bench)
            return {"dropped": len(drop), "passages": sum(d.passages for d in store.documents())}
        counts = Counts()
        try:
            context.phase("read, clean, cut")
            if paths:
                add(context, bench, [Path(p) for p in paths], chapters, counts)
            else:
                renew(context, bench, counts)
        except Cancelled:
            settle(None, bench)
            raise
        settle(context, bench)
        return report(bench, counts)


class Counts:
    """What became of the files."""

    def __init__(self) -> None:
        self.files = self.added = self.already = self.gone = 0
        self.failed: list[Failure] = []


def add(context: Context, bench: Bench, paths: Sequence[Path], chapters: Sequence[int] | None, counts: Counts) -> None:
    """Read files, keep copies of them in texts/, and store what becomes of them."""
    found = list(readers.gather(paths))
    counts.files = len(found)
    here = {d.id: d for d in bench.store.documents()}
    new: set[str] = set()
    for number, item in enumerate(found):
        context.progress(number, len(found), "files")
        if isinstance(item, Failure):
            fail(context, counts, item)
            continue
        with telling(context, counts, item):
            document = readers.read(item, chapters)
            known = here.get(document.id)
            same = None if chapters is None else tuple(chapters)
            done = known is not None and known.made_with == bench.made_with and known.chapters == same
            if done or document.id in new:
                counts.already += 1
                continue
            file = known.file if known is not None else keep(bench.project, item, document)
            for warning in bench.take(document, file, chapters):
                context.warn(warning)
            counts.added += 1
            new.add(document.id)
    context.progress(len(found), len(found), "files")


def renew(context: Context, bench: Bench, counts: Counts) -> None:
    """Read texts/ again: what changed is cleaned and cut anew, what is gone leaves the project, what is new comes in."""
    texts = bench.project.texts
    known = bench.store.documents()
    files = {d.file for d in known}
    new = [p for p in readers.gather([texts]) if not isinstance(p, Failure) and p.name not in files]
    counts.files = len(known) + len(new)
    for number, row in enumerate(known):
        context.progress(number, counts.files, "files")
        if not (texts / row.file).exists():
            with bench.store.transaction():
                bench.store.corpus.drop(row.id)
            counts.gone += 1
            context.warn(Note("{file} is no more in texts/: its passages are gone.", file=row.file))
            continue
        with telling(context, counts, texts / row.file):
            document = readers.read(texts / row.file, row.chapters)
            if document.id == row.id and row.made_with == bench.made_with:
                counts.already += 1
                continue
            if document.id != row.id:  # the file was edited: what was decided about it goes along
                with bench.store.transaction():
                    bench.store.corpus.put_decisions(document.id, bench.store.corpus.decisions(row.id))
                    bench.store.corpus.drop(row.id)
            for warning in bench.take(document, row.file, row.chapters, number):
                context.warn(warning)
            counts.added += 1
    for number, path in enumerate(new, len(known)):
        context.progress(number, counts.files, "files")
        with telling(context, counts, path):
            for warning in bench.take(readers.read(path), path.relative_to(texts).as_posix()):
                context.warn(warning)
            counts.added += 1
    context.progress(counts.files, counts.files, "files")


@contextmanager
def telling(context: Context, counts: Counts, path: Path) -> Generator[None]:
    """Let one file fail in the block without stopping the others; a full disk stops all."""
    try:
        yield
    except StyleLabError as error:
        if error.code == "disk_full":
            raise
        fail(context, counts, Failure.of(path, error))


def fail(context: Context, counts: Counts, failure: Failure) -> None:
    """Note a file that could not be read; the others go on."""
    counts.failed.append(failure)
    context.warn(f"{failure.message} {failure.remedy}")


def keep(project: Project, path: Path, document: Document) -> str:
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


def take_out(bench: Bench, name: str) -> None:
    """Take a document out of the project, and its file out of texts/."""
    row = bench.store.corpus.find(name)
    with bench.store.transaction():
        bench.store.corpus.drop(row.id)
    place = bench.project.texts / row.file
    with naming(place, "delete"):
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)


def settle(context: Context | None, bench: Bench) -> choose.Choice:
    """Find the passages that repeat others, and choose under the budget; both look at the whole corpus."""
    rows = bench.store.corpus
    if context:
        context.phase("find repeated passages")
    ids, signs = rows.signatures()
    found = near_duplicates.repeats(signs, lambda i: rows.passage_text(ids[i]), bench.plan.near_duplicate)
    with bench.store.transaction():
        rows.put_repeats({ids[a]: ids[b] for a, b in found.items()})
        if context:
            context.phase("choose")
        choice = choose.choose(rows.candidates(), bench.plan.budget_tokens, bench.plan.seed)
        rows.put_choice(choice.ids)
    return choice


def report(bench: Bench, counts: Counts) -> dict[str, Any]:
    """Return what the command shows.

    Raises:
        CorpusError: Nothing could be read, or the project has no passage.
    """
    if counts.failed and len(counts.failed) == counts.files:
        first = counts.failed[0]
        more = f" ({len(counts.failed)} files failed)" if len(counts.failed) > 1 else ""
        raise CorpusError(first.message + more, remedy=first.remedy, code=first.code)
    rows = bench.store.documents()
    passages = sum(r.passages for r in rows)
    if not passages:
        raise CorpusError(
            f"None of {sum(r.paragraphs for r in rows)} paragraphs became a passage.",
            remedy="See 'stylelab corpus report' for the reasons; short texts may need --min-words 30.",
            code="no_passages",
        )
    return {
        "files": counts.files,
        "added": counts.added,
        "already_there": counts.already,
        "gone": counts.gone,
        "failed": list(failures(counts)),
        "passages": passages,
        "chosen": sum(r.chosen for r in rows),
    }


def failures(counts: Counts) -> Iterator[dict[str, str]]:
    """Yield the files that could not be read, as JSON takes them."""
    for one in counts.failed:
        yield {"path": str(one.path), "code": one.code, "message": one.message, "remedy": one.remedy}
