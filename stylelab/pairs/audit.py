"""What a dataset is made of, and what looks wrong with it.

In: pairs. Out: shares and warnings. Next room: jobs. Source: METHOD §3 (76% of one category "is a pipeline bug").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from stylelab.pairs.pair import Pair

IMBALANCE = 0.76
FEW = 100  # training pairs below which a style is hardly learned


def shares(pairs: Sequence[Pair]) -> dict[str, dict[str, float]]:
    """Return the share of each kind, content type and document among the pairs; each column sums to 1."""
    total = len(pairs)
    columns = {
        "kind": Counter(p.kind for p in pairs),
        "content": Counter(p.content for p in pairs),
        "document": Counter(p.document for p in pairs),
    }
    return {name: {k: n / total for k, n in sorted(counts.items())} for name, counts in columns.items()}


def warnings(of: Mapping[str, Mapping[str, float]], train: int) -> list[str]:
    """Return what a user should know before training, in sentences."""
    out: list[str] = []
    for column in ("kind", "document"):
        for name, share in of[column].items():
            if len(of[column]) > 1 and share >= IMBALANCE:
                out.append(
                    f"{share:.0%} of the pairs are of {column} {name}: more like a fault of the data than a choice."
                )
    if train < FEW:
        out.append(f"{train} training pairs are few: a style needs hundreds.")
    return out


def bleed_summary(pairs: Sequence[Pair]) -> dict[str, float]:
    """Return how much of the completions' distinctive words the inputs give away: quartiles, and the share below 0.5."""
    values = sorted(p.bleed for p in pairs)
    at = [values[min(len(values) - 1, int(q * len(values)))] for q in (0.25, 0.5, 0.75)]
    return {"q25": at[0], "median": at[1], "q75": at[2], "below_half": sum(v < 0.5 for v in values) / len(values)}
