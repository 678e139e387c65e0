"""The drop job: documents leave the project, and their copies leave texts/.

In: documents by id or name. Out: how many were taken out, and how many passages are left.
"""

from __future__ import annotations

import shutil

from stylelab.files import naming
from stylelab.jobs.catalogue.corpus import DropRequest, DropResult
from stylelab.jobs.core.context import Context
from stylelab.jobs.steps.corpus_tools import CorpusTools, choose_passages
from stylelab.project.project import open_project


def run(context: Context, request: DropRequest) -> DropResult:
    """Take documents out of a project.

    Raises:
        CorpusError: No such document.
    """
    own = open_project(request.project)
    with own.lock(), own.store() as store:
        tools = CorpusTools.of_project(own, store)
        for name in request.documents:
            remove_document(tools, name)
        choose_passages(context, tools)
        return DropResult(dropped=len(request.documents), passages=sum(d.passages for d in store.documents()))


def remove_document(tools: CorpusTools, name: str) -> None:
    """Take a document out of the project, and its file out of texts/."""
    row = tools.store.corpus.find(name)
    with tools.store.transaction():
        tools.store.corpus.drop(row.id)
    place = tools.project.texts / row.file
    with naming(place, "delete"):
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)
