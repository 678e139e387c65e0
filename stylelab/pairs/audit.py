"""Audit a dataset: count what it is made of, warn of what looks wrong, and find text that two splits share.

In: pairs. Out: shares, warnings, leaks. Next room: jobs. Source: METHOD §3 (76% of one category "is a pipeline bug").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stylelab.notes import Note
from stylelab.pairs.facts import split_words
from stylelab.pairs.pair import SPLITS, Pair, Split

IMBALANCE = 0.76
FEW = 100  # training pairs below which a style is hardly learned
GRAM = 8  # words
REPEATED = 0.02  # share of held-out 8-grams that the author's own repetition may put into the training text


@dataclass(frozen=True)
class Leak:
    """The eight-word sequences of a held-out split that are also in the training split.

    Args:
        split: valid or test.
        grams: Different 8-word sequences in its completions.
        repeated: Those that the author wrote in a training passage too.
        leaked: Those that are in a training completion for no such reason: a fault of the split.
    """

    split: Split
    grams: int
    repeated: int
    leaked: int

    def dump(self) -> dict[str, object]:
        """Return the leak under the keys of `pairs report`."""
        return {"split": self.split, "grams": self.grams, "repeated": self.repeated, "leaked": self.leaked}


def compute_shares(pairs: Sequence[Pair], names: Mapping[str, str] | None = None) -> dict[str, dict[str, float]]:
    """Return the share of each kind, variant, perspective, content type and document among the pairs, and of each value
    of every category field; each column sums to 1.

    Args:
        names: What documents are called, by id; an id stands for itself where it has none.
    """
    total = len(pairs)
    columns: dict[str, Counter[str]] = {
        "kind": Counter(p.kind for p in pairs),
        "variant": Counter(p.variant for p in pairs),
        "perspective": Counter(p.perspective or "as_written" for p in pairs),
        "content": Counter(p.content for p in pairs),
        "document": Counter((names or {}).get(p.document, p.document) for p in pairs),
    }
    for field in sorted({name for p in pairs for name in p.category}):
        columns[field if field not in columns else f"{field} (given)"] = Counter(
            p.category.get(field, "(none)") for p in pairs
        )
    return {name: {k: n / total for k, n in sorted(counts.items())} for name, counts in columns.items()}


def list_warnings(columns: Mapping[str, Mapping[str, float]], train: int, leaks: Sequence[Leak] = ()) -> list[str]:
    """Return what a user should know before training, in sentences."""
    out: list[str] = []
    for column, own in columns.items():
        if column in ("variant", "perspective", "content"):
            continue  # most pairs are neutral and as written by plan, and an author may be all narrative
        for name, share in own.items():
            if len(own) > 1 and share >= IMBALANCE:
                out.append(
                    Note(
                        "{share}% of the pairs are of {column} {name}: more like a fault of the data than a choice.",
                        share=round(100 * share),
                        column=column,
                        name=name,
                    )
                )
    if train < FEW:
        out.append(Note("{count} training pairs are few: a style needs hundreds.", count=train))
    for leak in leaks:
        if leak.leaked:
            out.append(
                Note(
                    "{count} of {all} eight-word sequences of {split} are in the training pairs and not by the author's "
                    "repetition: the split leaks.",
                    count=leak.leaked,
                    all=leak.grams,
                    split=leak.split,
                )
            )
        elif leak.grams and leak.repeated > REPEATED * leak.grams:
            out.append(
                Note(
                    "{share}% of {split} repeats training passages word for word: is a text there twice?",
                    share=f"{100 * leak.repeated / leak.grams:.1f}",
                    split=leak.split,
                )
            )
    return out


def collect_ngrams(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """Return the different 8-word sequences of some texts."""
    out: set[tuple[str, ...]] = set()
    for text in texts:
        own = split_words(text)
        out.update(tuple(own[i : i + GRAM]) for i in range(len(own) - GRAM + 1))
    return out


def find_leaks(splits: Mapping[Split, Sequence[Pair]], anchors: Mapping[str, str]) -> tuple[Leak, ...]:
    """Return the sequences that valid and test share with train.

    Args:
        anchors: The author's text by anchor id: what two splits' anchors share is the author's own repetition.
    """
    in_train = {p.anchor for p in splits["train"]}
    trained = collect_ngrams(p.completion for p in splits["train"] if p.perspective is None)
    trained_anchors = collect_ngrams(anchors[a] for a in in_train)
    out: list[Leak] = []
    for name in SPLITS[1:]:
        # A turned text repeats what its author repeated, in other words; the author's own say it without doubt.
        held = collect_ngrams(p.completion for p in splits[name] if p.perspective is None or p.anchor in in_train)
        own = collect_ngrams(anchors[a] for a in {p.anchor for p in splits[name]} - in_train)
        shared = held & trained
        repeated = shared & own & trained_anchors
        out.append(Leak(name, len(held), len(repeated), len(shared) - len(repeated)))
    return tuple(out)


def summarise_bleed(pairs: Sequence[Pair]) -> dict[str, float]:
    """Return the quartiles of the pairs' lexical bleed, and the share of pairs below 0.5."""
    values = sorted(p.bleed for p in pairs)
    at = [values[min(len(values) - 1, int(q * len(values)))] for q in (0.25, 0.5, 0.75)]
    return {"q25": at[0], "median": at[1], "q75": at[2], "below_half": sum(v < 0.5 for v in values) / len(values)}
