"""The preview job: a prompt exactly as training and writing see it, of the persona as it stands now.

In: the project, and a text or the number of a passage. Out: the prompt, what the model reads of it, and what was done to
the text. Nothing is kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stylelab.basemodels.encoding import load_encoding
from stylelab.basemodels.identity import resolve
from stylelab.errors import PairsError
from stylelab.jobs.context import Context
from stylelab.jobs.pairs import seal
from stylelab.jobs.write import prompt_for
from stylelab.project.project import open_project
from stylelab.training.plan import Plan


def run(
    context: Context, project: str, text: str | None = None, number: int = 0, allow_remote: bool = False
) -> dict[str, Any]:
    """Return the prompt of a text, or of a passage's original pair.

    Args:
        text: What to make a prompt of; without it, a passage is taken.
        number: Which passage, counted from 0.
        allow_remote: Whether the text may go to the plan's server.

    Raises:
        PairsError: There is no passage of that number.
    """
    own = open_project(Path(project))
    if text is None:
        with own.store() as store:
            passages = store.passages()
        if not 0 <= number < len(passages):
            raise PairsError(
                f"There are {len(passages):,} passages, counted from 0.",
                remedy=f"Give a text with --text, or add some: stylelab corpus add {project} FILE…",
                code="passage_missing",
            )
        text = passages[number].text
    context.phase("make the prompt")
    recipe = seal(own, Plan.load(own.plan))
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
    }
