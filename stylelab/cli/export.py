"""`stylelab export`: an adapter for other tools, checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stylelab.cli import show
from stylelab.cli.arguments import AsJson, Folder, RunId
from stylelab.cli.run import run_job
from stylelab.errors import ExportError
from stylelab.exporting.formats import FORMATS, find_format
from stylelab.jobs.catalogue.export import ExportRequest, ExportResult

FORMAT_NAMES = f"<{'|'.join(known.name for known in FORMATS)}>"


def parse_format(name: str) -> str:
    """Return the name of a format.

    Raises:
        typer.BadParameter: There is none of that name.
    """
    try:
        return find_format(name).name
    except ExportError as error:
        raise typer.BadParameter(f"{error.message} {error.remedy}") from error


def export(
    project: Folder,
    to: Annotated[Path, typer.Option(help="A new folder, or a former export.", show_default=False)],
    run: RunId = None,
    format: Annotated[
        str,
        typer.Option("--as", help="The form other tools read.", metavar=FORMAT_NAMES, parser=parse_format),
    ] = FORMATS[0].name,
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
