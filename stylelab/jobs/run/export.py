"""The export job: a run's adapter as a folder that other tools read, checked before it appears.

In: the project and a run. Out: the folder and what the check showed.
"""

from __future__ import annotations

from stylelab.adapters import store
from stylelab.basemodels.identity import identify, resolve
from stylelab.exporting.export import export_adapter
from stylelab.exporting.formats import find_format
from stylelab.files import read_jsonl
from stylelab.jobs.catalogue.export import ExportRequest, ExportResult
from stylelab.jobs.core.context import Context
from stylelab.project.project import open_project
from stylelab.writing.loaded import require_base


def run(context: Context, request: ExportRequest) -> ExportResult:
    """Export an adapter.

    Raises:
        ExportError: An unknown format, a place that is taken, or an export that behaves otherwise.
    """
    form = find_format(request.format)
    own = open_project(request.project)
    adapter = store.read(own.find_run(request.run))
    where = resolve(own.settings.base, own.folder)
    require_base(adapter, identify(where))
    rows = read_jsonl(own.dataset / "test.jsonl") if (own.dataset / "test.jsonl").is_file() else iter(())
    prompt = str(next(rows, {"prompt": adapter.recipe.persona.frames.NARRATIVE[0]})["prompt"])
    context.phase("export and load back with stock mlx-lm")
    check = export_adapter(adapter, where, request.to, prompt, form)
    return ExportResult(
        run=adapter.folder.name,
        export=str(request.to),
        stock_greedy_match=check.greedy_match,
        tokens_compared=check.tokens,
        logit_difference_max=check.logit_difference_max,
    )
