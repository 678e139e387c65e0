"""EPUB: the chapters in reading order, all of them or a choice.

In: bytes. Out: a FormatText with its chapters. Next: readers, which repairs it.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Collection
from dataclasses import dataclass

from stylelab.corpus.document import Chapter, count_words
from stylelab.corpus.formats import html
from stylelab.corpus.formats.archive import Archive, resolve
from stylelab.corpus.formats.reading import FormatText, build_damaged_error
from stylelab.corpus.formats.xmltree import Element, get_attribute, get_local_name, parse, parse_html, parse_xml
from stylelab.errors import CorpusError

CONTAINER = "META-INF/container.xml"
PAGES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/xml"})
# Scrambled fonts keep a font from being taken out; the text is open.
# **Source:** EPUB 3.3, 6.4 (font obfuscation); Adobe's older method.
FONT_METHODS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
FONTS = (".ttf", ".otf", ".woff", ".woff2")
RIGHTS = ("META-INF/rights.xml", "META-INF/sinf.xml")
ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)\w{2,32};")


@dataclass(frozen=True)
class SpinePage:
    """A file of the book's spine."""

    path: str
    title: str


def read(name: str, data: bytes, chosen: Collection[int] | None = None) -> FormatText:
    """Read a book, or the chosen chapters of it.

    Args:
        name: The file's name.
        data: The whole file.
        chosen: Numbers of chapters, from 1; None for all.

    Raises:
        CorpusError: Damaged, protected, or none of the chosen chapters is there.
    """
    chapters: list[Chapter] = []
    texts: list[str] = []
    numbers = 0
    for chapter, text in read_chapters(name, data):
        numbers = max(numbers, chapter.number)
        if chosen is None or chapter.number in chosen:
            chapters.append(chapter)
            texts.append(text)
    if chosen is not None and set(chosen) - {chapter.number for chapter in chapters}:
        raise CorpusError(
            f"{name} has {numbers} chapters; {', '.join(map(str, sorted(chosen)))} were asked for.",
            remedy=f"Choose numbers from 1 to {numbers}.",
            code="chapter_unknown",
        )
    return FormatText("\n\n".join(texts), "utf-8", chapters=tuple(chapters))


def read_chapters(name: str, data: bytes) -> list[tuple[Chapter, str]]:
    """Return the chapters and their texts in reading order; pages without a word are left out.

    Raises:
        CorpusError: Damaged or protected.
    """
    archive = Archive(name, data)
    refuse_protected(name, archive)
    found: list[tuple[Chapter, str]] = []
    for page in read_spine(name, archive):
        text = extract_page_text(name, archive.read(page.path))
        if words := count_words(text):
            found.append((Chapter(len(found) + 1, page.title or find_first_heading(text), words), text))
    return found


def extract_page_text(name: str, data: bytes) -> str:
    """Return a page's text: as XML if it is, else as a browser would."""
    source, _ = html.decode(name, data)
    known = ENTITY.sub(lambda found: entities.unescape(found.group()), source)
    try:
        # The declaration may name another encoding than the one that was found.
        root = parse_xml(re.sub(r"\A\ufeff?\s*<\?xml[^>]*\?>", "", known).encode("utf-8", "replace"))
    except ValueError:
        root = parse_html(name, source)
    page = html.HtmlParagraphs()
    if root is not None:
        page.take(root)
    return page.text


def find_first_heading(text: str) -> str:
    """Return the first heading of a text, or nothing."""
    found = re.search(r"^#{1,6} (.+)$", text, re.M)
    return found[1] if found else ""


def refuse_protected(name: str, archive: Archive) -> None:
    """Raise if the book's text is encrypted.

    Raises:
        CorpusError: It is.
    """
    protected = any(part in archive for part in RIGHTS)
    if "META-INF/encryption.xml" in archive:
        root = parse(name, archive.read("META-INF/encryption.xml"), "META-INF/encryption.xml")
        for item in root.iter():
            if get_local_name(item) != "EncryptedData":
                continue
            inside = list(item.iter())
            methods = {get_attribute(e, "Algorithm") for e in inside if get_local_name(e) == "EncryptionMethod"}
            targets = [get_attribute(e, "URI") for e in inside if get_local_name(e) == "CipherReference"]
            fonts = bool(targets) and all(target.lower().endswith(FONTS) for target in targets)
            protected = protected or not (methods <= FONT_METHODS or fonts)
    if protected:
        raise CorpusError(
            f"{name} is copy-protected (DRM).",
            remedy="Use an edition without copy protection, or the manuscript that you wrote it from.",
            code="file_drm",
        )


def read_spine(name: str, archive: Archive) -> list[SpinePage]:
    """Return the pages in reading order with the titles that the table of contents gives them.

    Raises:
        CorpusError: The book's description is missing or damaged.
    """
    container = parse(name, archive.read(CONTAINER), CONTAINER)
    packages = [get_attribute(e, "full-path") for e in container.iter() if get_local_name(e) == "rootfile"]
    opf = next((path for path in packages if path in archive), None)
    if opf is None:
        raise build_damaged_error(name, "it does not say which files it is made of")
    elements = list(parse(name, archive.read(opf), opf).iter())
    items = {get_attribute(e, "id"): e for e in elements if get_local_name(e) == "item"}
    titles: dict[str, str] = {}
    navigation: set[str] = set()
    for item in items.values():
        path = resolve(opf, get_attribute(item, "href"))
        kind = get_attribute(item, "media-type")
        if (
            path is not None
            and path in archive
            and (kind == "application/x-dtbncx+xml" or "nav" in get_attribute(item, "properties").split())
        ):
            navigation.add(path)
            titles = read_contents(archive.read(path), path) | titles
    pages: list[SpinePage] = []
    for reference in elements:
        item = items.get(get_attribute(reference, "idref")) if get_local_name(reference) == "itemref" else None
        path = resolve(opf, get_attribute(item, "href")) if item is not None else None
        if item is None or path is None or path not in archive or path in navigation:
            continue
        if get_attribute(item, "media-type") in PAGES and path not in {page.path for page in pages}:
            pages.append(SpinePage(path, titles.get(path, "")))
    if not pages:
        raise build_damaged_error(name, "it lists no chapters")
    return pages


def read_contents(data: bytes, path: str) -> dict[str, str]:
    """Return the first title that a table of contents (nav or ncx) gives each file; nothing if it is damaged."""
    try:
        root = parse_xml(data)
    except ValueError:
        return {}
    titles: dict[str, str] = {}
    label = ""
    for element in root.iter():
        kind = get_local_name(element)
        if kind == "text":  # <navLabel><text> comes before <content>
            label = _line(element)
        if kind == "content" or kind == "a":
            target = resolve(path, get_attribute(element, "src" if kind == "content" else "href"))
            title = label if kind == "content" else _line(element)
            if target and title:
                titles.setdefault(target, title)
    return titles


def _line(element: Element) -> str:
    return " ".join(
        "".join([element.text or "", *((e.text or "") + (e.tail or "") for e in list(element.iter())[1:])]).split()
    )
