"""Drafts by rules for a project: those that are kept are not made again; the rest is made here, in processes where they pay.

In: requests, a setup, a store. Out: drafts by key. Next: the job of pairs. By a model they are made in
model_drafting.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait

from stylelab.errors import PairsError
from stylelab.jobs.core.context import Context
from stylelab.pairs.draft import Drafter, DraftRequest, DraftTools, may_keep
from stylelab.pairs.pair import Draft
from stylelab.pairs.rewriters import load_text_tools
from stylelab.project.store import Store

CHUNK_ANCHORS = 8  # the same whatever the number of processes, so that batches are the same too
WORDS_PER_PROCESS = 20_000  # below which a process takes longer to start than it saves


@dataclass(frozen=True)
class DraftSetup:
    """What a process needs to draft by rules, small enough to send."""

    pipeline: str
    tools: DraftTools


def build_drafter(setup: DraftSetup) -> Drafter:
    """Return a drafter by rules."""
    return Drafter(load_text_tools(setup.pipeline), setup.tools)


def make_drafts(
    context: Context,
    store: Store,
    groups: Sequence[Sequence[DraftRequest]],
    setup: DraftSetup,
    *,
    processes: int | None = None,
) -> dict[str, Draft]:
    """Return the drafts of all requests, and keep them as they come: a stopped run goes on after its last chunk.

    Args:
        groups: The requests of each anchor.
        processes: How many work at once; by the size of the work if not given.

    Raises:
        PairsError: A process was killed.
    """
    key = setup.tools.compute_key
    drafts = store.dataset.load_drafts(sorted({key(request) for group in groups for request in group}))
    missing = [[r for r in dict.fromkeys(group) if key(r) not in drafts] for group in groups]
    missing = [group for group in missing if group]
    chunks = [
        [r for group in missing[at : at + CHUNK_ANCHORS] for r in group] for at in range(0, len(missing), CHUNK_ANCHORS)
    ]
    requests = [r for chunk in chunks for r in chunk]
    if processes is None:
        words = sum(len(r.text.split()) for r in requests)
        processes = max(1, min(os.cpu_count() or 1, words // WORDS_PER_PROCESS))
    done = 0
    with draft_chunks(chunks, setup, processes) as drafted:
        for chunk in drafted:
            with store.transaction():
                store.dataset.put_drafts([draft for draft in chunk if may_keep(draft)])
            drafts.update((draft.key, draft) for draft in chunk)
            done = min(done + CHUNK_ANCHORS, len(missing))
            context.progress(done, len(missing), "passages")
    return drafts


@contextmanager
def draft_chunks(
    chunks: Sequence[Sequence[DraftRequest]],
    setup: DraftSetup,
    processes: int,
) -> Generator[Iterable[list[Draft]]]:
    """Yield the chunks' drafts, in order, as they are made."""
    if not chunks:
        yield ()
        return
    if processes == 1 or len(chunks) == 1:
        drafter = build_drafter(setup)
        yield (drafter.draft(chunk) for chunk in chunks)
        return
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=spawn, initializer=start_process, initargs=(setup,))
    try:
        yield pool.map(draft_chunk, chunks)
    except BrokenProcessPool as error:
        raise PairsError(
            "A process that was rewriting ended without a word; the system most likely ran out of memory.",
            remedy="What was done is kept. Go on with fewer: stylelab pairs make --processes 1",
            code="drafting_killed",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_drafters: list[Drafter] = []  # of this process


def start_process(setup: DraftSetup) -> None:
    """Make this process ready to draft, and end it when the one that started it is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()
    _drafters[:] = [build_drafter(setup)]


def draft_chunk(requests: Sequence[DraftRequest]) -> list[Draft]:
    """Return the drafts of a chunk, in a process of the pool."""
    return _drafters[0].draft(requests)


def _leave_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(0)
