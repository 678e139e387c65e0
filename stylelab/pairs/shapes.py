"""List the shapes of an anchor's pairs: one for each kind, perspective and input variant of the plan.

In: a plan. Out: shapes, and the drafts they need. Next rooms: draft, make.
"""

from __future__ import annotations

from dataclasses import dataclass

from stylelab.corpus.passage import Passage
from stylelab.files import sha256_text
from stylelab.pairs.draft import DraftRequest
from stylelab.pairs.pair import SHORT, Given, Kind, Stance
from stylelab.recipe import PairsPlan, Perspective, Variant


@dataclass(frozen=True)
class Anchor:
    """What pairs are made of: a passage, or a pair that was given.

    Args:
        given: Its input, where there is one already.
        category: Fields kept beside it.
    """

    id: str
    document: str
    position: int
    text: str
    given: str | None = None
    category: tuple[tuple[str, str], ...] = ()

    @property
    def sha256(self) -> str:
        """Hash of what a person's decision about its pairs depends on."""
        return sha256_text(self.text if self.given is None else f"{self.given}\0{self.text}")

    def request(self, shape: Shape) -> DraftRequest:
        """Return what must be drafted for a shape."""
        return DraftRequest(self.text, shape.stance, self.given)


@dataclass(frozen=True)
class Shape:
    """One way to make a pair of an anchor."""

    kind: Kind
    stance: Stance = "as_written"
    variant: Variant = "neutral"
    renamed: bool = False

    @property
    def name(self) -> str:
        """The part of a pair's id after the anchor's."""
        first = SHORT[self.stance] if self.kind == "perspective" else self.kind
        parts = [first, "" if self.variant == "neutral" else self.variant, "renamed" if self.renamed else ""]
        return "-".join(part for part in parts if part)

    @property
    def perspective(self) -> Perspective | None:
        """What both sides are turned to, or None."""
        return None if self.stance in ("as_written", "snowflake") else self.stance


def plan_shapes(plan: PairsPlan) -> tuple[Shape, ...]:
    """Return the shapes of a passage's pairs, in order."""
    out = [Shape("original", variant=variant) for variant in plan.variants]
    out += [Shape("robustness")] if plan.robustness else []
    out += [Shape("perspective", perspective) for perspective in plan.perspectives]
    out += [Shape("snowflake", "snowflake")] if plan.snowflake else []
    out += [Shape("original", renamed=True)] if plan.renamed else []
    return tuple(out)


def choose_shapes(anchor: Anchor, plan: PairsPlan) -> tuple[Shape, ...]:
    """Return the shapes of one anchor's pairs: a given pair stays as it was given."""
    return plan_shapes(plan) if anchor.given is None else (Shape("harvest"),)


def list_anchors(passages: list[Passage], given: list[Given]) -> list[Anchor]:
    """Return the anchors of a project: its passages in corpus order, then the pairs that were given."""
    own = [Anchor(p.id, p.document, p.position, p.text) for p in passages]
    return own + [
        Anchor(
            f"given-{g.id[:16]}", f"given:{g.source}", g.position, g.target, g.input, tuple(sorted(g.category.items()))
        )
        for g in given
    ]
