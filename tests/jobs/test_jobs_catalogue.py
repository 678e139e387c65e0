"""The catalogue of jobs is the one place where a job is declared: modules, phases and everybody else derive from it."""

from __future__ import annotations

import ast
import importlib
import typing
from pathlib import Path
from typing import Any

import pytest
from house_source import ROOT, package
from pydantic import ValidationError

from stylelab.app.frame.sidebar import LIBRARY
from stylelab.app.session.stages import STAGES
from stylelab.errors import StyleLabError
from stylelab.jobs.catalogue.corpus import CorpusRequest
from stylelab.jobs.catalogue.job import Job
from stylelab.jobs.catalogue.jobs import JOBS, find_job, load_job
from stylelab.jobs.catalogue.pairs import StageRow
from stylelab.jobs.catalogue.training import TrainResult
from stylelab.jobs.core.context import Context

RUN = ROOT / "stylelab" / "jobs" / "run"
STEPS = "stylelab.jobs.steps"


def test_every_module_is_declared_and_every_declared_job_has_its_module() -> None:
    assert {path.stem for path in RUN.glob("*.py")} - {"__init__"} == set(JOBS)


@pytest.mark.parametrize("job", JOBS.values(), ids=list(JOBS))
def test_a_job_takes_its_request_and_returns_its_result(job: Job[Any]) -> None:
    hints = typing.get_type_hints(load_job(job.name)[1])
    assert hints == {"context": Context, "request": job.request, "return": job.result}
    assert job.request.__pydantic_generic_metadata__["args"] == () and job.result.__doc__
    assert find_job(job.request.model_construct()) is job
    assert job.page in (*STAGES, *LIBRARY)


def phases(module: str) -> set[str]:
    """Return the phases that a module, and the steps that it imports, say they begin."""
    tree = ast.parse(Path(importlib.import_module(module).__file__ or "").read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "phase":
            (name,) = node.args
            assert isinstance(name, ast.Constant) and isinstance(name.value, str), "a phase is a name, not a sentence"
            found.add(name.value)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(STEPS):
            names = [node.module or ""] if node.module != STEPS else [f"{STEPS}.{alias.name}" for alias in node.names]
            found.update(*(phases(name) for name in names))
    return found


@pytest.mark.parametrize("job", JOBS.values(), ids=list(JOBS))
def test_a_job_says_the_phases_it_declares(job: Job[Any]) -> None:
    assert phases(f"stylelab.jobs.run.{job.name}") == set(job.phases)


QUESTIONS = {"preview", "lengths", "probe_machine"}  # asked beside the main job, and shown nowhere


def test_a_job_that_the_window_starts_has_all_its_words() -> None:
    requests = {
        alias.name
        for module in package()
        if module.name.startswith("stylelab/app/")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("stylelab.jobs.catalogue")
        for alias in node.names
    }
    started = {name for name, job in JOBS.items() if job.request.__name__ in requests}
    assert {"corpus", "train", "write"} | QUESTIONS <= started
    silent = [name for name in started - QUESTIONS if len(JOBS[name].texts) < 2 + len(JOBS[name].phases)]
    assert not silent


def test_no_job_imports_another() -> None:
    found = [
        f"{module.name}: {node.module}"
        for module in package()
        if module.name.startswith("stylelab/jobs/")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("stylelab.jobs.run")
    ]
    assert not found, "what two jobs share lies in jobs/steps"


ONLY_JOBS = set(JOBS) - set(STAGES)  # pages have names too


def tables(tree: ast.AST) -> list[str]:
    """Return the literals that list jobs by their names, and the comparisons with one."""
    found: list[str] = []
    for node in ast.walk(tree):
        match node:
            case ast.Dict(keys=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
                names = {part.value for part in parts if isinstance(part, ast.Constant)} & ONLY_JOBS
                found += [ast.unparse(node)] if len(names) > 1 and 2 * len(names) >= len(parts) else []
            case ast.Compare(left=ast.Attribute(attr="name"), comparators=[ast.Constant(value=name)]):
                found += [ast.unparse(node)] if name in JOBS else []
            case _:
                pass
    return found


def test_jobs_are_listed_nowhere_else() -> None:
    found = [
        f"{module.name}: {table}"
        for module in package()
        if not module.name.startswith("stylelab/jobs/catalogue/")
        for table in tables(module.tree)
    ]
    assert not found


@pytest.mark.parametrize(
    "source", ["{'train': 1, 'harvest': 2}", "('rate', 'plan')", "if job.name == 'train':\n    pass"]
)
def test_another_list_of_jobs_is_recognised(source: str) -> None:
    assert tables(ast.parse(source))


def test_an_unknown_job_and_an_unknown_field_are_refused() -> None:
    with pytest.raises(StyleLabError) as caught:
        load_job("nonsense")
    assert caught.value.code == "job_unknown" and "train" in caught.value.remedy
    with pytest.raises(ValidationError):
        CorpusRequest.model_validate({"project": "p", "nonsense": 1})


def test_a_record_has_the_keys_that_others_read() -> None:
    row = StageRow(stage="check", entered=3, left=2, dropped={"bleed": 1})
    assert list(row.dump().items()) == [("stage", "check"), ("in", 3), ("out", 2), ("dropped", {"bleed": 1})]
    assert StageRow.model_validate(row.dump()) == row
    follower = TrainResult(outcome="finished", updates=3)
    assert follower.dump() == {"outcome": "finished", "updates": 3}, "what it does not know it does not say"
    request = CorpusRequest(project=Path("p"), paths=(Path("a b.txt"),))
    assert request.dump() == {"project": "p", "paths": ["a b.txt"]}
    assert CorpusRequest.model_validate(request.dump()) == request
