"""`stylelab models convert`: a base model in other bits, and what that costs it.

In: a name or a folder. Out: sizes and bits per byte, or JSON. Next: the convert job.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from stylelab.basemodels.identity import resolve
from stylelab.cli import show
from stylelab.cli.arguments import AsJson
from stylelab.cli.run import run_job
from stylelab.jobs.catalogue.basemodels import ConvertRequest
from stylelab.language.books import MAIN, WORDS

MB = 10**6


def convert(
    source: Annotated[
        str, typer.Argument(help="A name in the library, bundled, or a model's folder.", show_default=False)
    ],
    bits: Annotated[
        Literal["3", "4", "5", "6", "8", "16"] | None,
        typer.Option(help="Bits of a weight, 4 by default; 16 restores half floats.", show_default=False),
    ] = None,
    group_size: Annotated[
        Literal["32", "64"], typer.Option(help="Weights that share a scale and an offset of 16 bits each.")
    ] = "64",
    mixed: Annotated[
        Literal["mixed_2_6", "mixed_3_4", "mixed_3_6", "mixed_4_6"] | None,
        typer.Option(help="A recipe of mlx-lm in place of --bits: more bits for the layers that need them."),
    ] = None,
    name: Annotated[str, typer.Option(help="What to call it here; the source's name with the bits by default.")] = "",
    language: Annotated[str, typer.Option(help=f"Language of the text to measure on: {', '.join(WORDS)}.")] = MAIN,
    json: AsJson = False,
) -> None:
    """Make a base model of another one in other bits, in the library, and measure what that costs it.

    In 4 bits, a weight takes 5 bits in groups of 32 and 4.5 in groups of 64, scales and offsets counted. Groups of 32 lie as the
    blocks of a GGUF file do (Q4_0, Q4_1), so import-gguf keeps such a file bit for bit; groups of 64 are smaller and lose a
    little more. What is quantised already is restored first, and loses twice.
    """
    if bits and mixed:
        raise typer.BadParameter("give --bits or --mixed, not both")
    wanted: dict[str, Any] = {"bits": int(bits or 4), "group_size": int(group_size), "mixed": mixed or ""}
    request = ConvertRequest(source=resolve(source).absolute(), name=name, language=language, **wanted)
    result = run_job(request, quiet=json)
    if json:
        show.as_json(result.dump())
        return
    lost = (result.bits_per_byte_after / result.bits_per_byte_before - 1) * 100
    show.text(
        f"{result.name} is there: {result.size_bytes / MB:,.1f} MB with {result.bits_per_weight:.2f} bits a weight, from "
        f"{result.source_bytes / MB:,.1f} MB.",
        f"Bits per byte on the bundled text: {result.bits_per_byte_before:.3f} before, "
        f"{result.bits_per_byte_after:.3f} after ({lost:+.1f}%).",
        f"Next: stylelab new … --base {result.name}",
    )
