"""Which passages to learn from under a token budget: spread over documents, over kinds of scene, over each document.

In: every passage's document, kind and tokens. Out: the chosen ones and why. Next room: pairs.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

from stylelab.corpus.scene import KINDS, SceneKind

Key = TypeVar("Key", str, SceneKind)
GOLDEN = (sqrt(5) - 1) / 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may be chosen, in corpus order."""

    id: str
    document: str
    kind: SceneKind
    tokens: int


@dataclass(frozen=True)
class Share:
    """What was taken of a document, or of one kind of scene in it."""

    passages: int
    of_passages: int
    tokens: int
    of_tokens: int


@dataclass(frozen=True)
class PassageChoice:
    """The chosen passages' ids in corpus order, and how much was taken of what."""

    ids: tuple[str, ...]
    tokens: int
    budget: int
    documents: Mapping[str, Share]
    kinds: Mapping[str, Share]

    def describe(self, names: Mapping[str, str]) -> list[str]:
        """Return the choice told in sentences, a line a document that was not taken whole."""
        whole = [d for d, s in self.documents.items() if s.passages == s.of_passages]
        told = [
            f"{s.passages:,} of {s.of_passages:,} passages of {names.get(d, d)} ({s.tokens:,} of {s.of_tokens:,} tokens)"
            for d, s in self.documents.items()
            if s.passages < s.of_passages
        ]
        if not told:
            return [f"All {len(self.ids):,} passages fit the budget of {self.budget:,} tokens."]
        if whole:
            told.append(f"all passages of {len(whole)} other document{'s' * (len(whole) > 1)}")
        return told


def choose(candidates: Sequence[Candidate], budget: int, seed: int) -> PassageChoice:
    """Choose passages whose tokens together keep to a budget.

    Every document gets the same share of the budget, or all it has if that is less; within a document a kind of scene
    gets its share by the square root of its tokens, which favours the rare kinds without drowning the common ones;
    within a kind the passages are spread evenly from its first to its last.

    Args:
        budget: Tokens.
        seed: Where the even spread begins.
    """
    strata: dict[tuple[str, SceneKind], list[Candidate]] = defaultdict(list)
    for one in candidates:
        strata[one.document, one.kind].append(one)
    held: dict[str, dict[SceneKind, int]] = defaultdict(dict)
    for (document, kind), inside in strata.items():
        held[document][kind] = sum(c.tokens for c in inside)
    whole = {document: sum(kinds.values()) for document, kinds in held.items()}
    chosen: set[str] = set()
    spent = 0
    for document, allotted in divide_budget(whole, budget, dict.fromkeys(whole, 1.0)).items():
        kinds = held[document]
        for kind, tokens in divide_budget(kinds, allotted, {k: sqrt(n) for k, n in kinds.items()}).items():
            for one in choose_evenly(strata[document, kind], tokens, f"{seed}:{document}:{kind}"):
                chosen.add(one.id)
                spent += one.tokens
    rest = [c for c in candidates if c.id not in chosen]
    random.Random(f"{seed}:rest").shuffle(rest)
    for one in rest:  # what rounding left of the budget
        if spent + one.tokens <= budget:
            chosen.add(one.id)
            spent += one.tokens
    return _explain(candidates, chosen, budget)


def divide_budget(held: Mapping[Key, int], amount: float, weights: Mapping[Key, float]) -> dict[Key, float]:
    """Divide an amount by weights; who holds less than its part gives the difference to the others.

    **Source:** weighted max-min fairness ("water-filling").
    """
    out: dict[Key, float] = {}
    left: list[Key] = [key for key in held if held[key] > 0]
    while left:
        unit = amount / sum(weights[key] for key in left)
        full = [key for key in left if held[key] <= unit * weights[key]]
        if not full:
            out.update({key: unit * weights[key] for key in left})
            break
        for key in full:
            out[key] = float(held[key])
            amount -= held[key]
        left = [key for key in left if key not in out]
    return {key: out[key] for key in held if key in out}


def choose_evenly(inside: Sequence[Candidate], tokens: float, seed: str) -> list[Candidate]:
    """Return candidates of about so many tokens, evenly from first to last.

    The golden ratio's multiples fall evenly into [0, 1), however many are taken in their order.
    """
    offset = random.Random(seed).random()
    order = sorted(range(len(inside)), key=lambda i: (i * GOLDEN + offset) % 1)
    out: list[Candidate] = []
    left = tokens + 0.5
    for i in order:
        if inside[i].tokens <= left:
            out.append(inside[i])
            left -= inside[i].tokens
    return out


def _explain(candidates: Sequence[Candidate], chosen: set[str], budget: int) -> PassageChoice:
    documents: dict[str, list[Candidate]] = defaultdict(list)
    kinds: dict[str, list[Candidate]] = {kind: [] for kind in KINDS}
    for one in candidates:
        documents[one.document].append(one)
        kinds[one.kind].append(one)

    def share(inside: Sequence[Candidate]) -> Share:
        taken = [c for c in inside if c.id in chosen]
        return Share(len(taken), len(inside), sum(c.tokens for c in taken), sum(c.tokens for c in inside))

    return PassageChoice(
        tuple(c.id for c in candidates if c.id in chosen),
        sum(c.tokens for c in candidates if c.id in chosen),
        budget,
        {name: share(inside) for name, inside in documents.items()},
        {name: share(inside) for name, inside in kinds.items() if inside},
    )
