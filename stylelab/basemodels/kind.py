"""Base or instruct: what a model's name says of it.

In: a model folder's name and origin. Out: a ModelKind, or None where the name says nothing. Next: encoding, where the chat
template decides what the name leaves open. Imports no model library.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stylelab.basemodels.catalogue import CatalogueEntry, HubSource, PackageSource, load_catalogue
from stylelab.basemodels.library import read_origin
from stylelab.notes import Note

Kind = Literal["base", "instruct"]
BASE_WORDS = frozenset({"base", "pt", "pretrained"})
INSTRUCT_WORDS = frozenset({"instruct", "it", "chat", "thinking"})
STORAGE_WORDS = re.compile(
    r"\d+bit|q\d\w*|k|m|s|[01]|bf16|fp16|f16|fp32|f32|g\d+|mlx|gguf|dwq|mixed"
)  # how weights are stored
PARTS = re.compile(r"[-_\s.]+")


@dataclass(frozen=True)
class ModelKind:
    """Whether a model continues texts or answers.

    Args:
        kind: base: continues texts, as the method wants it; instruct: answers prompts in its chat template, and may refuse.
        reason: Why it is taken for that, in a sentence.
    """

    kind: Kind
    reason: Note

    @property
    def meaning(self) -> Note:
        """What the kind means for the work, in a sentence."""
        if self.kind == "base":
            return Note("A base model continues texts, as the method wants it.")
        return Note(
            "An instruct model answers: it may refuse, and its answers have a manner of their own. The method wants a base model."
        )


def find_kind_by_name(folder: Path) -> ModelKind | None:
    """Return a model's kind by where it came from, or by its folder's name; None where they say nothing.

    The catalogue knows best; then a word such as Base or Instruct in the name. A folder's name counts only with a figure in
    it, as models' names have them: a user may call any model's folder "base".
    """
    origin = read_origin(folder)
    name = folder.resolve().name
    for known in [origin.name] if origin else []:
        if kind := find_catalogue_kind(known) or find_kind_by_words(known):
            return kind
    return find_catalogue_kind(name) or (find_kind_by_words(name) if any(c.isdigit() for c in name) else None)


def find_catalogue_kind(name: str) -> ModelKind | None:
    """Return the kind of the catalogue's entry that a name means, however its weights are stored; None where none does."""
    wanted = strip_storage(name)
    for entry in load_catalogue():
        if wanted in {strip_storage(own) for own in list_entry_names(entry)}:
            return ModelKind(entry.kind, Note("The catalogue lists it as {title}.", title=entry.title))
    return None


def list_entry_names(entry: CatalogueEntry) -> list[str]:
    """Return the names under which a model of the catalogue is known: its id, its repositories, packages and files."""
    names = [entry.id]
    for source in entry.sources:
        is_package = isinstance(source, PackageSource)
        names.append(source.package if is_package else source.repo if isinstance(source, HubSource) else source.name)
    return names


def strip_storage(name: str) -> str:
    """Return a model's name without its owner and without the words at its end that say how its weights are stored."""
    words = PARTS.split(name.rpartition("/")[2].lower())
    while len(words) > 1 and STORAGE_WORDS.fullmatch(words[-1]):
        words.pop()
    return "-".join(words)


def find_kind_by_words(name: str) -> ModelKind | None:
    """Return the kind that a word of a name says; None where none does, or two disagree."""
    words = PARTS.split(name.rpartition("/")[2])[1:]  # the first is the family's
    said = {
        "base": [w for w in words if w.lower() in BASE_WORDS],
        "instruct": [w for w in words if w.lower() in INSTRUCT_WORDS],
    }
    if bool(said["base"]) == bool(said["instruct"]):
        return None
    kind: Kind = "base" if said["base"] else "instruct"
    return ModelKind(kind, Note("Its name says so: {word}.", word=said[kind][0]))
