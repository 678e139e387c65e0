"""What breaks the fourth wall goes: licences, title pages, contents, headings, notes and their marks.

In: a Document. Out: Cleaned, where every removal is kept with its rule and place. Next room: passage.
Each rule is a function from the text to spans; where two overlap, the one earlier in RULES has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from stylelab.corpus.document import Cleaned, Document, Removal, count_words, lines_are_paragraphs

Span = tuple[int, int]
VERSION = 1

START = re.compile(r"^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG.*$|^\*END[* ]*THE SMALL PRINT.*$", re.M | re.I)
END = re.compile(
    r"^\s*(?:\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG|END OF (?:THE |THIS )?PROJECT GUTENBERG).*$", re.M | re.I
)
NOTES = re.compile(
    r"^[ \t]*(?:NOTES(?: (?:TO|ON) .*)?|Notes(?: ?(?:--|—|–) ?.*| (?:to|on) [^.]*)"
    r"|FOOTNOTES:?|ENDNOTES:?|Footnotes:?)[ \t]*$",
    re.M,
)
NOTE_LIKE = re.compile(r"\s*(?:\(?\*|\[?\(?\d+[\]). ]|\{|\[|Notes?\b|NOTES?\b)")
BLOCK = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
LINE = re.compile(r"[^\n]*\S[^\n]*")
NUMERAL = (
    r"(?:[IVXLC]+|\d+|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?=\W*$|[.:—-])"
    r"|the (?:first|second|third|last))"
)
HEADING = re.compile(
    r"(?:(?:chapter|book|part|volume|canto|section|letter|stave|act|scene|kapitel|teil)[ .]*"
    rf"(?:{NUMERAL}(?:\W*|[.:]?[ ]*\n.{{0,80}}|[ ]?[.:—–-].{{0,80}}))?"
    r"|(?:prologue|epilogue|preface|introduction|conclusion|the end|finis|ende)[.:]?|[IVXLC]+\.?|\d{1,3}\.)$",
    re.I | re.S,
)
EDITOR = re.compile(
    r"\s*(?:\[\s*(?:transcriber|redactor|editor|note\b)|(?:transcriber|redactor|editor)['’]?s['’]? note"
    r"|produced by|e-?text prepared|this e-?text)",
    re.I,
)
MARKDOWN = re.compile(r"^#{1,6} \S.*$", re.M)
FOOTNOTE = re.compile(r"\s*(?:\(\*\d+\)|\[\d+\]|\{\d+\w?\}|\[Footnote|[*†‡]{1,3} ?(?=[^\s*†‡]))")
STAR = re.compile(r"(?<=[\w.,;:!?\"”'’)])[*†‡](?=[\s.,;:!?\"”'’)—-]|$)")
MARK = re.compile(r"\s?(?:\(\*\d+\)|\[\d{1,3}\]|\{\d{1,3}\w?\}|\[Footnote[^\]]*\]|\[\*+\])")
BREAK = re.compile(r"[\s*·•#~_=—-]+$")
SMALL = frozenset("a an the of in on and or to for from with at by de la von und der die das".split())  # noqa: SIM905
VERSE_LINE = 56  # characters; prose that is set in runs longer
INDENTED_SHARE = 0.3  # share of indented paragraphs from which indenting is the book's habit, and says nothing
MARGIN = 4000  # characters at either end of a file where its makers speak


def blocks(text: str) -> Iterator[Span]:
    """Yield the spans of paragraphs: runs of lines that are not blank."""
    for match in (LINE if lines_are_paragraphs(text) else BLOCK).finditer(text):
        yield match.span()


def gutenberg_header(text: str) -> Iterator[Span]:
    """Everything up to the line that starts the work; the last such line wins among those in the first third."""
    for match in reversed([m for m in START.finditer(text) if m.start() < max(len(text) // 3, 20_000)]):
        yield 0, match.end()
        return


def gutenberg_footer(text: str) -> Iterator[Span]:
    """Everything from the line that ends the work."""
    half = len(text) // 2
    for match in END.finditer(text):
        if match.start() > half:
            yield match.start(), len(text)
            return


def notes_section(text: str) -> Iterator[Span]:
    """From a heading of notes to the next work's heading, or to the end.

    A heading inside the notes has a note below it; the next work's has prose.
    """
    spans = list(blocks(text))
    done = 0
    for match in NOTES.finditer(text):
        if match.start() < done:
            continue
        done = len(text)
        later = [(s, e) for s, e in spans if s >= match.end()]
        for (start, end), (below, _) in pairwise(later):
            heading = text[start:end].strip()
            if is_heading(heading) and not NOTE_LIKE.match(heading) and not NOTE_LIKE.match(text, below):
                done = start
                break
        yield match.start(), done


def contents(text: str) -> Iterator[Span]:
    """A heading of contents and the lists that follow it."""
    inside = False
    for start, end in blocks(text):
        lines = [line.strip() for line in text[start:end].split("\n")]
        if re.fullmatch(r"(?:table of )?contents[:.]?|inhalt|list of illustrations", lines[0], re.I):
            inside = True
            yield start, end
        elif (
            inside
            and all(count_words(line) < 14 for line in lines)
            and not re.search(r"[.!?,;:—…][\"”’')_]*$", lines[-1])
        ):
            yield start, end
        else:
            inside = False


def chapter_title(text: str) -> Iterator[Span]:
    """Short lines in capitals, numbered headings, Markdown's headings, and a title at the top of the file."""
    for match in MARKDOWN.finditer(text):
        yield match.span()
    first = True
    for start, end in blocks(text):
        block = text[start:end].strip()
        if is_heading(block):
            yield start, end
        elif first and all(is_title(line) for line in block.split("\n", 3)):
            yield start, end
            continue  # the author's name may follow
        first = False


def is_heading(block: str) -> bool:
    words = count_words(block)
    if block.count("\n") > 2 or words > 20 or not words:
        return False
    letters = [c for c in block if c.isalpha()]
    capitals = len(letters) > 1 and all(c.isupper() for c in letters) and block[-1] not in ',;!”"'
    return capitals or bool(HEADING.match(block))


def is_title(block: str) -> bool:
    """Return whether a file's first line is a title in title case."""
    words = block.split()
    if "\n" in block or len(words) > 12 or re.search(r"[.!?,;:”\"]$", block):
        return False
    return all(w[0].isupper() or not w[0].isalpha() or w.lower() in SMALL for w in words)


def editor_note(text: str) -> Iterator[Span]:
    """Paragraphs by those who made the file."""
    for start, end in blocks(text):
        margin = start < MARGIN or end > len(text) - MARGIN or "[" in text[start : start + 3]
        if margin and EDITOR.match(text, start) and end - start < 1500:
            yield start, end


def illustration(text: str) -> Iterator[Span]:
    """Captions in brackets that stand alone."""
    for start, end in blocks(text):
        block = text[start:end].strip()
        if re.match(r"\[(?:illustration|picture|map)\b", block, re.I) and block.endswith("]"):
            yield start, end


def footnote(text: str) -> Iterator[Span]:
    """Paragraphs that begin with a footnote's mark."""
    for start, end in blocks(text):
        if FOOTNOTE.match(text, start):
            yield start, end


def indented_block(text: str) -> Iterator[Span]:
    """Epigraphs, verse, letterheads: paragraphs of short lines that are all set in by four spaces or more."""
    found: list[Span] = []
    total = 0
    for start, end in blocks(text):
        lines = text[start:end].split("\n")
        total += 1
        if all(line.startswith(("    ", "\t")) for line in lines):
            found.append((start, end))
    if len(found) > INDENTED_SHARE * total:
        return
    for start, end in found:
        longest = sorted(len(line.strip()) for line in text[start:end].split("\n"))
        if longest[len(longest) // 2] <= VERSE_LINE:
            yield start, end


def page_number(text: str) -> Iterator[Span]:
    """Numbers that stand alone."""
    for start, end in blocks(text):
        if re.fullmatch(r"\s*[-–—\[(]?\s*(?:p(?:age|\.)?\s*)?\d{1,4}\s*[-–—\])]?\s*", text[start:end], re.I):
            yield start, end


def scene_break(text: str) -> Iterator[Span]:
    """Rows of stars or dashes."""
    for start, end in blocks(text):
        if BREAK.match(text[start:end]):
            yield start, end


def footnote_mark(text: str) -> Iterator[Span]:
    """Marks inside a sentence: (*1), [1], {1}, [Footnote: …], and a star after a word where stars do not emphasise."""
    for match in MARK.finditer(text):
        yield match.span()
    for start, end in blocks(text):
        if not re.search(r"(?<![\w*])\*+\w", text[start:end]):
            for match in STAR.finditer(text, start, end):
                yield match.span()


def illustration_inline(text: str) -> Iterator[Span]:
    """Captions in brackets inside a paragraph."""
    for match in re.finditer(r"\s?\[(?:illustration|picture)[^\]]{0,300}\]", text, re.I):
        yield match.span()


RULES: tuple[Callable[[str], Iterator[Span]], ...] = (
    gutenberg_header,
    gutenberg_footer,
    notes_section,
    contents,
    editor_note,
    illustration,
    page_number,
    scene_break,
    footnote,
    indented_block,
    chapter_title,
    footnote_mark,
    illustration_inline,
)


def clean(document: Document) -> Cleaned:
    """Return the document with every removal its rules find, in order, without overlap."""
    text = document.text
    top, bottom = 0, len(text)
    taken: list[tuple[int, int, str]] = []
    for rule in RULES:
        for start, end in rule(text[:bottom]):
            if rule is gutenberg_header:
                top = end
            if rule is gutenberg_footer:
                bottom = min(bottom, start)
            taken.append((start, end, rule.__name__))
    chosen: list[tuple[int, int, str]] = []
    for start, end, name in taken:
        outer = name in ("gutenberg_header", "gutenberg_footer")
        if outer or (start >= top and not any(start < e and s < end for s, e, _ in chosen)):
            chosen.append((start, end, name))
    chosen.sort()
    return Cleaned(document, tuple(Removal(name, s, e, text[s:e]) for s, e, name in chosen))
