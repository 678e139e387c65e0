"""What a person sets for a corpus: corpus.yaml.

In: YAML. Out: CorpusPlan. Next rooms: passage, choose.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stylelab.errors import CorpusError
from stylelab.files import atomic_write, naming, sha256_json

SEQUENCE = 4096  # tokens of a training sequence (METHOD §1)
FRAME = 400  # tokens of a persona's frame and instructions, at most


def room(positions: int) -> int:
    """Return the tokens of the longest passage that fits a sequence twice, as input and as answer, with the frame."""
    return max(32, (positions - FRAME) // 2)


class CorpusPlan(BaseModel):
    """How texts are cut into passages, and how many of them are taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_words: int = Field(60, ge=1, description="Shortest passage, in words; short paragraphs of a scene join.")
    max_tokens: int | None = Field(
        None, ge=32, description="Longest passage, in tokens of the base; empty: what it can take as input and answer."
    )
    budget_tokens: int = Field(900_000, ge=1, description="Tokens of passages to learn from; beyond, a diverse choice.")
    near_duplicate: float = Field(0.85, gt=0, le=1, description="Jaccard similarity from which two passages are one.")
    seed: int = Field(42, ge=0, description="Decides between equal passages.")

    @property
    def hash(self) -> str:
        """SHA-256 of what decides on passages; the rest only chooses among them."""
        return sha256_json(self.model_dump(include={"min_words", "max_tokens"}))

    @property
    def longest(self) -> int:
        """Tokens of the longest passage."""
        return self.max_tokens or room(SEQUENCE)

    def for_base(self, positions: int) -> CorpusPlan:
        """Return the plan with its longest passage settled for a base of so many positions."""
        return self if self.max_tokens else self.model_copy(update={"max_tokens": room(min(positions, SEQUENCE))})

    def dump_yaml(self) -> str:
        """Return corpus.yaml's text, every key with its meaning."""
        told = {name: field.description for name, field in type(self).model_fields.items()}
        lines = [f"{name}: {'' if value is None else value}  # {told[name]}" for name, value in self]
        return (
            "# How the corpus is cut and chosen. Run 'stylelab corpus clean' after a change.\n"
            + "\n".join(lines)
            + "\n"
        )


def save(plan: CorpusPlan, path: Path) -> None:
    """Write corpus.yaml."""
    atomic_write(path, plan.dump_yaml())


def load(path: Path) -> CorpusPlan:
    """Return the plan of a file, the default plan where there is none.

    Raises:
        CorpusError: A key or value that the plan does not know; it is named.
    """
    if not path.exists():
        return CorpusPlan.model_validate({})
    with naming(path, "read"):
        text = path.read_text(encoding="utf-8")
    try:
        value: Any = yaml.safe_load(text) or {}
        return CorpusPlan.model_validate(value)
    except yaml.YAMLError as error:
        raise CorpusError(
            f"{path} is not valid YAML: {error}.", remedy="Correct the line named.", code="corpus_yaml"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or path.name
        known = ", ".join(CorpusPlan.model_fields)
        raise CorpusError(
            f"{path}: {field}: {first['msg']}.", remedy=f"Correct '{field}'. Known keys: {known}.", code="corpus_yaml"
        ) from error
