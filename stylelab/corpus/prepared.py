"""One document through the whole room: cleaned, cut, looked at, counted.

In: a Document, what was decided about it, the plan. Out: Prepared. Next: the corpus job, which stores it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stylelab.corpus import near_duplicates, scene
from stylelab.corpus.clean import clean
from stylelab.corpus.decision import Decision, standing
from stylelab.corpus.document import Cleaned, Document
from stylelab.corpus.passage import Count, Passages, cut, estimate
from stylelab.corpus.plan import CorpusPlan
from stylelab.corpus.profile import Profile, profile
from stylelab.corpus.scene import Kind


@dataclass(frozen=True)
class Prepared:
    """A document and all that became of it.

    Args:
        kinds: The kept passages' kinds of scene, in their order.
        signatures: Their MinHash signatures, in their order.
        lost: Decisions whose stretch is in the text no more.
    """

    cleaned: Cleaned
    passages: Passages
    kinds: tuple[Kind, ...]
    signatures: tuple[bytes, ...]
    profile: Profile
    lost: tuple[Decision, ...] = ()


def prepare(
    document: Document, plan: CorpusPlan, count: Count = estimate, decisions: Iterable[Decision] = ()
) -> Prepared:
    """Clean and cut a document, and look at its passages.

    Args:
        count: Tokens of each of some texts, in the base's tokenizer.
    """
    decided, lost = standing(decisions, document.text)
    cleaned = clean(document, decided)
    passages = cut(cleaned, plan, count)
    scenes = [scene.look(p.text, passages.language) for p in passages.kept]
    return Prepared(
        cleaned,
        passages,
        tuple(s.kind for s in scenes),
        tuple(near_duplicates.signatures(p.text for p in passages.kept)),
        profile(zip(passages.kept, scenes, strict=True), passages.language),
        tuple(lost),
    )
