"""Workers as real children: finish, cancel, fail, break, abort, be killed, lose the parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ending_jobs import CountResult, EndRequest, declare

from stylelab.jobs.core import client
from stylelab.jobs.core.client import Outcome, Worker
from stylelab.jobs.core.environment import environment
from stylelab.jobs.core.protocol import Cancel, Decoder, Down, Hello, Phase, Progress, Request, decode, encode

TESTS = Path(__file__).parents[1]
COMMAND = (sys.executable, str(TESTS / "ending_jobs.py"))


def run(job: str, **arguments: Any) -> tuple[Outcome, list[Down]]:
    messages: list[Down] = []
    request = EndRequest.model_validate(arguments)
    return client.run(declare(job), request, messages.append, command=COMMAND), messages


def test_a_job_finishes_with_its_result_and_all_its_messages() -> None:
    outcome, messages = run("finish", count=3)
    assert outcome == Outcome("finished", CountResult(count=3))
    assert isinstance(messages[0], Hello)
    assert [m.done for m in messages if isinstance(m, Progress)] == [1, 2, 3]


def test_stray_prints_do_not_disturb_the_protocol(capfd: pytest.CaptureFixture[str]) -> None:
    outcome, _ = run("stray")
    assert outcome.kind == "finished"
    told = capfd.readouterr().err
    assert "a library prints this" in told and "and C code that" in told


def test_an_error_of_ours_arrives_with_its_remedy() -> None:
    outcome, _ = run("refuse")
    assert outcome == Outcome("failed", code="wrong", message="The file is wrong.", remedy="Mend it.")


def test_a_bug_is_called_one_and_its_traceback_logged(capfd: pytest.CaptureFixture[str]) -> None:
    outcome, _ = run("bug")
    assert outcome.kind == "failed" and outcome.code == "bug" and "ZeroDivisionError" in outcome.message
    assert "Traceback" in capfd.readouterr().err


def test_a_crash_is_named_with_its_signal() -> None:
    outcome, _ = run("abort")
    assert outcome.kind == "crashed" and "SIGABRT" in outcome.message


def act_when_waiting(act: Any, **arguments: Any) -> Outcome:
    worker = Worker(declare("wait"), EndRequest.model_validate(arguments), COMMAND)

    def on_message(message: Down) -> None:
        if isinstance(message, Phase):
            act(worker)

    return worker.follow(on_message)


def test_cancel_lets_the_job_save_first(tmp_path: Path) -> None:
    outcome = act_when_waiting(lambda worker: worker.cancel(), mark=str(tmp_path / "mark"))
    assert outcome.kind == "cancelled" and (tmp_path / "mark").read_text() == "saved"


def test_a_killed_worker_is_reported_with_the_likely_cause() -> None:
    outcome = act_when_waiting(lambda worker: os.kill(worker.process.pid, signal.SIGKILL))
    assert outcome.kind == "crashed" and "SIGKILL" in outcome.message and "memory" in outcome.message


def test_a_commands_worker_runs_at_the_commands_priority() -> None:
    seen: list[int] = []

    def look(worker: Worker) -> None:
        seen.append(os.getpriority(os.PRIO_PROCESS, worker.process.pid))
        worker.cancel()

    act_when_waiting(look)
    assert seen == [os.getpriority(os.PRIO_PROCESS, 0)]


PARENT = """
import sys
sys.path.insert(0, sys.argv[2])
from ending_jobs import EndRequest, declare
from stylelab.jobs.core.client import Worker
from stylelab.jobs.core.protocol import Phase
worker = Worker(declare("wait"), EndRequest(mark=sys.argv[1]), sys.argv[3:])
def on_message(message):
    if isinstance(message, Phase):
        print(worker.process.pid, flush=True)
worker.follow(on_message)
"""


def test_a_worker_whose_parent_is_gone_saves_and_leaves(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    os.mkfifo(mark)  # opening it waits for the worker's "saved", so nothing has to sleep
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(mark), str(TESTS), *COMMAND], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None and int(parent.stdout.readline()) > 0
    parent.kill()
    parent.communicate()
    assert mark.read_text() == "saved"


def test_half_lines_wait_for_their_rest() -> None:
    data = encode(Phase(name="Überarbeiten")) + encode(Cancel())
    decoder = Decoder()
    got = [m for byte in data for m in decoder.feed(bytes([byte]))]
    assert got == [Phase(name="Überarbeiten"), Cancel()]
    assert decoder.feed(b"no message\n") == [] and decoder.strays == [b"no message"]


def test_messages_come_back_as_they_were() -> None:
    request = Request(job="train", arguments={"project": "a\nb", "scale": 1.5, "none": None})
    assert encode(request).count(b"\n") == 1 and decode(encode(request)[:-1]) == request


def test_macos_relaxes_the_gpu_watchdog_and_linux_compiles_nothing() -> None:
    assert environment("darwin", {})["AGX_RELAX_CDM_CTXSTORE_TIMEOUT"] == "1"
    assert "MLX_DISABLE_COMPILE" not in environment("darwin", {})
    assert "AGX_RELAX_CDM_CTXSTORE_TIMEOUT" not in environment("linux", {})
    assert environment("linux", {"A": "b"})["A"] == "b"


def test_commands_client_and_project_load_nothing_heavy() -> None:
    code = (
        "import sys; import stylelab.cli.main, stylelab.jobs.core.client, stylelab.project.project\n"
        "print([m for m in ('mlx', 'mlx_lm', 'spacy', 'transformers', 'PySide6', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
