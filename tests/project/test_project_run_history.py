"""A run's history, by hand-written events: read in one place, torn ends passed over, rewound without touching the rest."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from house_source import ROOT

from stylelab.errors import FileError
from stylelab.project.run_history import EVENTS, RunHistory, compare_runs, load_history, read_events, rewind_history
from stylelab.training.plan import Plan

STEP = (
    '{{"kind":"step","update":{update},"updates":4,"loss_nats":{loss},"learning_rate":0.1,"grad_norm":1.0,'
    '"tokens_per_second":5.0,"peak_bytes":6,"tokens":7,"seconds_left":8.0}}\n'
)
VALIDATION = (
    '{{"kind":"validation","update":{update},"loss_nats":{loss},"items":2,"best":true,"loss_nats_by_kind":{{}}}}\n'
)
SAVED = '{{"kind":"saved","update":{update},"path":"checkpoints/{update:06d}"}}\n'


def step(update: int, loss: float | str = 2.0) -> str:
    return STEP.format(update=update, loss=loss)


def validation(update: int, loss: float | str) -> str:
    return VALIDATION.format(update=update, loss=loss)


def saved(update: int) -> str:
    return SAVED.format(update=update)


def make_run(folder: Path, *lines: str, **settings: object) -> Path:
    folder.mkdir()
    (folder / EVENTS).write_text("".join(lines))
    (folder / "training.yaml").write_text(Plan.model_validate(settings).dump_yaml())
    return folder


def test_a_history_holds_losses_checkpoints_and_the_best(tmp_path: Path) -> None:
    run = make_run(
        tmp_path / "run-001",
        validation(0, 5.0), saved(0), step(1), step(2, "null"), validation(2, 3.0), saved(2), step(3), step(4),
        validation(4, 3.0),
    )  # fmt: skip
    history = load_history(run)
    assert (history.run, history.updates, history.saved) == ("run-001", 4, [0, 2])
    assert history.training == {1: 2.0, 2: None, 3: 2.0, 4: 2.0}
    assert history.training_curve == [(1, 2.0), (3, 2.0), (4, 2.0)]
    assert history.best == (2, 3.0), "the earliest of equals"
    assert history.last is not None and history.last.update == 4


def test_an_update_that_happens_again_counts_once(tmp_path: Path) -> None:
    run = make_run(tmp_path / "r", step(1, 1.0), step(2, 2.0), step(2, 4.0), step(3, 3.0))
    assert load_history(run).training_curve == [(1, 1.0), (2, 4.0), (3, 3.0)]


def test_a_line_that_was_being_written_is_passed_over_and_so_is_what_is_no_event(tmp_path: Path) -> None:
    run = make_run(tmp_path / "r", step(1), "no event\n", step(2), step(3)[:-1])
    assert [event.update for event in read_events(run)] == [1, 2]


def test_a_run_that_has_told_nothing_yet_has_an_empty_history(tmp_path: Path) -> None:
    assert load_history(tmp_path) == RunHistory(tmp_path.name) and load_history(tmp_path).best is None
    rewind_history(tmp_path, 3)
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / EVENTS).mkdir()
    with pytest.raises(FileError, match=EVENTS):
        load_history(tmp_path)


def test_rewinding_leaves_what_came_before_the_checkpoint_byte_for_byte(tmp_path: Path) -> None:
    before = (validation(0, 5.0), saved(0), step(1), step(2), validation(2, 3.0))
    run = make_run(tmp_path / "r", *before, saved(2), step(3), step(4)[:-1])
    rewind_history(run, 2)
    assert (run / EVENTS).read_text() == "".join(before)


def test_two_runs_are_compared_where_one_was_validated(tmp_path: Path) -> None:
    a = make_run(tmp_path / "a", validation(0, 5.0), validation(2, 4.0), rank=8)
    b = make_run(tmp_path / "b", validation(0, 5.0), validation(3, "null"), rank=4)
    found = compare_runs(a, b)
    assert found.differences == ("rank: 8 → 4",)
    assert found.rows == ((0, 5.0, 5.0, 0.0), (2, 4.0, None, None), (3, None, None, None))


def test_one_module_knows_the_file_of_a_run_s_events() -> None:
    """Anything else that names the file would be a second reader, and would drift from this one."""
    named: list[str] = []
    for path in sorted((ROOT / "stylelab").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        named += [path.stem for value in strings if value == EVENTS]
    assert named == ["run_history"]
