"""The check_base job: whether a base model is whole and safe, and how good it is for this work on this machine.

In: a base. Out: its hashes and kind, bits per byte on a text that it has not seen, tokens per word, speeds, memory, advice.
What was measured is remembered by the hash of the weights. The model's folder is not changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from stylelab.basemodels.base_quality import advise_on_text, advise_on_tokens, judge_text
from stylelab.basemodels.encoding import describe_kind
from stylelab.basemodels.identity import ModelFiles, identify, inspect, resolve
from stylelab.basemodels.kind import ModelKind
from stylelab.basemodels.load import load
from stylelab.basemodels.measurements import (
    BaseMeasurement,
    SpeedMeasurement,
    TextMeasurement,
    save_base_measurement,
)
from stylelab.basemodels.untrained import find_untrained_tokens
from stylelab.errors import ModelError
from stylelab.evaluation.bits_per_byte import load_probe_text, measure_bits_per_byte
from stylelab.events import Warn
from stylelab.jobs.catalogue.basemodels import CheckBaseRequest, CheckBaseResult
from stylelab.jobs.core.context import Context
from stylelab.jobs.steps.base_trial import cut_pieces, measure_update, measure_writing
from stylelab.language.books import MAIN, WORDS
from stylelab.machine import read_machine_bytes
from stylelab.notes import Note
from stylelab.training.base_fit import BaseFit, describe_fit, format_gigabytes
from stylelab.training.defaults import choose_defaults
from stylelab.training.memory_limit import apply_memory_limit, choose_budget_bytes

FAR_OFF, FAR_OFF_BYTES = 1.25, 2**28  # times the estimate and above it: more than both is said


@dataclass(frozen=True)
class BaseTrial:
    """What was measured of a base, and what it means."""

    text: TextMeasurement
    speed: SpeedMeasurement
    untrained: tuple[str, ...]


def run(context: Context, request: CheckBaseRequest) -> CheckBaseResult:
    """Check a base's files; unless that is all that is asked for, load it and measure.

    Raises:
        ModelError: It is not whole, wants to run code, or cannot be loaded; or nothing is known of the language.
    """
    language = request.language or MAIN
    if language not in WORDS:
        raise ModelError(
            f"There is no text in the language '{language}' to measure with.",
            remedy=f"Choose one of {', '.join(WORDS)}.",
            code="model_language",
        )
    context.phase("check the files")
    folder = resolve(request.model)
    files, own = inspect(folder), identify(folder)
    kind, fit = describe_kind(folder), describe_known_fit(files)
    result = CheckBaseResult(
        folder=folder,
        bytes=sum(path.stat().st_size for path in files.weights),
        model_type=str(files.config["model_type"]),
        **own.model_dump(),
        parameters=fit.parameters if fit else 0,
        kind=kind.kind,
        trains=fit.trains if fit else None,
        fit=str(fit.advice) if fit else "",
    )
    if request.quick:
        return result.model_copy(update={"advice": collect_advice(kind, None)})
    trial = measure_base(context, files, language, result.parameters)
    save_base_measurement(
        own.weights_sha256,
        BaseMeasurement(parameters=result.parameters, texts={language: trial.text}, speed=trial.speed),
    )
    measured = {
        "untrained_tokens": trial.untrained,
        "language": language,
        "verdict": judge_text(trial.text),
        **trial.text.model_dump(),
        **trial.speed.model_dump(),
    }
    return result.model_copy(update={**measured, "advice": collect_advice(kind, trial)})


def describe_known_fit(files: ModelFiles) -> BaseFit | None:
    """Return how a base fits this machine; None where its config does not say what is needed."""
    try:
        return describe_fit(files.config, read_machine_bytes())
    except ModelError:
        return None


def measure_base(context: Context, files: ModelFiles, language: str, parameters: int) -> BaseTrial:
    """Load a base and measure it: on a text, in writing, and in one update of training."""
    plan = choose_defaults(parameters, 0, read_machine_bytes())
    context.phase("load the base model")
    apply_memory_limit(choose_budget_bytes(plan.memory_gb))
    base = load(files.folder)
    context.phase("read a text")
    text = load_probe_text(language)
    read = measure_bits_per_byte(base, text, check=context.check)
    pieces = cut_pieces(text)
    context.phase("write")
    writing = measure_writing(context, base, pieces)
    context.phase("train one update")
    trained = measure_update(context, base, pieces, plan)
    return BaseTrial(
        TextMeasurement(bits_per_byte=read.bits_per_byte, tokens_per_word=read.tokens_per_word),
        SpeedMeasurement(
            writing_tokens_per_second=writing,
            training_tokens_per_second=trained.tokens / trained.seconds,
            training_tokens=trained.tokens,
            training_seconds=trained.seconds,
            peak_bytes=trained.peak_bytes,
            estimated_bytes=trained.estimated_bytes,
        ),
        tuple(find_untrained_tokens(base)),
    )


def collect_advice(kind: ModelKind, trial: BaseTrial | None) -> tuple[Warn, ...]:
    """Return what a base's kind and figures mean, in sentences.

    Args:
        trial: None where nothing was measured.
    """
    advice: list[Note] = []
    if trial is not None:
        advice += advise_on_text(trial.text)
    if kind.kind == "instruct":
        advice += [kind.meaning, kind.reason]
    if trial is not None:
        advice += advise_on_tokens(trial.untrained)
        advice += advise_on_memory(trial.speed.peak_bytes, trial.speed.estimated_bytes)
    return tuple(Warn.of(note) for note in advice)


def advise_on_memory(peak_bytes: int, estimated_bytes: int) -> list[Note]:
    """Return a warning where an update took much more memory than was expected."""
    if peak_bytes <= max(FAR_OFF * estimated_bytes, estimated_bytes + FAR_OFF_BYTES):
        return []
    return [
        Note(
            "The update took {measured} GB, where {estimated} GB were expected: leave memory to spare.",
            measured=format_gigabytes(peak_bytes),
            estimated=format_gigabytes(estimated_bytes),
        )
    ]
