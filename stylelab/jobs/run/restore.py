"""The restore job: what a person decides about one document's cleaning, and what becomes of it then.

In: a document, and stretches or rules. Out: what is removed now. The decision stays for every later cleaning.
"""

from __future__ import annotations

from collections.abc import Sequence

from stylelab.corpus.clean import MANUAL, RULES
from stylelab.corpus.decision import Decision
from stylelab.corpus.document import Document
from stylelab.errors import CorpusError
from stylelab.jobs.catalogue.corpus import RestoreRequest, RestoreResult, Spans
from stylelab.jobs.core.context import Context
from stylelab.jobs.steps.corpus_tools import CorpusTools, choose_passages
from stylelab.project.project import open_project


def run(context: Context, request: RestoreRequest) -> RestoreResult:
    """Decide about a document and clean it anew.

    Raises:
        CorpusError: No such document, rule or stretch.
    """
    own = open_project(request.project)
    with own.lock(), own.store() as store:
        tools = CorpusTools.of_project(own, store)
        rows = store.corpus
        row = rows.find(request.document)
        source = rows.document(row.id)
        before = len(rows.removals(row.id))
        decided = merge_decisions(source, rows.decisions(row.id), request)
        context.phase("clean, cut")
        with store.transaction():
            rows.put_decisions(row.id, decided)
        for warning in tools.store_document(source, row.file, row.chapters):
            context.warn(warning)
        choose_passages(context, tools)
        now = rows.find(row.id)
        return RestoreResult(
            document=now.path,
            removals_before=before,
            removals=len(rows.removals(row.id)),
            words_removed=now.words_removed,
            passages=now.passages,
            decisions=len(decided),
        )


def merge_decisions(document: Document, known: Sequence[Decision], request: RestoreRequest) -> list[Decision]:
    """Return what holds about a document when a request's decisions come to the known ones; the newer one wins.

    Raises:
        CorpusError: No such rule or stretch.
    """
    off, on = set(request.rules_off), set(request.rules_on)
    for rule in sorted(off | on):
        if rule not in RULES:
            raise CorpusError(f"There is no rule '{rule}'.", remedy=f"Rules: {', '.join(RULES)}.", code="rule_unknown")
    spans: Spans = (*request.restore, *request.remove, *request.forget)
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
    out += [Decision("restored", "", a, b, document.text[a:b]) for a, b in request.restore]
    return [*out, *(Decision("removed", MANUAL, a, b, document.text[a:b]) for a, b in request.remove)]
