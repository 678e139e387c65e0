"""The process that speaks with the model hub: `python -m stylelab.basemodels.download.child`.

In: one ChildRequest on standard input. Out: ChildAnswers on standard output. Next: hub, which watches this process and ends it.
Heavy: it alone imports huggingface_hub. The token is in the request and nowhere else.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TypeVar

import httpx2
from huggingface_hub.errors import HfHubHTTPError, HFValidationError, OfflineModeIsEnabled

from stylelab.basemodels.download.faults import explain_fault, read_wait_seconds
from stylelab.basemodels.download.messages import ChildAnswer, ChildError, ChildRequest, FoundRepository
from stylelab.basemodels.download.plan import DownloadPlan, PlannedFile, build_xet_path, choose_files, refuse_code
from stylelab.errors import StyleLabError

Answer = TypeVar("Answer")
ANSWER_SECONDS = 15.0  # without a byte, before a request is made again
AT_ONCE = 4  # files
RETRIES = 4  # after which a line that gives nothing is given up
LONGEST_WAIT_SECONDS = 120  # that a busy hub may ask for; beyond it the user is told
FOUND = 30
BROKEN = (httpx2.TimeoutException, httpx2.NetworkError, httpx2.RemoteProtocolError)  # a line that may be whole again
FAULTS = (HfHubHTTPError, HFValidationError, OfflineModeIsEnabled, httpx2.HTTPError, OSError, ValueError)
XET_FAULTS = (*FAULTS, RuntimeError)

logger = logging.getLogger(__name__)


def main() -> None:
    """Do what the first line asks for, and leave when the one who asked is gone."""
    failed = True
    try:
        answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)  # what a library prints is no answer

        def answer(value: ChildAnswer) -> None:
            answers.write(value.model_dump_json(exclude_none=True) + "\n")
            answers.flush()

        request = ChildRequest.model_validate_json(sys.stdin.readline())
        threading.Thread(target=leave_with_parent, daemon=True).start()
        answer(ChildAnswer(wait_seconds=0))
        try:
            answer(work(request, lambda seconds: answer(ChildAnswer(wait_seconds=seconds))))
        except StyleLabError as error:
            answer(ChildAnswer(error=ChildError(code=error.code, message=error.message, remedy=error.remedy)))
        failed = False
    finally:
        if failed:
            traceback.print_exc()
        os._exit(failed)  # at once: threads may still wait for the hub


def leave_with_parent() -> None:
    """End this process when standard input ends."""
    sys.stdin.read()
    os._exit(1)


def work(request: ChildRequest, on_wait: Callable[[float], None]) -> ChildAnswer:
    """Return the answer to a request.

    Raises:
        ModelError, FileError: The hub or the disk refuses.
    """
    try:
        if request.task == "plan":
            return ChildAnswer(plan=plan_model(request, on_wait))
        if request.task == "search":
            return ChildAnswer(found=search_models(request))
        fetch_files(request, on_wait)
        return ChildAnswer()
    except FAULTS as error:
        raise explain_fault(error, request.repo) from error


def plan_model(request: ChildRequest, on_wait: Callable[[float], None]) -> DownloadPlan:
    """Return the DownloadPlan of a repository at the commit that its revision is now."""
    from huggingface_hub import HfApi

    info = repeat_when_busy(
        lambda: HfApi().model_info(
            request.repo,
            revision=request.revision,
            files_metadata=True,
            timeout=ANSWER_SECONDS,
            token=request.token or False,
        ),
        on_wait,
    )
    refuse_code(info.config, request.repo)
    siblings = {sibling.rfilename: sibling for sibling in info.siblings or []}
    files: list[PlannedFile] = []
    for name in choose_files(siblings, request.repo, request.gguf):
        one = siblings[name]
        sha256 = one.lfs.sha256 if one.lfs else ""
        size = one.lfs.size if one.lfs else one.size or 0
        files.append(
            PlannedFile(name=name, size_bytes=size, sha256=sha256, git_sha1="" if sha256 else one.blob_id or "")
        )
    licence = getattr(info.card_data, "license", None) if info.card_data else None
    return DownloadPlan(repo=request.repo, commit=info.sha or "", files=tuple(files), licence=str(licence or ""))


def search_models(request: ChildRequest) -> list[FoundRepository]:
    """Return the repositories whose names hold a text and that have MLX or safetensors weights, the most used first."""
    from huggingface_hub import HfApi

    out: dict[str, FoundRepository] = {}
    for weights in ("mlx", "safetensors"):
        for model in HfApi().list_models(
            search=request.text,
            filter=weights,
            pipeline_tag="text-generation",
            sort="downloads",
            limit=FOUND,
            expand=["downloads", "gated", "tags"],
            token=request.token or False,
        ):
            tags = model.tags or []
            out[model.id] = FoundRepository(
                repo=model.id,
                downloads=model.downloads or 0,
                gated=bool(model.gated),
                mlx="mlx" in tags,
                licence=next((tag.removeprefix("license:") for tag in tags if tag.startswith("license:")), ""),
            )
    return sorted(out.values(), key=lambda one: (not one.mlx, -one.downloads))


def fetch_files(request: ChildRequest, on_wait: Callable[[float], None]) -> None:
    """Fetch every file of a plan that is not whole yet, several at once, the small ones first."""
    plan, folder = request.plan, request.folder
    assert plan is not None and folder is not None
    missing = [file for file in plan.files if read_length(folder / file.name) != file.size_bytes]
    pool = ThreadPoolExecutor(AT_ONCE)  # no `with`: the first error must not wait for the other files
    waiting = [
        pool.submit(fetch_file, plan, file, folder, request, on_wait)
        for file in sorted(missing, key=lambda file: file.size_bytes)
    ]
    for one in as_completed(waiting):
        one.result()


def fetch_file(
    plan: DownloadPlan, file: PlannedFile, folder: Path, request: ChildRequest, on_wait: Callable[[float], None]
) -> None:
    """Fetch one file: by Xet where the hub offers it and nothing of the file is there, else from where it was cut."""
    from huggingface_hub.file_download import hf_hub_url
    from huggingface_hub.utils import build_hf_headers
    from huggingface_hub.utils._runtime import is_xet_available  # elsewhere it is exported for the running program only

    url = hf_hub_url(plan.repo, file.name, revision=plan.commit)
    headers = build_hf_headers(token=request.token or False, library_name="stylelab")
    path = folder / file.name
    if request.xet and file.sha256 and is_xet_available() and not path.exists():
        try:
            fetch_by_xet(url, headers, path, file.size_bytes, request.token)
        except XET_FAULTS as error:
            logger.warning("Xet fails for %s: %s", file.name, type(error).__name__)
    build_xet_path(path).unlink(missing_ok=True)
    fetch_plainly(url, headers, path, file.size_bytes, on_wait)


def fetch_by_xet(url: str, headers: dict[str, str], path: Path, size_bytes: int, token: str | None) -> None:
    """Fetch a file by Xet, the hub's own protocol, if the hub keeps it so; it appears whole."""
    from huggingface_hub.file_download import get_hf_file_metadata, xet_get

    metadata = get_hf_file_metadata(url, token=token or False, timeout=ANSWER_SECONDS)
    if metadata.xet_file_data is None:
        return
    aside = build_xet_path(path)
    aside.unlink(missing_ok=True)
    xet_get(incomplete_path=aside, xet_file_data=metadata.xet_file_data, headers=headers, expected_size=size_bytes)
    aside.replace(path)


def fetch_plainly(
    url: str, headers: dict[str, str], path: Path, size_bytes: int, on_wait: Callable[[float], None]
) -> None:
    """Fetch a file by HTTP, from the byte that comes next; a line that breaks is tried again while it brings anything."""
    if read_length(path) > size_bytes:
        path.unlink()
    if size_bytes == 0:
        path.touch()
    failures = 0
    while (before := read_length(path)) < size_bytes:
        fault: Exception = httpx2.RemoteProtocolError("the hub sent nothing")
        try:
            repeat_when_busy(lambda: stream_on(url, headers, path), on_wait)
        except BROKEN as error:
            fault = error
        if read_length(path) > before:
            failures = 0
            continue
        failures += 1
        if failures > RETRIES:
            raise fault
        time.sleep(0.2 * 2**failures)


def stream_on(url: str, headers: dict[str, str], path: Path) -> None:
    """Append to a file what comes after its last byte; a hub that sends all from the start is taken from the start."""
    from huggingface_hub.utils import get_session, hf_raise_for_status

    asked = {**headers, "Accept-Encoding": "identity"}
    if have := read_length(path):
        asked["Range"] = f"bytes={have}-"
    with get_session().stream(
        "GET", url, headers=asked, timeout=httpx2.Timeout(ANSWER_SECONDS), follow_redirects=True
    ) as response:
        if response.status_code >= 400:
            response.read()
        hf_raise_for_status(response)
        with path.open("ab" if response.status_code == 206 else "wb", buffering=0) as stream:
            for piece in response.iter_bytes():  # as it comes: a cut loses nothing
                stream.write(piece)


def repeat_when_busy(ask: Callable[[], Answer], on_wait: Callable[[float], None]) -> Answer:
    """Return an answer, after the wait that a busy hub asks for, twice at most."""
    for _ in range(2):
        try:
            return ask()
        except HfHubHTTPError as error:
            seconds = read_wait_seconds(error)
            if seconds is None or seconds > LONGEST_WAIT_SECONDS:
                raise
            on_wait(seconds)
            time.sleep(seconds)
    return ask()


def read_length(path: Path) -> int:
    """Return a file's length in bytes; 0 where there is none."""
    return path.stat().st_size if path.exists() else 0


if __name__ == "__main__":
    main()
