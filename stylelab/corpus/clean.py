"""What breaks the fourth wall goes: licences, title pages, contents, headings, notes and their marks.

In: a Document. Out: Cleaned, where every removal is kept with its rule and place. Next room: passage.
Each rule is a function from the text to spans; where two overlap, the one earlier in RULES has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stylelab.corpus.document import Cleaned, Document, Removal, count_words

Span = tuple[int, int]
VERSION = 1

START = re.compile(r"^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG.*$|^\*END[* ]*THE SMALL PRINT.*$", re.M | re.I)
END = re.compile(
    r"^\s*(?:\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG|END OF (?:THE |THIS )?PROJECT GUTENBERG).*$", re.M | re.I
)
NOTES = re.compile(r"^[ \t]*(?:NOTES(?: (?:TO|ON) .*)?|Notes(?:--| to ).*|FOOTNOTES:?|ENDNOTES:?|Footnotes:?)[ \t]*$", re.M)
BLOCK = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
NUMERAL = r"(?:[IVXLC]+|\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|the (?:first|second|third|last))"
HEADING = re.compile(
    rf"(?:(?:chapter|book|part|volume|canto|section|letter|stave|act|scene|kapitel|teil)\b[ .]*{NUMERAL}?\b.{{0,80}}"
    r"|(?:prologue|epilogue|preface|introduction|conclusion|the end|finis|ende)[.:]?|[IVXLC]+\.?|\d{1,3}\.)$",
    re.I | re.S,
)
EDITOR = re.compile(r"\[?\s*(?:transcriber|redactor|editor|produced by|e-?text prepared|this etext|note:)", re.I)
FOOTNOTE = re.compile(r"\s*(?:\(\*\d+\)|\[\d+\]|\{\d+\w?\}|\[Footnote|\*(?!\s*\*)\S)")
MARK = re.compile(r"\s?(?:\(\*\d+\)|\[\d{1,3}\]|\{\d{1,3}\w?\}|\[Footnote[^\]]*\]|\[\*+\])")
BREAK = re.compile(r"[\s*·•#~_=—-]+$")
SMALL = {"a", "an", "the", "of", "in", "on", "and", "or", "to", "for", "from", "with", "at", "by", "de", "la", "von", "und", "der", "die", "das"}


def blocks(text: str) -> Iterator[Span]:
    """Yield the spans of paragraphs: runs of lines that are not blank."""
    for match in BLOCK.finditer(text):
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
    """From a heading of notes in the last third to the end of the work."""
    for match in NOTES.finditer(text, 2 * len(text) // 3):
        yield match.start(), len(text)
        return


def contents(text: str) -> Iterator[Span]:
    """A heading of contents and the lists that follow it."""
    inside = False
    for start, end in blocks(text):
        lines = [line.strip() for line in text[start:end].split("\n")]
        if re.fullmatch(r"(?:table of )?contents[:.]?|inhalt|list of illustrations", lines[0], re.I):
            inside = True
            yield start, end
        elif inside and (len(lines) > 1 or count_words(lines[0]) < 12) and not re.search(r"[.!?][\"”’']?$", lines[-1]):
            yield start, end
        else:
            inside = False


def chapter_title(text: str) -> Iterator[Span]:
    """Short lines in capitals, numbered headings, and a title at the top of the file."""
    first = True
    for start, end in blocks(text):
        block = text[start:end].strip()
        if is_heading(block) or (first and is_title(block)):
            yield start, end
        first = False


def is_heading(block: str) -> bool:
    words = count_words(block)
    if block.count("\n") > 2 or words > 20 or not words:
        return False
    letters = [c for c in block if c.isalpha()]
    capitals = len(letters) > 1 and all(c.isupper() for c in letters) and block[-1] not in ",;!”\""
    return capitals or bool(HEADING.match(block))


def is_title(block: str) -> bool:
    """Whether a file's first line is a title in title case."""
    words = block.split()
    if "\n" in block or len(words) > 12 or re.search(r"[.!?,;:”\"]$", block):
        return False
    return all(w[0].isupper() or not w[0].isalpha() or w.lower() in SMALL for w in words)


def editor_note(text: str) -> Iterator[Span]:
    """Paragraphs by those who made the file."""
    for start, end in blocks(text):
        if EDITOR.match(text, start) and end - start < 1500:
            yield start, end


def illustration(text: str) -> Iterator[Span]:
    """Captions in brackets that stand alone."""
    for start, end in blocks(text):
        if re.match(r"\s*\[(?:illustration|picture|map)", text[start:end], re.I) and text[start:end].rstrip().endswith("]"):
            yield start, end


def footnote(text: str) -> Iterator[Span]:
    """Paragraphs that begin with a footnote's mark."""
    for start, end in blocks(text):
        if FOOTNOTE.match(text, start):
            yield start, end


def indented_block(text: str) -> Iterator[Span]:
    """Epigraphs, verse, letterheads: paragraphs whose every line is set in by four spaces or more."""
    for start, end in blocks(text):
        lines = text[start:end].split("\n")
        if all(line.startswith(("    ", "\t")) for line in lines):
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
    """Marks inside a sentence: (*1), [1], {1}, [Footnote: …]."""
    for match in MARK.finditer(text):
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
            if rule in (gutenberg_footer, notes_section):
                bottom = min(bottom, start)
            taken.append((start, end, rule.__name__))
    chosen: list[tuple[int, int, str]] = []
    for start, end, name in taken:
        outer = name in ("gutenberg_header", "gutenberg_footer", "notes_section")
        if outer or (start >= top and not any(start < e and s < end for s, e, _ in chosen)):
            chosen.append((start, end, name))
    chosen.sort()
    return Cleaned(document, tuple(Removal(name, s, e, text[s:e]) for s, e, name in chosen))
