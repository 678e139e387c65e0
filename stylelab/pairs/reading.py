"""Parse each text once while one batch of passages is worked on.

In: texts. Out: Parsed records. Next: rewriters and draft, which ask for the same texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from stylelab.language.parse import Parsed
from stylelab.recipe import Tool


class Reader(Protocol):
    """What the room needs of a language pipeline."""

    tool: Tool

    def read(self, texts: Iterable[str]) -> Iterable[Parsed]:
        """Return the parse of each text, in order."""
        ...


class Reading:
    """A language pipeline that remembers its parses until `forget`."""

    def __init__(self, pipeline: Reader) -> None:
        self._pipeline = pipeline
        self._known: dict[str, Parsed] = {}

    @property
    def tool(self) -> Tool:
        return self._pipeline.tool

    def read(self, texts: Sequence[str]) -> list[Parsed]:
        """Return the parse of each text, in order."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._pipeline.read(new), strict=True))
        return [self._known[text] for text in texts]

    def forget(self) -> None:
        """Let go of everything read so far."""
        self._known.clear()
