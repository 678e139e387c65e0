"""The writing job: one input, base and adapter side by side, under the adapter's own recipe.

In: the project, a text. Out: both texts, the scale, and proof that the adapter acts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stylelab.adapters import store
from stylelab.basemodels.identity import identify, resolve
from stylelab.basemodels.load import load
from stylelab.corpus.document import count_words
from stylelab.errors import StyleLabError
from stylelab.jobs import drafting, rewriting
from stylelab.jobs.context import Context
from stylelab.jobs.protocol import Text
from stylelab.language import lexicon
from stylelab.pairs.draft import Drafter, Means, Work
from stylelab.pairs.make import Prepared, prepare
from stylelab.pairs.rewriters import Rewriter, RulesRewriter
from stylelab.project.project import Project, open_project
from stylelab.recipe import Recipe
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
    scale: float | None = None,
    both: bool = True,
    words: int | None = None,
    seed: int = 42,
    temperature: float | None = None,
    max_tokens: int = 400,
    allow_remote: bool = False,
) -> dict[str, Any]:
    """Write `text` again in the author's voice.

    Args:
        scale: The training scale by default; another is said as a deviation.
        words: Length asked for; the input's by default.
        allow_remote: Whether the text may go to the server that training's rewriter was.

    Raises:
        StyleLabError: Nothing to write from.
        AdapterError: No adapter, or one of another base.
    """
    if not text.strip():
        raise StyleLabError("There is no text to write from.", remedy="Give --text or --file.", code="no_text")
    own = open_project(Path(project))
    context.phase("load base and adapter")
    adapter = store.read(own.run(run))
    recipe = adapter.recipe
    where = resolve(own.settings.base, own.folder)
    identity = identify(where)
    require_base(adapter, identity.weights_sha256, identity.name)
    base = load(where)
    put_on(base, adapter)
    ready, deviations = prompt_for(own, recipe, text, words, allow_remote)
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
        "prompt": ready.prompt,
        "content": ready.content,
        "base": shown(done.base),
        "adapter": shown(done.adapter),
        "scale": used,
        "deviations": deviations,
        "seed": seed,
        "logit_change_max": done.logit_change_max,
    }


def sampling_of(recipe: Recipe, temperature: float | None, seed: int) -> Sampling:
    """Return the persona's sampling, at another temperature where one is given."""
    s = recipe.persona.sampling
    return Sampling(s.temperature if temperature is None else temperature, s.top_p, s.repetition_penalty, seed)


def departures(scale: float, trained: float, asked: int | None, given: int) -> list[str]:
    """Return in words how this text departs from what training saw."""
    found: list[str] = []
    if scale != trained:
        found.append(f"scale {scale:g}, trained at {trained:g}")
    if asked is not None and asked > LONGEST_LEAP * given:
        found.append(f"{asked} words asked of {given}: more than twice is better asked for in steps")
    return found


def prompt_for(
    project: Project, recipe: Recipe, text: str, words: int | None, allow_remote: bool
) -> tuple[Prepared, list[str]]:
    """Prepare a user's text exactly as training prepared its inputs; what had to be done otherwise is said.

    Raises:
        StyleLabError: Nothing is left of the text.
    """
    text = text.strip()
    plan, lists, told = recipe.pairs, lexicon.load(), list[str]()
    reading = drafting.reading(plan.pipeline)
    if reading.tool != recipe.language:
        told.append(f"the language pipeline is {reading.tool.name} as it is now, trained with another version of it")
    rewriter: Rewriter = RulesRewriter(reading, lists)
    if plan.rewriter != "rules":
        if plan.rewriter == "remote" and not allow_remote:
            told.append("the input was made plain by rules, trained with a remote model")
        elif rewriting.tool(plan, project.folder) != recipe.rewriter:
            told.append(f"the input was made plain by rules: {plan.model} is not the model that training used")
        else:
            rewriter = rewriting.model_rewriter(plan, project.folder, reading)
    means = Means(recipe.language, rewriter.tool, recipe.persona.observer, plan.narrativise)
    draft = Drafter(reading, rewriter, lists, means).draft([Work(text, "as_written")])[0]
    if draft.problem is not None:
        raise StyleLabError(
            f"The text could not be made plain ({draft.problem}).", remedy="Give whole sentences.", code="no_text"
        )
    asked = count_words(text) if words is None else words
    return prepare(draft.plain, draft.content, recipe, lists, source=text, words=asked), told


def shown(written: Written | None) -> dict[str, Any] | None:
    """Return a text as the command shows it."""
    return None if written is None else {"text": written.text, "tokens": len(written.tokens), "ended": written.ended}
