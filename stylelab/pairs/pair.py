"""A pair and the counts of how pairs came about. Light records: project and jobs use them too.

In: nothing. Out: Pair, StageCount, Funnel. Next rooms: make, split, audit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from stylelab.recipe import ContentType

Kind = Literal["original", "robustness"]
Split = Literal["train", "valid", "test"]
SPLITS: tuple[Split, ...] = ("train", "valid", "test")


@dataclass(frozen=True)
class Pair:
    """A neutral input in its prompt, and the author's text.

    Args:
        id: Anchor and kind.
        anchor: Id of the passage that the completion is.
        document, position: Where the anchor stands.
        input: The neutral, perturbed text inside the prompt.
        lost: Words of the anchor that the rewriter did without.
        bleed: Share of the completion's distinctive words that the input gives away, 0 to 1.
    """

    id: str
    anchor: str
    document: str
    position: int
    kind: Kind
    content: ContentType
    prompt: str
    completion: str
    input: str
    lost: tuple[str, ...]
    bleed: float


@dataclass(frozen=True)
class StageCount:
    """One stage of the audit: what entered, what left, what was dropped and why."""

    stage: str
    entered: int
    left: int
    dropped: Mapping[str, int]

    def row(self) -> dict[str, object]:
        """Return the stage under the keys of `pairs report`."""
        return {"stage": self.stage, "in": self.entered, "out": self.left, "dropped": dict(self.dropped)}
