"""What a training plan means, what it costs, and how two of them differ, in the window's words.

In: a Plan, and what the plan job found out. Out: sentences for the inspector. Next: training page.
"""

from __future__ import annotations

from stylelab.app.texts import words
from stylelab.app.texts.notes import describe_warnings
from stylelab.app.texts.settings_words import translate_settings
from stylelab.app.texts.words import translate
from stylelab.jobs.catalogue.training import PlanFigures, SuggestedFigures
from stylelab.training.plan import Plan


def describe_plan(plan: Plan, pairs: int, figures: PlanFigures | None = None) -> str:
    """Return what a plan means for so many training pairs.

    Args:
        figures: What the plan job found out, once it has.
    """
    if not pairs:
        return translate("plan", "Make pairs to see what this plan means.")
    said = [
        translate("plan", "{updates} of {pairs}: every pair is seen {epochs} times.").format(
            updates=words.format_count("updates", plan.updates),
            pairs=words.format_count("pairs", plan.pairs_per_update),
            epochs=words.format_number(plan.epochs(pairs), 1),
        )
    ]
    if plan.epochs(pairs) < 1:
        said.append(translate("plan", "Some pairs are never seen. Raise the iterations to see them all."))
    if plan.epochs(pairs) > 4:
        said.append(translate("plan", "So often, a model begins to learn by heart."))
    return " ".join([*said, *(describe_costs(plan, figures) if figures else [])])


def describe_costs(plan: Plan, figures: PlanFigures) -> list[str]:
    """Return what a plan costs, as the plan job found out: time where an earlier run tells it, memory, what is given up."""
    said: list[str] = []
    if figures.seconds is not None:
        rehearsed = figures.rate_from == "rehearsal"
        about = translate("plan", "About {time}, rehearsed.") if rehearsed else translate("plan", "About {time}.")
        said.append(about.format(time=words.format_duration(figures.seconds)))
    peak, fit = figures.peak_bytes, figures.fit
    if peak:
        memory = translate("plan", "{size} of {limit} of memory.")
        if fit is None:
            memory = translate("plan", "It does not fit: {size} at the least, of {limit} of memory.")
        said.append(memory.format(size=words.format_memory(peak), limit=words.format_memory(figures.budget_bytes)))
    if fit is not None and (fit.rank, fit.max_seq_length) != (plan.rank, plan.max_seq_length):
        said.append(
            translate("plan", "To fit, the rank is {rank} and pairs have at most {tokens} tokens.").format(
                rank=words.format_number(fit.rank), tokens=words.format_number(fit.max_seq_length)
            )
        )
    if figures.suggested is not None:
        said.append(describe_suggestion(figures.suggested))
    if figures.too_long:
        pairs = words.format_count("pairs", figures.too_long)
        said.append(translate("plan", "{pairs} too long, left out.").format(pairs=pairs))
    if figures.kind_notes:
        said.append(describe_warnings(figures.kind_notes)[0])
    return said


def describe_suggestion(better: SuggestedFigures) -> str:
    """Return which learning rate and how many updates would suit the base better, and how well that is known."""
    measured = translate(
        "plan", "For this base and these pairs we would take learning rate {rate} and {updates} of {pairs}."
    )
    guess = translate(
        "plan", "For this base and these pairs our guess is learning rate {rate} and {updates} of {pairs}."
    )
    return (measured if better.measured else guess).format(
        rate=f"{better.learning_rate:g}",
        updates=words.format_count("updates", better.updates),
        pairs=words.format_count("pairs", better.pairs_per_update),
    )


def describe_differences(a: Plan, b: Plan) -> list[str]:
    """Return in which settings two plans differ, one line each: "Iterations 96 → 120"."""
    declared = translate_settings(Plan)
    return [
        f"{declared[name].title} {_show(getattr(a, name))} → {_show(getattr(b, name))}"
        for name in Plan.model_fields
        if getattr(a, name) != getattr(b, name)
    ]


def _show(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return str(len(value)) if isinstance(value, tuple) else str(value)
