"""Rewriters: texts in, plain texts out, with what each lost. One interface; here the embedded one, without a model.

In: passages' texts. Out: Rewrites. Next room: make.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from stylelab.language import plain
from stylelab.language.lexicon import Lexicon
from stylelab.language.plain import Rewrite
from stylelab.recipe import Tool


class Rewriter(Protocol):
    """Anything that makes prose plain."""

    @property
    def tool(self) -> Tool:
        """What the recipe says of it."""
        ...

    def rewrite(self, texts: Sequence[str]) -> list[Rewrite]:
        """Return one Rewrite per text, in order."""
        ...


class RulesRewriter:
    """The deterministic rules of language.plain."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @property
    def tool(self) -> Tool:
        return plain.TOOL

    def rewrite(self, texts: Sequence[str]) -> list[Rewrite]:
        return [plain.neutralise(text, self._lexicon) for text in texts]
