"""`stylelab write`: base and adapter side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stylelab.cli import show
from stylelab.cli.arguments import AsJson, Folder, RemoteOption, RunId
from stylelab.cli.run import run_job
from stylelab.corpus.readers import read
from stylelab.jobs.catalogue.writing import WriteRequest, WriteResult, WrittenText
from stylelab.recipe import Perspective


def write(
    project: Folder,
    text: Annotated[str | None, typer.Option(help="The text to write again.", show_default=False)] = None,
    file: Annotated[Path | None, typer.Option(help="A file that holds it.", show_default=False)] = None,
    run: RunId = None,
    checkpoint: Annotated[
        int | None,
        typer.Option(min=0, help="The update whose checkpoint writes; the best by default.", show_default=False),
    ] = None,
    scale: Annotated[float | None, typer.Option(min=0, help="Strength; the training scale by default.")] = None,
    both: Annotated[bool, typer.Option(help="Let the base write too, from the same prompt and seed.")] = True,
    perspective: Annotated[
        Perspective | None, typer.Option(help="Tell it from this point of view; the input's own by default.")
    ] = None,
    words: Annotated[int | None, typer.Option(min=1, help="Length asked for; the input's by default.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Decides the draws.")] = 42,
    temperature: Annotated[float | None, typer.Option(min=0, help="0 is greedy; the persona's by default.")] = None,
    max_tokens: Annotated[int, typer.Option(min=1, help="Longest text in tokens.")] = 400,
    remote: RemoteOption = False,
    json: AsJson = False,
) -> None:
    """Write a text again in the author's voice, under the recipe sealed in the adapter."""
    if (text is None) == (file is None):
        raise typer.BadParameter("give either --text or --file")
    source = text if text is not None else read(file).text if file is not None else ""
    request = WriteRequest(
        project=project,
        text=source,
        run=run,
        checkpoint=checkpoint,
        scale=scale,
        both=both,
        perspective=perspective,
        words=words,
        seed=seed,
        temperature=temperature,
        max_tokens=max_tokens,
        allow_remote=remote,
    )
    result = run_job(request, quiet=json)
    if json:
        show.as_json(result.dump())
        return
    print_texts(result)


def print_texts(result: WriteResult) -> None:
    """Print both texts, and under what they were written."""
    if result.base is not None:
        show.heading("Base with persona prompt")
        print_text(result.base, result.facts)
    at = "" if result.checkpoint is None else f", update {result.checkpoint}"
    show.heading(f"Adapter with persona prompt ({result.run}{at}, scale {result.scale:g})")
    print_text(result.adapter, result.facts)
    show.text("")
    show.text(f"Same prompt, seed {result.seed}. The adapter changes a logit by up to {result.logit_change_max:.3g}.")
    for deviation in result.deviations:
        show.text(f"Deviation: {deviation}.")


def print_text(text: WrittenText, facts: int) -> None:
    """Print a text, whether it came to its end, and what of the input's facts it kept."""
    show.text(text.text, "")
    ended = "" if text.ended == "end" else f" Cut at {text.tokens} tokens."
    missing = f"; missing: {', '.join(text.missing)}" if text.missing else ""
    show.text(f"[{facts - len(text.missing)} of {facts} names, numbers and negations kept{missing}.{ended}]")
