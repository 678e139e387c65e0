"""The commands: `stylelab ROOM VERB PROJECT …`. Errors of ours end with 1 and a remedy, wrong usage with 2, Ctrl-C with 130.

In: arguments. Out: an exit code. Next: one file per command.
"""

from __future__ import annotations

import json
import sys

import typer

from stylelab import __version__
from stylelab.cli import audit, corpus, demo, doctor, export, models, new, pairs, persona, recipe, train, write
from stylelab.cli.run import CANCELLED
from stylelab.errors import StyleLabError

app = typer.Typer(
    help="StyleLab takes a writer from a heap of files to a LoRA adapter that writes in an author's voice. All of it runs here.",
    epilog="Begin with: stylelab demo — or: stylelab new my-project --author 'A. Writer', then corpus, pairs, train, write.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("new", epilog="Example: stylelab new poe --author 'E. A. Poe' --persona tidewright")(new.new)
app.add_typer(corpus.app, name="corpus")
app.add_typer(persona.app, name="persona")
app.add_typer(pairs.app, name="pairs")
app.add_typer(train.app, name="train")
app.command("write", epilog="Example: stylelab write poe --text 'The rain fell. The road was dark.'")(write.write)
app.command("export", epilog="Example: stylelab export poe --as mlx --to poe-adapter")(export.export)
app.command("audit", epilog="Example: stylelab audit poe")(audit.audit)
app.add_typer(recipe.app, name="recipe")
app.add_typer(models.app, name="models")
app.command("demo", epilog="Example: stylelab demo --to build/demo")(demo.demo)
app.command("doctor", epilog="Example: stylelab doctor")(doctor.doctor)


@app.command("version", hidden=True)
def version() -> None:
    """Print the version."""
    print(__version__)


def main(arguments: list[str]) -> int:
    """Run a command and return its exit code."""
    if not arguments:
        arguments = ["--help"]  # `stylelab` alone opens the window before it comes to this
    try:
        app(args=arguments, prog_name="stylelab")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except StyleLabError as error:
        if "--json" in arguments:
            print(json.dumps({"error": {"code": error.code, "message": error.message, "remedy": error.remedy}}))
        print(f"Error: {error.message}\n{error.remedy}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return CANCELLED
    return 0
