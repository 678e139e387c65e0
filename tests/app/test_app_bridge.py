"""The bridge to a worker, over jobs that end in every way: the same outcomes as the commands get."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from ending_jobs import CountResult, EndRequest, declare
from pytestqt.qtbot import QtBot
from windows import PATIENCE

from stylelab.app.platform import dock, finder
from stylelab.app.session.job_process import NICE, JobProcess
from stylelab.app.session.session import Session
from stylelab.jobs.catalogue.basemodels import ImportGgufRequest
from stylelab.jobs.catalogue.corpus import CorpusRequest
from stylelab.jobs.core.client import JobOutcome
from stylelab.jobs.core.protocol import Phase, Progress

COMMAND = (sys.executable, str(Path(__file__).parents[1] / "ending_jobs.py"))
Run = Callable[..., tuple[JobOutcome[Any], list[Any], JobProcess]]


@pytest.fixture
def run(qtbot: QtBot) -> Iterator[Run]:
    """Run a job to its end; `act` is called when it waits."""
    made: list[JobProcess] = []

    def go(job: str, act: Callable[[JobProcess], None] | None = None, **arguments: Any) -> Any:
        process = JobProcess(declare(job), EndRequest.model_validate(arguments), None, COMMAND)
        made.append(process)
        told: list[Any] = []
        process.told.connect(told.append)
        if act is not None:
            process.told.connect(lambda message: act(process) if isinstance(message, Phase) else None)
        with qtbot.waitSignal(process.ended, timeout=PATIENCE) as ended:
            process.start()
        assert ended.args is not None
        return ended.args[0], told, process

    yield go
    for process in made:
        process.kill()
        process.deleteLater()


def test_a_job_finishes_with_its_result_and_every_message(run: Run) -> None:
    outcome, told, _ = run("finish", count=300)
    assert outcome == JobOutcome("finished", CountResult(count=300))
    assert [m.done for m in told if isinstance(m, Progress)] == list(range(1, 301))


def test_an_error_of_ours_keeps_its_code_and_remedy(run: Run) -> None:
    outcome, _, _ = run("refuse")
    assert outcome == JobOutcome("failed", code="wrong", message="The file is wrong.", remedy="Mend it.")


def test_a_crash_is_named_with_its_signal(run: Run) -> None:
    outcome, _, _ = run("abort")
    assert outcome.kind == "crashed" and "SIGABRT" in outcome.message


def test_what_a_worker_said_on_standard_error_is_kept_for_the_details(run: Run) -> None:
    outcome, _, process = run("bug")
    assert outcome.code == "bug" and "Traceback" in process.log


def test_a_killed_worker_is_a_crash(run: Run) -> None:
    outcome, _, _ = run("wait", lambda process: os.kill(process.pid, signal.SIGKILL))
    assert outcome.kind == "crashed" and "SIGKILL" in outcome.message


def test_a_cancelled_job_saves_first(run: Run, tmp_path: Path) -> None:
    outcome, _, _ = run("wait", lambda process: process.cancel(), mark=str(tmp_path / "saved"))
    assert outcome.kind == "cancelled" and (tmp_path / "saved").read_text() == "saved"


def test_a_worker_that_is_let_go_saves_and_leaves(run: Run, tmp_path: Path) -> None:
    run("wait", lambda process: process.let_go(), mark=str(tmp_path / "saved"))
    assert (tmp_path / "saved").read_text() == "saved"


def test_a_worker_that_cannot_start_is_told_once(qtbot: QtBot) -> None:
    process = JobProcess(declare("finish"), EndRequest(), None, (str(Path(__file__).parent / "no such program"),))
    with qtbot.waitSignal(process.ended, timeout=PATIENCE) as ended:
        process.start()
    assert ended.args is not None and ended.args[0].code == "worker_start"
    process.deleteLater()


def test_a_worker_steps_back_behind_the_window(run: Run) -> None:
    before = os.getpriority(os.PRIO_PROCESS, 0)
    seen: list[int] = []

    def look(process: JobProcess) -> None:
        seen.append(os.getpriority(os.PRIO_PROCESS, process.pid))
        process.cancel()

    run("wait", look)
    assert seen == [min(19, before + NICE)] and os.getpriority(os.PRIO_PROCESS, 0) == before


AUTOGROUPS = Path("/proc/self/autogroup")


@pytest.mark.skipif(not AUTOGROUPS.exists(), reason="this system keeps no priority for a whole session")
def test_the_workers_session_steps_back_and_the_windows_does_not(run: Run) -> None:
    own = AUTOGROUPS.read_text()
    seen: list[str] = []

    def look(process: JobProcess) -> None:
        seen.append(Path(f"/proc/{process.pid}/autogroup").read_text())
        process.cancel()

    run("wait", look)
    assert seen[0].endswith(f" nice {NICE}\n") and AUTOGROUPS.read_text() == own


@pytest.mark.parametrize("changes", [True, False])
def test_only_a_job_that_changes_the_project_has_it_read_again(qtbot: QtBot, project: Path, changes: bool) -> None:
    session = Session(command=COMMAND, find=lambda request: declare("finish", changes))
    session.open(project)
    seen: list[bool] = []
    session.changed.connect(lambda: seen.append(True))
    with qtbot.waitSignal(session.job_ended, timeout=PATIENCE):
        session.start(EndRequest())
    assert bool(seen) is changes and session.job is None
    session.close()
    session.deleteLater()


@pytest.mark.parametrize("end", ["finish", "refuse", "bug", "abort", "wait", "kill"])
def test_the_dock_shows_how_far_a_job_is_and_nothing_after_it(
    qtbot: QtBot, project: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    shown: list[float | None] = []
    monkeypatch.setattr(dock.Tile, "show", lambda tile, share: shown.append(share))
    session = Session(command=COMMAND, find=lambda request: declare("half"))
    session.open(project)
    session.job_told.connect(lambda job, message: act(job.process) if isinstance(message, Phase) else None)

    def act(process: JobProcess) -> None:
        process.kill() if end == "kill" else process.cancel()

    with qtbot.waitSignal(session.job_ended, timeout=PATIENCE):
        session.start(EndRequest(end="wait" if end == "kill" else end))
    assert 0.5 in shown and shown[-1] is None and session.job is None
    session.close()
    session.deleteLater()


def test_without_a_project_only_jobs_without_one_start(qtbot: QtBot, project: Path, tmp_path: Path) -> None:
    session = Session()
    assert session.start(CorpusRequest(project=project)) is None and session.job is None
    with qtbot.waitSignal(session.job_ended, timeout=PATIENCE) as ended:
        running = session.start(ImportGgufRequest(path=tmp_path / "none.gguf"))
        assert running is not None
        running.explained_there = True  # so that no sheet is asked for
    assert ended.args is not None and ended.args[1].kind == "failed"
    session.close()
    session.deleteLater()


def test_a_file_is_shown_by_the_finder_or_by_its_folder(tmp_path: Path) -> None:
    run: list[Sequence[str]] = []
    opened: list[Path] = []
    file = tmp_path / "file.gguf"
    file.touch()
    finder.reveal(file, "darwin", run.append, opened.append)
    assert run == [("/usr/bin/open", "-R", str(file))] and not opened
    finder.reveal(file, "linux", run.append, opened.append)
    finder.reveal(tmp_path, "linux", run.append, opened.append)
    assert opened == [tmp_path, tmp_path] and len(run) == 1
