"""The writing job: one input, base and adapter side by side, under the adapter's own recipe.

In: the project, a text. Out: both texts, the scale, and proof that the adapter acts.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from stylelab.adapters import store
from stylelab.adapters.store import StoredAdapter
from stylelab.basemodels.identity import resolve
from stylelab.errors import TrainingError
from stylelab.jobs.core.context import Context
from stylelab.jobs.core.protocol import Text
from stylelab.jobs.steps.rewriting import build_prompter
from stylelab.project.project import Project, open_project
from stylelab.recipe import Perspective, Recipe
from stylelab.training import checkpoint as checkpoints
from stylelab.writing.compare import Column, compare
from stylelab.writing.engine import Written
from stylelab.writing.loaded import LoadedBase, scale_notes
from stylelab.writing.sampling import Sampling

TOKENS_PER_TEXT = 3  # tokens between two looks at a growing text


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
    adapter = choose_adapter(own, run, checkpoint)
    recipe = adapter.recipe
    # before the base is loaded: a text that cannot be used is said at once, and a local rewriter is gone by then
    ready = build_prompter(recipe, own.folder, allow_remote=allow_remote).prepare(
        text, words=words, perspective=perspective
    )
    loaded = LoadedBase.load(resolve(own.settings.base, own.folder), {adapter.folder.name: adapter})
    used = recipe.scale if scale is None else scale
    loaded.choose(adapter.folder.name, used)
    deviations = [*scale_notes(used, recipe.scale), *ready.notes]
    for deviation in deviations:
        context.warn(deviation)
    context.phase("write")
    base = loaded.base

    def on_tokens(column: Column, tokens: list[int]) -> None:
        context.check()
        if len(tokens) % TOKENS_PER_TEXT == 0:
            context.emit(Text(column=column, text=base.decode(tokens).strip()))

    sampling = choose_sampling(recipe, temperature, seed)
    compared = compare(base, ready.prompt, sampling, max_tokens, used, both, on_tokens)
    return {
        "run": adapter.folder.name,
        "checkpoint": checkpoint,
        "prompt": ready.prompt,
        "content": ready.content,
        "base": show_text(compared.base),
        "adapter": show_text(compared.adapter),
        "scale": used,
        "deviations": deviations,
        "seed": seed,
        "logit_change_max": compared.logit_change_max,
    }


def choose_adapter(project: Project, run: str | None, checkpoint: int | None) -> StoredAdapter:
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


def choose_sampling(recipe: Recipe, temperature: float | None, seed: int) -> Sampling:
    """Return the persona's sampling, at another temperature where one is given."""
    s = recipe.persona.sampling
    return Sampling(s.temperature if temperature is None else temperature, s.top_p, s.repetition_penalty, seed)


def show_text(written: Written | None) -> dict[str, Any] | None:
    """Return a text as the command shows it."""
    return None if written is None else {"text": written.text, "tokens": len(written.tokens), "ended": written.ended}
