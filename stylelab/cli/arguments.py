"""Arguments that many commands share, declared once. Next: the commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Argument(metavar="PROJECT", help="The project's folder.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document at the end of standard output.")]
RunId = Annotated[
    str | None, typer.Option("--run", metavar="ID", help="Which run; the latest by default.", show_default=False)
]
RemoteOption = Annotated[
    bool, typer.Option("--remote", help="Allow this run to send text to the server that pairs.yaml names.")
]
