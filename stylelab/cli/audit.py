"""`stylelab audit`: what went in and what came out, stage by stage."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from stylelab.cli import show
from stylelab.cli.arguments import AsJson, Folder
from stylelab.files import read_json
from stylelab.jobs.steps.attempt import load_attempt
from stylelab.project.project import open_project


def audit(project: Folder, json: AsJson = False) -> None:
    """Show the counts of every stage, from files to runs, with what was dropped and why."""
    rows = stages(project)
    if json:
        show.as_json({"funnel": rows})
        return
    print_rows(rows)


def print_rows(rows: list[dict[str, Any]]) -> None:
    show.table(("stage", "in", "out", "dropped"), [(r["stage"], r["in"], r["out"], r["dropped"]) for r in rows])


def stages(project: Path) -> list[dict[str, Any]]:
    """Return the funnel: words cleaned, paragraphs cut, pairs made, runs trained."""
    own = open_project(project)
    with own.open_store() as store:
        documents = store.load_documents()
        runs = store.load_runs()
    removed = Counter[str]()
    rejected = Counter[str]()
    for d in documents:
        removed.update(d.removed_by_rule)
        rejected.update(d.rejected_by_reason)
    passages = sum(d.passages for d in documents)
    chosen = sum(d.chosen for d in documents)
    words = sum(d.words_in for d in documents)
    kept = words - sum(d.words_removed for d in documents)
    groups = passages + sum(rejected.values())
    dropped = {"over_budget": passages - chosen} if chosen < passages else {}
    rows: list[dict[str, Any]] = [
        {"stage": "clean (words)", "in": words, "out": kept, "dropped": dict(removed)},
        {"stage": "join (paragraphs)", "in": sum(d.paragraphs for d in documents), "out": groups, "dropped": {}},
        {"stage": "cut (passages)", "in": groups, "out": passages, "dropped": dict(rejected)},
        {"stage": "choose (passages)", "in": passages, "out": chosen, "dropped": dropped},
    ]
    path = own.dataset / "audit.json"
    if path.is_file():
        rows += read_json(path)["funnel"]
    attempt = load_attempt(own)
    if attempt is not None:
        stage = f"rewrite ({attempt.rewriter}, no dataset made)"
        rows.append({"stage": stage, "in": attempt.done, "out": attempt.accepted, "dropped": attempt.rejected})
    for run in runs:
        rows.append({"stage": f"{run.id} ({run.outcome})", "in": None, "out": run.updates, "dropped": {}})
    return rows
