"""Split pairs into train, valid and test: by document, or by regions if documents are few; an anchor's pairs stay together.

In: pairs. Out: pairs per split. Next room: jobs, which write the dataset.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from stylelab.errors import PairsError
from stylelab.pairs.pair import Pair, Split

HELD = 0.1  # share of pairs for valid, and the same for test (METHOD §3)
FEWEST_DOCUMENTS = 3
FEWEST_ANCHORS = 3


def split(pairs: Sequence[Pair], seed: int) -> dict[Split, tuple[Pair, ...]]:
    """Return the pairs of each split, in corpus order.

    Raises:
        PairsError: Fewer than three passages: a split would be empty.
    """
    if len({p.anchor for p in pairs}) < FEWEST_ANCHORS:
        raise PairsError(
            f"{len({p.anchor for p in pairs})} passages cannot fill train, valid and test.",
            remedy="Add more text: at least three passages are needed, and hundreds to learn a style.",
            code="split_empty",
        )
    documents = sorted({p.document for p in pairs})
    owner = by_document(pairs, documents, seed) if len(documents) >= FEWEST_DOCUMENTS else by_region(pairs)
    out: dict[Split, tuple[Pair, ...]] = {
        name: tuple(p for p in pairs if owner[p.anchor] == name) for name in ("train", "valid", "test")
    }
    if not all(out.values()):
        owner = by_region(pairs)
        out = {name: tuple(p for p in pairs if owner[p.anchor] == name) for name in ("train", "valid", "test")}
    return out


def by_document(pairs: Sequence[Pair], documents: list[str], seed: int) -> dict[str, Split]:
    """Give whole documents to test and valid until each holds its share; the largest is never held out."""
    sizes = {d: sum(p.document == d for p in pairs) for d in documents}
    order = sorted(documents)
    random.Random(seed).shuffle(order)
    largest = max(order, key=lambda d: sizes[d])
    order.remove(largest)
    held: dict[str, Split] = {}
    for name in ("valid", "test"):
        want = HELD * len(pairs)
        has_any = False
        while fitting := [d for d in order if d not in held]:
            best = min(fitting, key=lambda d: abs(sizes[d] - want))
            if has_any and abs(want - sizes[best]) >= abs(want):
                break
            held[best] = name
            has_any = True
            want -= sizes[best]
            if name == "valid" and len(order) - len(held) <= 1:
                break  # the last one is for test
    return {p.anchor: held.get(p.document, "train") for p in pairs}


def by_region(pairs: Sequence[Pair]) -> dict[str, Split]:
    """Cut the corpus into contiguous regions: the last tenth is test, the tenth before it valid."""
    anchors = list(dict.fromkeys(p.anchor for p in sorted(pairs, key=lambda p: (p.document, p.position))))
    held = max(1, round(HELD * len(anchors)))
    first = len(anchors) - 2 * held
    return {a: "train" if i < first else "valid" if i < first + held else "test" for i, a in enumerate(anchors)}
