"""Drafts for a project: those that are kept are not made again; the rest is made here, in processes where they pay.

In: works, a plan, a store. Out: drafts by key. Next: the jobs of pairs and writing.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait

from stylelab.errors import PairsError
from stylelab.jobs.core.context import Context
from stylelab.language import lexicon, pipeline
from stylelab.pairs.draft import Drafter, Means, Work, lasting
from stylelab.pairs.pair import Draft
from stylelab.pairs.reading import Reading
from stylelab.pairs.rewriters import Rewriter, RulesRewriter
from stylelab.project.store import Store

CHUNK_ANCHORS_MODEL = 2  # a stopped run loses at most one batch of a model's rewrites
CHUNK_ANCHORS = 8  # the same whatever the number of processes, so that batches are the same too
WORDS_PER_PROCESS = 20_000  # below which a process takes longer to start than it saves


@dataclass(frozen=True)
class Kit:
    """What a process needs to draft by rules, small enough to send."""

    pipeline: str
    means: Means


def reading(name: str) -> Reading:
    """Return a reading of a pipeline by its name."""
    return Reading(pipeline.load(name))


def by_rules(kit: Kit) -> Drafter:
    """Return a drafter that needs no model."""
    own, lists = reading(kit.pipeline), lexicon.load()
    return Drafter(own, RulesRewriter(own, lists), lists, kit.means)


def make_all(
    context: Context,
    store: Store,
    groups: Sequence[Sequence[Work]],
    kit: Kit,
    *,
    by_model: Callable[[Sequence[Work], Reading], Rewriter] | None = None,
    processes: int | None = None,
) -> dict[str, Draft]:
    """Return the drafts of all works, and keep them as they come: a stopped run goes on after its last chunk.

    Args:
        groups: The works of each anchor.
        by_model: Makes the rewriter when there is work for it; by rules if not given.
        processes: How many work at once; by the size of the work if not given. With a model it is one.

    Raises:
        PairsError: A process was killed, or what `by_model` raises.
    """
    keys = {kit.means.key(work) for group in groups for work in group}
    drafts = store.dataset.drafts(sorted(keys))
    missing = [[w for w in dict.fromkeys(group) if kit.means.key(w) not in drafts] for group in groups]
    missing = [group for group in missing if group]
    size = CHUNK_ANCHORS if by_model is None else CHUNK_ANCHORS_MODEL
    chunks = [[work for group in missing[at : at + size] for work in group] for at in range(0, len(missing), size)]
    works = [work for chunk in chunks for work in chunk]
    if by_model is not None:
        processes = 1
    elif processes is None:
        words = sum(len(work.text.split()) for work in works)
        processes = max(1, min(os.cpu_count() or 1, words // WORDS_PER_PROCESS))
    done = 0
    with results(chunks, works, kit, by_model, processes) as made:
        for own in made:
            with store.transaction():
                store.dataset.put_drafts([draft for draft in own if lasting(draft)])
            drafts.update((draft.key, draft) for draft in own)
            done = min(done + size, len(missing))
            context.progress(done, len(missing), "passages")
    return drafts


@contextmanager
def results(
    chunks: Sequence[Sequence[Work]],
    works: Sequence[Work],
    kit: Kit,
    by_model: Callable[[Sequence[Work], Reading], Rewriter] | None,
    processes: int,
) -> Generator[Iterable[list[Draft]]]:
    """Yield the chunks' drafts, in order, as they are made."""
    if not chunks:
        yield ()
        return
    if processes == 1 or len(chunks) == 1:
        own, lists = reading(kit.pipeline), lexicon.load()
        rewriter = RulesRewriter(own, lists) if by_model is None else by_model(works, own)
        drafter = Drafter(own, rewriter, lists, kit.means)
        yield (drafter.draft(chunk) for chunk in chunks)
        return
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=spawn, initializer=start, initargs=(kit,))
    try:
        yield pool.map(draft, chunks)
    except BrokenProcessPool as error:
        raise PairsError(
            "A process that was rewriting ended without a word; the system most likely ran out of memory.",
            remedy="What was done is kept. Go on with fewer: stylelab pairs make --processes 1",
            code="drafting_killed",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_drafters: list[Drafter] = []  # of this process


def start(kit: Kit) -> None:
    """Make this process ready to draft, and end it when the one that started it is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()
    _drafters[:] = [by_rules(kit)]


def draft(works: Sequence[Work]) -> list[Draft]:
    """Return the drafts of a chunk, in a process of the pool."""
    return _drafters[0].draft(works)


def _leave_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(0)
