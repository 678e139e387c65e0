"""Passages: whole paragraphs of one scene, long enough to carry a style, each knowing where it stood.

In: Cleaned. Out: passages and rejections; every kept paragraph is in one or the other. Next rooms: near, choose, pairs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from stylelab.corpus import layout
from stylelab.corpus.clean import MANUAL, RULES
from stylelab.corpus.document import Cleaned
from stylelab.corpus.layout import ENDED, WORD, Setting, count_words
from stylelab.corpus.plan import CorpusPlan
from stylelab.language import detect
from stylelab.language.languages import find_words

Count = Callable[[Sequence[str]], Sequence[int]]
STRANGE = re.compile(r"[^\w\s.,;:!?'\"()\-–—’‘“”„«»‹›*…&/\[\]]")
SPECIAL, REPEATED, OFTEN, SENTENCES = 0.10, 0.15, 5, 2  # METHOD §1, the rejection list
COMPLETE = re.compile(r"[.!?…][\"”“’‘')_»«]*(?=\s|$)")
UNENDED_LINES = 0.6  # share of short lines without a sentence's end from which a passage is verse or a list
TABLE_CELLS = re.compile(r"\t|\S {3,}\S|\|.*\|")


@dataclass(frozen=True)
class Passage:
    """One or more whole paragraphs, unwrapped, separated by blank lines.

    Args:
        id: Document id and position.
        document: Document id.
        position: Ordinal in the document, rejected passages counted; neighbours in a scene differ by one.
        tokens: In the base's tokenizer.
        scene: Ordinal of its scene in the document.
    """

    id: str
    document: str
    position: int
    text: str
    words: int
    tokens: int = 0
    scene: int = 0


@dataclass(frozen=True)
class Rejection:
    """Text that is no passage, and why."""

    document: str
    position: int
    reason: str
    text: str


@dataclass(frozen=True)
class Passages:
    """What became of a document's paragraphs."""

    paragraphs: int
    kept: tuple[Passage, ...]
    rejected: tuple[Rejection, ...]
    language: str


def estimate(texts: Sequence[str]) -> list[int]:
    """Return about how many tokens texts have, where no tokenizer is at hand: 4 per 3 words."""
    return [-(-4 * count_words(t) // 3) for t in texts]


def scenes(cleaned: Cleaned) -> list[str]:
    """Return the kept text, cut where a heading, a break or a section was removed."""
    text, out, at = cleaned.document.text, [""], 0
    for removal in cleaned.removals:
        out[-1] += text[at : removal.start]
        at = removal.end
        if (removal.rule in RULES and RULES[removal.rule].ends_scene) or removal.rule == MANUAL:
            out.append("")
    out[-1] += text[at:]
    return [scene for scene in out if scene.strip()]


def paragraphs(scene: str, how: Setting) -> list[str]:
    """Return a scene's paragraphs with hard line breaks unwrapped; what a removed page broke is joined again."""
    out: list[str] = []
    for start, end in layout.spans(scene, how):
        text = re.sub(r"\s+", " ", scene[start:end]).strip()
        if not WORD.search(text):
            continue
        if out and text[0].islower() and (out[-1][-1].isalpha() or out[-1][-1] in ",-"):
            out[-1] = out[-1] + " " + text
        else:
            out.append(text)
    return out


def cut(cleaned: Cleaned, plan: CorpusPlan, count: Count = estimate) -> Passages:
    """Cut a cleaned document into passages.

    Args:
        plan: Shortest and longest passage. Longer ones are rejected, never cut.
        count: Tokens of each of some texts.
    """
    kept: list[Passage] = []
    rejected: list[Rejection] = []
    total = 0
    owner = cleaned.document.id
    how = layout.setting(cleaned.document.text)
    cuts = [paragraphs(scene, how) for scene in scenes(cleaned)]
    language = detect.detect("\n".join(p for inside in cuts for p in inside)) if cuts else ""
    groups: list[tuple[int, str, int]] = []
    for number, inside in enumerate(cuts):
        total += len(inside)
        lengths = list(count(inside)) if inside else []
        groups += [(number, text, tokens) for text, tokens in joined(inside, lengths, plan)]
    for position, (scene, text, tokens) in enumerate(groups):
        reason = reject(text, tokens, plan, language)
        if reason is None:
            kept.append(Passage(f"{owner}-{position:05d}", owner, position, text, count_words(text), tokens, scene))
        else:
            rejected.append(Rejection(owner, position, reason, text))
    return Passages(total, tuple(kept), tuple(rejected), language)


def joined(inside: Sequence[str], tokens: Sequence[int], plan: CorpusPlan) -> Iterator[tuple[str, int]]:
    """Yield a scene's paragraphs with their tokens, short ones joined with what follows, a short rest with what went before."""
    done: list[list[int]] = []
    current: list[int] = []
    words = [count_words(p) for p in inside]

    def size(group: Sequence[int]) -> int:
        return sum(tokens[i] for i in group) + 2 * len(group)  # and the blank lines between

    for i in range(len(inside)):
        if current and size([*current, i]) > plan.longest:
            done.append(current)
            current = []
        current.append(i)
        if sum(words[j] for j in current) >= plan.min_words:
            done.append(current)
            current = []
    if current:
        if done and done[-1][-1] + 1 == current[0] and size(done[-1] + current) <= plan.longest:
            done[-1] += current
        else:
            done.append(current)
    for group in done:
        yield "\n\n".join(inside[i] for i in group), size(group)


def reject(text: str, tokens: int, plan: CorpusPlan, language: str) -> str | None:
    """Return why a text is no passage, or None.

    **Source:** METHOD §1, the rejection list; function words repeat by nature ("the" is 15% of much good prose) and do
    not count as repetition.
    """
    words = [w.lower() for w in WORD.findall(text)]
    if len(words) < plan.min_words:
        return "too_short"
    if tokens > plan.longest:
        return "too_long"
    if len(STRANGE.findall(text)) > SPECIAL * len(text):
        return "special_characters"
    lines = text.split("\n\n")
    if len(lines) > 3:
        unended = sum(1 for line in lines if not ENDED.search(line) and len(line) < 70)
        if unended > UNENDED_LINES * len(lines):
            return "table" if TABLE_CELLS.search(text) else "verse"
    free = find_words(language).function_words()
    most = max(Counter(w for w in words if w not in free).values(), default=0)
    if most > OFTEN and most > REPEATED * len(words):
        return "repetition"
    if len(COMPLETE.findall(text)) < SENTENCES:
        return "few_sentences"
    if detect.is_foreign(words, text, language):
        return "foreign_language"
    return None
