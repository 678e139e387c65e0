"""Read novels for the recipes of the bundled base: line breaks unwrapped, headings dropped, half of them typographic.

In: a folder of plain-text novels named ``author_title.txt``. Out: chapters. Next: pretrain, plain_pairs, denoise, measure.
"""

from __future__ import annotations

import re
from pathlib import Path

HEADING = re.compile(
    r"^\s*(chapter|book|part|volume|canto|section|letter|epilogue|prologue|preface|introduction|conclusion)\b.{0,60}$"
    r"|^\s*[IVXLC]{1,8}\.?\s*$|^\s*\d{1,3}\.?\s*$",
    re.IGNORECASE,
)


def unwrap(raw: str) -> list[str]:
    """Return a book's chapters as text whose paragraphs are one line each; headings are dropped."""
    raw = raw.lstrip("\ufeff").replace("\r\n", "\n")
    chapters: list[list[str]] = [[]]
    for block in re.split(r"\n\s*\n", raw):
        lines = [line.rstrip() for line in block.split("\n") if line.strip()]
        if not lines:
            continue
        joined = " ".join(line.strip() for line in lines)
        if len(lines) <= 2 and (HEADING.match(lines[0]) or (joined.isupper() and len(joined) < 90)):
            if chapters[-1]:
                chapters.append([])
            continue
        verse = len(lines) > 1 and all(line.startswith("  ") for line in lines)
        chapters[-1].append("\n".join(line.strip() for line in lines) if verse else re.sub(r"\s+", " ", joined))
    return ["\n\n".join(paragraphs) for paragraphs in chapters if sum(map(len, paragraphs)) > 400]


def typographic(text: str) -> str:
    """Turn ASCII quotes and double hyphens into curly quotes and em dashes, as in modern manuscripts."""
    text = text.replace("--", "—")
    text = re.sub(r'(^|[\s(—])"', r"\1“", text).replace('"', "”")
    return re.sub(r"(\w)'(\w)", r"\1’\2", text)


def read_books(folder: Path, held_out: str, left_out: str = "") -> tuple[list[str], list[str]]:
    """Return (training chapters, held-out author's chapters). Every second book is made typographic.

    Args:
        left_out: Another author who is in neither.
    """
    train, held = [], []
    for number, path in enumerate(sorted(folder.glob("*.txt"))):
        data = path.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
        chapters = unwrap(text)
        author = path.name.split("_")[0]
        if author == held_out:
            held += chapters
        elif author != left_out:
            train += [typographic(c) for c in chapters] if number % 2 else chapters
    if not train or not held:
        raise SystemExit(f"no novels for training or none by {held_out!r} in {folder}")
    return train, held
