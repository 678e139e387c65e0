"""The import_gguf job: a GGUF file becomes a base model in the library.

In: the file. Out: the model's folder and what was kept exactly.
"""

from __future__ import annotations

from stylelab.basemodels.gguf.imported import add_gguf
from stylelab.basemodels.library import Origin, check_name, measure_folder
from stylelab.jobs.catalogue.basemodels import ImportGgufRequest, ImportGgufResult
from stylelab.jobs.core.context import Context
from stylelab.jobs.steps.importing import build_import_report
from stylelab.paths import models_folder


def run(context: Context, request: ImportGgufRequest) -> ImportGgufResult:
    """Import a GGUF file.

    Raises:
        ModelError: It cannot be imported, or the name is taken or is none.
        FileError: It cannot be read, or the disk is full.
    """
    name = request.name or request.path.stem
    check_name(name)
    target = models_folder() / name
    origin = Origin(source="gguf", name=request.path.name)
    imported = add_gguf(request.path, target, origin, on_progress=build_import_report(context))
    return ImportGgufResult(
        name=target.name,
        folder=target,
        size_bytes=measure_folder(target),
        storage=dict(imported.storage),
        exact=imported.exact,
        lines=imported.lines,
    )
