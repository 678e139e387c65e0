"""The restore job: what a person decides about one document's cleaning, and what becomes of it then.

In: a document, and stretches or rules. Out: what is removed now. The decision stays for every later cleaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stylelab.corpus.clean import MANUAL, RULES
from stylelab.corpus.decision import Decision
from stylelab.corpus.document import Document
from stylelab.errors import CorpusError
from stylelab.jobs.core.context import Context
from stylelab.jobs.run.corpus import Bench, settle
from stylelab.project.project import open_project

Spans = Sequence[Sequence[int]]


def run(
    context: Context,
    project: str,
    document: str,
    restore: Spans = (),
    remove: Spans = (),
    rules_off: Sequence[str] = (),
    rules_on: Sequence[str] = (),
    forget: Spans = (),
) -> dict[str, Any]:
    """Decide about a document and clean it anew.

    Args:
        document: Id or name.
        restore: Stretches (start, end) of its text that no rule may take.
        remove: Stretches that go although no rule finds them.
        rules_off, rules_on: Rules that stop or begin again to run on it.
        forget: Stretches decided about that are left to the rules again.

    Raises:
        CorpusError: No such document, rule or stretch.
    """
    own = open_project(Path(project))
    with own.lock(), own.store() as store:
        bench = Bench.of(own, store)
        rows = store.corpus
        row = rows.find(document)
        source = rows.document(row.id)
        before = len(rows.removals(row.id))
        decided = decide(source, rows.decisions(row.id), restore, remove, (set(rules_off), set(rules_on)), forget)
        context.phase("clean, cut")
        with store.transaction():
            rows.put_decisions(row.id, decided)
        for warning in bench.take(source, row.file, row.chapters):
            context.warn(warning)
        settle(context, bench)
        now = rows.find(row.id)
        return {
            "document": now.path,
            "removals_before": before,
            "removals": len(rows.removals(row.id)),
            "words_removed": now.words_removed,
            "passages": now.passages,
            "decisions": len(decided),
        }


def decide(
    document: Document,
    known: Sequence[Decision],
    restore: Spans,
    remove: Spans,
    rules: tuple[set[str], set[str]],
    forget: Spans,
) -> list[Decision]:
    """Return what holds about a document when new decisions come to the known ones; the newer one wins.

    Args:
        rules: Those that stop and those that begin again to run.

    Raises:
        CorpusError: No such rule or stretch.
    """
    off, on = rules
    for rule in sorted(off | on):
        if rule not in RULES:
            raise CorpusError(f"There is no rule '{rule}'.", remedy=f"Rules: {', '.join(RULES)}.", code="rule_unknown")
    spans = [(a, b) for a, b in (*restore, *remove, *forget)]
    for start, end in spans:
        if not 0 <= start < end <= len(document.text):
            raise CorpusError(
                f"{document.name} has no text from {start} to {end}.",
                remedy="See the places with 'stylelab corpus removals'.",
                code="span_unknown",
            )
    off = {d.rule for d in known if d.kind == "rule_off"} - on | off
    out = [Decision("rule_off", rule) for rule in sorted(off)]
    out += [d for d in known if d.kind != "rule_off" and not any(a < d.end and d.start < b for a, b in spans)]
    out += [Decision("restored", "", a, b, document.text[a:b]) for a, b in restore]
    return [*out, *(Decision("removed", MANUAL, a, b, document.text[a:b]) for a, b in remove)]
