"""The writing job: one input, base and adapter side by side, under the adapter's own recipe.

In: the project, a text. Out: both texts, the scale, and proof that the adapter acts.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from stylelab.adapters import store
from stylelab.adapters.store import StoredAdapter
from stylelab.basemodels.identity import identify, resolve
from stylelab.basemodels.load import Base, load
from stylelab.corpus.document import count_words
from stylelab.errors import StyleLabError, TrainingError
from stylelab.jobs.core.context import Context
from stylelab.jobs.core.protocol import Text
from stylelab.jobs.steps import drafting, rewriting
from stylelab.language import lexicon
from stylelab.notes import Note
from stylelab.pairs.draft import TURN, Drafter, Means, Work
from stylelab.pairs.make import Prepared, prepare
from stylelab.pairs.rewriters import Rewriter, RulesRewriter
from stylelab.project.project import Project, open_project
from stylelab.recipe import Perspective, Recipe
from stylelab.training import checkpoint as checkpoints
from stylelab.writing.compare import Column, compare
from stylelab.writing.engine import Written, put_on, require_base
from stylelab.writing.sampling import Sampling

TOLD_EVERY = 3  # tokens between two looks at a growing text
LONGEST_LEAP = 2.0  # times the input's length; METHOD §5


def run(
    context: Context,
    project: str,
    text: str,
    run: str | None = None,
    checkpoint: int | None = None,
    scale: float | None = None,
    both: bool = True,
    perspective: Perspective | None = None,
    words: int | None = None,
    seed: int = 42,
    temperature: float | None = None,
    max_tokens: int = 400,
    allow_remote: bool = False,
) -> dict[str, Any]:
    """Write `text` again in the author's voice.

    Args:
        checkpoint: The update whose checkpoint writes; the run's best by default.
        scale: The training scale by default; another is said as a deviation.
        perspective: Whose eyes the text is told through; the input's own by default. It is turned as training turned it.
        words: Length asked for; the input's by default.
        allow_remote: Whether the text may go to the server that training's rewriter was.

    Raises:
        StyleLabError: Nothing to write from, or a text that cannot be turned to the perspective.
        AdapterError: No adapter, or one of another base.
        TrainingError: The run has no such checkpoint.
    """
    own = open_project(Path(project))
    context.phase("load base and adapter")
    adapter = chosen(own, run, checkpoint)
    recipe = adapter.recipe
    # before the base is loaded: a text that cannot be used is said at once, and a local rewriter is gone by then
    ready, deviations = prompt_for(own, recipe, text, words, allow_remote, perspective)
    base = dressed(own, adapter)
    used = recipe.scale if scale is None else scale
    deviations += departures(used, recipe.scale, words, count_words(text))
    for deviation in deviations:
        context.warn(deviation)
    context.phase("write")

    def tell(column: Column, tokens: list[int]) -> None:
        context.check()
        if len(tokens) % TOLD_EVERY == 0:
            context.emit(Text(column=column, text=base.decode(tokens).strip()))

    done = compare(base, ready.prompt, sampling_of(recipe, temperature, seed), max_tokens, used, both, tell)
    return {
        "run": adapter.folder.name,
        "checkpoint": checkpoint,
        "prompt": ready.prompt,
        "content": ready.content,
        "base": shown(done.base),
        "adapter": shown(done.adapter),
        "scale": used,
        "deviations": deviations,
        "seed": seed,
        "logit_change_max": done.logit_change_max,
    }


def chosen(project: Project, run: str | None, checkpoint: int | None) -> StoredAdapter:
    """Return a run's best adapter, or a checkpoint's in its place.

    Raises:
        AdapterError: The run has no adapter.
        TrainingError: It does not keep that checkpoint.
    """
    folder = project.run(run)
    adapter = store.read(folder)
    if checkpoint is None:
        return adapter
    kept = project.checkpoints(folder.name)
    if checkpoint not in kept:
        raise TrainingError(
            f"{folder.name} keeps no checkpoint of update {checkpoint}.",
            remedy=f"Name one that it keeps: {', '.join(map(str, kept)) or 'there is none'}.",
            code="checkpoint_missing",
        )
    return replace(adapter, weights=checkpoints.read(kept[checkpoint]).weights)


def dressed(project: Project, adapter: StoredAdapter) -> Base:
    """Return the project's base with an adapter on.

    Raises:
        AdapterError: The adapter is another base's.
    """
    where = resolve(project.settings.base, project.folder)
    identity = identify(where)
    require_base(adapter, identity.weights_sha256, identity.name)
    base = load(where)
    put_on(base, adapter)
    return base


def sampling_of(recipe: Recipe, temperature: float | None, seed: int) -> Sampling:
    """Return the persona's sampling, at another temperature where one is given."""
    s = recipe.persona.sampling
    return Sampling(s.temperature if temperature is None else temperature, s.top_p, s.repetition_penalty, seed)


def departures(scale: float, trained: float, asked: int | None, given: int) -> list[str]:
    """Return in words how this text departs from what training saw."""
    found: list[str] = []
    if scale != trained:
        found.append(Note("scale {scale}, trained at {trained}", scale=f"{scale:g}", trained=f"{trained:g}"))
    if asked is not None and asked > LONGEST_LEAP * given:
        found.append(
            Note(
                "{asked} words asked of {given}: more than twice is better asked for in steps", asked=asked, given=given
            )
        )
    return found


def prompt_for(
    project: Project,
    recipe: Recipe,
    text: str,
    words: int | None,
    allow_remote: bool,
    perspective: Perspective | None = None,
) -> tuple[Prepared, list[str]]:
    """Prepare a user's text exactly as training prepared its inputs; what had to be done otherwise is said.

    Raises:
        StyleLabError: Nothing is left of the text, or it cannot be turned to the perspective.
    """
    text = text.strip()
    if not text:
        raise StyleLabError("There is no text to write from.", remedy="Give --text or --file.", code="no_text")
    plan, lists, told = recipe.pairs, lexicon.load(), list[str]()
    reading = drafting.reading(plan.pipeline)
    if reading.tool != recipe.language:
        told.append(
            Note(
                "the language pipeline is {name} as it is now, trained with another version of it",
                name=reading.tool.name,
            )
        )
    rewriter: Rewriter = RulesRewriter(reading, lists)
    if plan.rewriter != "rules":
        if plan.rewriter == "remote" and not allow_remote:
            told.append(Note("the input was made plain by rules, trained with a remote model"))
        elif rewriting.tool(plan, project.folder) != recipe.rewriter:
            told.append(
                Note("the input was made plain by rules: {model} is not the model that training used", model=plan.model)
            )
        else:
            rewriter = rewriting.model_rewriter(plan, project.folder, reading)
    means = Means(recipe.language, rewriter.tool, recipe.persona.observer, plan.narrativise)
    if perspective not in (None, "first_person_singular", *plan.perspectives):
        told.append(Note("training saw no text in this point of view ({perspective})", perspective=str(perspective)))
    draft = Drafter(reading, rewriter, lists, means).draft([Work(text, perspective or "as_written")])[0]
    if draft.problem is not None and draft.problem.startswith(TURN):
        why = draft.problem.removeprefix(TURN).replace("_", " ")
        raise StyleLabError(
            f"The text cannot be told from the asked point of view ({perspective}): {why}.",
            remedy="Tell it as I, in whole sentences, or leave the point of view as it is.",
            code="not_turned",
        )
    if draft.problem is not None:
        raise StyleLabError(
            f"The text could not be made plain ({draft.problem}).", remedy="Give whole sentences.", code="no_text"
        )
    asked = count_words(draft.target) if words is None else words
    return prepare(draft.plain, draft.content, recipe, lists, source=draft.target, words=asked), told


def shown(written: Written | None) -> dict[str, Any] | None:
    """Return a text as the command shows it."""
    return None if written is None else {"text": written.text, "tokens": len(written.tokens), "ended": written.ended}
