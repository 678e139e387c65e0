"""`stylelab export`: an adapter for other tools, checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from stylelab.cli import show
from stylelab.cli.arguments import AsJson, Folder, RunId
from stylelab.cli.run import run_job
from stylelab.jobs.catalogue.writing import ExportRequest, ExportResult


def export(
    project: Folder,
    to: Annotated[Path, typer.Option(help="A new folder, or a former export.", show_default=False)],
    run: RunId = None,
    format: Annotated[Literal["mlx"], typer.Option("--as", help="The form other tools read.")] = "mlx",
    json: AsJson = False,
) -> None:
    """Export an adapter and check it against the live one before it appears."""
    result = run_job(ExportRequest(project=project, to=to, run=run, format=format), quiet=json)
    if json:
        show.as_json(result.dump())
        return
    print_result(result)


def print_result(result: ExportResult) -> None:
    """Print where the export is, and what its check showed."""
    show.text(
        f"Exported {result.run} to {result.export}.",
        f"Stock mlx-lm writes the same {result.tokens_compared} tokens greedily; its logits differ by at most "
        f"{result.logit_difference_max:.2g}.",
    )
