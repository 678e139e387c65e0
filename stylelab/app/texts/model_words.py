"""What is said of a base model: its size, its kind and what that means, its languages, how far its download is.

In: figures and codes. Out: sentences in the language chosen. Next: the page of the base models, the wizard.
"""

from __future__ import annotations

from collections.abc import Sequence

from stylelab.app.session.model_jobs import ModelJob
from stylelab.app.texts import words
from stylelab.app.texts.words import translate

NAMED_LANGUAGES = 2  # in one line; of more, only their number is said


def format_parameters(count: int) -> str:
    """Return a number of parameters as makers of models write it: 135 M, 7.6 B."""
    if count >= 999.5e6:
        return translate("models", "{number} B parameters").format(number=words.format_number(count / 1e9, 1))
    digits = 0 if count >= 1e7 else 1
    return translate("models", "{number} M parameters").format(number=words.format_number(count / 1e6, digits))


def format_kind(kind: str) -> str:
    """Return whether a model is a base or an instruct one; nothing where nobody knows."""
    names = {"base": translate("models", "base"), "instruct": translate("models", "instruct")}
    return names.get(kind, "")


def explain_kind(kind: str) -> str:
    """Return what it means that a model is a base or an instruct one."""
    meanings = {
        "base": translate("models", "It continues texts, as this method wants it."),
        "instruct": translate("models", "It was trained to answer, and may refuse; this method wants a base."),
    }
    return meanings.get(kind, "")


def translate_language(code: str) -> str:
    """Return a language's name by its code."""
    names = {
        "ar": translate("models", "Arabic"),
        "de": translate("models", "German"),
        "en": translate("models", "English"),
        "es": translate("models", "Spanish"),
        "fr": translate("models", "French"),
        "hi": translate("models", "Hindi"),
        "it": translate("models", "Italian"),
        "ja": translate("models", "Japanese"),
        "ko": translate("models", "Korean"),
        "nl": translate("models", "Dutch"),
        "pt": translate("models", "Portuguese"),
        "ru": translate("models", "Russian"),
        "th": translate("models", "Thai"),
        "vi": translate("models", "Vietnamese"),
        "zh": translate("models", "Chinese"),
    }
    return names.get(code, code)


def format_languages(codes: Sequence[str]) -> str:
    """Return the languages of a model in a few words."""
    if len(codes) > NAMED_LANGUAGES:
        return translate("models", "%n language(s)", "", len(codes))
    return ", ".join(translate_language(code) for code in codes)


def describe_job(now: ModelJob) -> str:
    """Return how far a model's job is: bytes, rate, time left."""
    if now.stopping == "cancel":
        return translate("models", "Cancelling …")
    if now.stopping == "pause":
        return translate("models", "Pausing …")
    job = now.job
    if not job.phase:
        return translate("models", "Starting …")
    parts = [words.describe_phase(job.kind, job.phase)]
    if job.total:
        done, total = words.format_number(job.done), words.format_count(job.unit, job.total)
        if job.unit == "bytes":
            done, total = words.format_size(job.done), words.format_size(job.total)
        parts = [translate("models", "{done} of {total}").format(done=done, total=total)]
    if job.unit == "bytes" and (rate := now.bytes_per_second) is not None and job.done < job.total:
        parts.append(format_rate(rate))
    if (left := now.seconds_left) is not None and left >= 1:
        parts.append(translate("models", "{time} left").format(time=words.format_duration(left)))
    return " · ".join(parts)


def format_rate(bytes_per_second: float) -> str:
    """Return the rate of a download."""
    if bytes_per_second < 1000:
        return translate("models", "nothing comes just now")
    if bytes_per_second < 1e6:
        return translate("models", "{number} kB/s").format(number=words.format_number(bytes_per_second / 1e3))
    return translate("models", "{number} MB/s").format(number=words.format_number(bytes_per_second / 1e6, 1))


def describe_package(now: ModelJob) -> str:
    """Return that a Python package stands in for the hub; nothing where none does."""
    names = [str(note.values["package"]) for note in now.job.notes if "package" in note.values]
    if not names:
        return ""
    return translate("models", "The model hub cannot be reached; it comes from the Python package {name}.").format(
        name=names[0]
    )
