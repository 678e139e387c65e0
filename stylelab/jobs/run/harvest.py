"""The harvest job: pairs that exist already become part of the project, with the count of every source.

In: files of rows, of `prompt ### completion` or with tracked changes, or a folder of drafts and one of finals. Out: counts
per source. All sources give pairs, or nothing is kept: zero from a source is an error that names what was found in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stylelab.corpus import readers
from stylelab.errors import PairsError
from stylelab.jobs.core.context import Context
from stylelab.pairs.harvest import Mapped, Source, harvest, harvest_folders
from stylelab.project.project import open_project


def run(
    context: Context,
    project: str,
    paths: Sequence[str],
    input: str | None = None,
    target: str | None = None,
    categories: Sequence[str] = (),
    finals: str | None = None,
) -> dict[str, Any]:
    """Take pairs in; `pairs make` puts them into the dataset.

    Args:
        paths: Files; or one folder of drafts, with `finals`.
        input, target: Where rows have their texts, like "messages[0].content"; by usual names if not given.
        categories: Further fields to keep, to look at balance.
        finals: A folder whose files have the names of the drafts.

    Raises:
        PairsError: A source gave nothing; nothing is kept then.
    """
    own = open_project(Path(project))
    mapped = mapping(input, target, categories)
    with own.lock(), own.store() as store:
        context.phase("read")
        sources: list[Source] = []
        if finals is not None:
            if len(paths) != 1:
                raise PairsError(
                    "Two folders are needed, of drafts and of finals.",
                    remedy="stylelab pairs harvest PROJECT DRAFTS --finals FINALS",
                    code="harvest_kind",
                )
            sources += harvest_folders(Path(paths[0]), Path(finals), lambda path: readers.read(path).text)
        for number, path in enumerate(() if finals is not None else paths):
            context.progress(number, len(paths), "files")
            sources.append(harvest(Path(path), mapped, changes=changes))
        with store.transaction():
            rows = [{**row(source), "new": store.dataset.put_given(source.pairs)} for source in sources]
        return {"sources": rows, "pairs": sum(len(source.pairs) for source in sources)}


def changes(path: Path) -> list[tuple[str, str]]:
    """Return the paragraphs that a document's tracked changes touch, before and after."""
    return [(change.before, change.after) for change in readers.read(path).changes]


def mapping(input: str | None, target: str | None, categories: Sequence[str]) -> Mapped | None:
    """Return where rows have their texts, or None for the usual names.

    Raises:
        PairsError: Only one of the two is named.
    """
    if (input is None) != (target is None) or (categories and input is None):
        raise PairsError(
            "A mapping names both fields.", remedy="Give --input PATH and --target PATH.", code="harvest_mapping"
        )
    return None if input is None or target is None else Mapped(input, target, tuple(categories))


def row(source: Source) -> dict[str, Any]:
    """Return a source's line."""
    return {"source": source.name, "in": source.found, "out": len(source.pairs), "dropped": dict(source.dropped)}
