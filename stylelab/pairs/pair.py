"""The records of pairs, drafts, people's edits and stage counts. They are light, because project and jobs use them too.

In: nothing. Out: Pair, Draft, Edit, GivenPair, StageCount. Next rooms: draft, make, split, audit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from stylelab.recipe import ContentType, Perspective, Variant

PairKind = Literal["original", "robustness", "perspective", "snowflake", "harvest"]
Split = Literal["train", "valid", "test"]
SPLITS: tuple[Split, ...] = ("train", "valid", "test")
KINDS: tuple[PairKind, ...] = get_args(PairKind)
# What a draft does to the author's text before it is made plain: nothing, another point of view, another topic.
Stance = Literal["as_written", "snowflake"] | Perspective
PERSPECTIVE_IDS: Mapping[str, str] = {  # in ids of pairs
    "first_person_singular": "i",
    "first_person_plural": "we",
    "second_person": "you",
    "third_person": "observer",
    "impersonal": "impersonal",
}


@dataclass(frozen=True)
class Draft:
    """Everything about one text that takes time to compute; it is kept by content hash, so that nothing is computed twice.

    Args:
        key: Hash of the text, the stance and the tools.
        target: The text in this stance; the author's own in "as_written".
        plain: The neutral text; of an input that was given, that input's.
        lost: Words of the source that the rewriter did without.
        dropout: The neutral text without adjectives and adverbs.
        abstract: The neutral text with [THING] for nouns.
        content: The neutral text's content type; None where the evidence leaves it to the persona's default.
        names: Names in the target, for the check of facts.
        problem: Why there is no draft; everything else but the target is then empty.
        answer: What a model said where that is the problem, to be shown; it is not kept.
    """

    key: str
    target: str
    plain: str
    lost: tuple[str, ...]
    dropout: str
    abstract: str
    content: ContentType | None
    names: tuple[str, ...]
    problem: str | None = None
    answer: str = ""


@dataclass(frozen=True)
class Pair:
    """A neutral input in its prompt, and the author's text.

    Args:
        id: Anchor, and what was done to it.
        anchor: Id of the passage that the completion comes from.
        anchor_sha256: Hash of the anchor's text; a person's decision about the pair holds for that.
        document, position: Where the anchor stands.
        input: The neutral, perturbed text inside the prompt.
        lost: Words of the anchor that the rewriter did without.
        bleed: Share of the completion's distinctive words that the input gives away, 0 to 1.
        perspective: What both sides were turned to; None as the author wrote it.
        renamed: Whether names were changed on both sides.
        category: Further fields of a harvested pair.
        reason: Why it is in no split; None for a pair that is.
        edited: Whether a person changed or judged it.
    """

    id: str
    anchor: str
    document: str
    position: int
    kind: PairKind
    content: ContentType
    prompt: str
    completion: str
    input: str
    lost: tuple[str, ...]
    bleed: float
    perspective: Perspective | None = None
    variant: Variant = "neutral"
    renamed: bool = False
    category: Mapping[str, str] = field(default_factory=dict[str, str])
    reason: str | None = None
    edited: bool = False
    anchor_sha256: str = ""

    @property
    def shape(self) -> str:
        """What was done to the anchor: the part of the id after the anchor's."""
        return self.id.removeprefix(f"{self.anchor}-")


@dataclass(frozen=True)
class GivenPair:
    """A pair that a person brought: a draft and its final text.

    Args:
        id: Hash of its source and both texts.
        source: Where it was found; stands for a document in splits.
        position: Ordinal in its source.
        category: Fields kept beside it, to look at balance.
    """

    id: str
    source: str
    position: int
    input: str
    target: str
    category: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Edit:
    """What a person decided about a pair. It holds as long as the anchor's text is the same, wherever that stands.

    Args:
        anchor_sha256: Hash of the anchor's text.
        shape: What was done to the anchor: the part of the pair's id after the anchor's.
        verdict: "accept" or "reject" against the checks; None leaves them to judge.
        input, target: Texts in place of the made ones, or None.
    """

    anchor_sha256: str
    shape: str
    verdict: Literal["accept", "reject"] | None = None
    input: str | None = None
    target: str | None = None


@dataclass(frozen=True)
class StageCount:
    """One stage of the audit: what entered, what left, what was dropped and why."""

    stage: str
    entered: int
    left: int
    dropped: Mapping[str, int]

    def dump(self) -> dict[str, object]:
        """Return the stage under the keys of `pairs report`."""
        return {"stage": self.stage, "in": self.entered, "out": self.left, "dropped": dict(self.dropped)}
