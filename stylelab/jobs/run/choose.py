"""The choose job: the budget and the seed change, and with them which passages are learned from.

In: a budget in tokens. Out: what was chosen, in figures and in words.
"""

from __future__ import annotations

from dataclasses import asdict

from stylelab.corpus import plan
from stylelab.errors import CorpusError
from stylelab.jobs.catalogue.corpus import ChooseRequest, ChooseResult, DocumentShare, PassageShare
from stylelab.jobs.core.context import Context
from stylelab.jobs.steps.corpus_tools import CorpusTools, choose_passages
from stylelab.project.project import open_project


def run(context: Context, request: ChooseRequest) -> ChooseResult:
    """Choose the passages of a project anew, and keep the budget in corpus.yaml.

    Raises:
        CorpusError: The project has no passage, or the budget holds none.
    """
    own = open_project(request.project)
    with own.lock(), own.store() as store:
        given = {"budget_tokens": request.budget, "seed": request.seed}
        changes = {name: value for name, value in given.items() if value is not None}
        new = plan.load(own.corpus_plan).model_copy(update=changes)
        tools = CorpusTools.of_project(own, store, new)
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
        choice = choose_passages(context, tools)
        if changes:
            plan.save(new, own.corpus_plan)
        names = {d.id: d.path for d in store.documents()}
        return ChooseResult(
            budget_tokens=choice.budget,
            tokens=choice.tokens,
            passages=len(choice.ids),
            of_passages=sum(s.of_passages for s in choice.documents.values()),
            documents=tuple(DocumentShare(path=names[d], **asdict(s)) for d, s in choice.documents.items()),
            kinds={kind: PassageShare(**asdict(s)) for kind, s in choice.kinds.items()},
            in_words=tuple(choice.words(names)),
        )
