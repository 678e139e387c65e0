"""Every error a user can meet: a code that stays, what happened, and what to do about it.

Raised in every room, caught by the commands and the worker, shown by the window. Nothing else is shown to a user:
any other exception is a bug and is reported as one.
"""

from __future__ import annotations


class StyleLabError(Exception):
    """An error with a remedy.

    Args:
        message: What happened, one sentence, naming the file or the value.
        remedy: What the user can do now, one sentence.
        code: Stable machine name; the class's own by default.
    """

    code = "error"

    def __init__(self, message: str, *, remedy: str, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


class FileError(StyleLabError):
    """A file cannot be read or written: missing, no permission, disk full."""

    code = "file"


class ProjectError(StyleLabError):
    """A project folder cannot be created or opened: missing, locked, of a newer schema, damaged."""

    code = "project"


class CorpusError(StyleLabError):
    """A text is no text, is empty, or leaves no passage."""

    code = "corpus"


class LanguageError(StyleLabError):
    """A language pipeline is not installed, unknown or damaged."""

    code = "language"


class PersonaError(StyleLabError):
    """A persona file does not say what it must, or a template refuses to render."""

    code = "persona"


class RecipeError(StyleLabError):
    """A recipe is missing, damaged, or belongs to another base model."""

    code = "recipe"


class PairsError(StyleLabError):
    """A stage of pair making put out nothing, or a dataset is empty."""

    code = "pairs"


class ModelError(StyleLabError):
    """A base model is missing, incomplete, of an unknown kind, or asks to run code."""

    code = "model"


class AdapterError(StyleLabError):
    """An adapter is missing, damaged, or does not fit its base."""

    code = "adapter"


class TrainingError(StyleLabError):
    """A plan is wrong, a run diverged, or a checkpoint is unusable."""

    code = "training"


class ExportError(StyleLabError):
    """An export could not be written, or does not behave like the live adapter."""

    code = "export"
