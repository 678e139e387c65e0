"""How the vocabulary is divided when targets are projected to it. Light: it knows no model library.

In: sizes. Out: how many tokens of the vocabulary at once. Next: loss, memory_estimate.
"""

from __future__ import annotations

CHUNK_ELEMENTS = 4 * 1024 * 1024  # logits held at once: 16 MiB in float32
CACHED_ELEMENTS = 512 * 1024  # on a CPU: 2 MiB, so that the passes over a piece find it in the cache
MOST_ROWS = 1024  # targets projected together
FEWEST_COLUMNS = 512  # of the vocabulary: narrower products are slower


def count_columns(vocabulary: int, rows: int, *, cpu: bool) -> int:
    """Return how many tokens of the vocabulary are projected to at once, for so many targets."""
    most = CACHED_ELEMENTS if cpu else CHUNK_ELEMENTS
    return min(vocabulary, max(FEWEST_COLUMNS, most // max(1, rows)))
