"""What every format's reader gives, and the errors they share.

In: nothing. Out: FormatText, and our errors with code and remedy. Next: readers, which repairs the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stylelab.corpus.document import Change, Chapter
from stylelab.errors import CorpusError

LARGEST_TEXT = 32 * 1024 * 1024  # bytes; a novel has one or two million, and 32 MB take 0.7 GB of memory to repair
LARGEST_CONTAINER = 256 * 1024 * 1024  # bytes; pictures count here


@dataclass(frozen=True)
class FormatText:
    """A text as its format holds it, not yet repaired.

    Args:
        text: Paragraphs apart by blank lines where the format knows them; headings begin with #; \\f ends a page.
        encoding: How the bytes were read.
        repairs: What the format's reader itself put right, by kind.
        chapters: Parts that were taken.
        changes: Paragraphs that tracked changes touch.
    """

    text: str
    encoding: str
    repairs: Mapping[str, int] = field(default_factory=dict[str, int])
    chapters: tuple[Chapter, ...] = ()
    changes: tuple[Change, ...] = ()


def format_heading(text: str, level: int) -> str:
    """Return a heading as a line of its own that the rule for chapter titles knows.

    Args:
        level: 1 to 6; others are brought into it.
    """
    line = " ".join(text.split())
    return f"{'#' * min(6, max(1, level))} {line}" if line else ""


def mark_emphasis(text: str) -> str:
    """Return a stretch of italics between underscores, as plain-text books print it; spaces stay outside."""
    inner = text.strip()
    if not inner or not any(c.isalnum() for c in inner):
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}_{inner}_{after}"


def build_damaged_error(name: str, why: str) -> CorpusError:
    """Return the error for a file that is not whole, or not what it should be."""
    return CorpusError(
        f"{name} is damaged: {why}.",
        remedy="Open it in the program that made it and save it again, or export it as plain text.",
        code="file_damaged",
    )


def build_size_error(name: str, size_bytes: int, limit_bytes: int) -> CorpusError:
    """Return the error for a file over the limit."""
    return CorpusError(
        f"{name} has {size_bytes / 1e6:,.0f} MB.",
        remedy=f"Split it into files of at most {limit_bytes // 2**20} MB.",
        code="file_large",
    )


def build_password_error(name: str) -> CorpusError:
    """Return the error for a file that only a password opens."""
    return CorpusError(
        f"{name} is protected with a password.",
        remedy="Open it with its password and save a copy without one.",
        code="file_password",
    )


def build_empty_error(name: str) -> CorpusError:
    """Return the error for a file without a text."""
    return CorpusError(
        f"{name} is empty.", remedy="Leave it out, or choose the file that holds the text.", code="file_empty"
    )
