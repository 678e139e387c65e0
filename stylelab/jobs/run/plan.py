"""The plan job: what a plan means for this project's pairs and base, before anything is trained.

In: the project, and a plan if not its own. Out: updates, epochs, tokens, time and memory, in figures and in words. Without a
rehearsal no weights are loaded; with one, one update of the longest pairs is computed and thrown away. It changes nothing.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Literal

from stylelab.basemodels.families import describe_family
from stylelab.basemodels.load import load, load_without_weights
from stylelab.batches.tokenise import Example
from stylelab.events import Warn
from stylelab.jobs.catalogue.training import (
    FitFigures,
    MemoryFigures,
    PairFigures,
    PlanFigures,
    PlanRequest,
    PlanResult,
    SuggestedFigures,
    TokensPerPair,
)
from stylelab.jobs.core.context import Context
from stylelab.jobs.steps.dataset import SplitExamples, load_sealed_recipe, load_split
from stylelab.machine import read_machine_bytes
from stylelab.project.project import open_project
from stylelab.project.rates import load_former_rate
from stylelab.training.base_fit import count_shape_parameters, format_parameters, read_base_shape
from stylelab.training.defaults import choose_defaults, interpolate_row, is_far_off
from stylelab.training.memory_choice import choose_memory_plan, estimate_update, generate_candidates, rehearse_update
from stylelab.training.memory_estimate import MemoryEstimate
from stylelab.training.memory_limit import apply_memory_limit, choose_budget_bytes
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.plan import Plan


def run(context: Context, request: PlanRequest) -> PlanResult:
    """Return what a plan means.

    Raises:
        PairsError: There are no pairs.
        TrainingError: A wrong plan; or, in a rehearsal, nothing fits into memory.
    """
    own = open_project(request.project)
    planned = Plan.load(own.plan) if request.plan is None else Plan.parse(dict(request.plan), "the plan")
    context.phase("count tokens")
    where, _ = load_sealed_recipe(own, planned)
    base = load_without_weights(where)
    train, valid = (load_split(context, own, base, planned, name) for name in ("train", "valid"))
    budget = choose_budget_bytes(planned.memory_gb)
    counts = count_pairs(planned, train, valid)
    rate = load_former_rate(own)
    source: Literal["earlier run", "rehearsal"] = "earlier run"
    memory_plan, memory = foresee_memory_plan(base.config, train.examples, planned, budget)
    peak, seconds, concessions = (memory.peak_bytes if memory else None), None, []
    if request.rehearse:
        context.phase("rehearse one update")
        apply_memory_limit(budget)
        loaded = load(where)
        memory_plan, concessions = choose_memory_plan(loaded, train.examples, planned, budget)
        peak, seconds = rehearse_update(loaded, memory_plan, train.examples, planned)
        rate, source = counts.tokens_rehearsed / seconds, "rehearsal"
    seconds_left = counts.tokens_in_all / rate if rate else None
    figures = PlanFigures(
        **counts.model_dump(),
        tokens_per_second=round(rate, 1) if rate else None,
        seconds=round(seconds_left) if seconds_left else None,
        rate_from=source if rate else None,
        seconds_longest_update=round(seconds, 3) if seconds else None,
        peak_bytes=peak,
        memory=MemoryFigures(**asdict(memory)) if memory else None,
        budget_bytes=budget,
        fit=FitFigures(**asdict(memory_plan)) if memory_plan else None,
        suggested=suggest_plan(base.config, planned, len(train.examples)),
        told=tuple(concessions),
        kind_notes=tuple(Warn.of(note) for note in describe_family(base.config, planned.keys)),
    )
    kind_words = [note.message for note in figures.kind_notes]
    words = [*planned.words(len(train.examples)), *kind_words, *describe_figures(planned, figures)]
    return PlanResult(**figures.model_dump(), words=tuple(words))


def count_pairs(plan: Plan, train: SplitExamples, valid: SplitExamples) -> PairFigures:
    """Return how many pairs and tokens a plan means."""
    lengths = sorted(len(e.tokens) for e in train.examples)
    targets = sum(e.targets for e in train.examples)
    return PairFigures(
        updates=plan.updates,
        epochs=plan.epochs(len(lengths)),
        train_pairs=len(lengths),
        valid_pairs=len(valid.examples),
        too_long=train.too_long + valid.too_long,
        tokens_per_epoch=sum(lengths),
        tokens_in_all=round(sum(lengths) * plan.epochs(len(lengths))),
        tokens_rehearsed=sum(lengths[-plan.pairs_per_update :]),
        learned_token_share=round(targets / sum(lengths), 4),
        tokens_per_pair=TokensPerPair(min=lengths[0], median=statistics.median_low(lengths), max=lengths[-1]),
    )


def suggest_plan(config: Mapping[str, Any], plan: Plan, pairs: int) -> SuggestedFigures | None:
    """Return what suits a base and a number of pairs, where the plan is far from it; None where it is not."""
    parameters = count_shape_parameters(read_base_shape(config))
    better = choose_defaults(parameters, pairs, read_machine_bytes())
    if not is_far_off(plan, better):
        return None
    return SuggestedFigures(
        parameters=parameters,
        learning_rate=better.learning_rate,
        updates=better.updates,
        pairs_per_update=better.pairs_per_update,
        measured=interpolate_row(parameters).measured,
    )


def foresee_memory_plan(
    config: Mapping[str, Any], examples: Sequence[Example], plan: Plan, budget: int
) -> tuple[MemoryPlan | None, MemoryEstimate | None]:
    """Return the first memory plan that is expected to fit, with its estimate; if none does, the last one's estimate."""
    memory: MemoryEstimate | None = None
    for candidate in generate_candidates(config, examples, plan):
        short = [e for e in examples if len(e.tokens) <= candidate.max_seq_length]
        if short:
            memory = estimate_update(config, None, short, candidate, plan)
            if memory.peak_bytes <= budget:
                return candidate, memory
    return None, memory


def describe_figures(plan: Plan, figures: PlanFigures) -> list[str]:
    """Return tokens, time and memory in sentences."""
    each, share = figures.tokens_per_pair, figures.learned_token_share
    lines = [
        f"{figures.tokens_in_all:,} tokens in all; a pair has {each.min:,} to {each.max:,}, "
        f"and {share:.0%} of them are learned."
    ]
    if figures.too_long:
        lines.append(f"{figures.too_long} pairs are longer than {plan.max_seq_length:,} tokens and are left out.")
    if better := figures.suggested:
        known = (
            "as measured on bases of about this size" if better.measured else "a guess: no base of this size was tried"
        )
        lines.append(
            f"For {format_parameters(better.parameters)} parameters and {figures.train_pairs:,} pairs we would take learning "
            f"rate {better.learning_rate:g} and {better.updates:,} updates of {better.pairs_per_update} pairs ({known})."
        )
    rate = figures.tokens_per_second
    if rate and figures.seconds is not None:
        lines.append(
            f"About {format_duration(figures.seconds)} at {rate:,.0f} tokens a second, as the {figures.rate_from} ran; "
            "validation and samples come on top."
        )
    else:
        lines.append(
            "How long it takes is not known before a run or a rehearsal: stylelab train run PROJECT --dry-run."
        )
    limit = figures.budget_bytes / 1e9
    fit = figures.fit
    peak_gb = (figures.peak_bytes or 0) / 1e9
    if fit is None:
        lines.append(f"It does not fit into {limit:.1f} GB: at the least it takes {peak_gb:.1f} GB.")
        return lines
    measured = "measured" if figures.rate_from == "rehearsal" else "estimated"
    lines.append(f"{peak_gb:.2f} GB of memory at the peak ({measured}), of {limit:.1f} GB.")
    if fit.recomputed:
        lines.append(
            f"To fit, {fit.recomputed} blocks are computed again in the backward pass: slower, the same result."
        )
    if fit.rank != plan.rank or fit.max_seq_length != plan.max_seq_length:
        lines.append(f"To fit, the rank is {fit.rank} and pairs have at most {fit.max_seq_length:,} tokens.")
    return lines


def format_duration(seconds: float) -> str:
    """Return a time as a person says it."""
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 5400 else f"{seconds / 3600:.1f} hours"
