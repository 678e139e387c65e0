"""Word documents: the text as it stands after all tracked changes, and what they changed.

In: bytes. Out: a FormatText. Notes, comments, headers and hidden text are no part of it. Next: readers, which repairs it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from stylelab.corpus.document import Change
from stylelab.corpus.formats.archive import Archive, resolve
from stylelab.corpus.formats.reading import FormatText, build_damaged_error, format_heading, mark_emphasis
from stylelab.corpus.formats.xmltree import Element, get_attribute, get_local_name, parse

RELATIONS = "_rels/.rels"
HEADING = re.compile(r"(?:heading|überschrift|berschrift|titre|título|titolo)\s*([1-9])", re.I)
TITLE = re.compile(r"title|titel|subtitle|untertitel", re.I)
OFF = frozenset({"0", "false", "off", "none"})
# What is not text, or stands twice: a fallback repeats its choice in an older form.
PASSED = frozenset(
    {"Fallback", "instrText", "delInstrText", "rPrChange", "pPrChange", "footnotePr", "rt", "txbxContent", "p"}
)
GONE = frozenset({"del", "moveFrom"})
NEW = frozenset({"ins", "moveTo"})
MARKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad", "ptab": " "}


@dataclass
class Side:
    """A paragraph before or after the changes: pieces of text, each in italics or not."""

    pieces: list[tuple[str, bool]] = field(default_factory=list[tuple[str, bool]])

    def add(self, text: str, italic: bool) -> None:
        """Append text, to the last piece if its slant is the same."""
        if self.pieces and self.pieces[-1][1] == italic:
            text = self.pieces.pop()[0] + text
        self.pieces.append((text, italic))

    def format_line(self, level: int) -> str:
        """Return the paragraph, as a heading if its level is not 0."""
        if level:
            return format_heading("".join(text for text, _ in self.pieces), level)
        return "".join(mark_emphasis(text) if italic else text for text, italic in self.pieces).strip()


@dataclass
class Paragraph:
    """A paragraph of the document with both of its sides.

    Args:
        level: Of a heading; 0 for text.
        changed: Tracked changes touch it.
        ends_before: It ended here before the changes.
        ends_after: It ends here after them.
    """

    before: Side = field(default_factory=Side)
    after: Side = field(default_factory=Side)
    level: int = 0
    changed: bool = False
    ends_before: bool = True
    ends_after: bool = True


def read(name: str, data: bytes) -> FormatText:
    """Read a Word document.

    Raises:
        CorpusError: Damaged, or protected.
    """
    archive = Archive(name, data)
    part = find_main_part(name, archive)
    root = parse(name, archive.read(part), part)
    levels = read_heading_levels(name, archive, part)
    texts: list[str] = []
    changes: list[Change] = []
    group: list[Paragraph] = []
    for element in _elements(root):
        if get_local_name(element) != "p":
            continue
        group.append(read_paragraph(element, levels))
        if group[-1].ends_before and group[-1].ends_after:
            _finish(group, texts, changes)
            group = []
    _finish(group, texts, changes)
    return FormatText("\n\n".join(texts), "utf-8", changes=tuple(changes))


def find_main_part(name: str, archive: Archive) -> str:
    """Return the path of the document's text inside the archive.

    Raises:
        CorpusError: There is none.
    """
    if RELATIONS in archive:
        for relation in parse(name, archive.read(RELATIONS), RELATIONS).iter():
            if get_attribute(relation, "Type").endswith("/officeDocument"):
                path = resolve("", get_attribute(relation, "Target").lstrip("/"))
                if path is not None and path in archive:
                    return path
    if "word/document.xml" in archive:
        return "word/document.xml"
    raise build_damaged_error(name, "it holds no text")


def read_heading_levels(name: str, archive: Archive, part: str) -> dict[str, int]:
    """Return the levels of the styles that are headings, whatever they are called in the writer's language."""
    path = resolve(part, "styles.xml")
    levels: dict[str, int] = {}
    if path is None or path not in archive:
        return levels
    for style in parse(name, archive.read(path), path).iter():
        if get_local_name(style) != "style":
            continue
        for element in style.iter():
            if get_local_name(element) == "name":
                levels[get_attribute(style, "styleId")] = read_heading_level(get_attribute(element, "val"))
            elif get_local_name(element) == "outlineLvl" and get_attribute(element, "val") in "012345":
                levels[get_attribute(style, "styleId")] = int(get_attribute(element, "val") or 9) + 1
    return {style: level for style, level in levels.items() if 0 < level < 10}


def read_heading_level(style: str) -> int:
    """Return the level of a heading's style name; 0 if it is none."""
    numbered = HEADING.match(style)
    return int(numbered[1]) if numbered else int(bool(TITLE.fullmatch(style)))


def read_paragraph(element: Element, levels: dict[str, int]) -> Paragraph:
    """Return both sides of a paragraph; text boxes inside it are paragraphs of their own."""
    done = Paragraph()
    # Stack of (element, deleted, inserted): no recursion, whatever a file nests.
    waiting = [(child, False, False) for child in reversed(list(element))]
    while waiting:
        child, gone, new = waiting.pop()
        kind = get_local_name(child)
        if kind in PASSED or not kind:
            continue
        if kind == "pPr":
            _properties(child, done, levels)
        elif kind == "r":
            _run(child, done, gone, new)
        else:
            gone, new = gone or kind in GONE, new or kind in NEW
        if kind not in ("pPr", "r"):
            waiting += [(inner, gone, new) for inner in reversed(list(child))]
    return done


def _elements(root: Element) -> list[Element]:
    """Return all elements that are no fallback for another, in order."""
    found: list[Element] = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if get_local_name(element) != "Fallback":
            found.append(element)
            waiting += reversed(list(element))
    return found


def _properties(properties: Element, done: Paragraph, levels: dict[str, int]) -> None:
    for child in properties:
        value = get_attribute(child, "val")
        if get_local_name(child) == "pStyle":
            done.level = levels.get(value) or read_heading_level(value)
        elif get_local_name(child) == "outlineLvl" and value in tuple("012345"):
            done.level = int(value) + 1
        elif get_local_name(child) == "rPr":
            marks = {get_local_name(mark) for mark in child}
            done.ends_after = done.ends_after and not marks & GONE
            done.ends_before = done.ends_before and not marks & NEW


def _run(run: Element, done: Paragraph, gone: bool, new: bool) -> None:
    italic = False
    for child in run:
        if get_local_name(child) == "rPr":
            on = {get_local_name(p) for p in child if get_attribute(p, "val").lower() not in OFF}
            italic = "i" in on
            if on & {"vanish", "webHidden"}:
                return
    for child in run:
        kind = get_local_name(child)
        text = (child.text or "") if kind in ("t", "delText") else MARKS.get(kind, "")
        if text:
            if not new:
                done.before.add(text, italic)
            if not gone:
                done.after.add(text, italic)
            done.changed = done.changed or gone or new


def _finish(group: list[Paragraph], texts: list[str], changes: list[Change]) -> None:
    """Add the paragraphs that a group became, and the change if there was one.

    A group is one paragraph, or several that the changes split or joined.
    """
    if not group:
        return
    before, after = _join_lines(group, "before"), _join_lines(group, "after")
    if after:
        texts.append(after)
    if before != after and (len(group) > 1 or group[0].changed):
        changes.append(Change(before, after))


def _join_lines(group: list[Paragraph], which: str) -> str:
    lines: list[str] = []
    side, level = Side(), 0
    for at in group:
        for text, italic in at.before.pieces if which == "before" else at.after.pieces:
            side.add(text, italic)
        level = level or at.level
        if at.ends_before if which == "before" else at.ends_after:
            lines.append(side.format_line(level))
            side, level = Side(), 0
    lines.append(side.format_line(level))
    return "\n\n".join(line for line in lines if line)
