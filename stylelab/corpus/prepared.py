"""One document through the whole room: cleaned, cut, looked at, counted.

In: a Document, what was decided about it, the plan. Out: PreparedDocument. Next: the corpus job, which stores it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stylelab.corpus import near_duplicates, scene
from stylelab.corpus.clean import clean
from stylelab.corpus.decision import Decision, apply_decisions
from stylelab.corpus.document import Cleaned, Document
from stylelab.corpus.passage import Count, CutDocument, cut, estimate_tokens
from stylelab.corpus.plan import CorpusPlan
from stylelab.corpus.profile import Profile, build_profile
from stylelab.corpus.scene import SceneKind


@dataclass(frozen=True)
class PreparedDocument:
    """A document and all that became of it.

    Args:
        kinds: The kept passages' kinds of scene, in their order.
        signatures: Their MinHash signatures, in their order.
        lost: Decisions whose stretch is in the text no more.
    """

    cleaned: Cleaned
    passages: CutDocument
    kinds: tuple[SceneKind, ...]
    signatures: tuple[bytes, ...]
    profile: Profile
    lost: tuple[Decision, ...] = ()


def prepare(
    document: Document, plan: CorpusPlan, count: Count = estimate_tokens, decisions: Iterable[Decision] = ()
) -> PreparedDocument:
    """Clean and cut a document, and look at its passages.

    Args:
        count: Tokens of each of some texts, in the base's tokenizer.
    """
    decided, lost = apply_decisions(decisions, document.text)
    cleaned = clean(document, decided)
    passages = cut(cleaned, plan, count)
    scenes = [scene.analyse_scene(p.text, passages.language) for p in passages.kept]
    return PreparedDocument(
        cleaned,
        passages,
        tuple(s.kind for s in scenes),
        tuple(near_duplicates.compute_signatures(p.text for p in passages.kept)),
        build_profile(zip(passages.kept, scenes, strict=True), passages.language),
        tuple(lost),
    )
