"""Jobs seen from the window: cancelled, killed, resumed, and found again after a restart; closing while one runs."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import cast

from projects import PLAN
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot
from windows import LEFT, PATIENCE, Open, settle

from stylelab.app.frame.job_status import JobStatus
from stylelab.app.frame.window import Window
from stylelab.app.pages.training.page import TrainingPage
from stylelab.app.session.job_process import JobProcess
from stylelab.app.session.session import RunningJob
from stylelab.app.session.stages import StageState
from stylelab.events import Saved, Step
from stylelab.jobs.catalogue.basemodels import PullRequest
from stylelab.jobs.catalogue.jobs import find_job
from stylelab.jobs.catalogue.pairs import PairsRequest
from stylelab.jobs.core.protocol import Phase, Progress
from stylelab.project.lock import hold
from stylelab.project.run_history import read_events
from stylelab.training.plan import Plan


def lengthen(project: Path, iters: int) -> None:
    """Give the next run so many batches; checkpoints stay two updates apart."""
    plan = Plan.model_validate({**PLAN, "iters": iters, "steps_per_eval": iters // 2})
    (project / "training.yaml").write_text(plan.dump_yaml(), encoding="utf-8")


def training(window: Window) -> TrainingPage:
    page = window.page
    assert isinstance(page, TrainingPage)
    return page


def wait_for(qtbot: QtBot, window: Window, kind: type, least: int) -> None:
    """Wait until the job has told of an update."""

    def told(job: RunningJob, message: object) -> bool:
        return isinstance(message, kind) and getattr(message, "update", 0) >= least

    with qtbot.waitSignal(window.session.job_told, timeout=PATIENCE, check_params_cb=told):
        pass


def test_a_run_is_paused_killed_resumed_and_found_after_a_restart(
    open_window: Open, qtbot: QtBot, trained_copy: Path
) -> None:
    lengthen(trained_copy, 40)
    window = open_window(trained_copy, "training")
    page = training(window)
    qtbot.mouseClick(page.main, LEFT)
    assert page.main.text() == "Pause"
    wait_for(qtbot, window, Step, 3)
    with qtbot.waitSignal(window.session.job_ended, timeout=PATIENCE) as ended:
        qtbot.mouseClick(window.foot.cancel, LEFT)
    assert ended.args is not None and ended.args[1].kind == "cancelled"
    settle(qtbot, window)
    assert page.main.text() == "Resume"
    assert window.sidebar.items["training"].stage.state == StageState.ATTENTION

    reached = page.story.training_curve[-1][0]
    qtbot.mouseClick(page.main, LEFT)
    wait_for(qtbot, window, Saved, reached + 2)
    assert [update for update, _ in page.story.training_curve[:reached]] == list(range(1, reached + 1))
    job = window.session.job
    assert job is not None
    with qtbot.waitSignal(window.session.job_ended, timeout=PATIENCE) as ended:
        os.kill(job.process.pid, signal.SIGKILL)
    assert ended.args is not None and ended.args[1].kind == "crashed"
    sheet = window.sheet
    assert sheet is not None and [made.text() for made in sheet.choices] == ["Resume Training"]
    sheet.leave.click()
    settle(qtbot, window)
    window.close()

    again = open_window(trained_copy, "training")
    page = training(again)
    assert page.main.text() == "Resume"
    assert again.sidebar.items["training"].stage.state == StageState.ATTENTION
    with qtbot.waitSignal(again.session.job_ended, timeout=PATIENCE) as ended:
        qtbot.mouseClick(page.main, LEFT)
    assert ended.args is not None and ended.args[1].kind == "finished"
    settle(qtbot, again)
    assert [update for update, _ in page.story.training_curve] == list(range(1, 41)), "every update is told once"
    steps = [event.update for event in read_events(trained_copy / "runs" / page.story.run) if isinstance(event, Step)]
    assert steps == list(range(1, 41)), "and stands once in the run's file"
    assert again.sidebar.items["training"].stage.state == StageState.DONE


def test_closing_while_a_job_runs_asks_and_saves(open_window: Open, qtbot: QtBot, trained_copy: Path) -> None:
    lengthen(trained_copy, 2000)
    window = open_window(trained_copy, "training")
    page = training(window)
    qtbot.mouseClick(page.main, LEFT)
    wait_for(qtbot, window, Step, 1)
    window.close()
    sheet = window.sheet
    assert window.isVisible() and sheet is not None
    assert [made.text() for made in sheet.choices] == ["Save and Quit", "Continue in Background"]
    ended = QSignalSpy(window.ended)
    with qtbot.waitSignal(window.ended, timeout=PATIENCE):
        sheet.choices[0].click()
    assert ended.count() == 1 and not window.isVisible()
    assert sorted((trained_copy / "runs" / "run-002" / "checkpoints").iterdir())


def test_closing_can_leave_the_job_to_the_background(open_window: Open, qtbot: QtBot, trained_copy: Path) -> None:
    lengthen(trained_copy, 6)
    window = open_window(trained_copy, "training")
    qtbot.mouseClick(training(window).main, LEFT)
    window.close()
    sheet = window.sheet
    assert sheet is not None
    with qtbot.waitSignal(window.ended, timeout=PATIENCE):
        sheet.choices[1].click()
        assert not window.isVisible() and window.session.job is not None
    assert (trained_copy / "runs" / "run-002" / "adapters.safetensors").is_file()


def test_a_second_window_cannot_work_where_something_else_works(
    open_window: Open, qtbot: QtBot, trained_copy: Path
) -> None:
    window = open_window(trained_copy, "pairs")
    with hold(trained_copy), qtbot.waitSignal(window.session.job_ended, timeout=PATIENCE):
        window.session.start(PairsRequest(project=trained_copy))
    sheet = window.sheet
    assert sheet is not None and "working" in sheet.windowTitle()


def test_a_download_is_shown_in_megabytes(qtbot: QtBot) -> None:
    status, request = JobStatus(), PullRequest(model="someone/tiny")
    qtbot.addWidget(status)
    job = RunningJob(find_job(request), request, cast(JobProcess, None))
    job.take(Phase(name="download"))
    status.show_job(job)
    assert status._how_far.text() == "Downloading"
    job.take(Progress(done=46_400_000, total=92_900_000, unit="bytes"))
    status.show_job(job)
    assert status._how_far.text().splitlines()[0] == "46 MB of 93 MB"
