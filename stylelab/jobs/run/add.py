"""The add job: a model folder from elsewhere becomes a base model of the library.

In: the folder. Out: the model's folder in the library.
"""

from __future__ import annotations

from stylelab.basemodels.add import add_folder
from stylelab.basemodels.library import measure_folder
from stylelab.jobs.catalogue.basemodels import AddRequest, AddResult
from stylelab.jobs.core.context import Context
from stylelab.paths import models_folder


def run(context: Context, request: AddRequest) -> AddResult:
    """Add a folder.

    Raises:
        ModelError: It is no whole and safe model, or the name is taken or is none.
        FileError: It cannot be read, or the disk is full.
    """
    folder = request.path.resolve()
    target = models_folder() / (request.name or folder.name)
    context.phase("add the folder")
    add_folder(folder, target, lambda done, total: context.progress(done, total, "bytes"))
    return AddResult(name=target.name, folder=target, size_bytes=measure_folder(target))
