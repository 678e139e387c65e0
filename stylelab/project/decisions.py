"""What a person decides about a pair: take it, leave it out, give it other texts, or let the checks judge again.

In: a project and a pair's id. Out: the decision in the database, for the next making of pairs to heed. Next rooms: cli, app.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stylelab.pairs.pair import Edit
from stylelab.project.project import Project

Verdict = Literal["accept", "reject"]


@dataclass(frozen=True)
class PairDecision:
    """A decision about a pair: what holds now and what held before; None where nothing is decided.

    Args:
        anchor_sha256, shape: What decisions are kept under; the next making may give the pair another id.
    """

    pair: str
    anchor_sha256: str
    shape: str
    now: Edit | None
    before: Edit | None


def decide_pair(
    project: Project, pair: str, verdict: Verdict | None = None, input: str | None = None, target: str | None = None
) -> PairDecision:
    """Keep a verdict about a pair, other texts for it, or both; what is not given stays as it was decided before.

    Raises:
        PairsError: There is no such pair.
        ProjectError: A job is working on the project.
    """
    with project.lock(), project.store() as store:
        known = store.dataset.pair(pair)
        key = known.anchor_sha256, known.shape
        before = store.dataset.edits().get(key)
        held = before or Edit(*key)
        now = Edit(
            *key,
            verdict or held.verdict,
            held.input if input is None else input,
            held.target if target is None else target,
        )
        with store.transaction():
            store.dataset.put_edit(now)
    return PairDecision(pair, *key, now, before)


def forget_decision(project: Project, pair: str) -> PairDecision:
    """Drop what was decided about a pair.

    Raises:
        PairsError: There is no such pair.
        ProjectError: A job is working on the project.
    """
    with project.lock(), project.store() as store:
        known = store.dataset.pair(pair)
        key = known.anchor_sha256, known.shape
        before = store.dataset.edits().get(key)
        with store.transaction():
            store.dataset.drop_edit(*key)
    return PairDecision(pair, *key, None, before)


def undo_decision(project: Project, decision: PairDecision) -> None:
    """Let hold again what held before a decision.

    Raises:
        ProjectError: A job is working on the project.
    """
    with project.lock(), project.store() as store, store.transaction():
        if decision.before is None:
            store.dataset.drop_edit(decision.anchor_sha256, decision.shape)
        else:
            store.dataset.put_edit(decision.before)
