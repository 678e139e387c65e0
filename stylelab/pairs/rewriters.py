"""The interface of rewriters, which make texts plain, and the rewriter that needs no model.

In: texts. Out: Rewrittens. Next room: draft. The model rewriters are in roundtrip.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from stylelab.language import pipeline
from stylelab.language.language import Vocabulary
from stylelab.language.languages import find_language, pipeline_code
from stylelab.pairs.reading import Reading
from stylelab.pairs.roundtrip import Rewritten
from stylelab.recipe import Tool


class Rewriter(Protocol):
    """Anything that makes prose plain."""

    @property
    def tool(self) -> Tool:
        """What the recipe says of it."""
        ...

    def rewrite(self, texts: Sequence[str]) -> list[Rewritten]:
        """Return one Rewritten per text, in order."""
        ...

    def swap(self, texts: Sequence[str]) -> list[Rewritten]:
        """Return each text on a mundane topic; a rewriter without a model has none."""
        ...


class RulesRewriter:
    """The deterministic rules of a text's language."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    @property
    def tool(self) -> Tool:
        return find_language(pipeline_code(self._reading.tool.name)).tools.rewriter

    def rewrite(self, texts: Sequence[str]) -> list[Rewritten]:
        plain = [find_language(parsed.language).make_plain(parsed) for parsed in self._reading.read(texts)]
        return [Rewritten(r.text, r.lost, None if r.text.strip() else "empty") for r in plain]

    def swap(self, texts: Sequence[str]) -> list[Rewritten]:
        return [Rewritten("", (), "needs_model") for _ in texts]


@dataclass(frozen=True)
class TextTools:
    """The tools that parse a text and make it plain; drafts and prompts use the same set."""

    reading: Reading
    rewriter: Rewriter
    words: Vocabulary


def load_text_tools(pipeline_name: str, make_rewriter: Callable[[Reading], Rewriter] | None = None) -> TextTools:
    """Load a pipeline and the word lists, with the rewriter that is asked for.

    Args:
        pipeline_name: "bundled", or an installed spaCy pipeline.
        make_rewriter: Makes the rewriter from the reading; by rules if not given.

    Raises:
        LanguageError: There is no such pipeline.
    """
    reading = Reading(pipeline.load(pipeline_name))
    rewriter = RulesRewriter(reading) if make_rewriter is None else make_rewriter(reading)
    return TextTools(reading, rewriter, find_language(pipeline_code(reading.tool.name)).vocabulary)
