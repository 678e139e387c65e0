"""HTML: what a browser would show as text, paragraph by paragraph.

In: bytes. Out: a FormatText. Italics stand between underscores and headings begin with #, as in plain-text books; marks of
notes, captions and breaks take the form that the rules of cleaning know. Next: readers, which repairs it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from stylelab.corpus.formats import txt
from stylelab.corpus.formats.reading import FormatText, format_heading, mark_emphasis
from stylelab.corpus.formats.xmltree import Element, get_attribute, get_local_name, parse_html, walk

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|encoding\s*=\s*[\"']([\w.:-]{2,40})[\"']", re.I)
NAMED = re.compile(r"(?:utf|us-ascii|ascii|iso|latin|windows|cp|koi8|mac|big5|gb|euc|shift|x-)[\w.:-]*", re.I)
DROPPED_NAMES = """
head title script style nav noscript template iframe object embed svg math audio video canvas map select button
textarea rt rp del
"""
DROPPED = frozenset(DROPPED_NAMES.split())
BLOCKS_NAMES = """
address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
footer form header hgroup html legend li main menu ol p pre section summary table tbody tfoot thead tr ul
"""
BLOCKS = frozenset(BLOCKS_NAMES.split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
ITALIC = frozenset({"i", "em"})
PAGE = re.compile(r"\b(?:page-?_?(?:num(?:ber)?|no|break)|pgnum|folio|pb|doc-pagebreak)\b", re.I)
PAGE_TEXT = re.compile(r"\s*[\[{(]?\s*(?:p(?:g|age)?\.?)?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[\]})]?\s*", re.I)
NOTE_LINK = re.compile(
    r"\b(?:noteref|fnanchor|fnref|footnote-?(?:ref|link|anchor)?)\b|#_?(?:fn|ftn|footnote|note|endnote)", re.I
)
NOTE_MARK = re.compile(r"\s*[\[({]?\s*(\d{1,3}|[*†‡§]{1,3}|[a-z])\s*[\])}]?\s*", re.I)
NOTE_BODY = re.compile(r"\b(?:doc-)?(?:footnote|endnote|rearnote)s?\b", re.I)
CAPTION = re.compile(r"\bcaption\b", re.I)
VERSE = re.compile(r"\b(?:poem|poetry|poetry-container|stanza|verse)\b", re.I)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
SPACE = re.compile(r"[ \t\n\r\f]+")


def read(name: str, data: bytes) -> FormatText:
    """Read an HTML page.

    Raises:
        CorpusError: The bytes are no text, or nested beyond reason.
    """
    text, encoding = decode(name, data)
    root = parse_html(name, text)
    page = HtmlParagraphs()
    if root is not None:
        page.take(root)
    return FormatText(page.text, encoding, page.repairs)


def decode(name: str, data: bytes) -> tuple[str, str]:
    """Return a page's source and its encoding: a mark at the start, valid UTF-8, what the page says, or a guess.

    Raises:
        CorpusError: The bytes are no text.
    """
    text, encoding = txt.decode(name, data)
    said = CHARSET.search(data[:4096])
    if encoding.startswith(("utf", "ascii")) or said is None:
        return text, encoding
    label = (said[1] or said[2]).decode("ascii")
    if not NAMED.fullmatch(label):
        return text, encoding
    try:
        codec = codecs.lookup(label).name
        codec = "cp1252" if codec == "iso8859-1" else codec  # as browsers read it
        return txt.check_text(name, data.decode(codec)), codec
    except (LookupError, UnicodeError):
        return text, encoding


class HtmlParagraphs:
    """Collects a page's paragraphs while its tree is walked once."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.page_numbers = 0
        self._line: list[str] = []  # pieces of the paragraph at hand
        self._italics: list[int] = []  # where open stretches of italics began in it
        self._marks: list[int] = []  # where open links and raised text began in it
        self._frame = ""  # brackets around the next paragraph: it is a note or a caption
        self._verse = 0
        self._pre = 0

    @property
    def text(self) -> str:
        """The paragraphs, apart by blank lines."""
        return "\n\n".join(self.blocks)

    @property
    def repairs(self) -> dict[str, int]:
        """Page numbers inside the text that were left out."""
        return {"page_numbers": self.page_numbers} if self.page_numbers else {}

    def take(self, root: Element) -> None:
        """Add the text of a tree."""
        skipped: Element | None = None
        for event, element in walk(root):
            if skipped is None:
                if event == "end":
                    self._close(element)
                elif self._is_dropped(element):
                    skipped = element
                else:
                    self._open(element)
                    self._say(element.text)
            elif event == "end" and element is skipped:
                skipped = None
            if event == "end" and skipped is None and element is not root:
                self._say(element.tail)
        self._end_block()

    def _is_dropped(self, element: Element) -> bool:
        name = get_local_name(element)
        if not name:
            return True  # an entity that no one declared
        if name in DROPPED or "hidden" in element.attrib or HIDDEN.search(element.attrib.get("style", "")):
            return True
        if PAGE.search(_kind(element)) and len(text := _inner(element)) < 20:
            is_number = bool(PAGE_TEXT.fullmatch(text))
            self.page_numbers += is_number
            return is_number
        return False

    def _open(self, element: Element) -> None:
        name = get_local_name(element)
        if name in BLOCKS or name in HEADINGS:
            self._end_block()
            self._frame = _frame(name, _kind(element)) or self._frame
            self._pre += name == "pre"
            self._verse += bool(VERSE.search(element.attrib.get("class", "")))
        elif name == "br":
            self._line.append("\n")
        elif name == "hr":
            self._end_block()
            self.blocks.append("* * *")
        elif name in ("td", "th") and "".join(self._line).strip():
            self._line.append(" | ")
        elif name in ITALIC:
            self._italics.append(len(self._line))
        elif name in ("a", "sup"):
            self._marks.append(len(self._line))

    def _close(self, element: Element) -> None:
        name = get_local_name(element)
        if name in HEADINGS:
            self._end_block(level=HEADINGS[name])
        elif name in BLOCKS:
            self._end_block()
            self._frame = ""
            self._pre -= name == "pre"
            self._verse -= bool(VERSE.search(element.attrib.get("class", "")))
        elif name in ITALIC and self._italics:
            self._replace(self._italics.pop(), mark_emphasis if not self._italics else str)
        elif name in ("a", "sup") and self._marks:
            is_link = name == "sup" or NOTE_LINK.search(f"{_kind(element)} {element.attrib.get('href', '')}")
            self._replace(self._marks.pop(), _note_mark if is_link else str)

    def _replace(self, start: int, change: Callable[[str], str]) -> None:
        inner = "".join(self._line[start:])
        if inner:
            self._line[start:] = [change(inner)]

    def _say(self, text: str | None) -> None:
        if text:
            self._line.append(text if self._pre else SPACE.sub(" ", text))

    def _end_block(self, level: int = 0) -> None:
        if self._italics:
            self._replace(min(self._italics[0], len(self._line)), str if level else mark_emphasis)
            self._italics = [0] * len(self._italics)
        self._marks = [0] * len(self._marks)
        text = "".join(self._line)
        self._line.clear()
        text = text.strip("\n") if self._pre else re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", text)).strip()
        if not text.strip():
            return
        if level:
            text = format_heading(text.replace("_", ""), level)
        elif self._frame and not text.startswith("["):
            text = f"[{self._frame}: {text}]"
        elif self._verse:
            text = "\n".join(f"    {line}" for line in text.split("\n"))
        self._frame = ""
        self.blocks.append(text)


def _kind(element: Element) -> str:
    """Return what an element says it is: its classes, role, epub:type and id."""
    return " ".join((element.attrib.get("class", ""), element.attrib.get("role", ""), get_attribute(element, "type")))


def _frame(name: str, kind: str) -> str:
    """Return what a block is called in brackets if it is no part of the story."""
    if name == "figcaption" or (name in ("p", "div", "caption") and CAPTION.search(kind)):
        return "Illustration"
    return "Footnote" if name in ("aside", "p", "div", "li") and NOTE_BODY.search(kind) else ""


def _inner(element: Element) -> str:
    texts = [text for part in element.iter() for text in (part.text or "", part.tail or "")]
    return "".join(texts).removesuffix(element.tail or "")


def _note_mark(text: str) -> str:
    """Return a note's mark in brackets, so that it is told from the word before it."""
    mark = NOTE_MARK.fullmatch(text)
    return f"[{mark[1]}]" if mark else text
