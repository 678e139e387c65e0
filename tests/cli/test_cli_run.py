"""How a job's messages are shown: bars on a terminal, a few plain lines elsewhere."""

from __future__ import annotations

import pytest

from stylelab.cli.run import ProgressBars, ProgressLines, describe_step
from stylelab.events import Sample, Saved, Step, Validation, Warn
from stylelab.jobs.core.protocol import Phase, Progress


def step(loss: float | None) -> Step:
    return Step(
        update=1,
        updates=4,
        loss_nats=loss,
        learning_rate=1e-3,
        grad_norm=1.0,
        tokens_per_second=1234.5,
        peak_bytes=2**30,
        tokens=10,
        seconds_left=3.0,
    )


def test_plain_lines_are_few_and_tell_everything(capsys: pytest.CaptureFixture[str]) -> None:
    view = ProgressLines()
    for done in range(1001):
        view(Progress(done=done, total=1000, unit="passages"))
    view(Phase(name="train"))
    view(step(2.5))
    view(Validation(update=1, loss_nats=2.25, items=3, best=True))
    view(Sample(update=1, prompt="p", text="two\nlines"))
    view(Saved(update=1, path="x"))
    view(Warn(message="careful"))
    out, err = capsys.readouterr()
    lines = err.splitlines()
    assert out == "" and len(lines) <= 11 + 6
    assert "1000/1000 passages" in err and "2.2500 nats over 3 pairs, the best so far" in err
    assert "two lines" in err and "warning: careful" in err and "1.00 GiB" in err


def test_a_lost_loss_is_called_lost_and_never_zero() -> None:
    assert describe_step(step(None)).startswith("loss lost")


def test_a_phase_without_a_length_leaves_no_bar() -> None:
    view = ProgressBars()
    with view:
        view(Phase(name="load"))
        view(Phase(name="make"))
        view(Progress(done=2, total=2, unit="things"))
        view(Phase(name="write"))
    assert [task.description for task in view._bars.tasks] == ["make"]


def test_bytes_are_shown_in_megabytes(capsys: pytest.CaptureFixture[str]) -> None:
    ProgressLines()(Progress(done=46_400_000, total=92_900_000, unit="bytes"))
    assert "46/92 MB" in capsys.readouterr().err


def test_rewrites_are_counted_and_rejections_named(capsys: pytest.CaptureFixture[str]) -> None:
    counts = {"truncated": 1, "number_lost": 1}
    ProgressLines()(Progress(done=6, total=18, unit="texts", accepted=4, rejected=counts))
    assert "6/18 texts" in (told := capsys.readouterr().err)
    assert "accepted 4, rejected 2 (truncated 1, number lost 1)" in told
    ProgressLines()(Progress(done=6, total=18, unit="passages"))
    assert "accepted" not in capsys.readouterr().err
