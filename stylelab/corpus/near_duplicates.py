"""Near-duplicates: passages that share most of their word shingles, found without comparing each with each.

In: texts in corpus order. Out: which of them repeat an earlier one. Next room: choose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from zlib import crc32

import numpy as np
from datasketch import MinHash  # pyright: ignore[reportMissingTypeStubs]
from numpy.typing import NDArray

from stylelab.corpus.layout import WORD

SHINGLE = 5  # words
PERMUTATIONS = 64
ROWS = 4  # of a band: two passages of similarity 0.85 share one of the 16 bands with probability 1 - 1e-5


def shingles(text: str) -> set[bytes]:
    """Return a text's runs of five words, in lower case."""
    words = WORD.findall(text.lower().replace("’", "'"))
    return {" ".join(words[i : i + SHINGLE]).encode() for i in range(max(1, len(words) - SHINGLE + 1))}


def signatures(texts: Iterable[str]) -> Iterator[bytes]:
    """Yield each text's MinHash signature: 64 numbers of 4 bytes, little-endian.

    **Source:** Broder 1997, by the datasketch package.
    """
    made: Any = MinHash  # has no types
    for one in made.generator((shingles(t) for t in texts), num_perm=PERMUTATIONS, hashfunc=crc32):
        yield np.asarray(one.hashvalues, dtype="<u4").tobytes()


def repeats(signs: Sequence[bytes], text: Callable[[int], str], threshold: float) -> dict[int, int]:
    """Return the index of every passage that repeats an earlier one, with that one's index.

    Candidates share a band of their signatures; each is then measured exactly.

    Args:
        text: Returns a passage's text; asked for candidates only.
        threshold: Jaccard similarity of their shingles, in (0, 1].
    """
    if len(signs) < 2:
        return {}
    table: NDArray[np.uint32] = np.frombuffer(b"".join(signs), dtype="<u4").reshape(len(signs), PERMUTATIONS)
    out: dict[int, int] = {}
    seen: set[tuple[int, int]] = set()
    for band in range(0, PERMUTATIONS, ROWS):
        rows = np.ascontiguousarray(table[:, band : band + ROWS]).view(f"V{4 * ROWS}").ravel()
        _, inverse, counts = np.unique(rows, return_inverse=True, return_counts=True)
        for group in np.flatnonzero(counts > 1):
            members = [int(i) for i in np.flatnonzero(inverse == group)]
            for later in members[1:]:
                pair = (members[0], later)
                if later in out or pair in seen:
                    continue
                seen.add(pair)
                if jaccard(text(pair[0]), text(later)) >= threshold:
                    out[later] = out.get(pair[0], pair[0])
    return out


def jaccard(one: str, other: str) -> float:
    """Return the share of shingles that two texts have in common."""
    a, b = shingles(one), shingles(other)
    return len(a & b) / len(a | b)
