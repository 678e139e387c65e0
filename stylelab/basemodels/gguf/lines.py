"""Lines on which a rebuilt tokenizer is tried: the prose of the sample corpora, and a list of what tokenizers stumble over.

In: resources. Out: lines. Next: imported. Unicode that a tokenizer may rightly change (letters not composed, SentencePiece's own
mark for a blank) is not among them: every line must come back whole.
"""

from __future__ import annotations

import re

from stylelab.paths import locate_bundled

FILE = "tokenizer_lines.txt"
LINES = 2_000
WORDS = 10  # in a line of prose; a new one begins at each, so that no line stands twice
PIECE = re.compile(rf"(?:\S+\s*){{1,{WORDS}}}")


def gather_trial_lines(count: int = LINES) -> list[str]:
    """Return the hard lines and, up to `count` lines, the samples' prose in pieces of ten words, all different."""
    resources = locate_bundled("resources")
    lines = [line for line in (resources / FILE).read_text(encoding="utf-8").split("\n") if line]
    for path in sorted((resources / "samples").glob("*/*.txt")):
        for paragraph in path.read_text(encoding="utf-8").split("\n"):
            lines += [piece.rstrip() for piece in PIECE.findall(paragraph)]
    return list(dict.fromkeys(lines))[:count]
