"""Which language pipelines are at hand, without loading any.

In: nothing. Out: names that `pipeline.load` takes. Next: doctor, the window, pipeline.
"""

from __future__ import annotations

import importlib.metadata

from stylelab.language.books import WORDS

BUNDLED = "bundled"
INSTALLED = tuple(name for words in WORDS.values() for name in words.installed)


def available() -> tuple[str, ...]:
    """Return "bundled" and the names of the installed spaCy pipelines for the languages known here, sorted."""
    names = {(d.metadata["Name"] or "").replace("-", "_") for d in importlib.metadata.distributions()}
    return (BUNDLED, *sorted(names.intersection(INSTALLED)))
