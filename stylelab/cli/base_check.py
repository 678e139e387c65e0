"""`stylelab models check`: whether a base model is whole and safe, and how good it is for this work.

In: a name or a folder. Out: figures and advice, or JSON. Next: the check_base job.
"""

from __future__ import annotations

from typing import Annotated

import typer

from stylelab.cli import show
from stylelab.cli.arguments import AsJson
from stylelab.cli.run import run_job
from stylelab.jobs.catalogue.basemodels import CheckBaseRequest, CheckBaseResult
from stylelab.language.books import MAIN, WORDS

GB = 10**9


def check(
    model: Annotated[str, typer.Argument(help="A name in the library, bundled, or a model's folder.")],
    language: Annotated[str, typer.Option(help=f"Language of the text to measure on: {', '.join(WORDS)}.")] = MAIN,
    quick: Annotated[bool, typer.Option("--quick", help="Check the files alone; load and measure nothing.")] = False,
    json: AsJson = False,
) -> None:
    """Check that a base model is whole and safe to load, and measure how good it is for this work.

    Measured are bits per byte on a text that it has not seen, the speed of writing, and one update of training. A folder can
    then be used as it is: stylelab new … --base FOLDER.
    """
    result = run_job(CheckBaseRequest(model=model, language=language, quick=quick), quiet=json)
    if json:
        show.as_json(result.dump())
        return
    print_check(result)


def print_check(result: CheckBaseResult) -> None:
    """Print what a check found."""
    show.text(
        f"{result.name}: {result.model_type}, {result.kind}, {result.bytes / 2**20:.1f} MiB of weights, "
        f"SHA-256 {result.weights_sha256[:12]}…",
    )
    if result.fit:
        show.text(f"On this machine it {result.fit}.")
    if result.bits_per_byte is not None:
        rows = [
            ("bits per byte", f"{result.bits_per_byte:.3f}", f"on a text in '{result.language}' that it has not seen"),
            ("tokens per word", f"{result.tokens_per_word:.2f}", ""),
            ("writing", f"{result.writing_tokens_per_second:,.1f} tokens/s", "one after the other"),
            (
                "training",
                f"{result.training_tokens_per_second:,.0f} tokens/s",
                f"an update of {result.training_tokens:,} tokens in {result.training_seconds:.1f} s",
            ),
            (
                "memory",
                f"{(result.peak_bytes or 0) / GB:.2f} GB",
                f"at the peak of that update; estimated {(result.estimated_bytes or 0) / GB:.2f} GB",
            ),
        ]
        show.table(("figure", "value", "of"), rows)
    show.text(*(advice.message for advice in result.advice))
