"""Small files of every format, made by code, for the tests of the readers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from stylelab.corpus.document import Document
from stylelab.corpus.readers import Failure, gather, read
from stylelab.errors import StyleLabError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def make_zip(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive; names are taken as they are, also bad ones."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx_parts(body: str, styles: str = "") -> dict[str, str | bytes]:
    """Return the parts of a Word document."""
    return {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
    }


def make_docx(body: str, styles: str = "") -> bytes:
    """Return a Word document with a body of WordprocessingML."""
    return make_zip(docx_parts(body, styles))


def epub_parts(pages: Sequence[str], titles: Sequence[str] = ()) -> dict[str, str | bytes]:
    """Return the parts of a book with a page per chapter and an ncx for their titles."""
    points = "".join(
        f'<navPoint><navLabel><text>{title}</text></navLabel><content src="page%20{n}.xhtml#top"/></navPoint>'
        for n, title in enumerate(titles)
    )
    items = "".join(
        f'<item id="p{n}" href="page%20{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(pages))
    )
    spine = "".join(f'<itemref idref="p{n}"/>' for n in range(len(pages)))
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/content.opf": "<package><manifest>"
        f'<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>{items}'
        f"</manifest><spine>{spine}</spine></package>",
        "OEBPS/toc.ncx": f"<ncx><navMap>{points}</navMap></ncx>",
        **{f"OEBPS/page {n}.xhtml": f"<html><body>{page}</body></html>" for n, page in enumerate(pages)},
    }


def make_epub(pages: Sequence[str], titles: Sequence[str] = ()) -> bytes:
    """Return a book with a page per chapter."""
    return make_zip(epub_parts(pages, titles))


def odt_parts(body: str, styles: str = "") -> dict[str, str | bytes]:
    """Return the parts of an OpenDocument text."""
    spaces = "".join(f' xmlns:{prefix}="urn:{prefix}"' for prefix in ("office", "text", "style", "fo", "draw"))
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content{spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
    }


def make_odt(body: str, styles: str = "") -> bytes:
    """Return an OpenDocument text."""
    return make_zip(odt_parts(body, styles))


def make_rtf(body: str) -> bytes:
    """Return rich text in cp1252."""
    return (r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Times;}}\f0 " + body + "}").encode("cp1252")


def make_pdf(pages: Sequence[Sequence[tuple[int, int, str]]], trailer: bytes = b"") -> bytes:
    """Return a PDF with lines of text at (x, y) in points."""
    kinds = b"/Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< " + kinds + b" >>"]
    kids: list[bytes] = []
    for page in pages:
        shown = " ".join(f"1 0 0 1 {x} {y} Tm ({text}) Tj" for x, y, text in page)
        stream = f"BT /F1 11 Tf {shown} ET".encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        look = b"/MediaBox [0 0 400 600] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R %s >>" % (len(objects), look))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    out, places = b"%PDF-1.4\n", b""
    for number, content in enumerate(objects, 1):
        places += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, places)
    end = b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(out))
    return out + table + end


def make_scrivener(folder: Path) -> Path:
    """Write a project of version 3 with two scenes in the draft, a note in research, and return its folder."""
    project = folder / "Novel.scriv"
    items = {"AAAA-1": "The lamp burned.", "BBBB-2": "The rope was cut.", "CCCC-3": "A note on lamps."}
    for identity, text in items.items():
        (project / "Files" / "Data" / identity).mkdir(parents=True)
        (project / "Files" / "Data" / identity / "content.rtf").write_bytes(make_rtf(text + r"\par "))
    (project / "Novel.scrivx").write_text(
        '<ScrivenerProject><Binder><BinderItem UUID="D" Type="DraftFolder"><Title>Draft</Title><Children>'
        '<BinderItem UUID="F" Type="Folder"><Title>One</Title><Children>'
        '<BinderItem UUID="BBBB-2" Type="Text"><Title>Rope</Title></BinderItem></Children></BinderItem>'
        '<BinderItem UUID="AAAA-1" Type="Text"><Title>Lamp</Title></BinderItem>'
        '<BinderItem UUID="../../../secret" Type="Text"><Title>Out</Title></BinderItem></Children></BinderItem>'
        '<BinderItem UUID="R" Type="ResearchFolder"><Children>'
        '<BinderItem UUID="CCCC-3" Type="Text"><Title>Note</Title></BinderItem></Children></BinderItem>'
        "</Binder></ScrivenerProject>",
        encoding="utf-8",
    )
    return project


def read_all(paths: Iterable[Path]) -> Iterator[tuple[Path, Document | Failure]]:
    """Yield every file meant by the paths with its document, or with the reason why there is none."""
    for item in gather(paths):
        if isinstance(item, Failure):
            yield item.path, item
            continue
        try:
            yield item, read(item)
        except StyleLabError as error:
            yield item, Failure.from_error(item, error)
