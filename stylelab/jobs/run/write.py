"""The writing job: one input, base and adapter side by side, under the adapter's own recipe.

In: the project, a text. Out: both texts, the scale, and proof that the adapter acts.
"""

from __future__ import annotations

from dataclasses import replace

from stylelab.adapters import store
from stylelab.adapters.store import StoredAdapter
from stylelab.basemodels.identity import resolve
from stylelab.errors import TrainingError
from stylelab.jobs.catalogue.writing import WriteRequest, WriteResult, WrittenText
from stylelab.jobs.core.context import Context
from stylelab.jobs.core.protocol import Text
from stylelab.jobs.steps.rewriting import build_prompter
from stylelab.pairs.facts import Facts, find_missing_facts
from stylelab.project.project import Project, open_project
from stylelab.recipe import Recipe
from stylelab.training import checkpoint as checkpoints
from stylelab.training.memory_limit import apply_memory_limit, choose_budget_bytes
from stylelab.writing.compare import ComparisonSide, compare
from stylelab.writing.engine import Written
from stylelab.writing.loaded import LoadedBase, note_scale
from stylelab.writing.sampling import Sampling

TOKENS_PER_TEXT = 3  # tokens between two looks at a growing text


def run(context: Context, request: WriteRequest) -> WriteResult:
    """Write a text again in the author's voice.

    Raises:
        StyleLabError: Nothing to write from, or a text that cannot be turned to the perspective.
        AdapterError: No adapter, or one of another base.
        TrainingError: The run has no such checkpoint.
    """
    own = open_project(request.project)
    context.phase("load base and adapter")
    adapter = choose_adapter(own, request.run, request.checkpoint)
    recipe = adapter.recipe
    # before the base is loaded: a text that cannot be used is said at once, and a local rewriter is gone by then
    ready = build_prompter(recipe, own.folder, allow_remote=request.allow_remote).prepare(
        request.text, words=request.words, perspective=request.perspective
    )
    loaded = LoadedBase.load(resolve(own.settings.base, own.folder), {adapter.folder.name: adapter})
    apply_memory_limit(choose_budget_bytes(0))
    used = recipe.scale if request.scale is None else request.scale
    loaded.choose(adapter.folder.name, used)
    deviations = [*note_scale(used, recipe.scale), *ready.notes]
    for deviation in deviations:
        context.warn(deviation)
    context.phase("write")
    base = loaded.base

    def on_tokens(column: ComparisonSide, tokens: list[int]) -> None:
        context.check()
        if len(tokens) % TOKENS_PER_TEXT == 0:
            context.emit(Text(column=column, text=base.decode(tokens).strip()))

    sampling = choose_sampling(recipe, request)
    compared = compare(base, ready.prompt, sampling, request.max_tokens, used, request.both, on_tokens)
    return WriteResult(
        run=adapter.folder.name,
        checkpoint=request.checkpoint,
        prompt=ready.prompt,
        input=ready.input,
        facts=ready.facts.count,
        content=ready.content,
        base=None if compared.base is None else build_text(compared.base, ready.facts),
        adapter=build_text(compared.adapter, ready.facts),
        scale=used,
        deviations=tuple(deviations),
        seed=request.seed,
        logit_change_max=compared.logit_change_max,
    )


def choose_adapter(project: Project, run: str | None, checkpoint: int | None) -> StoredAdapter:
    """Return a run's best adapter, or a checkpoint's in its place.

    Raises:
        AdapterError: The run has no adapter.
        TrainingError: It does not keep that checkpoint.
    """
    folder = project.find_run(run)
    adapter = store.read(folder)
    if checkpoint is None:
        return adapter
    kept = project.list_checkpoints(folder.name)
    if checkpoint not in kept:
        raise TrainingError(
            f"{folder.name} keeps no checkpoint of update {checkpoint}.",
            remedy=f"Name one that it keeps: {', '.join(map(str, kept)) or 'there is none'}.",
            code="checkpoint_missing",
        )
    return replace(adapter, weights=checkpoints.read(kept[checkpoint]).weights)


def choose_sampling(recipe: Recipe, request: WriteRequest) -> Sampling:
    """Return the persona's sampling, at another temperature where one is asked for."""
    s = recipe.persona.sampling
    temperature = s.temperature if request.temperature is None else request.temperature
    return Sampling(temperature, s.top_p, s.repetition_penalty, request.seed)


def build_text(written: Written, facts: Facts) -> WrittenText:
    """Return a text as the result holds it, with what it lacks of the input's facts."""
    missing = tuple(fact.text for fact in find_missing_facts(facts, written.text))
    return WrittenText(text=written.text, tokens=len(written.tokens), ended=written.ended, missing=missing)
