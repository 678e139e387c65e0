"""What a person sets for a corpus: corpus.yaml.

In: YAML. Out: CorpusPlan. Next rooms: passage, choose.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from stylelab.errors import CorpusError
from stylelab.files import atomic_write, sha256_json
from stylelab.settings.declaration import setting
from stylelab.settings.reader import Faults, load_settings
from stylelab.settings.writer import dump_settings

FAULTS = Faults(CorpusError, syntax="corpus_yaml", key="corpus_yaml", value="corpus_yaml")
SEQUENCE = 4096  # tokens of a training sequence (METHOD §1)
FRAME = 400  # tokens of a persona's frame and instructions, at most


def find_longest_tokens(positions: int) -> int:
    """Return the tokens of the longest passage that fits a sequence twice, as input and as answer, with the frame."""
    return max(32, (positions - FRAME) // 2)


class CorpusPlan(BaseModel):
    """How texts are cut into passages, and how many of them are taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_words: int = setting(
        60, "Shortest passage", "Shortest passage, in words; short paragraphs of a scene join.", unit="words", ge=1
    )
    max_tokens: int | None = setting(
        None,
        "Longest passage",
        "Longest passage, in tokens of the base; empty: what it can take as input and answer.",
        unit="tokens",
        ge=32,
    )
    budget_tokens: int = setting(
        900_000, "Budget", "Tokens of passages to learn from; beyond, a diverse choice.", unit="tokens", ge=1
    )
    near_duplicate: float = setting(
        0.85, "Near-duplicates", "Jaccard similarity from which two passages are one.", advanced=True, gt=0, le=1
    )
    seed: int = setting(42, "Seed", "Decides between equal passages.", advanced=True, ge=0)

    @property
    def hash(self) -> str:
        """SHA-256 of what decides on passages; the rest only chooses among them."""
        return sha256_json(self.model_dump(include={"min_words", "max_tokens"}))

    @property
    def longest(self) -> int:
        """Tokens of the longest passage."""
        return self.max_tokens or find_longest_tokens(SEQUENCE)

    def for_base(self, positions: int) -> CorpusPlan:
        """Return the plan with its longest passage settled for a base of so many positions."""
        return (
            self
            if self.max_tokens
            else self.model_copy(update={"max_tokens": find_longest_tokens(min(positions, SEQUENCE))})
        )

    def dump_yaml(self) -> str:
        """Return corpus.yaml's text, every key with its meaning."""
        head = "How the corpus is cut and chosen. Run 'stylelab corpus clean' after a change."
        return dump_settings(self, head, comments="beside")


def save(plan: CorpusPlan, path: Path) -> None:
    """Write corpus.yaml."""
    atomic_write(path, plan.dump_yaml())


def load(path: Path) -> CorpusPlan:
    """Return the plan of a file, the default plan where there is none.

    Raises:
        FileError: The file cannot be read.
        CorpusError: It is wrong; key, line and column are named.
    """
    return load_settings(CorpusPlan, path, FAULTS) if path.exists() else CorpusPlan.model_validate({})
