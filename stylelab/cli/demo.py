"""`stylelab demo`: every stage on the bundled sample and base, and a report of what came of it."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from stylelab.basemodels.identity import locate_bundled_base
from stylelab.cli import audit, export, show, train, write
from stylelab.cli.arguments import AsJson
from stylelab.cli.new import persona_text
from stylelab.cli.run import run_job
from stylelab.errors import ProjectError
from stylelab.files import write_json
from stylelab.jobs.catalogue.corpus import CorpusRequest
from stylelab.jobs.catalogue.export import ExportRequest
from stylelab.jobs.catalogue.pairs import PairsRequest
from stylelab.jobs.catalogue.training import TrainRequest
from stylelab.jobs.catalogue.writing import WriteRequest
from stylelab.pairs import plan as pairs_plan
from stylelab.paths import locate_bundled
from stylelab.project.project import create
from stylelab.training.base_fit import choose_base_plan
from stylelab.training.presets import read_machine_bytes

SEED = 1  # of the two texts that are shown
SAMPLE = "tidewright"
AUTHOR = "Ansel Merrow"
INPUT = (
    "I walked down to the water after supper. The wind was cold and the boats were tied up. "
    "A woman stood at the end of the landing with a lamp. She asked me if the tide was late. I said that it was not late. "
    "She did not believe me. We waited there together until the water came over the stones."
)


def demo(
    to: Annotated[Path, typer.Option(help="Where to work; a former demo there is replaced.")] = Path("build/demo"),
    json: AsJson = False,
) -> None:
    """Make an adapter of the bundled sample on the bundled base, compare, export, check: a few minutes, offline."""
    began = time.monotonic()
    project = prepare(to)
    run_job(CorpusRequest(project=project, paths=(locate_bundled("resources") / "samples" / SAMPLE,)), quiet=json)
    run_job(PairsRequest(project=project), quiet=json)
    trained = run_job(TrainRequest(project=project), quiet=json)
    written = run_job(WriteRequest(project=project, text=INPUT, max_tokens=160, seed=SEED), quiet=json)
    exported = run_job(ExportRequest(project=project, to=to / "export"), quiet=json)
    report: dict[str, Any] = {
        "valid_loss_nats_before": trained.valid_loss_nats_first,
        "valid_loss_nats_after": trained.valid_loss_nats_best,
        "logit_change_max": written.logit_change_max,
        "stock_greedy_match": exported.stock_greedy_match,
        "export": exported.export,
        "base_text": written.base.text if written.base else "",
        "adapter_text": written.adapter.text,
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
    show.heading("The plain input")
    show.text(INPUT)
    write.print_texts(written)
    show.heading("Export")
    export.print_result(exported)
    show.text(
        "",
        f"Done in {report['seconds']:.0f} s; all of it is in {to}.",
        "This base is tiny and writes like it; real use wants a real base.",
    )


def prepare(to: Path) -> Path:
    """Return a fresh project in `to`, in place of a former demo's.

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
    plan = choose_base_plan(locate_bundled_base(), read_machine_bytes())
    pairs = pairs_plan.dump(pairs_plan.SMALL)
    create(project, AUTHOR, persona_text(SAMPLE), plan.dump_yaml(), pairs=pairs)
    return project
