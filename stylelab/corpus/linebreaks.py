"""Line ends and page ends that a printer made, not the author: cut words are put together, page turns closed.

In: a text. Out: the text and counts. Asked by repair. Paragraphs are unwrapped in passage; here they are only counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from stylelab.corpus.layout import lines_are_paragraphs
from stylelab.language.books import SUSPENDED, book_words

CUT = re.compile(r"[-‐]\n[ \t]*(?=[^\W\d_])")
SOFT = "\u00ad"
SOFT_END = re.compile(r"(?<=[^\W\d_])(?:\u00ad|¬)\n[ \t]*(?=[^\W\d_])")
BEFORE = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*$")
AFTER = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
TOKEN = re.compile(r"\S*")
BLANKS = re.compile(r"[ \t]*")
LONGEST = 60  # characters of a word that are looked at
HYPHENATED_SHARE = (
    0.03  # of the lines; type set with hyphenation cuts 5 to 20% of them, Gutenberg's volunteers up to 2%
)
# "Park- und Gartenseite", "two- or three-fold": the hyphen stands for a word to come.
SUSPENDED_WORDS = SUSPENDED | {"et", "ou"}

NUMBER = re.compile(rf"[-–—\[(\s]*(?:(?:{book_words('pages')})\s+)?(?:\d{{1,4}}|[ivxlc]{{1,7}})[-–—\])\s]*", re.I)
FURNITURE_LINE = 80  # characters; running heads are short
FURNITURE_PAGES = 3  # pages on which the same line stands first or last
RUNS_ON_LINE = 40  # characters; a shorter line without a full stop may be a heading

WRAPPED_SHARE = 0.3  # share of line ends inside paragraphs from which a text is hard-wrapped
WRAPPED_LINE = 45  # characters; verse and lists keep below it


def soft_hyphens(text: str) -> tuple[str, int]:
    """Drop hyphenation hints; a word that was cut at one is put together."""
    if SOFT not in text and "¬\n" not in text:
        return text, 0
    text, ends = _close(text, ((found.start(), found.end(), "") for found in SOFT_END.finditer(text)))
    count = text.count(SOFT)
    return text.replace(SOFT, ""), ends + count


def rejoin(text: str) -> tuple[str, int, int]:
    """Put words together that a line's end cut, without the hyphen or with it.

    The text itself is the witness: a spelling that occurs elsewhere in it is right. Where neither does, the text's
    habit decides; where it shows none, a word is joined if the text cuts many and its halves are no words of the text.

    Returns:
        The text, the number of words joined without a hyphen, and the number of hyphens kept.
    """
    cuts = [cut for cut in CUT.finditer(text) if text[cut.start() - 1 : cut.start()].isalpha()]
    if not cuts or lines_are_paragraphs(text):  # there a hyphen at the end is an interruption
        return text, 0, 0
    pairs = [_halves(text, cut) for cut in cuts]
    words = Counter(AFTER.findall(text.lower()))
    for left, right in pairs:
        words.subtract((left.lower(), right.lower()))
    votes = [_vote(left, right, words) for left, right in pairs]
    habit = sum(votes)
    often = len(cuts) >= HYPHENATED_SHARE * text.count("\n")
    edits: list[tuple[int, int, str]] = []
    for cut, (left, right), vote in zip(cuts, pairs, votes, strict=True):
        if right.lower() in SUSPENDED_WORDS:
            continue
        if vote == 0:
            parts = [part.lower() for part in (left.rsplit("-", 1)[-1], right.split("-", 1)[0])]
            chain = "-" in left or "-" in right  # four-and-\ntwenty
            compound = chain or all(words[part] > 0 for part in parts)
            vote = habit or (1 if often and not compound else -1)
        edits.append((cut.start(), cut.end(), "" if vote > 0 else text[cut.start()]))
    joined = sum(not hyphen for _, _, hyphen in edits)
    closed, count = _close(text, edits)
    # A word cut twice is closed in two rounds; the counts are of this one.
    return closed, min(joined, count), count - min(joined, count)


def _halves(text: str, cut: re.Match[str]) -> tuple[str, str]:
    before = BEFORE.search(text[max(0, cut.start() - LONGEST) : cut.start()])
    after = AFTER.match(text, cut.end(), cut.end() + LONGEST)
    return (before.group() if before else ""), (after.group() if after else "")


def _vote(left: str, right: str, words: Counter[str]) -> int:
    """Return 1 if the text writes the word without a hyphen, -1 with one, 0 if it does not say."""
    if right[:1].isupper() and not right.isupper():
        return -1  # Hohen-Cremmen, Anglo-Saxon
    plain, hyphened = words[(left + right).lower()], words[f"{left}-{right}".lower()]
    return (plain > hyphened) - (plain < hyphened) if max(plain, hyphened) > 0 else 0


def _close(text: str, edits: Iterable[tuple[int, int, str]]) -> tuple[str, int]:
    """Replace cuts by a hyphen or nothing, and end the line behind the word instead."""
    parts: list[str] = []
    at = count = 0
    for start, end, hyphen in edits:
        if start < at:
            continue  # inside the word that was just closed: the next round's
        token = TOKEN.match(text, end)
        stop = token.end() if token else end
        parts += (text[at:start], hyphen, text[end:stop])
        at = stop
        if at < len(text) and text[at] != "\n":
            parts.append(" " if text[stop - 1] in "-‐¬" + SOFT else "\n")
            at = BLANKS.match(text, at).end()  # pyright: ignore[reportOptionalMemberAccess]
        count += 1
    return "".join(parts) + text[at:], count


def turn_pages(text: str) -> tuple[str, int]:
    """Turn form feeds into blank lines, or into a line end where a sentence runs on over the page.

    Running heads and page numbers come to stand in paragraphs of their own, behind the paragraph that they
    interrupted, where the rules of cleaning find them.
    """
    if "\f" not in text:
        return text, 0
    pages = [page.strip("\n").split("\n") for page in text.split("\f")]
    repeated = _repeated(pages)
    done: list[str] = []  # paragraphs
    waiting: list[str] = []  # running heads until the interrupted paragraph is at its end
    for lines in pages:
        head, body, foot = _furniture(lines, repeated)
        waiting += head
        paragraphs = "\n".join(body).strip("\n").split("\n\n") if body else []
        if paragraphs and done and _runs_on(done[-1], paragraphs[0]):
            done[-1] += "\n" + paragraphs.pop(0)
            if not paragraphs:
                waiting += foot
                continue
        if paragraphs:
            done += [*waiting, "\n\n".join(paragraphs)]
            waiting = []
        waiting += foot
    return "\n\n".join([*done, *waiting]), len(pages) - 1


def _repeated(pages: list[list[str]]) -> set[str]:
    """Return what stands first or last on several pages, with its numbers taken out."""
    edges = Counter(_without_numbers(line) for lines in pages for line in {lines[0], lines[-1]})
    return {line for line, count in edges.items() if line and count >= FURNITURE_PAGES}


def _without_numbers(line: str) -> str:
    return re.sub(r"\d+", "#", line).strip().casefold() if len(line) <= FURNITURE_LINE else ""


def _furniture(lines: list[str], repeated: set[str]) -> tuple[list[str], list[str], list[str]]:
    """Split a page into running head, body and foot; up to two lines each are furniture."""

    def is_furniture(line: str) -> bool:
        return bool(line.strip()) and (_without_numbers(line) in repeated or bool(NUMBER.fullmatch(line)))

    first, last = 0, len(lines)
    while first < min(2, last) and (is_furniture(lines[first]) or not lines[first].strip()):
        first += 1
    while last > max(first, len(lines) - 2) and (is_furniture(lines[last - 1]) or not lines[last - 1].strip()):
        last -= 1
    return (
        [line for line in lines[:first] if line.strip()],
        lines[first:last],
        [line for line in lines[last:] if line.strip()],
    )


def _runs_on(before: str, after: str) -> bool:
    """Return whether a sentence that a page ends with goes on on the next."""
    last, first = before.rstrip()[-1:], after.lstrip()[:1]
    if not (first.isalpha() or first in "“„»«\"'(_") or not (last.isalnum() or last in ",;-–—" + SOFT):
        return False
    return first.islower() or len(before.rsplit("\n", 1)[-1]) > RUNS_ON_LINE


def hard_wrapped(text: str) -> int:
    """Return the number of line breaks inside paragraphs of a text whose lines are broken at a width, else 0."""
    if lines_are_paragraphs(text):
        return 0
    lengths = [len(line) for line in text.split("\n")]
    inside = sum(length >= WRAPPED_LINE and after > 0 for length, after in pairwise(lengths))
    return inside if inside >= WRAPPED_SHARE * sum(length > 0 for length in lengths) else 0
