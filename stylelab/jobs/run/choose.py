"""The choose job: the budget and the seed change, and with them which passages are learned from.

In: a budget in tokens. Out: what was chosen, told in words.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from stylelab.corpus import plan
from stylelab.errors import CorpusError
from stylelab.jobs.core.context import Context
from stylelab.jobs.run.corpus import Bench, settle
from stylelab.project.project import open_project


def run(context: Context, project: str, budget: int | None = None, seed: int | None = None) -> dict[str, Any]:
    """Choose the passages of a project anew, and keep the budget in corpus.yaml.

    Raises:
        CorpusError: The project has no passage, or the budget holds none.
    """
    own = open_project(Path(project))
    with own.lock(), own.store() as store:
        given = {"budget_tokens": budget, "seed": seed}
        changes = {name: value for name, value in given.items() if value is not None}
        new = plan.load(own.corpus_plan).model_copy(update=changes)
        bench = Bench.of(own, store, new)
        candidates = store.corpus.candidates()
        if not candidates:
            raise CorpusError(
                "The project has no passage to choose from.",
                remedy="Add texts with 'stylelab corpus add'.",
                code="no_passages",
            )
        if min(c.tokens for c in candidates) > new.budget_tokens:
            raise CorpusError(
                f"No passage fits a budget of {new.budget_tokens:,} tokens.", remedy="Raise --budget.", code="budget"
            )
        choice = settle(context, bench)
        if changes:
            plan.save(new, own.corpus_plan)
        names = {d.id: d.path for d in store.documents()}
        return {
            "budget_tokens": choice.budget,
            "tokens": choice.tokens,
            "passages": len(choice.ids),
            "of_passages": sum(s.of_passages for s in choice.documents.values()),
            "documents": [{"path": names[d], **asdict(s)} for d, s in choice.documents.items()],
            "kinds": {kind: asdict(s) for kind, s in choice.kinds.items()},
            "in_words": choice.words(names),
        }
