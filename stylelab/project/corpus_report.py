"""The corpus report, as JSON and as Markdown.

In: the corpus room's tables. Out: what `corpus report` prints. Next rooms: cli, app.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from stylelab.corpus import profile
from stylelab.corpus.profile import Profile
from stylelab.project.corpus_rows import CorpusRows, DocumentRow


def build_report(rows: CorpusRows) -> dict[str, Any]:
    """Return the report as JSON takes it.

    Keys of documents: path, encoding, words_in, words_removed, removed_by_rule, passages, rejected_by_reason, and more.
    """
    documents = rows.load_documents()
    each = dict(rows.load_profiles())
    whole = sum_profiles(rows)
    return {
        "documents": [build_document_line(d) | {"profile": each[d.id].compute_shares()} for d in documents],
        "repaired": count_repairs(documents),
        "passages": sum(d.passages for d in documents),
        "chosen": sum(d.chosen for d in documents),
        "tokens": sum(d.tokens for d in documents),
        "tokens_chosen": sum(d.tokens_chosen for d in documents),
        "profile": whole.compute_shares(),
        "counts": whole.dump(),
    }


def build_document_line(d: DocumentRow) -> dict[str, Any]:
    """Return a document's line."""
    return {
        "path": d.path,
        "id": d.id,
        "encoding": d.encoding,
        "format": d.format,
        "language": d.language,
        "words_in": d.words_in,
        "words_removed": d.words_removed,
        "removed_by_rule": dict(d.removed_by_rule),
        "repairs": dict(d.repairs),
        "paragraphs": d.paragraphs,
        "passages": d.passages,
        "rejected_by_reason": dict(d.rejected_by_reason),
        "chosen": d.chosen,
        "tokens": d.tokens,
        "tokens_chosen": d.tokens_chosen,
    }


def count_repairs(documents: Iterable[DocumentRow]) -> dict[str, int]:
    """Return how often each kind of damage was repaired or noticed."""
    return dict(sum((Counter(d.repairs) for d in documents), Counter[str]()))


def sum_profiles(rows: CorpusRows) -> Profile:
    """Return the profile of the whole corpus."""
    return sum((p for _, p in rows.load_profiles()), Profile())


def render_markdown(rows: CorpusRows, title: str) -> str:
    """Return the report as Markdown: the documents, then the profile."""
    lines = [
        f"# {title}",
        "",
        "| document | language | words | removed | passages | chosen | tokens | rejected |",
        "|---|---|--:|--:|--:|--:|--:|---|",
    ]
    documents = rows.load_documents()
    for d in documents:
        why = ", ".join(f"{n:,} {reason}" for reason, n in d.rejected_by_reason.items())
        name = d.path.replace("|", "\\|")
        lines.append(
            f"| {name} | {d.language} | {d.words_in:,} | {d.words_removed:,} | {d.passages:,} | {d.chosen:,} | {d.tokens:,}"
            f" | {why} |"
        )
    removed = sum((Counter(d.removed_by_rule) for d in documents), Counter[str]())
    lines += [
        "",
        "| rule | words removed |",
        "|---|--:|",
        *(f"| {rule} | {n:,} |" for rule, n in removed.most_common()),
    ]
    return "\n".join(lines) + "\n\n" + profile.render_markdown(sum_profiles(rows), "Profile")
