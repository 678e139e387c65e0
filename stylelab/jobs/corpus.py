"""The corpus job: files become documents and passages in the project.

In: paths, or what is in texts/ already. Out: counts per document and the files that could not be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stylelab.corpus import readers
from stylelab.corpus.clean import clean
from stylelab.corpus.document import Document
from stylelab.corpus.passage import cut
from stylelab.errors import CorpusError, StyleLabError
from stylelab.files import atomic_write, naming
from stylelab.jobs.context import Context
from stylelab.project.project import Project, open_project
from stylelab.project.store import Store


def run(context: Context, project: str, paths: Sequence[str] = (), min_words: int = 60) -> dict[str, Any]:
    """Add the files of `paths`; without any, clean and cut the texts of the project anew.

    Raises:
        CorpusError: No file could be read, or no passage came out of any.
    """
    own = open_project(Path(project))
    with own.lock(), own.store() as store:
        again = not paths
        files = readers.find([own.texts] if again else [Path(p) for p in paths])
        known = store.document_ids()
        failed: list[dict[str, str]] = []
        added = already = 0
        context.phase("read, clean, cut")
        for number, path in enumerate(files):
            context.progress(number, len(files), "files")
            try:
                document = readers.read(path)
                if document.id in known and not again:
                    already += 1
                    continue
                if not again:
                    keep(own, path, document)
                take(store, document, min_words)
            except StyleLabError as error:
                if error.code == "disk_full":
                    raise  # the next file would fare no better
                failed.append({"path": str(path), "code": error.code, "message": error.message, "remedy": error.remedy})
                context.warn(str(error))
                continue
            known.add(document.id)
            added += 1
        context.progress(len(files), len(files), "files")
        return report(store, failed, added, already, len(files))


def keep(project: Project, path: Path, document: Document) -> None:
    """Copy a source into texts/; another text of the same name is not overwritten."""
    with naming(path, "read"):
        data = path.read_bytes()
    place = project.texts / path.name
    if place.exists() and place.read_bytes() != data:
        place = project.texts / f"{path.stem}-{document.id[:8]}{path.suffix}"
    if not place.exists():
        atomic_write(place, data)


def take(store: Store, document: Document, min_words: int) -> None:
    """Clean and cut one document and store all of it in one transaction."""
    cleaned = clean(document)
    store.put_document(cleaned, cut(cleaned, min_words=min_words, seen=store.passage_hashes(but=document.id)))


def report(store: Store, failed: list[dict[str, str]], added: int, already: int, files: int) -> dict[str, Any]:
    """Return what the command shows.

    Raises:
        CorpusError: Nothing could be read, or the project has no passage.
    """
    if failed and len(failed) == files:
        first = failed[0]
        more = f" ({len(failed)} files failed)" if len(failed) > 1 else ""
        raise CorpusError(first["message"] + more, remedy=first["remedy"], code=first["code"])
    rows = store.documents()
    passages = sum(r.passages for r in rows)
    if not passages:
        raise CorpusError(
            f"None of {sum(r.paragraphs for r in rows)} paragraphs became a passage.",
            remedy="See 'stylelab corpus report' for the reasons; short texts may need --min-words 30.",
            code="no_passages",
        )
    return {"files": files, "added": added, "already_there": already, "failed": failed, "passages": passages}
