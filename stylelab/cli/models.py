"""`stylelab models`: which base models are at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stylelab.basemodels.identity import identify, inspect, locate_bundled_base
from stylelab.cli import show
from stylelab.cli.arguments import AsJson

app = typer.Typer(help="Base models.", no_args_is_help=True)


@app.command("list", epilog="Example: stylelab models list")
def list_models(json: AsJson = False) -> None:
    """Show the bundled base. Real use wants a real one: stylelab new … --base FOLDER."""
    _show(locate_bundled_base(), json)


@app.command(epilog="Example: stylelab models check ~/models/Qwen2.5-3B-4bit")
def check(folder: Annotated[Path, typer.Argument(help="A model's folder.")], json: AsJson = False) -> None:
    """Check that a model folder is whole and safe to load."""
    _show(folder, json)


def _show(folder: Path, json: bool) -> None:
    files, own = inspect(folder), identify(folder)
    size = sum(path.stat().st_size for path in files.weights)
    if json:
        show.as_json({"folder": str(folder), "bytes": size, **own.model_dump()})
        return
    show.text(
        f"{own.name}: {files.config['model_type']}, {size / 2**20:.1f} MiB of weights, SHA-256 {own.weights_sha256[:12]}…"
    )
