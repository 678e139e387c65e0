"""`stylelab corpus`: add texts, see what was removed and why, put it back, choose what to learn from."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from stylelab.cli import show
from stylelab.cli.arguments import AsJson, Folder
from stylelab.cli.run import run_job
from stylelab.errors import CorpusError
from stylelab.files import atomic_write
from stylelab.jobs.catalogue.corpus import ChooseRequest, CorpusRequest, DropRequest, RestoreRequest, TokensRequest
from stylelab.project import corpus_report
from stylelab.project.project import open_project

app = typer.Typer(help="Files become clean passages.", no_args_is_help=True)

MinWords = Annotated[
    int | None, typer.Option("--min-words", min=1, help="Shortest passage from now on; kept in corpus.yaml.")
]
Document = Annotated[str, typer.Argument(help="A document's name, or how it begins.", show_default=False)]
OfDocument = Annotated[str | None, typer.Option("--document", help="Only of this document.")]


@app.command(epilog="Example: stylelab corpus add poe tales.txt novel.epub --chapters 2-12 drafts/")
def add(
    project: Folder,
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Texts (txt, md, html, epub, docx, rtf, odt, pdf, Scrivener) or folders of them.", show_default=False
        ),
    ],
    chapters: Annotated[
        str | None, typer.Option(help="Chapters of a book to take, as 1-3,7; see them with --list-chapters.")
    ] = None,
    list_chapters: Annotated[
        bool, typer.Option("--list-chapters", help="Show the books' chapters; add nothing.")
    ] = False,
    min_words: MinWords = None,
    json: AsJson = False,
) -> None:
    """Add texts: licences, headings and notes go, passages stay; every removal is recorded and can be restored."""
    if list_chapters:
        show_chapters(paths, json)
        return
    numbers = None if chapters is None else tuple(read_ranges(chapters))
    update(CorpusRequest(project=project, paths=tuple(paths), chapters=numbers, min_words=min_words), json)


def show_chapters(paths: list[Path], json: bool) -> None:
    """Print the books' chapters."""
    from stylelab.corpus import readers  # reads books only when asked to

    found = [(path.name, c) for path in paths for c in readers.chapters(path)]
    if json:
        show.as_json([{"path": name, "number": c.number, "title": c.title, "words": c.words} for name, c in found])
        return
    show.table(("book", "chapter", "title", "words"), [(name, c.number, c.title, c.words) for name, c in found])


def read_ranges(text: str) -> list[int]:
    """Return the numbers of a list like 1-3,7.

    Raises:
        CorpusError: It is none.
    """
    try:
        parts = [part.split("-") for part in text.split(",")]
        out = [n for part in parts for n in range(int(part[0]), int(part[-1]) + 1)]
    except ValueError as error:
        raise CorpusError(f"'{text}' is no list of chapters.", remedy="Write it as 1-3,7.", code="chapters") from error
    if not out or out[0] < 1 or len(out) > 10_000:
        raise CorpusError(f"'{text}' names no chapters.", remedy="Write it as 1-3,7.", code="chapters")
    return out


@app.command(epilog="Example: stylelab corpus clean poe --min-words 40")
def clean(project: Folder, min_words: MinWords = None, json: AsJson = False) -> None:
    """Bring the passages in line with texts/ and corpus.yaml: clean and cut anew what changed."""
    update(CorpusRequest(project=project, min_words=min_words), json)


@app.command(epilog="Example: stylelab corpus drop poe essays.txt")
def drop(project: Folder, document: Document, json: AsJson = False) -> None:
    """Take a document out of the project, and its copy out of texts/."""
    result = run_job(DropRequest(project=project, documents=(document,)), quiet=json)
    if json:
        show.as_json(result.dump())
        return
    print_report(project)
    show.text(f"Next: stylelab pairs make {project}")


def update(request: CorpusRequest, json: bool) -> None:
    """Run the corpus job and show what became of the files."""
    result = run_job(request, quiet=json)
    if json:
        show.as_json(result.dump())
        return
    print_report(request.project)
    for failure in result.failed:
        show.text(f"Not read: {failure.path}: {failure.message} {failure.remedy}")
    if result.already_there:
        show.text(f"{result.already_there:,} files were there already, unchanged.")
    if result.chosen < result.passages:
        show.text(f"{result.chosen:,} of {result.passages:,} passages fit the budget of tokens.")
    show.text(f"Next: stylelab pairs make {request.project}")


@app.command(epilog="Example: stylelab corpus report poe --markdown report.md")
def report(
    project: Folder,
    markdown: Annotated[Path | None, typer.Option(help="Write the whole report to this file.")] = None,
    json: AsJson = False,
) -> None:
    """Show what became of every document, and what the corpus is like."""
    with open_project(project).store() as store:
        if markdown is not None:
            atomic_write(markdown, corpus_report.markdown(store.corpus, f"Corpus of {project.name}"))
        if json:
            show.as_json(corpus_report.report(store.corpus))
            return
    if markdown is not None:
        show.text(f"Wrote {markdown}")
        return
    print_report(project)
    print_profile(project)


def print_report(project: Path) -> None:
    with open_project(project).store() as store:
        rows = [
            (d.path, d.format, d.words_in, d.words_removed, d.passages, d.chosen, dict(d.rejected_by_reason))
            for d in store.documents()
        ]
    show.table(("document", "format", "words", "removed", "passages", "chosen", "rejected"), rows)


def print_profile(project: Path) -> None:
    with open_project(project).store() as store:
        shares = corpus_report.total(store.corpus).shares()
        repaired = corpus_report.repaired(store.documents())
    names = ("words_per_passage", "words_per_sentence", "tokens_per_word")
    rows: list[tuple[str, object]] = [(name.replace("_", " "), shares[name]) for name in names]
    rows.append(("words in dialogue", format_percent(shares["dialogue"])))
    for name in ("scenes", "person", "tense"):
        rows.append((name, ", ".join(f"{key} {format_percent(v)}" for key, v in shares[name].items() if v)))
    if repaired:
        rows.append(("repaired", ", ".join(f"{n:,} {kind}".replace("_", " ") for kind, n in repaired.items())))
    show.heading("Profile")
    show.table(("figure", "value"), rows)


def format_percent(value: float | None) -> str | None:
    """Return a share in percent."""
    return None if value is None else f"{100 * value:.0f}%"


@app.command(epilog="Example: stylelab corpus removals poe --rule epigraph")
def removals(
    project: Folder,
    document: OfDocument = None,
    rule: Annotated[str | None, typer.Option(help="Only by this rule.")] = None,
    json: AsJson = False,
) -> None:
    """List everything that was removed, with its rule and place."""
    with open_project(project).store() as store:
        only = store.corpus.find(document).id if document else None
        found = [(n, r) for n, r in store.corpus.removals(only) if rule in (None, r.rule)]
    if json:
        show.as_json(
            [{"document": n, "rule": r.rule, "start": r.start, "end": r.end, "text": r.text} for n, r in found]
        )
        return
    rows = [(name, r.rule, str(r.start), " ".join(r.text.split())[:60]) for name, r in found]
    show.table(("document", "rule", "at", "text"), rows)


@app.command(epilog="Example: stylelab corpus restore poe tales.txt --at 15023 --rule epigraph")
def restore(
    project: Folder,
    document: Document,
    at: Annotated[
        list[int] | None, typer.Option(help="Where a removal begins, as 'corpus removals' shows it; may be repeated.")
    ] = None,
    rule: Annotated[
        list[str] | None, typer.Option(help="A rule that stops to run on this document; may be repeated.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take these decisions back.")] = False,
    json: AsJson = False,
) -> None:
    """Put back what was removed from a document, one by one or by rule; it stays when the project is cleaned again."""
    if not at and not rule:
        raise CorpusError("Nothing to restore was named.", remedy="Name a removal with --at or a rule with --rule.")
    with open_project(project).store() as store:
        row = store.corpus.find(document)
        if undo:
            known = store.corpus.decisions(row.id)
            spans = tuple((d.start, d.end) for d in known if d.start in (at or []) and d.text)
        else:
            spans = tuple((r.start, r.end) for _, r in store.corpus.removals(row.id) if r.start in (at or []))
    if len(spans) < len(at or []):
        missing = sorted(set(at or []) - {s for s, _ in spans})
        raise CorpusError(
            f"{row.path} has no {'decision' if undo else 'removal'} at {', '.join(map(str, missing))}.",
            remedy=f"See them with: stylelab corpus removals {project} --document {row.path}",
            code="span_unknown",
        )
    rules = tuple(rule or ())
    request = (
        RestoreRequest(project=project, document=row.id, forget=spans, rules_on=rules)
        if undo
        else RestoreRequest(project=project, document=row.id, restore=spans, rules_off=rules)
    )
    result = run_job(request, quiet=json)
    if json:
        show.as_json(result.dump())
        return
    show.text(
        f"{result.document}: {result.removals:,} removals (before: {result.removals_before:,}),"
        f" {result.passages:,} passages."
    )


@app.command(epilog="Example: stylelab corpus choose poe --budget 500000")
def choose(
    project: Folder,
    budget: Annotated[int | None, typer.Option(min=1, help="Tokens to learn from; kept in corpus.yaml.")] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, help="Decides between equal passages; kept in corpus.yaml.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Choose the passages to learn from: under the budget, spread over documents and kinds of scene."""
    result = run_job(ChooseRequest(project=project, budget=budget, seed=seed), quiet=json)
    if json:
        show.as_json(result.dump())
        return
    show.text(
        f"{result.passages:,} of {result.of_passages:,} passages: {result.tokens:,} of {result.budget_tokens:,} tokens."
    )
    show.text(*(f"  {line}" for line in result.in_words))
    rows = [(kind, s.passages, s.of_passages, s.tokens) for kind, s in result.kinds.items()]
    show.table(("kind of scene", "chosen", "of", "tokens"), rows)


@app.command(epilog="Example: stylelab corpus tokens poe --base models/qwen")
def tokens(
    project: Folder,
    base: Annotated[Path | None, typer.Option(help="A base model's folder; the project's base by default.")] = None,
    json: AsJson = False,
) -> None:
    """Check whether a base's tokenizer suits the texts: exact round trip, tokens per word, worst-cut words."""
    result = run_job(TokensRequest(project=project, base=base), quiet=json)
    if json:
        show.as_json(result.dump())
        return
    show.text(*result.in_words)


@app.command(epilog="Example: stylelab corpus passages poe --rejected --reason verse --limit 5")
def passages(
    project: Folder,
    document: OfDocument = None,
    rejected: Annotated[bool, typer.Option("--rejected", help="Show what became no passage, and why.")] = False,
    reason: Annotated[str | None, typer.Option(help="With --rejected: only for this reason.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 20,
    json: AsJson = False,
) -> None:
    """Show passages, or what became none."""
    with open_project(project).store() as store:
        rows = store.corpus
        only = rows.find(document).id if document else None
        if rejected:
            out = [r for r in rows.rejections(only) if reason in (None, r.reason)]
            total = len(out)
            listed = [
                {"document": r.document, "reason": r.reason, "text": r.text} for r in (out if json else out[:limit])
            ]
        else:
            total = sum(d.passages for d in rows.documents() if only in (None, d.id))
            chosen = {p.id for p in rows.passages(document=only)}
            found = rows.passages(chosen=False, document=only)
            listed = [
                {"id": p.id, "document": p.document, "words": p.words, "tokens": p.tokens, "chosen": p.id in chosen}
                | {"text": p.text}
                for p in (found if json else islice(found, limit))
            ]
    if json:
        show.as_json(listed)
        return
    for one in listed:
        title = one.get("reason") or f"{one['id']}, {one['words']} words" + ("" if one["chosen"] else ", not chosen")
        show.text(f"[{title}]", str(one["text"]), "")
    show.text(f"{len(listed):,} of {total:,} {'rejections' if rejected else 'passages'}.")
