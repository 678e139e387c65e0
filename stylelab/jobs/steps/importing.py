"""How an import of a GGUF file is told: a phase of its own, and a tensor at a time.

In: a job's context. Out: what `basemodels.gguf` calls with its progress. Next: the jobs pull and import_gguf.
"""

from __future__ import annotations

from collections.abc import Callable

from stylelab.jobs.core.context import Context


def build_import_report(context: Context) -> Callable[[int, int], None]:
    """Return a function that tells how many tensors are imported, and stops the import where the user cancelled."""

    def report(done: int, total: int) -> None:
        if done == 0:
            context.phase("import the file")
        context.progress(done, total, "tensors")

    return report
