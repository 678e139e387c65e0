"""The preview job: a prompt exactly as training and writing see it, of the persona as it stands now or as it is being edited.

In: the project, and a text or the number of a passage. Out: the prompt, what the model reads of it, what was done to the
text, and the prompt of either content type. Nothing is kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stylelab.basemodels.encoding import Encoding, load_encoding
from stylelab.basemodels.identity import resolve
from stylelab.corpus.layout import count_words
from stylelab.errors import PairsError
from stylelab.files import sha256_text
from stylelab.jobs.core.context import Context
from stylelab.jobs.run.pairs import seal
from stylelab.jobs.run.write import prompt_for
from stylelab.pairs.make import Prepared
from stylelab.persona import card
from stylelab.persona.prompt import build_prompt
from stylelab.project.project import open_project
from stylelab.recipe import ContentType, Recipe
from stylelab.training.plan import Plan

CONTENTS: tuple[ContentType, ...] = ("NARRATIVE", "CONCEPTUAL")


def run(
    context: Context,
    project: str,
    text: str | None = None,
    number: int = 0,
    allow_remote: bool = False,
    persona: str | None = None,
) -> dict[str, Any]:
    """Return the prompt of a text, or of a passage's original pair.

    Args:
        text: What to make a prompt of; without it, a passage is taken.
        number: Which passage, counted from 0.
        allow_remote: Whether the text may go to the plan's server.
        persona: A persona's YAML in place of the project's.

    Raises:
        PersonaError: The persona's text is wrong; the line is named.
        PairsError: There is no passage of that number.
    """
    own = open_project(Path(project))
    part = None if persona is None else card.parse(persona, own.persona.name)
    with own.store() as store:
        passages = store.passages()
    if text is None:
        if not 0 <= number < len(passages):
            raise PairsError(
                f"There are {len(passages):,} passages, counted from 0.",
                remedy=f"Give a text with --text, or add some: stylelab corpus add {project} FILE…",
                code="passage_missing",
            )
        text = passages[number].text
    context.phase("make the prompt")
    recipe = seal(own, Plan.load(own.plan))
    if part is not None:
        recipe = recipe.model_copy(update={"persona": part})
    ready, deviations = prompt_for(own, recipe, text, None, allow_remote)
    for deviation in deviations:
        context.warn(deviation)
    encoding = load_encoding(resolve(own.settings.base, own.folder))
    return {
        "prompt": ready.prompt,
        "read": encoding.render(ready.prompt),
        "tokens": len(encoding.encode_prompt(ready.prompt)),
        "content": ready.content,
        "input": ready.input,
        "text": text,
        "rewriter": recipe.pairs.rewriter,
        "passages": len(passages),
        "prompts": {content: told(recipe, ready, text, content, encoding) for content in CONTENTS},
    }


def told(recipe: Recipe, ready: Prepared, text: str, content: ContentType, encoding: Encoding) -> dict[str, Any]:
    """Return the prompt of a text as if it were of a content type, with its tokens."""
    words, key = count_words(text), f"{sha256_text(text.strip())}-neutral"
    prompt = build_prompt(recipe, text=ready.input, content=content, words=words, key=key)
    return {"prompt": prompt, "tokens": len(encoding.encode_prompt(prompt))}
