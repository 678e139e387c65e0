"""The convert job: a base model in other bits, in the library, with what that costs it.

In: a model's folder. Out: the new model's folder, and bits per byte before and after on the bundled text.
"""

from __future__ import annotations

from pathlib import Path

import mlx.core as mx

from stylelab.basemodels.convert import ConversionScheme, add_converted, plan_conversion
from stylelab.basemodels.library import check_name, check_name_free, check_space, measure_folder
from stylelab.basemodels.load import load
from stylelab.evaluation.bits_per_byte import load_probe_text, measure_bits_per_byte
from stylelab.jobs.catalogue.basemodels import ConvertRequest, ConvertResult
from stylelab.jobs.core.context import Context
from stylelab.notes import Note
from stylelab.paths import models_folder


def run(context: Context, request: ConvertRequest) -> ConvertResult:
    """Convert a base model and measure it before and after.

    Raises:
        ModelError: It is no model, cannot be converted so, or tells nothing; or the name is taken or is none.
        FileError: The disk is full, or would be.
    """
    scheme = ConversionScheme(request.bits, request.group_size, request.mixed)
    name = request.name or f"{request.source.resolve().name}-{scheme.suffix}"
    check_name(name)
    target = models_folder() / name
    check_name_free(name, target.parent)
    conversion = plan_conversion(request.source, scheme)
    check_space(conversion.size_bytes, target.parent, name)
    if conversion.requantised:
        context.warn(
            Note(
                "{name} is quantised already, and what is quantised twice loses twice: convert the model that it was made from "
                "where you can.",
                name=request.source.resolve().name,
            )
        )
    context.phase("measure before")
    before = measure(context, request.source, request.language)
    context.phase("convert")
    after: list[float] = []

    def try_out(folder: Path) -> None:
        context.phase("measure after")
        after.append(measure(context, folder, request.language))

    add_converted(
        conversion, target, on_progress=lambda done, total: context.progress(done, total, "bytes"), try_out=try_out
    )
    return ConvertResult(
        name=target.name,
        folder=target,
        source_bytes=sum(path.stat().st_size for path in conversion.source.weights),
        size_bytes=measure_folder(target),
        bits_per_weight=conversion.bits_per_weight,
        requantised=conversion.requantised,
        bits_per_byte_before=before,
        bits_per_byte_after=after[0],
    )


def measure(context: Context, folder: Path, language: str) -> float:
    """Return how many bits per byte a model needs for the bundled text of a language; its memory is free again."""
    base = load(folder)
    measured = measure_bits_per_byte(base, load_probe_text(language), check=context.check)
    del base
    mx.clear_cache()
    return measured.bits_per_byte
