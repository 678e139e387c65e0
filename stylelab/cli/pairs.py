"""`stylelab pairs`: make the dataset, see its funnel and its pairs, decide about single ones, take in what exists."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Annotated, Literal

import typer

from stylelab.cli import show
from stylelab.cli.arguments import AsJson, Folder, RemoteOption
from stylelab.cli.run import run_job
from stylelab.errors import PairsError
from stylelab.files import read_json
from stylelab.jobs.catalogue.pairs import HarvestRequest, PairsAttempt, PairsAudit, PairsRequest
from stylelab.jobs.steps.attempt import load_attempt
from stylelab.pairs.pair import Pair
from stylelab.project.decisions import Verdict, decide_pair, forget_decision
from stylelab.project.project import open_project

app = typer.Typer(help="Plain inputs and the author's text.", no_args_is_help=True)

KEYS = (
    "id", "kind", "variant", "perspective", "content", "document", "input", "completion", "prompt", "lost", "bleed",
    "renamed", "category", "reason", "edited",
)  # fmt: skip
PairId = Annotated[str, typer.Argument(metavar="PAIR", help="A pair's id, as 'pairs show' prints it.")]


@app.command(epilog="Example: stylelab pairs make poe")
def make(
    project: Folder,
    processes: Annotated[
        int | None, typer.Option(min=1, help="How many work at once; by the size of the work if not given.")
    ] = None,
    remote: RemoteOption = False,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Go on with a model that makes next to no text plain.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Make the dataset as pairs.yaml says; what was rewritten before is not rewritten again."""
    request = PairsRequest(project=project, processes=processes, allow_remote=remote, keep_going=keep_going)
    result = run_job(request, quiet=json)
    if json:
        show.as_json(result.dump())
        return
    print_report(result)
    show.text("", f"Next: stylelab train plan {project}, then stylelab train run {project}")


@app.command(epilog="Example: stylelab pairs report poe --json")
def report(project: Folder, json: AsJson = False) -> None:
    """Show the funnel, the shares and how much the inputs give away."""
    own = open_project(project)
    path, attempt = own.dataset / "audit.json", load_attempt(own)
    if not path.is_file() and attempt is None:
        raise PairsError(
            "The project has no dataset.", remedy=f"Make it: stylelab pairs make {project}", code="no_pairs"
        )
    result = read_json(path) if path.is_file() else {"funnel": []}
    if json:
        show.as_json(result if attempt is None else {**result, "attempt": attempt.dump()})
        return
    if path.is_file():
        print_report(PairsAudit.model_validate(result))
    if attempt is not None:
        print_attempt(attempt)


def print_attempt(attempt: PairsAttempt) -> None:
    """Print how far a model came with a dataset that was not made."""
    show.heading(f"The last attempt made no dataset (rewriter {attempt.rewriter}, {attempt.pivot})")
    show.text(
        f"{attempt.done:,} of {attempt.texts:,} texts were rewritten: {attempt.accepted:,} accepted, "
        f"{sum(attempt.rejected.values()):,} rejected."
    )
    if attempt.message:
        show.text(f"It ended: {attempt.message}")
    show.text(
        "", *(f"{row.passage}, {row.stance}: {row.reason}: {row.text or 'nothing'}" for row in attempt.rejections)
    )


def print_report(result: PairsAudit) -> None:
    """Print what a dataset is made of."""
    rows = [(row.stage, row.entered, row.left, row.dropped) for row in result.funnel]
    show.table(("stage", "in", "out", "dropped"), rows)
    splits = result.splits
    show.text("", f"Pairs: {splits['train']:,} train, {splits['valid']:,} valid, {splits['test']:,} test.")
    for column, own in result.shares.items():
        most = sorted(own.items(), key=lambda item: (-item[1], item[0]))
        first = ", ".join(f"{name} {share:.0%}" for name, share in most[:8])
        show.text(f"By {column}: {first}{f' and {len(most) - 8} more' if len(most) > 8 else ''}.")
    bleed = result.bleed
    show.text(
        f"The inputs give away {bleed['median']:.0%} of the author's distinctive words (median); "
        f"{bleed['below_half']:.0%} of the pairs less than half."
    )
    for leak in result.leaks:
        show.text(
            f"Of {leak.grams:,} eight-word sequences of {leak.split}, {leak.leaked:,} leak from train; "
            f"{leak.repeated:,} more the author wrote twice."
        )
    if result.probe is not None:
        for way in result.probe.tried:
            taken = ", taken" if way.pivot == result.probe.pivot else ""
            show.text(
                f"On trial ({way.pivot}{taken}): {way.accepted} of {way.passages} passages accepted, "
                f"{way.seconds_per_passage:.1f} seconds each."
            )
    for warning in result.warnings:
        show.text(f"Warning: {warning}")


@app.command("show", epilog="Example: stylelab pairs show poe --kind perspective --sample 5")
def show_pairs(
    project: Folder,
    pair: Annotated[str | None, typer.Argument(metavar="[PAIR]", help="One pair's id.", show_default=False)] = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind or point of view.", show_default=False)] = None,
    split: Annotated[Literal["train", "valid", "test"] | None, typer.Option(help="Only this split.")] = None,
    rejected: Annotated[bool, typer.Option("--rejected", help="Those that are in no split, with the reason.")] = False,
    sample: Annotated[int | None, typer.Option(min=1, help="That many, drawn at random.", show_default=False)] = None,
    seed: Annotated[int, typer.Option(min=0, help="Decides the draw.")] = 42,
    limit: Annotated[int | None, typer.Option(min=1, help="How many to print; 5, or with --json all.")] = None,
    json: AsJson = False,
) -> None:
    """Show pairs: input, then the author's text."""
    with open_project(project).open_store() as store:
        rows = store.dataset
        found = [rows.load_pair(pair)] if pair else rows.load_rejected() if rejected else rows.load_pairs(split)
        splits = rows.load_splits()
    if kind is not None:
        kinds = sorted({p.kind for p in found} | {str(p.perspective) for p in found if p.perspective})
        found = [p for p in found if kind in (p.kind, p.perspective)]
        if not found:
            raise typer.BadParameter(f"there are none of '{kind}'; there are: {', '.join(kinds) or 'no pairs'}")
    total = len(found)
    if sample is not None:
        found = random.Random(seed).sample(found, min(sample, total))
    if json:
        show.as_json([{**{k: getattr(p, k) for k in KEYS}, "split": splits[p.id] or None} for p in found[:limit]])
        return
    shown = found if sample is not None else found[: limit or 5]
    for p in shown:
        print_pair(p)
    show.text("", f"{len(shown):,} of {total:,} pairs.")


def print_pair(p: Pair) -> None:
    said = [p.kind, p.perspective or "", "" if p.variant == "neutral" else p.variant, p.content.lower()]
    show.heading(f"{p.id} ({', '.join(word for word in said if word)}, gives away {p.bleed:.0%})")
    if p.reason:
        show.text(f"Left out: {p.reason}.")
    show.text(p.input, "", "→ " + p.completion)


@app.command(epilog="Example: stylelab pairs edit poe 3f2a-12-we --accept")
def edit(
    project: Folder,
    pair: PairId,
    accept: Annotated[bool, typer.Option("--accept", help="Take it, whatever the checks say.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="Leave it out, whatever the checks say.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Forget what was decided about it.")] = False,
    input: Annotated[str | None, typer.Option(help="Another input; it is not damaged.", show_default=False)] = None,
    target: Annotated[str | None, typer.Option(help="Another target text.", show_default=False)] = None,
    json: AsJson = False,
) -> None:
    """Decide about a pair; the next 'pairs make' heeds it, also where the text stands elsewhere by then."""
    if accept + reject + undo > 1 or (undo and (input or target)):
        raise typer.BadParameter("--accept, --reject and --undo exclude each other")
    if not (accept or reject or undo) and input is None and target is None:
        raise typer.BadParameter("say what is to be done: --accept, --reject, --input, --target or --undo")
    own = open_project(project)
    verdict: Verdict | None = "accept" if accept else "reject" if reject else None
    decided = forget_decision(own, pair) if undo else decide_pair(own, pair, verdict, input, target)
    if json:
        now = decided.now
        texts = {"input": now.input, "target": now.target} if now else {}
        show.as_json({"id": pair, "verdict": now.verdict if now else None, **texts, "undone": undo})
        return
    show.text("Noted.", f"Next: stylelab pairs make {project}")


@app.command(
    epilog="Example: stylelab pairs harvest poe edits.jsonl --input messages[0].content --target messages[1].content"
)
def harvest(
    project: Folder,
    paths: Annotated[list[Path], typer.Argument(help="Files, or a folder of drafts.", show_default=False)],
    finals: Annotated[Path | None, typer.Option(help="The folder of finals beside one of drafts.")] = None,
    input: Annotated[str | None, typer.Option(help="Where a row has its draft, like a.b[0].c.")] = None,
    target: Annotated[str | None, typer.Option(help="Where a row has its final.")] = None,
    category: Annotated[list[str] | None, typer.Option(help="A further field to keep; may stand often.")] = None,
    json: AsJson = False,
) -> None:
    """Take in pairs that exist: JSONL, JSON, CSV, two folders, tracked changes in .docx, 'prompt ### completion'."""
    request = HarvestRequest(
        project=project,
        paths=tuple(paths),
        input=input,
        target=target,
        categories=tuple(category or ()),
        finals=finals,
    )
    result = run_job(request, quiet=json)
    if json:
        show.as_json(result.dump())
        return
    rows = [(r.source, r.found, r.taken, r.new, r.dropped) for r in result.sources]
    show.table(("source", "in", "out", "new", "dropped"), rows)
    show.text("", f"{result.pairs:,} pairs.", f"Next: stylelab pairs make {project}")
