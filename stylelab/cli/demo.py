"""`stylelab demo`: every stage on the bundled sample, on a real small base or the tiny one, and a report of what came of it."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from stylelab.basemodels.identity import BUNDLED_ENTRY
from stylelab.cli import audit, export, show, train, write
from stylelab.cli.arguments import AsJson
from stylelab.cli.run import JobError, run_job
from stylelab.errors import ProjectError
from stylelab.files import write_json
from stylelab.jobs.catalogue.basemodels import PullRequest
from stylelab.jobs.catalogue.corpus import CorpusRequest
from stylelab.jobs.catalogue.export import ExportRequest
from stylelab.jobs.catalogue.pairs import PairsRequest
from stylelab.jobs.catalogue.training import TrainRequest
from stylelab.jobs.catalogue.writing import WriteRequest, WriteResult
from stylelab.pairs.pair import Pair
from stylelab.project.project import open_project
from stylelab.project.trial import REAL_BASE, create_trial, locate_sample

SEED = 1  # of all texts that are shown
INPUTS = 3
LONGER = 3  # tokens of an answer at most, by words of its input: a text in the author's voice takes about 1.4
DemoBase = Literal["smollm2-135m", "bundled"]


def demo(
    to: Annotated[Path, typer.Option(help="Where to work; a former demo there is replaced.")] = Path("build/demo"),
    base: Annotated[
        DemoBase,
        typer.Option(help="A real small base, fetched once (93 MB), or the tiny one that comes along, offline."),
    ] = REAL_BASE,
    json: AsJson = False,
) -> None:
    """Make an adapter of the bundled sample, write three held-out inputs with it, export, check: in minutes."""
    began = time.monotonic()
    clear(to)
    base, instead = fetch_base(base, json)
    project = create_trial(to / "project", base).folder
    run_job(CorpusRequest(project=project, paths=(locate_sample(),)), quiet=json)
    run_job(PairsRequest(project=project), quiet=json)
    trained = run_job(TrainRequest(project=project), quiet=json)
    chosen = choose_inputs(project)
    texts = [run_job(build_request(project, pair), quiet=json) for pair in chosen]
    exported = run_job(ExportRequest(project=project, to=to / "export"), quiet=json)
    report: dict[str, Any] = {
        "base": base,
        "valid_loss_nats_before": trained.valid_loss_nats_first,
        "valid_loss_nats_after": trained.valid_loss_nats_best,
        "logit_change_max": max(text.logit_change_max for text in texts),
        "stock_greedy_match": exported.stock_greedy_match,
        "export": exported.export,
        "texts": [build_row(pair, text) for pair, text in zip(chosen, texts, strict=True)],
        "run": trained.dump(),
        "funnel": audit.stages(project),
        "seconds": round(time.monotonic() - began, 1),
    }
    write_json(to / "report.json", report)
    if json:
        show.as_json(report)
        return
    show.heading("Audit")
    audit.print_rows(report["funnel"])
    show.heading("Training")
    train.print_result(trained)
    for number, (pair, text) in enumerate(zip(chosen, texts, strict=True), 1):
        show.heading(f"Held-out input {number} of {INPUTS}, from {pair.document}")
        show.text(text.input)
        write.print_texts(text)
    show.heading("Export")
    export.print_result(exported)
    show.text("", f"Done in {report['seconds']:.0f} s; all of it is in {to}.", *([instead] if instead else []))
    show.text(
        "This base is tiny: it takes on a voice and makes little sense. A real one: stylelab demo, then stylelab models list."
        if base == BUNDLED_ENTRY
        else f"Short on purpose: {trained.updates} updates on {trained.train_pairs} pairs, and a base of 135 million parameters."
    )


def clear(to: Path) -> None:
    """Make room in `to` for a demo, in place of a former one.

    Raises:
        ProjectError: `to` holds something that no demo made.
    """
    project = to / "project"
    if project.exists():
        shutil.rmtree(project)
    if to.exists() and any(p.name not in ("export", "report.json") for p in to.iterdir()):
        raise ProjectError(
            f"{to} holds other things than a demo.", remedy="Choose another folder: --to DIR.", code="demo_exists"
        )
    shutil.rmtree(to / "export", ignore_errors=True)
    (to / "report.json").unlink(missing_ok=True)
    to.mkdir(parents=True, exist_ok=True)


def fetch_base(base: DemoBase, quiet: bool) -> tuple[DemoBase, str]:
    """Return the base that is there after fetching it, and a sentence if it is another than was asked for."""
    if base == BUNDLED_ENTRY:
        return base, ""
    try:
        run_job(PullRequest(model=base), quiet=quiet)
    except JobError as error:
        instead = f"{base} could not be fetched, so the tiny base that comes along took its place: {error.message}"
        typer.echo(instead, err=True)
        return BUNDLED_ENTRY, instead
    return base, ""


def choose_inputs(project: Path) -> list[Pair]:
    """Return the shortest pairs of the test split, which no training saw, as the author wrote them, with their files' names."""
    with open_project(project).open_store() as store:
        pairs = [p for p in store.load_pairs("test") if p.kind == "original" and p.variant == "neutral"]
        names = {document.id: document.path for document in store.load_documents()}
    chosen = sorted(pairs, key=lambda pair: len(pair.completion.split()))[:INPUTS]
    return [replace(pair, document=names[pair.document]) for pair in chosen]


def build_request(project: Path, pair: Pair) -> WriteRequest:
    """Return the request to write a held-out passage again, from its plain form."""
    longest = LONGER * len(pair.completion.split())
    return WriteRequest(project=project, text=pair.completion, max_tokens=longest, seed=SEED)


def build_row(pair: Pair, text: WriteResult) -> dict[str, Any]:
    """Return what the report says of one input: four texts, and how many of its facts the two new ones keep."""
    base = text.base
    return {
        "document": pair.document,
        "input": text.input,
        "base_text": base.text if base else "",
        "adapter_text": text.adapter.text,
        "author_text": pair.completion,
        "facts": text.facts,
        "facts_kept_base": text.facts - len(base.missing) if base else None,
        "facts_kept_adapter": text.facts - len(text.adapter.missing),
    }
