"""What a corpus is like, in figures that add up over passages and documents, as records and as Markdown.

In: passages and their scenes. Out: Profile. Next rooms: the report, the window's charts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from stylelab.corpus import scene
from stylelab.corpus.layout import WORD, count_words
from stylelab.corpus.passage import Passage
from stylelab.corpus.scene import Scene
from stylelab.language import detect, sentences

WORD_BINS = (60, 80, 100, 150, 200, 300, 450, 700)  # lower edges of the sizes of passages, in words
SENTENCE_BINS = (1, 6, 11, 16, 21, 31, 41, 61)  # lower edges of the lengths of sentences, in words
FINGERPRINT = 40  # function words named in the report


@dataclass(frozen=True)
class Profile:
    """Counts over some passages; the sum of two profiles is the profile of both.

    Args:
        sizes: Passages by lower edge of their words.
        kinds, persons, tenses: Passages by scene kind, point of view and tense.
        sentence_lengths: Sentences by lower edge of their words.
        whole: Passages that begin and end with a sentence.
        function_words: How often each occurs.
    """

    passages: int = 0
    words: int = 0
    tokens: int = 0
    spoken: int = 0
    sentences: int = 0
    whole: int = 0
    sizes: Counter[int] = field(default_factory=Counter[int])
    kinds: Counter[str] = field(default_factory=Counter[str])
    persons: Counter[str] = field(default_factory=Counter[str])
    tenses: Counter[str] = field(default_factory=Counter[str])
    sentence_lengths: Counter[int] = field(default_factory=Counter[int])
    function_words: Counter[str] = field(default_factory=Counter[str])

    def __add__(self, other: Profile) -> Profile:
        return Profile(
            *(a + b for a, b in zip(self.list_values(), other.list_values(), strict=True)),
        )

    def list_values(self) -> list[Any]:
        """Return the fields' values in their order."""
        return [getattr(self, name) for name in self.__dataclass_fields__]

    def dump(self) -> dict[str, Any]:
        """Return the profile as JSON takes it."""
        return dict(zip(self.__dataclass_fields__, self.list_values(), strict=True))

    @classmethod
    def load(cls, value: Mapping[str, Any]) -> Profile:
        """Return the profile of what `dump` gave, after JSON made its keys strings."""
        read: dict[str, Any] = {}
        for name, count in value.items():
            if name in ("sizes", "sentence_lengths"):
                read[name] = Counter({int(edge): n for edge, n in count.items()})
            else:
                read[name] = Counter[str](cast("dict[str, int]", count)) if isinstance(count, dict) else count
        return cls(**read)

    def compute_shares(self) -> dict[str, Any]:
        """Return what people read: shares and means; missing (None) where nothing was counted."""
        total = sum(self.function_words.values())

        def share(counts: Counter[str], names: Iterable[str]) -> dict[str, float | None]:
            return {name: divide(counts[name], self.passages) for name in names}

        return {
            "words_per_passage": divide(self.words, self.passages),
            "words_per_sentence": divide(self.words, self.sentences),
            "tokens_per_word": divide(self.tokens, self.words),
            "dialogue": divide(self.spoken, self.words),
            "whole_sentences": divide(self.whole, self.passages),
            "scenes": share(self.kinds, scene.KINDS),
            "person": share(self.persons, ("first", "second", "third", "none")),
            "tense": share(self.tenses, ("past", "present", "mixed", "unknown")),
            "function_words_per_1000": {
                word: round(1000 * n / self.words, 2) for word, n in self.function_words.most_common(FINGERPRINT)
            },
            "function_words": divide(total, self.words),
        }


def divide(part: float, whole: float) -> float | None:
    """Return a rounded quotient, None for nothing out of nothing."""
    return round(part / whole, 4) if whole else None


def build_profile(passages: Iterable[tuple[Passage, Scene]], language: str) -> Profile:
    """Return the profile of a document's passages.

    Args:
        language: ISO 639-1; the fingerprint knows English and German function words.
    """
    known = detect.load_function_words(language)
    out = Profile()
    words = tokens = spoken = whole = count = number = 0
    for passage, seen in passages:
        number += 1
        words += passage.words
        tokens += passage.tokens
        spoken += seen.spoken
        out.sizes[find_bin_edge(passage.words, WORD_BINS)] += 1
        out.kinds[seen.kind] += 1
        out.persons[seen.person] += 1
        out.tenses[seen.tense] += 1
        parts = [s for p in passage.text.split("\n\n") for s in sentences.split(p)]
        lengths = [n for n in map(count_words, parts) if n]
        count += len(lengths)
        out.sentence_lengths.update(find_bin_edge(n, SENTENCE_BINS) for n in lengths)
        whole += is_whole(passage.text)
        out.function_words.update(w for w in WORD.findall(passage.text.lower()) if w in known)
    counted = (number, words, tokens, spoken, count, whole)
    return Profile(*counted, out.sizes, out.kinds, out.persons, out.tenses, out.sentence_lengths, out.function_words)


def find_bin_edge(value: int, edges: tuple[int, ...]) -> int:
    """Return the lower edge of the bin that a value falls in; 0 below the first."""
    return max((e for e in edges if e <= value), default=0)


def is_whole(text: str) -> bool:
    """Return whether a passage begins and ends with a sentence."""
    first = next((c for c in text if c.isalnum()), "a")
    return not first.islower() and text.rstrip("\"'”’»«“‘)]_* \n")[-1:] in (".", "!", "?", "…", "—", "-", ":")


def render_markdown(total: Profile, title: str) -> str:
    """Return a profile as Markdown tables."""
    told = total.compute_shares()

    def percent(value: float | None) -> str:
        return "–" if value is None else f"{100 * value:.1f}%"

    def rows(name: str, shares: Mapping[str, float | None]) -> list[str]:
        return [f"| {name}: {key} | {percent(value)} |" for key, value in shares.items()]

    def bins(counts: Counter[int], edges: tuple[int, ...], what: str) -> list[str]:
        whole = sum(counts.values())
        return [
            f"| {what}, {f'from {low}' if low else f'below {edges[0]}'} words | {percent(divide(counts[low], whole))} |"
            for low in (0, *edges)
            if counts[low]
        ]

    lines = [
        f"## {title}",
        "",
        "| figure | value |",
        "|---|---|",
        f"| passages | {total.passages:,} |",
        f"| words | {total.words:,} |",
        f"| tokens | {total.tokens:,} |",
        f"| words per passage | {told['words_per_passage'] or '–'} |",
        f"| words per sentence | {told['words_per_sentence'] or '–'} |",
        f"| words in dialogue | {percent(told['dialogue'])} |",
        f"| passages of whole sentences | {percent(told['whole_sentences'])} |",
        *rows("scene", told["scenes"]),
        *rows("person", told["person"]),
        *rows("tense", told["tense"]),
        *bins(total.sizes, WORD_BINS, "passages"),
        *bins(total.sentence_lengths, SENTENCE_BINS, "sentences"),
        "",
        "Function words per 1,000: "
        + ", ".join(f"{word} {n}" for word, n in list(told["function_words_per_1000"].items())[:20])
        + ".",
        "",
    ]
    return "\n".join(lines)
