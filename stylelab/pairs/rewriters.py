"""Rewriters: texts in, plain texts out, with what each lost. One interface; here the embedded one, without a model.

In: texts. Out: Rewrittens. Next room: draft. The model rewriters are in roundtrip.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from stylelab.language import lexicon, pipeline, plain
from stylelab.language.lexicon import Lexicon
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
    """The deterministic rules of language.plain."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self._reading = reading
        self._lexicon = lexicon

    @property
    def tool(self) -> Tool:
        return plain.TOOL

    def rewrite(self, texts: Sequence[str]) -> list[Rewritten]:
        done = [plain.neutralise(parsed.text, self._lexicon, parsed) for parsed in self._reading.read(texts)]
        return [Rewritten(r.text, r.lost, None if r.text.strip() else "empty") for r in done]

    def swap(self, texts: Sequence[str]) -> list[Rewritten]:
        return [Rewritten("", (), "needs_model") for _ in texts]


@dataclass(frozen=True)
class TextTools:
    """What reads a text and makes it plain: one set, for drafts and for prompts alike."""

    reading: Reading
    rewriter: Rewriter
    lexicon: Lexicon


def load_text_tools(pipeline_name: str, make_rewriter: Callable[[Reading], Rewriter] | None = None) -> TextTools:
    """Load a pipeline and the word lists, with the rewriter that is asked for.

    Args:
        pipeline_name: "bundled", or an installed spaCy pipeline.
        make_rewriter: Makes the rewriter from the reading; by rules if not given.

    Raises:
        LanguageError: There is no such pipeline.
    """
    reading, lists = Reading(pipeline.load(pipeline_name)), lexicon.load()
    rewriter = RulesRewriter(reading, lists) if make_rewriter is None else make_rewriter(reading)
    return TextTools(reading, rewriter, lists)
