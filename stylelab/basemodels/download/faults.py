"""What went wrong between this machine and the model hub, in errors of ours.

In: an error of huggingface_hub, of its HTTP library or of the system. Out: a StyleLabError. Next: child. It
reads the hub's answer, not the library's sentences.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Mapping
from typing import Any

from stylelab.errors import FileError, ModelError, StyleLabError

RATE_LIMIT = re.compile(r";\s*t\s*=\s*(\d+)")  # of the header RateLimit: seconds until the window begins anew
PATIENCE_SECONDS = 30  # where a busy hub does not say how long


def explain_fault(error: Exception, repo: str) -> StyleLabError:
    """Return the error that a user is told, with what to do."""
    response: Any = getattr(error, "response", None)
    if response is not None:
        return explain_status(int(response.status_code), dict(response.headers), repo)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FileError(
            f"The disk is full: {repo} has not arrived whole; what is there is kept.",
            remedy="Free some space and run the same command again: it goes on where it stopped.",
            code="disk_full",
        )
    if isinstance(error, OSError) and error.errno is not None:
        return FileError(f"Cannot write {repo}: {error.strerror}.", remedy="Check the models folder and the disk.")
    if type(error).__name__ == "HFValidationError":
        return ModelError(f"'{repo}' names no repository.", remedy="Name it as OWNER/NAME.", code="download_missing")
    if isinstance(error, ValueError):
        return ModelError(
            f"What answers for {repo} is no model hub, or not one that is known here ({type(error).__name__}).",
            remedy="Check HF_ENDPOINT where you use a mirror, or whether a login page stands before the network.",
            code="download_answer",
        )
    return ModelError(
        f"The model hub cannot be reached for {repo} ({type(error).__name__}); what has arrived is kept.",
        remedy="Check the connection, and HF_ENDPOINT where you use a mirror; then run the same command again.",
        code="download_offline",
    )


def explain_status(status: int, headers: Mapping[str, str], repo: str) -> StyleLabError:
    """Return the error that an answer of the hub means."""
    lower = {key.lower(): value for key, value in headers.items()}
    code = lower.get("x-error-code", "")
    if code == "GatedRepo" or status == 403:
        return ModelError(
            f"{repo} is gated: its makers ask you to accept their terms first.",
            remedy="Open its page on the hub, accept the terms, and give StyleLab a read token of that account.",
            code="download_gated",
        )
    if code in ("RepoNotFound", "RevisionNotFound", "EntryNotFound") or status == 404:
        return ModelError(
            f"The hub has no {repo}, or not this revision or file of it, or it is private.",
            remedy="Check the name; a private model needs a read token.",
            code="download_missing",
        )
    if status == 401:
        return ModelError(
            f"The hub wants to know who asks for {repo}: it is gated or private, or does not exist, or the token is not valid.",
            remedy="Check the name; accept its terms on the hub, and give StyleLab a read token of that account.",
            code="download_gated",
        )
    if status == 429:
        seconds = find_wait_seconds(lower)
        return ModelError(
            f"The hub is asked too often from here; it wants a pause of {seconds:.0f} seconds.",
            remedy="Wait that long and run the same command again; with a token the hub allows more.",
            code="download_busy",
        )
    return ModelError(
        f"The hub answers for {repo} with error {status}; what has arrived is kept.",
        remedy="Run the same command again a little later.",
        code="download_offline",
    )


def read_wait_seconds(error: Exception) -> float | None:
    """Return the seconds for which a busy hub asks; None where it is not that."""
    response: Any = getattr(error, "response", None)
    if response is None or response.status_code != 429:
        return None
    return find_wait_seconds({key.lower(): value for key, value in dict(response.headers).items()})


def find_wait_seconds(headers: Mapping[str, str]) -> float:
    """Return the seconds that an answer's headers (in lower case) ask to wait."""
    after = headers.get("retry-after", "").strip()
    if after.isdigit():
        return float(after)
    found = RATE_LIMIT.search(headers.get("ratelimit", ""))
    return float(found[1]) if found else float(PATIENCE_SECONDS)
