"""`stylelab corpus`: add texts, see what was removed and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stylelab.cli import show
from stylelab.cli.arguments import AsJson, Folder
from stylelab.cli.run import run_job
from stylelab.project.project import open_project

app = typer.Typer(help="Files become clean passages.", no_args_is_help=True)

MinWords = Annotated[int, typer.Option("--min-words", min=1, help="Shortest passage; shorter paragraphs join.")]


@app.command(epilog="Example: stylelab corpus add poe tales.txt more-tales/")
def add(
    project: Folder,
    paths: Annotated[list[Path], typer.Argument(help="Text files (.txt, .md) or folders of them.", show_default=False)],
    min_words: MinWords = 60,
    json: AsJson = False,
) -> None:
    """Add texts: licences, headings and notes go, passages stay; every removal is recorded."""
    _run(project, [str(p) for p in paths], min_words, json)


@app.command(epilog="Example: stylelab corpus clean poe --min-words 40")
def clean(project: Folder, min_words: MinWords = 60, json: AsJson = False) -> None:
    """Clean and cut the project's texts anew."""
    _run(project, [], min_words, json)


def _run(project: Path, paths: list[str], min_words: int, json: bool) -> None:
    result = run_job("corpus", {"project": str(project), "paths": list(paths), "min_words": min_words}, quiet=json)
    if json:
        show.as_json(result)
        return
    print_report(project)
    for failure in result["failed"]:
        show.text(f"Not read: {failure['path']}: {failure['message']} {failure['remedy']}")
    if result["already_there"]:
        show.text(f"{result['already_there']} files were there already.")
    show.text(f"Next: stylelab pairs make {project}")


@app.command(epilog="Example: stylelab corpus report poe --json")
def report(project: Folder, json: AsJson = False) -> None:
    """Show what became of every document: words in, removed by rule, passages, rejected by reason."""
    if not json:
        print_report(project)
        return
    with open_project(project).store() as store:
        show.as_json(
            {
                "documents": [
                    {
                        "path": d.path,
                        "encoding": d.encoding,
                        "words_in": d.words_in,
                        "words_removed": d.words_removed,
                        "removed_by_rule": dict(d.removed_by_rule),
                        "paragraphs": d.paragraphs,
                        "passages": d.passages,
                        "rejected_by_reason": dict(d.rejected_by_reason),
                    }
                    for d in store.documents()
                ]
            }
        )


def print_report(project: Path) -> None:
    with open_project(project).store() as store:
        rows = [
            (d.path, d.encoding, d.words_in, d.words_removed, d.passages, dict(d.rejected_by_reason))
            for d in store.documents()
        ]
    show.table(("document", "encoding", "words", "removed", "passages", "rejected"), rows)


@app.command(epilog="Example: stylelab corpus removals poe")
def removals(project: Folder, json: AsJson = False) -> None:
    """List everything that was removed, with its rule and place."""
    with open_project(project).store() as store:
        found = store.removals()
    if json:
        show.as_json(
            [{"document": n, "rule": r.rule, "start": r.start, "end": r.end, "text": r.text} for n, r in found]
        )
        return
    rows = [(name, r.rule, r.start, " ".join(r.text.split())[:60]) for name, r in found]
    show.table(("document", "rule", "at", "text"), rows)


@app.command(epilog="Example: stylelab corpus passages poe --limit 5")
def passages(
    project: Folder, limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 20, json: AsJson = False
) -> None:
    """Show passages."""
    with open_project(project).store() as store:
        found = store.passages()
    if json:
        show.as_json([{"id": p.id, "document": p.document, "words": p.words, "text": p.text} for p in found])
        return
    for p in found[:limit]:
        show.text(f"[{p.id}, {p.words} words]", p.text, "")
    show.text(f"{min(limit, len(found)):,} of {len(found):,} passages.")
