"""The preview job: a prompt exactly as training and writing see it, of the persona as it stands now or as it is being edited.

In: the project, and a text or the number of a passage. Out: the prompt, what the model reads of it, what was done to the
text, and the prompt of either content type. Nothing is kept.
"""

from __future__ import annotations

from stylelab.basemodels.encoding import Encoding, load_encoding
from stylelab.basemodels.identity import resolve
from stylelab.errors import PairsError
from stylelab.jobs.catalogue.persona import PreviewRequest, PreviewResult, PromptTokens
from stylelab.jobs.core.context import Context
from stylelab.jobs.steps.rewriting import build_prompter
from stylelab.jobs.steps.sealing import seal_recipe
from stylelab.pairs.prompting import PreparedPrompt
from stylelab.persona import card
from stylelab.project.project import open_project
from stylelab.recipe import ContentType
from stylelab.training.plan import Plan

CONTENTS: tuple[ContentType, ...] = ("NARRATIVE", "CONCEPTUAL")


def run(context: Context, request: PreviewRequest) -> PreviewResult:
    """Return the prompt of a text, or of a passage's original pair.

    Raises:
        PersonaError: The persona's text is wrong; the line is named.
        PairsError: There is no passage of that number.
    """
    own = open_project(request.project)
    part = None if request.persona is None else card.parse(request.persona, own.persona.name)
    with own.open_store() as store:
        passages = store.load_passages()
    text = request.text
    if text is None:
        if not 0 <= request.number < len(passages):
            raise PairsError(
                f"There are {len(passages):,} passages, counted from 0.",
                remedy=f"Give a text with --text, or add some: stylelab corpus add {request.project} FILE…",
                code="passage_missing",
            )
        text = passages[request.number].text
    context.phase("make the prompt")
    recipe = seal_recipe(own, Plan.load(own.plan))
    if part is not None:
        recipe = recipe.model_copy(update={"persona": part})
    prompter = build_prompter(recipe, own.folder, allow_remote=request.allow_remote)
    ready = prompter.prepare(text)
    for note in ready.notes:
        context.warn(note)
    encoding = load_encoding(resolve(own.settings.base, own.folder))
    return PreviewResult(
        prompt=ready.prompt,
        read=encoding.render(ready.prompt),
        tokens=len(encoding.encode_prompt(ready.prompt)),
        content=ready.content,
        input=ready.input,
        text=text,
        rewriter=recipe.pairs.rewriter,
        passages=len(passages),
        prompts={content: count_tokens(prompter.reframe(ready, content), encoding) for content in CONTENTS},
    )


def count_tokens(ready: PreparedPrompt, encoding: Encoding) -> PromptTokens:
    """Return a prompt with its number of tokens."""
    return PromptTokens(prompt=ready.prompt, tokens=len(encoding.encode_prompt(ready.prompt)))
