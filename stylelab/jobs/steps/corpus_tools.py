"""What the corpus jobs share: a document is cleaned, cut and stored; then the whole corpus is looked at and chosen from.

In: the project as its files stand. Out: passages in the store, and a Choice. Next: the jobs corpus, drop, restore, choose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stylelab.basemodels.identity import inspect, resolve
from stylelab.basemodels.tokenizer import Tokenizer
from stylelab.corpus import choose, clean, near_duplicates, plan, repair
from stylelab.corpus.document import Document
from stylelab.corpus.plan import CorpusPlan
from stylelab.corpus.prepared import prepare
from stylelab.files import sha256_file, sha256_json
from stylelab.jobs.core.context import Context
from stylelab.notes import Note
from stylelab.project.project import Project
from stylelab.project.store import Store


@dataclass(frozen=True)
class CorpusTools:
    """What a document is cleaned and cut with."""

    project: Project
    store: Store
    plan: CorpusPlan
    tokenizer: Tokenizer
    made_with: str

    @classmethod
    def of_project(cls, project: Project, store: Store, own: CorpusPlan | None = None) -> CorpusTools:
        """Return the tools of a project as its files stand now, or with another plan."""
        folder = resolve(project.settings.base, project.folder)
        positions = int(inspect(folder).config.get("max_position_embeddings", plan.SEQUENCE))
        own = (own or plan.load(project.corpus_plan)).for_base(positions)
        tokenizer = Tokenizer(folder)
        parts = [clean.VERSION, repair.VERSION, own.hash, sha256_file(folder / "tokenizer.json")]
        return cls(project, store, own, tokenizer, sha256_json(parts))

    def store_document(
        self, document: Document, file: str, chapters: Sequence[int] | None = None, ordinal: int | None = None
    ) -> list[str]:
        """Clean and cut a document and store all of it; return what the user should know."""
        rows = self.store.corpus
        done = prepare(document, self.plan, self.tokenizer.count, rows.decisions(document.id))
        with self.store.transaction():
            rows.put(done, file, self.made_with, chapters, ordinal)
        out: list[str] = []
        if done.lost:
            out.append(
                Note(
                    "{file}: {count} decisions are about text that is no more in it.",
                    file=document.name,
                    count=len(done.lost),
                )
            )
        if not done.passages.kept:
            out.append(
                Note(
                    "{file}: no passage of {count} paragraphs; see the report.",
                    file=document.name,
                    count=done.passages.paragraphs,
                )
            )
        return out


def choose_passages(context: Context | None, tools: CorpusTools) -> choose.Choice:
    """Find the passages that repeat others, and choose under the budget; both look at the whole corpus."""
    rows = tools.store.corpus
    if context:
        context.phase("find repeated passages")
    ids, signs = rows.signatures()
    found = near_duplicates.repeats(signs, lambda i: rows.passage_text(ids[i]), tools.plan.near_duplicate)
    with tools.store.transaction():
        rows.put_repeats({ids[a]: ids[b] for a, b in found.items()})
        if context:
            context.phase("choose")
        choice = choose.choose(rows.candidates(), tools.plan.budget_tokens, tools.plan.seed)
        rows.put_choice(choice.ids)
    return choice
