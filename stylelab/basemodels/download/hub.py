"""Base models from the model hub: planned, fetched by a process of their own, checked, and put in place whole or not at all.

In: a repository. Out: a model folder with origin.json. Next: library, load. Light: huggingface_hub is in the child alone.

The child writes into a hidden folder beside the models; this side watches the bytes on disk, kills a child that stalls and starts
another without Xet, and checks every file against the hub's own hash before the folder gets its name.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import shutil
import sys
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from stylelab.basemodels.download.messages import ChildAnswer, ChildRequest, FoundRepository
from stylelab.basemodels.download.plan import PLAN, DownloadPlan, PlannedFile, list_partial, measure_arrived
from stylelab.basemodels.download.process import run_child
from stylelab.basemodels.identity import inspect
from stylelab.basemodels.library import Origin, check_name_free, check_space, read_origin, write_origin
from stylelab.errors import FileError, ModelError
from stylelab.files import atomic_write, explain_os_errors, read_pieces

CHILD = (sys.executable, "-m", "stylelab.basemodels.download.child")
STALL_SECONDS = 60.0  # without one byte
START_SECONDS = 60.0  # for the child to say that it is there
FILE_CODES = ("disk_full", "file")

logger = logging.getLogger(__name__)


def never_stop() -> bool:
    """Return False: nobody wants to stop."""
    return False


def ignore_progress(done_bytes: int, total_bytes: int) -> None:
    """Do nothing with progress."""


def search_hub(
    text: str, *, token: str | None = None, should_stop: Callable[[], bool] = never_stop
) -> list[FoundRepository] | None:
    """Return repositories of text models whose names hold a text; None where it was stopped.

    Raises:
        ModelError: The hub cannot be reached, or refuses.
    """
    answer = ask(ChildRequest(task="search", repo=text, text=text, token=token), should_stop)
    return None if answer is None else answer.found


def plan_download(
    repo: str,
    *,
    revision: str | None = None,
    gguf: str | None = None,
    token: str | None = None,
    should_stop: Callable[[], bool] = never_stop,
) -> DownloadPlan | None:
    """Return what a download of a repository would fetch; nothing is fetched yet. None where it was stopped.

    Args:
        repo: Owner and name.
        revision: A branch, tag or commit; the default branch without one. The plan names its commit.
        gguf: A GGUF file to take instead of a model folder.

    Raises:
        ModelError: Gated, missing, no model in it, one that wants to run code, or the hub cannot be reached.
    """
    answer = ask(ChildRequest(task="plan", repo=repo, revision=revision, gguf=gguf, token=token), should_stop)
    return None if answer is None else answer.plan


def find_partial(repo: str, models: Path) -> DownloadPlan | None:
    """Return the plan of a download of a repository that was cut or stopped, to go on with the same commit."""
    return next((plan for plan, _ in list_partial(models) if plan.repo.lower() == repo.lower()), None)


def discard_partial(plan: DownloadPlan, models: Path) -> None:
    """Remove what has arrived of a download that will not go on."""
    shutil.rmtree(plan.partial_folder(models), ignore_errors=True)


def download(
    plan: DownloadPlan,
    models: Path,
    *,
    name: str = "",
    token: str | None = None,
    on_progress: Callable[[int, int], None] = ignore_progress,
    should_stop: Callable[[], bool] = never_stop,
    stall_seconds: float = STALL_SECONDS,
) -> Path | None:
    """Fetch a model; return its folder, or None where it was stopped. What has arrived is kept, and the next call goes on.

    Args:
        models: The folder in which the model's folder will stand.
        name: Of the model's folder; the repository's own by default.
        on_progress: Called with the bytes that are there and all bytes, whenever they change.
        should_stop: Asked ten times a second.
        stall_seconds: Without one byte, until it is tried another way, and then given up.

    Raises:
        ModelError: Gated, missing, busy, offline, stalled, a wrong hash, no usable model, or a name that is taken.
        FileError: The disk is full or would be, no permission.
    """
    target = models / (name or plan.name)
    origin = read_origin(target)
    if origin is not None and (origin.name, origin.revision) == (plan.repo, plan.commit):
        return target
    check_name_free(target.name, models)
    partial = plan.partial_folder(models)
    with explain_os_errors(partial):
        partial.mkdir(parents=True, exist_ok=True)
    with hold_partial(partial, plan):
        atomic_write(partial / PLAN, plan.model_dump_json(indent=2))
        check_space(plan.total_bytes - measure_arrived(plan, partial), models, plan.repo)
        if not fetch(plan, partial, token, on_progress, should_stop, stall_seconds):
            return None
        hashes = check_files(plan, partial, should_stop)
        if hashes is None:
            return None
        if "config.json" in hashes:
            inspect(partial)
        write_origin(
            partial,
            Origin(source="hub", name=plan.repo, revision=plan.commit, files=hashes, licence=plan.licence),
        )
        (partial / PLAN).unlink()
        with explain_os_errors(target):
            os.replace(partial, target)
        (target / ".lock").unlink(missing_ok=True)
    return target


@contextmanager
def hold_partial(partial: Path, plan: DownloadPlan) -> Generator[None]:
    """Hold the folder of a download for the block, so that no two processes write into it.

    Raises:
        ModelError: Another process downloads the same model.
    """
    with explain_os_errors(partial):
        handle = os.open(partial / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise ModelError(
            f"Another process is downloading {plan.repo}.",
            remedy="Wait until it ends, or stop it.",
            code="download_running",
        ) from error
    finally:
        os.close(handle)


def fetch(
    plan: DownloadPlan,
    partial: Path,
    token: str | None,
    on_progress: Callable[[int, int], None],
    should_stop: Callable[[], bool],
    stall_seconds: float,
) -> bool:
    """Fetch the files of a plan; return whether all are there now, False where it was stopped.

    Raises:
        ModelError, FileError: As `download`.
    """
    for xet in (True, False):
        watch = Watch(plan, partial, on_progress, should_stop, stall_seconds)
        request = ChildRequest(task="download", repo=plan.repo, plan=plan, folder=partial, xet=xet, token=token)
        if ask(request, watch.tick, watch.allow) is not None:
            on_progress(plan.total_bytes, plan.total_bytes)
            return True
        if not watch.stalled:
            return False
        logger.warning("%s stalls at %d bytes (Xet %s)", plan.repo, watch.done, "on" if xet else "off")
    raise ModelError(
        f"The hub sends nothing more of {plan.repo}; {plan.total_bytes - watch.done:,} bytes are missing, the others are kept.",
        remedy="Check the connection and run the same command again: it goes on where it stopped.",
        code="download_stalled",
    )


class Watch:
    """Looks at what has arrived, tells it, and sees when nothing arrives any more."""

    def __init__(
        self,
        plan: DownloadPlan,
        partial: Path,
        on_progress: Callable[[int, int], None],
        should_stop: Callable[[], bool],
        stall_seconds: float,
    ) -> None:
        self.plan, self.partial = plan, partial
        self.on_progress, self.should_stop = on_progress, should_stop
        self.stall_seconds = stall_seconds
        self.done, self.stalled = -1, False
        self._seen: object = None
        self._started = False
        self._until = time.monotonic() + START_SECONDS

    def allow(self, seconds: float) -> None:
        """Begin to wait for bytes; give a busy hub its time."""
        until = time.monotonic() + seconds + self.stall_seconds
        self._until = max(self._until, until) if self._started else until
        self._started = True

    def tick(self) -> bool:
        """Return whether the child must end: it was stopped, or it stalls."""
        done = measure_arrived(self.plan, self.partial)
        if done > self.done:
            self.done = done
            self.on_progress(done, self.plan.total_bytes)
        seen = [describe_state(self.partial / entry) for entry in sorted(os.listdir(self.partial))]
        now = time.monotonic()
        if seen != self._seen:
            self._seen, self._until = seen, max(self._until, now + self.stall_seconds)
        self.stalled = now > self._until
        return self.stalled or self.should_stop()


def describe_state(path: Path) -> tuple[str, int, int]:
    """Return a file's name, size and time of change, which show whether anything happens to it."""
    try:
        status = path.stat()
    except OSError:
        return path.name, 0, 0
    return path.name, status.st_size, status.st_mtime_ns


def check_files(plan: DownloadPlan, partial: Path, should_stop: Callable[[], bool]) -> dict[str, str] | None:
    """Return the SHA-256 of every file after comparing it with the hub's own hash; None where it was stopped.

    Raises:
        ModelError: A file is not what the hub says; it is removed, so that it is fetched again.
    """
    hashes: dict[str, str] = {}
    for file in plan.files:
        found = hash_file(partial / file.name, file, should_stop)
        if found is None:
            return None
        sha256, git_sha1 = found
        if (file.sha256 or sha256, file.git_sha1 or git_sha1) != (sha256, git_sha1):
            (partial / file.name).unlink()
            raise ModelError(
                f"{file.name} of {plan.repo} did not arrive as the hub has it; it is thrown away.",
                remedy="Run the same command again: that file alone is fetched anew.",
                code="download_hash",
            )
        hashes[file.name] = sha256
    return hashes


def hash_file(path: Path, file: PlannedFile, should_stop: Callable[[], bool]) -> tuple[str, str] | None:
    """Return a file's SHA-256 and git's hash of it; None where it was stopped."""
    sha256 = hashlib.sha256()
    git = hashlib.sha1(f"blob {file.size_bytes}\0".encode(), usedforsecurity=False)
    for piece in read_pieces(path):
        if should_stop():
            return None
        sha256.update(piece)
        if file.git_sha1:
            git.update(piece)
    return sha256.hexdigest(), git.hexdigest() if file.git_sha1 else ""


def ask(
    request: ChildRequest,
    should_stop: Callable[[], bool],
    on_wait: Callable[[float], None] = lambda seconds: None,
) -> ChildAnswer | None:
    """Return the child's answer, or None where it was stopped.

    Raises:
        StyleLabError: What the child says went wrong.
        ModelError: It died without a word.
    """
    last: list[ChildAnswer] = []

    def read(line: str) -> None:
        answer = ChildAnswer.model_validate_json(line)
        if answer.wait_seconds is not None:
            on_wait(answer.wait_seconds)
        else:
            last[:] = [answer]

    code = run_child(CHILD, child_environment(), request=request.model_dump_json(), on_line=read, on_tick=should_stop)
    if code is None:
        return None
    if last and (error := last[0].error) is not None:
        kind = FileError if error.code in FILE_CODES else ModelError
        raise kind(error.message, remedy=error.remedy, code=error.code)
    if last:
        return last[0]
    raise ModelError(
        f"The process that downloads ended without a word (exit code {code}).",
        remedy="Run the same command again: it goes on where it stopped.",
        code="download_died",
    )


def child_environment(own: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment of the child: online, since that was asked for, and without a token of its own."""
    dropped = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_DEBUG")
    out = {key: value for key, value in own.items() if key not in dropped}
    out |= {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1"}
    return out
