"""Which language pipelines are at hand, without loading any.

In: nothing. Out: names that `pipeline.load` takes. Next: doctor, the window, pipeline.
"""

from __future__ import annotations

import importlib.metadata
import re

BUNDLED = "bundled"
INSTALLED = re.compile(r"(en|de)_(?:core_web|core_news|dep_news)_(?:sm|md|lg|trf)")


def available() -> tuple[str, ...]:
    """Return "bundled" and the names of the installed spaCy pipelines for English and German, sorted."""
    names = {(d.metadata["Name"] or "").replace("-", "_") for d in importlib.metadata.distributions()}
    return (BUNDLED, *sorted(name for name in names if INSTALLED.fullmatch(name)))
