"""Probe a model rewriter on three passages before it works: what it makes of them, how long all will take, which way suits it.

In: a ModelDrafter. Out: the recipe with its way of rewriting, what the probe had rewritten, and its findings, which the project
keeps: the same model and plan are not probed again. Next: jobs.run.pairs.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from stylelab.errors import PairsError
from stylelab.jobs.catalogue.pairs import RewriterProbe, TriedWay
from stylelab.jobs.core.context import Context
from stylelab.jobs.steps import rewriting
from stylelab.jobs.steps.attempt import BY_RULES, describe_rejections, load_probe, save_probe
from stylelab.jobs.steps.model_drafting import JudgedDraft, ModelDrafter, WantedText, tally_drafts
from stylelab.jobs.steps.sealing import seal_recipe, seal_way
from stylelab.notes import Note
from stylelab.pairs import plan as pairs_plan
from stylelab.project.project import Project
from stylelab.recipe import PIVOT_AUTO, PIVOT_LANGUAGE, PIVOT_PLAIN, Recipe
from stylelab.training.plan import Plan

PROBED = 3  # passages
ENOUGH = 2  # of them accepted, and "auto" looks for no other way
PLACES = (0.1, 0.5, 0.9)  # in the order of length: a short one, a median one, a long one


@dataclass(frozen=True)
class WayTrial:
    """One way of rewriting, tried: its recipe, the drafts, and how long they took."""

    recipe: Recipe
    judged: tuple[JudgedDraft, ...]
    seconds: float

    @property
    def accepted(self) -> int:
        return sum(own.reason is None for own in self.judged)

    def dump(self) -> TriedWay:
        """Return the trial as the project keeps it."""
        return TriedWay(
            pivot=self.recipe.pairs.pivot,
            passages=len(self.judged),
            accepted=self.accepted,
            seconds_per_passage=round(self.seconds / len(self.judged), 2),
            rejected=tuple(tally_drafts(self.judged).rejected),
        )


@dataclass(frozen=True)
class SettledWay:
    """The recipe with its way of rewriting, the texts that were rewritten to find it, and what was found."""

    recipe: Recipe
    judged: tuple[JudgedDraft, ...] = ()
    probe: RewriterProbe | None = None


def settle_way(context: Context, project: Project, plan: Plan, drafter: ModelDrafter, keep_going: bool) -> SettledWay:
    """Return the way in which the model is asked: the plan's own, or for "auto" the one that three passages show to work.

    Raises:
        PairsError: No passage is accepted in the plan's way, or in any.
    """
    wanted = pairs_plan.load(project.pairs_plan)
    engine = rewriting.identify_engine(wanted, project.folder)
    kept = load_probe(project)
    if kept is not None and (kept.engine, kept.asked) == (engine, wanted.pivot):
        return SettledWay(seal_recipe(project, plan, kept.pivot), probe=kept)
    first = PIVOT_LANGUAGE if wanted.pivot == PIVOT_AUTO else wanted.pivot
    recipe = seal_recipe(project, plan, first)
    known, missing = drafter.look_up(recipe)
    if not missing or tally_drafts(known).accepted >= PROBED:
        return SettledWay(recipe)  # an earlier run has shown that it works
    context.phase("try the rewriter")
    drafter.start(recipe, missing)
    passages = choose_passages(missing)
    trials = [try_way(recipe, drafter, passages)]
    if trials[0].accepted < (ENOUGH if wanted.pivot == PIVOT_AUTO else 1):
        other = PIVOT_LANGUAGE if first == PIVOT_PLAIN else PIVOT_PLAIN
        trials.append(try_way(seal_way(recipe, project, other), drafter, passages))
    taken = max(reversed(trials), key=lambda trial: trial.accepted) if wanted.pivot == PIVOT_AUTO else trials[0]
    drafter.report_tried(taken.recipe, len(missing), taken.judged)
    if not taken.accepted and not keep_going:
        raise build_failure(wanted.pivot, trials)
    words = sum(own.words for own in passages)
    seconds = taken.seconds / max(1, words) * (sum(own.words for own in missing) - words)
    probe = RewriterProbe(
        engine=engine,
        asked=wanted.pivot,
        pivot=taken.recipe.pairs.pivot,
        tried=tuple(trial.dump() for trial in trials),
        texts=len(missing) - len(passages),
        seconds=round(seconds, 1),
    )
    save_probe(project, probe)
    context.warn(describe_probe(probe))
    return SettledWay(taken.recipe, taken.judged, probe)


def choose_passages(missing: Sequence[WantedText]) -> list[WantedText]:
    """Return three texts: a short one, a median one, a long one, of different documents where there are some."""
    own = [text for text in missing if text.request.stance == "as_written"] or list(missing)
    ordered = sorted(own, key=lambda text: (text.words, text.anchor.id))
    chosen: list[WantedText] = []
    for place in PLACES:
        at = round(place * (len(ordered) - 1))
        near = sorted(range(len(ordered)), key=lambda n: (abs(n - at), n))
        left = [ordered[n] for n in near if ordered[n] not in chosen]
        documents = {text.anchor.document for text in chosen}
        close = left[: max(1, len(ordered) // 10)]
        chosen += ([text for text in close if text.anchor.document not in documents] or left)[:1]
    return chosen


def try_way(recipe: Recipe, drafter: ModelDrafter, passages: Sequence[WantedText]) -> WayTrial:
    """Return what the model makes of some passages in one way."""
    began = time.monotonic()
    judged = tuple(drafter.draft(recipe, passages))
    return WayTrial(recipe, judged, time.monotonic() - began)


def describe_probe(probe: RewriterProbe) -> Note:
    """Return what the probe found, for the user."""
    taken = next(way for way in probe.tried if way.pivot == probe.pivot)
    minutes = round(probe.seconds / 60)
    if minutes < 2:
        return Note(
            "{accepted} of {passages} passages were accepted on trial (way of rewriting: {way}); {texts} texts will take about "
            "{seconds} seconds.",
            accepted=taken.accepted,
            passages=taken.passages,
            way=taken.pivot,
            texts=probe.texts,
            seconds=round(probe.seconds),
        )
    return Note(
        "{accepted} of {passages} passages were accepted on trial (way of rewriting: {way}); {texts} texts will take about "
        "{minutes} minutes.",
        accepted=taken.accepted,
        passages=taken.passages,
        way=taken.pivot,
        texts=probe.texts,
        minutes=minutes,
    )


def build_failure(asked: str, trials: Sequence[WayTrial]) -> PairsError:
    """Return the error that says what the model made of the probe's passages in each way, and what to set."""
    parts: list[str] = []
    for trial in trials:
        rejected = tally_drafts(trial.judged).rejected
        why = f": {describe_rejections(rejected)}" if rejected else ""
        parts.append(f"{trial.recipe.pairs.pivot}: {trial.accepted} of {len(trial.judged)} passages accepted{why}.")
    works = next((trial.recipe.pairs.pivot for trial in trials[1:] if trial.accepted), None)
    remedy = f"Set 'pivot: {works}' or 'pivot: {PIVOT_AUTO}' in pairs.yaml." if works else BY_RULES
    return PairsError(
        f"The model makes no passage plain in the way that pairs.yaml asks for ({asked}). {' '.join(parts)}",
        remedy=remedy,
        code="rewriter_hopeless",
    )
