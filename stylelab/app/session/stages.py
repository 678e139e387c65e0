"""How far a project is: one state per stage, read from the disk. Knows no Qt.

In: a project. Out: a Survey. Next: sidebar, pages.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from stylelab.corpus import plan as corpus_plan
from stylelab.errors import StyleLabError
from stylelab.files import read_json
from stylelab.pairs import plan as pairs_plan
from stylelab.persona import card
from stylelab.project import corpus_report
from stylelab.project.project import Project
from stylelab.project.store import RunRow
from stylelab.project.view import ProjectCounts, ProjectView
from stylelab.recipe import PairsPlan, PersonaPart, Recipe
from stylelab.training.plan import Plan

STAGES = ("corpus", "persona", "pairs", "training", "writing", "export")


class StageState(Enum):
    """A stage's state. READY can be worked on now; EMPTY waits for an earlier stage."""

    EMPTY = "empty"
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    ATTENTION = "attention"


@dataclass(frozen=True)
class Stage:
    """A stage's state with its count, or with the reason why it needs attention (a name for `words`)."""

    state: StageState
    count: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Survey:
    """All that the pages' headers and the sidebar say about a project."""

    counts: ProjectCounts
    persona: PersonaPart | None
    persona_error: StyleLabError | None
    plan: Plan | None
    plan_error: StyleLabError | None
    audit: Mapping[str, Any] = field(default_factory=dict[str, Any])
    runs: tuple[RunRow, ...] = ()
    recipe: Recipe | None = None
    profile: Mapping[str, Any] = field(default_factory=dict[str, Any])  # shares over the corpus
    budget: int = 0  # tokens
    pairs_plan: PairsPlan | None = None
    stale: bool = False  # the persona is another than the one the pairs were made with

    @property
    def adapters(self) -> tuple[RunRow, ...]:
        """Runs that left an adapter."""
        return tuple(run for run in self.runs if run.valid_best is not None)


def read_survey(project: Project) -> Survey:
    """Read a project's state; called in a thread."""
    with ProjectView(project.folder) as reading:
        counts = reading.count_rows()
    with project.open_store() as store:
        runs = tuple(store.load_runs())
        shares = corpus_report.sum_profiles(store.corpus).compute_shares()
    persona, persona_error = None, None
    plan, plan_error = None, None
    try:
        persona = card.load(project.persona)
    except StyleLabError as error:
        persona_error = error
    try:
        plan = Plan.load(project.plan)
    except StyleLabError as error:
        plan_error = error
    recipe: Recipe | None = None
    audit: dict[str, Any] = {}
    try:
        if project.recipe.is_file():
            recipe = Recipe.load(project.recipe)
            audit = read_json(project.dataset / "audit.json")
    except StyleLabError:
        recipe, audit = None, {}
    wanted: PairsPlan | None = None
    with contextlib.suppress(StyleLabError):  # the pairs page says what is wrong with it
        wanted = pairs_plan.load(project.pairs_plan)
    stale = recipe is not None and (
        (persona or recipe.persona) != recipe.persona or not (wanted or recipe.pairs).allows(recipe.pairs)
    )
    budget = corpus_plan.load(project.corpus_plan).budget_tokens
    return Survey(counts, persona, persona_error, plan, plan_error, audit, runs, recipe, shares, budget, wanted, stale)


def list_stages(found: Survey, running: str = "") -> dict[str, Stage]:
    """Return every stage's state; `running` names the stage whose job runs."""
    pairs = sum(found.counts.pairs.values())
    unfinished = found.runs and found.runs[-1].outcome in ("stopped", "running", "diverged")
    out = {
        "corpus": Stage(StageState.DONE, found.counts.chosen) if found.counts.passages else Stage(StageState.READY),
        "persona": Stage(StageState.ATTENTION, reason="persona_wrong")
        if found.persona_error
        else check_persona_stage(found),
        "pairs": Stage(StageState.DONE, pairs)
        if pairs
        else Stage(StageState.READY if found.counts.passages else StageState.EMPTY),
        "training": Stage(StageState.DONE, len(found.runs))
        if found.runs
        else Stage(StageState.READY if pairs else StageState.EMPTY),
        "writing": Stage(StageState.READY if found.adapters else StageState.EMPTY),
        "export": Stage(StageState.READY if found.adapters else StageState.EMPTY),
    }
    if pairs and found.stale:
        out["pairs"] = Stage(StageState.ATTENTION, pairs, "pairs_stale")
    if found.plan_error:
        out["training"] = Stage(StageState.ATTENTION, reason="plan_wrong")
    elif unfinished and found.runs[-1].outcome == "diverged":
        out["training"] = Stage(StageState.ATTENTION, len(found.runs), "run_diverged")
    elif unfinished and running != "training":
        out["training"] = Stage(StageState.ATTENTION, len(found.runs), "run_unfinished")
    if running in out:
        out[running] = Stage(StageState.RUNNING, out[running].count)
    return out


def check_persona_stage(found: Survey) -> Stage:
    """Return the state of a persona that is in order: its number of situations."""
    frames = found.persona.frames if found.persona else None
    return Stage(StageState.DONE, len(frames.NARRATIVE) + len(frames.CONCEPTUAL)) if frames else Stage(StageState.READY)
