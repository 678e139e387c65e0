"""The harvest job: pairs that exist already become part of the project, with the count of every source.

In: files of rows, of `prompt ### completion` or with tracked changes, or a folder of drafts and one of finals. Out: counts
per source. All sources give pairs, or nothing is kept: zero from a source is an error that names what was found in it.
"""

from __future__ import annotations

from pathlib import Path

from stylelab.corpus import readers
from stylelab.errors import PairsError
from stylelab.jobs.catalogue.pairs import HarvestedSource, HarvestRequest, HarvestResult
from stylelab.jobs.core.context import Context
from stylelab.pairs.harvest import Mapped, Source, harvest, harvest_folders
from stylelab.project.project import open_project


def run(context: Context, request: HarvestRequest) -> HarvestResult:
    """Take pairs in; `pairs make` puts them into the dataset.

    Raises:
        PairsError: A source gave nothing; nothing is kept then.
    """
    own = open_project(request.project)
    mapped = build_mapping(request)
    with own.lock(), own.store() as store:
        context.phase("read")
        sources: list[Source] = []
        if request.finals is not None:
            if len(request.paths) != 1:
                raise PairsError(
                    "Two folders are needed, of drafts and of finals.",
                    remedy="stylelab pairs harvest PROJECT DRAFTS --finals FINALS",
                    code="harvest_kind",
                )
            sources += harvest_folders(request.paths[0], request.finals, lambda path: readers.read(path).text)
        for number, path in enumerate(() if request.finals is not None else request.paths):
            context.progress(number, len(request.paths), "files")
            sources.append(harvest(path, mapped, changes=read_changes))
        with store.transaction():
            rows = tuple(build_row(source, store.dataset.put_given(source.pairs)) for source in sources)
        return HarvestResult(sources=rows, pairs=sum(len(source.pairs) for source in sources))


def read_changes(path: Path) -> list[tuple[str, str]]:
    """Return the paragraphs that a document's tracked changes touch, before and after."""
    return [(change.before, change.after) for change in readers.read(path).changes]


def build_mapping(request: HarvestRequest) -> Mapped | None:
    """Return where rows have their texts, or None for the usual names.

    Raises:
        PairsError: Only one of the two is named.
    """
    input, target = request.input, request.target
    if (input is None) != (target is None) or (request.categories and input is None):
        raise PairsError(
            "A mapping names both fields.", remedy="Give --input PATH and --target PATH.", code="harvest_mapping"
        )
    return None if input is None or target is None else Mapped(input, target, request.categories)


def build_row(source: Source, new: int) -> HarvestedSource:
    """Return a source's counts; so many of its pairs were new."""
    return HarvestedSource(
        source=source.name, found=source.found, taken=len(source.pairs), dropped=dict(source.dropped), new=new
    )
