"""The tokens job: does a base's tokenizer suit the project's texts?

In: a project, and a base if it is another than the project's. Out: the findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from stylelab.basemodels.identity import resolve
from stylelab.basemodels.tokenizer import Tokenizer
from stylelab.corpus import tokens
from stylelab.errors import CorpusError
from stylelab.jobs.catalogue.corpus import CutWord, TokensRequest, TokensResult
from stylelab.jobs.core.context import Context
from stylelab.project.project import open_project


def run(context: Context, request: TokensRequest) -> TokensResult:
    """Check a tokenizer on every passage.

    Raises:
        CorpusError: The project has no passage.
        ModelError: The base has no tokenizer.
    """
    own = open_project(request.project)
    folder = request.base or resolve(own.settings.base, own.folder)
    tokenizer = Tokenizer(folder)
    with own.store() as store:
        context.phase("check the tokenizer")
        total = sum(d.passages for d in store.documents())

        def read_passages() -> Iterator[tuple[str, str]]:
            for number, passage in enumerate(store.corpus.passages(chosen=False)):
                if number % 500 == 0:
                    context.progress(number, total, "passages")
                yield passage.id, passage.text

        found = tokens.health(read_passages(), tokenizer)
    if not found.passages:
        raise CorpusError(
            "The project has no passage to check.", remedy="Add texts with 'stylelab corpus add'.", code="no_passages"
        )
    return TokensResult(
        base=str(folder),
        passages=found.passages,
        words=found.words,
        tokens=found.tokens,
        tokens_per_word=found.tokens_per_word,
        broken=found.broken,
        specials=found.specials,
        worst=tuple(CutWord(**asdict(c)) for c in found.worst),
        in_words=tuple(found.told()),
    )
