"""What a file really is, by its first bytes; its name may say something else.

In: bytes. Out: a kind. Next: readers, which picks the format's reader.
"""

from __future__ import annotations

import re

from stylelab.corpus.formats.archive import Archive
from stylelab.errors import CorpusError

# Kinds that StyleLab reads, and what they are called.
READABLE = {
    "txt": "plain text",
    "md": "Markdown",
    "html": "an HTML page",
    "epub": "an EPUB book",
    "docx": "a Word document (docx)",
    "rtf": "rich text (RTF)",
    "odt": "an OpenDocument text (odt)",
    "pdf": "a PDF",
}
SUFFIXES = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".epub": "epub",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".rtf": "rtf",
    ".odt": "odt",
    ".ott": "odt",
    ".fodt": "odt",
    ".pdf": "pdf",
}
# Kinds of text that StyleLab knows and does not read: what to do instead.
SAVE_AS = "Open it in the program that made it and save it as .docx, .rtf or .txt."
REFUSED = {
    "doc": ("an old Word document (doc)", "Open it in Word, Pages or LibreOffice and save it as .docx."),
    "pages": ("a Pages document", "Open it in Pages and export it as .docx or EPUB."),
    "zip": ("a zip archive", "Unpack it and add the folder."),
    "mobi": ("a Kindle book", "Convert it to EPUB first, if it has no copy protection."),
    "office": ("an Office file that is no text document", SAVE_AS),
    "archive": ("a packed archive", "Unpack it and add the folder."),
    "fb2": ("a FictionBook", "Convert it to EPUB first."),
    "locked": (
        "a document that is protected with a password",
        "Open it with its password and save a copy without one.",
    ),
}
REFUSED_SUFFIXES = {
    ".doc": "doc",
    ".dot": "doc",
    ".pages": "pages",
    ".zip": "zip",
    ".mobi": "mobi",
    ".azw": "mobi",
    ".azw3": "mobi",
    ".fb2": "fb2",
    ".7z": "archive",
    ".rar": "archive",
    ".gz": "archive",
    ".wps": "office",
    ".wpd": "office",
    ".abw": "office",
}
BINARY = {  # the first bytes of files that are no text at all
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"II*\0": "a picture (TIFF)",
    b"MM\0*": "a picture (TIFF)",
    b"SQLite format 3\0": "a database",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"\xcf\xfa\xed\xfe": "a program",
    b"ID3": "a sound",
    b"OggS": "a sound",
    b"fLaC": "a sound",
    b"wOFF": "a font",
    b"OTTO": "a font",
    b"\0\1\0\0": "a font",
}
PACKED = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a", b"BZh9", b"\xfd7zXZ", b"(\xb5/\xfd")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>])",
    re.I | re.S,
)
FLAT_ODT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?<office:document\s", re.I)
FICTION_BOOK = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?<FictionBook\b")
TAG = re.compile(rb"</?[a-z][a-z0-9]*[\s/>]", re.I)


def detect_kind(name: str, data: bytes) -> str:
    """Return what a file's bytes are: a kind of READABLE or REFUSED, or a phrase for what is no text.

    "txt" stands for anything that could be plain text.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(name, data)
    if data.startswith(OLE):
        return "locked" if "EncryptedPackage".encode("utf-16-le") in data else "doc" if _is_word(data) else "office"
    if b"%PDF-" in data[:1024] and not TAG.search(data[: data.find(b"%PDF-")]):
        return "pdf"
    if data.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    if data[60:68] in (b"BOOKMOBI", b"TEXtREAd"):
        return "mobi"
    if data.startswith(PACKED):
        return "archive"
    for start, what in BINARY.items():
        if data.startswith(start):
            return what
    head = data[:8192]
    if FLAT_ODT.match(head):
        return "odt"
    if FICTION_BOOK.match(head):
        return "fb2"
    return "html" if HTML.match(head) else "txt"


def _is_word(data: bytes) -> bool:
    return "WordDocument".encode("utf-16-le") in data


def _zip_kind(name: str, data: bytes) -> str:
    try:
        archive = Archive(name, data)
        kind_said = archive.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in archive else ""
    except CorpusError as error:
        if error.code == "file_bomb":
            raise
        return "zip"
    names = archive.names
    if "epub" in kind_said or "META-INF/container.xml" in archive:
        return "epub"
    if "opendocument.text" in kind_said:
        return "odt"
    if "opendocument" in kind_said:
        return "office"
    if "[Content_Types].xml" in archive:
        return "docx" if any(part.startswith("word/") for part in names) else "office"
    if any((part.startswith("Index/") and part.endswith(".iwa")) or part == "index.xml.gz" for part in names):
        return "pages"
    return "zip"
