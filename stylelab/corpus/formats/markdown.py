"""Markdown: front matter and comments go; headings and marks of emphasis stay.

In: bytes. Out: a FormatText; underlined headings begin with # like the others. Next: readers, which repairs it.
"""

from __future__ import annotations

import re

from stylelab.corpus.formats import txt
from stylelab.corpus.formats.reading import FormatText

FRONT = re.compile(
    r"\A\ufeff?(?P<fence>---|\+\+\+)[ \t]*\n(?P<body>(?:(?!(?P=fence)).*\n){0,500}?)(?P=fence)[ \t]*(?:\n|\Z)"
)
SETTING = re.compile(r"[\w-]+\s*[:=]|#|\s|-\s|\Z")  # a line of front matter: a key, a comment, something set in, a list
UNDERLINED = re.compile(r"^(?P<title>[^\s#>=-][^\n]{0,200})\n(?P<line>=+|-{3,})[ \t]*$", re.M)


def read(name: str, data: bytes) -> FormatText:
    """Read Markdown.

    Raises:
        CorpusError: The bytes are no text.
    """
    text, encoding = txt.decode(name, data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = FRONT.match(text)
    if front and all(SETTING.match(line) for line in front["body"].split("\n")):
        text = text[front.end() :]
    text = UNDERLINED.sub(_underlined, drop_comments(text))
    return FormatText(text, encoding)


def drop_comments(text: str) -> str:
    """Drop <!-- comments -->; one that never ends is text."""
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join(parts) + text[at:]


def _underlined(found: re.Match[str]) -> str:
    """A line of dashes under a sentence's end is a break, not a heading's mark."""
    if found["line"].startswith("-") and re.search(r"[.!?…:;,\"”’»*_]\s*$", found["title"]):
        return f"{found['title']}\n\n---"
    return f"{'#' if found['line'].startswith('=') else '##'} {found['title'].strip()}"
