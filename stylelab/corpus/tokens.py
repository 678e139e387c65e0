"""Whether a base's tokenizer suits a corpus: exact round trip, tokens per word, what it cuts worst, what hides in it.

In: passages and a tokenizer. Out: TokenizerHealth. Next: the report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from stylelab.corpus.layout import WORD
from stylelab.corpus.profile import divide

LONGEST = 20  # words named in the list of the worst cut
PIECES = 3  # tokens from which a word counts as badly cut
SOME = 3  # times a word must occur to be named
BATCH = 256  # passages encoded at once


class TextTokenizer(Protocol):
    """What the corpus room asks of a tokenizer."""

    def encode(self, texts: Sequence[str]) -> list[list[int]]: ...
    def decode(self, tokens: Sequence[int]) -> str: ...
    def list_special_tokens(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Cut:
    """A word that the tokenizer cuts into many pieces."""

    word: str
    times: int
    tokens: int


@dataclass(frozen=True)
class TokenizerHealth:
    """How a tokenizer treats a corpus.

    Args:
        broken: Ids of passages that encoding and decoding change.
        specials: Special tokens that stand in the text as plain characters, with their number.
        worst: Words cut in three tokens or more, the costliest first.
    """

    passages: int
    words: int
    tokens: int
    broken: tuple[str, ...]
    specials: dict[str, int]
    worst: tuple[Cut, ...]

    @property
    def tokens_per_word(self) -> float | None:
        return divide(self.tokens, self.words)

    def describe(self) -> list[str]:
        """Return the findings in sentences."""
        out = [
            f"{self.passages:,} passages: {self.words:,} words are {self.tokens:,} tokens ({self.tokens_per_word} a word)."
        ]
        if self.broken:
            out.append(f"{len(self.broken):,} passages do not come back unchanged, the first is {self.broken[0]}.")
        else:
            out.append("Every passage comes back unchanged, character for character.")
        for name, times in self.specials.items():
            out.append(
                f"The special token {name} stands in the text {times} times: take it out, or training ends there."
            )
        if self.worst:
            out.append(
                "Cut worst: "
                + ", ".join(f"{c.word} ({c.tokens} tokens, {c.times} times)" for c in self.worst[:8])
                + "."
            )
        return out


def measure_health(passages: Iterable[tuple[str, str]], tokenizer: TextTokenizer) -> TokenizerHealth:
    """Return how a tokenizer treats passages.

    Args:
        passages: (id, text), read in batches.
    """
    marks = [s for s in tokenizer.list_special_tokens() if s]
    found = Counter[str]()
    times = Counter[str]()
    broken: list[str] = []
    count = words = total = 0
    for batch in _batches(passages):
        for (name, text), ids in zip(batch, tokenizer.encode([t for _, t in batch]), strict=True):
            count += 1
            total += len(ids)
            if tokenizer.decode(ids) != text:
                broken.append(name)
            for mark in marks:
                if mark in text:
                    found[mark] += text.count(mark)
            inside = WORD.findall(text)
            words += len(inside)
            times.update(inside)
    return TokenizerHealth(count, words, total, tuple(broken), dict(found), find_worst_cut(times, tokenizer))


def find_worst_cut(times: Counter[str], tokenizer: TextTokenizer) -> tuple[Cut, ...]:
    """Return the words whose cutting costs most: cut in three or more, by tokens beyond one, times occurrences."""
    names = [w for w, n in times.items() if n >= SOME]
    lengths = [len(ids) for ids in tokenizer.encode([f" {w}" for w in names])] if names else []
    cuts = [Cut(w, times[w], n) for w, n in zip(names, lengths, strict=True)]
    cuts = sorted((c for c in cuts if c.tokens >= PIECES), key=lambda c: (-(c.tokens - 1) * c.times, c.word))
    return tuple(cuts[:LONGEST])


def _batches(passages: Iterable[tuple[str, str]]) -> Iterable[list[tuple[str, str]]]:
    batch: list[tuple[str, str]] = []
    for one in passages:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
