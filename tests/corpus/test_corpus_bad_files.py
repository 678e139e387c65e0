"""Bad input: each kind has its error with a code and a remedy, nothing hangs, and nothing else is ever raised."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import sources
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stylelab.corpus import readers
from stylelab.corpus.formats import archive
from stylelab.corpus.readers import Failure, build_document, read
from stylelab.errors import CorpusError, FileError, StyleLabError

PARAGRAPH = "<w:p><w:r><w:t>He came in.</w:t></w:r></w:p>"
DOCX = sources.make_docx(PARAGRAPH)
LOCKED = sources.OLE + "EncryptedPackage".encode("utf-16-le")
OLD_WORD = sources.OLE + "WordDocument".encode("utf-16-le")
ENTITIES = '<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("name", "data", "code", "said"),
    [
        ("a.txt", b"", "file_empty", "empty"),
        ("a.txt", DOCX, "file_mismatch", "really a Word document"),
        ("a.docx", sources.make_pdf([[(50, 50, "He came in and left.")]]), "file_mismatch", "really a PDF"),
        ("a.docx", b"He came in.", "file_mismatch", "really plain text"),
        ("a.txt", b"<!DOCTYPE html>\n<html><p>He came.</p></html>", "file_mismatch", "really an HTML page"),
        ("a.txt", sources.make_rtf("He came."), "file_mismatch", "really rich text"),
        ("a.docx", LOCKED, "file_password", "password"),
        ("a.docx", OLD_WORD, "file_kind", "old Word document"),
        ("a.doc", OLD_WORD, "file_kind", "old Word document"),
        ("a.txt", sources.make_zip({"a.txt": "He came."}), "file_kind", "zip archive"),
        ("a.zip", sources.make_zip({"a.txt": "He came."}), "file_kind", "zip archive"),
        (
            "a.docx",
            sources.make_zip({"[Content_Types].xml": "", "xl/workbook.xml": ""}),
            "file_kind",
            "no text document",
        ),
        ("a.docx", DOCX[:300], "file_damaged", "no complete archive"),
        ("a.docx", DOCX[:2], "file_damaged", "no complete archive"),
        ("a.docx", sources.make_docx("<w:p>"), "file_damaged", "no XML"),
        ("a.docx", sources.make_docx(""), "file_empty", "empty"),
        ("a.odt", sources.make_zip({"mimetype": "application/vnd.oasis.opendocument.text"}), "file_damaged", "missing"),
        ("a.epub", sources.make_zip({"META-INF/container.xml": sources.CONTAINER}), "file_damaged", "which files"),
        ("a.rtf", b"{\\rtf1 }", "file_empty", "empty"),
        ("a.pdf", b"%PDF-1.4 and no more", "file_damaged", "pages cannot be read"),
        ("a.mobi", b"x", "file_kind", "Kindle"),
        ("a.pages", b"x", "file_kind", "Pages"),
        ("a.csv", b"a,b", "file_kind", "no kind of text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "file_binary", "picture"),
        ("a.txt", bytes(range(32)) * 99, "file_binary", "binary"),
        ("a.txt", b"He came.\0\0 She" * 99, "file_binary", "binary"),
        ("a.html", b"<html><head><title>T</title></head></html>", "file_empty", "empty"),
    ],
)
def test_every_bad_file_is_named_with_what_to_do(tmp_path: Path, name: str, data: bytes, code: str, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CorpusError) as caught:
        read(tmp_path / name)
    error = caught.value
    assert (error.code, error.message.startswith(name)) == (code, True)
    assert said in error.message
    assert error.remedy


def test_nuls_in_a_text_are_dropped_and_counted() -> None:
    done = build_document("a.txt", b"He came\0 in. " + b"She left. " * 200)
    assert done.text.startswith("He came in. She left.")
    assert done.repairs["control_characters"] == 1


def test_a_file_without_an_ending_is_read_by_what_it_is() -> None:
    assert build_document("Chapter 1. The Storm", b"He came in.").text == "He came in."
    assert build_document("letter", DOCX).format == "docx"


def test_a_gigabyte_in_one_line_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(2**30)  # a hole: no bytes on the disk
    with pytest.raises(CorpusError) as caught:
        read(path)
    assert caught.value.code == "file_large" and "1,074 MB" in caught.value.message


def test_a_text_at_the_limit_is_read_and_one_over_it_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "LARGEST_TEXT", 5000)
    (tmp_path / "a.txt").write_text("a" * 5000)
    (tmp_path / "b.txt").write_text("a" * 5001)
    (tmp_path / "c.docx").write_bytes(sources.make_docx(PARAGRAPH * 800))  # packed it is smaller
    assert (tmp_path / "c.docx").stat().st_size < 5000
    done = [(p.name, d.code if isinstance(d, Failure) else len(d.text)) for p, d in sources.read_all([tmp_path])]
    assert done == [("a.txt", 5000), ("b.txt", "file_large"), ("c.docx", "file_large")]


def test_every_bad_file_of_a_folder_is_named_and_the_good_ones_are_read(tmp_path: Path) -> None:
    book = sources.epub_parts(["<p>He came in.</p>"])
    files = {
        "1.txt": b"He came in.",
        "2.docx": LOCKED,
        "3.epub": sources.make_zip({**book, "META-INF/rights.xml": "<rights/>"}),
        "4.docx": sources.make_zip(sources.docx_parts("") | {"word/document.xml": b" " * 9_000_000}),
        "5.txt": DOCX,
        "6.txt": b"\0" * 999,
        "7.epub": sources.make_zip(book),
        "8.txt": b"",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    with (tmp_path / "9.txt").open("wb") as stream:
        stream.truncate(2**30)
    done = {p.name: d.code if isinstance(d, Failure) else d.text for p, d in sources.read_all([tmp_path])}
    assert done == {
        "1.txt": "He came in.",
        "2.docx": "file_password",
        "3.epub": "file_drm",
        "4.docx": "file_bomb",
        "5.txt": "file_mismatch",
        "6.txt": "file_binary",
        "7.epub": "He came in.",
        "8.txt": "file_empty",
        "9.txt": "file_large",
    }


def test_a_zip_bomb_is_refused_while_it_unpacks() -> None:
    bomb = sources.docx_parts(PARAGRAPH) | {"word/document.xml": b"<w>" + b" " * 30_000_000}
    with pytest.raises(CorpusError) as caught:
        build_document("a.docx", sources.make_zip(bomb))
    assert caught.value.code == "file_bomb"


def test_a_size_that_lies_is_not_believed() -> None:
    data = bytearray(sources.make_zip({"a": b"x" * 5_000_000}))
    for start in (22, data.rindex(b"PK\x01\x02") + 24):
        data[start : start + 4] = (9).to_bytes(4, "little")
    with pytest.raises(CorpusError) as caught:
        archive.Archive("a.docx", bytes(data)).read("a")
    assert caught.value.code in ("file_bomb", "file_damaged")


def test_a_million_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MEMBERS", 3)
    with pytest.raises(CorpusError) as caught:
        archive.Archive("a.epub", sources.make_zip({str(n): b"" for n in range(4)}))
    assert caught.value.code == "file_bomb"


@pytest.mark.parametrize(
    "bad", ["../evil.xhtml", "/evil.xhtml", "a/../../evil.xhtml", "..\\evil.xhtml", "//evil.xhtml"]
)
def test_names_that_lead_out_of_an_archive_are_never_followed(tmp_path: Path, bad: str) -> None:
    parts = sources.epub_parts(["<p>He came in.</p>"])
    package = str(parts["OEBPS/content.opf"]).replace("</manifest>", f'<item id="e" href="{bad}"/></manifest>')
    evil = {
        **parts,
        "OEBPS/content.opf": package.replace("</spine>", '<itemref idref="e"/></spine>'),
        bad: "<p>evil</p>",
    }
    path = tmp_path / "in" / "a.epub"
    path.parent.mkdir()
    path.write_bytes(sources.make_zip(evil))
    assert read(path).text == "He came in."
    assert [p.name for p in tmp_path.rglob("*")] == ["in", "a.epub"]
    assert bad not in archive.Archive("a", path.read_bytes())


@pytest.mark.parametrize("make", [sources.make_docx, sources.make_odt, lambda body: sources.make_epub([body])])
def test_xml_entities_are_neither_expanded_nor_fetched(make: Callable[[str], bytes]) -> None:
    stream = io.BytesIO(make(""))
    with zipfile.ZipFile(stream) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    for name in [n for n in parts if n.endswith(("document.xml", "content.xml", ".xhtml"))]:
        bodies = {
            b"</w:body>": b"<w:p><w:r><w:t>A&b;&f;B</w:t></w:r></w:p></w:body>",
            b"</office:text>": b"<text:p>A&b;&f;B</text:p></office:text>",
            b"</body>": b"<p>A&b;&f;B</p></body>",
        }
        for end, text in bodies.items():
            parts[name] = parts[name].replace(end, text)
        parts[name] = ENTITIES.encode() + parts[name]
    text = build_document("a", sources.make_zip(parts)).text
    assert "lol" not in text and len(text) < 12


def test_what_cannot_be_opened_is_named_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "good.txt").write_text("He came in.")
    done = {
        path.name: item.code if isinstance(item, Failure) else item.text for path, item in sources.read_all([tmp_path])
    }
    assert done == {"pipe.txt": "file_kind", "link.txt": "file_missing", "good.txt": "He came in."}
    with pytest.raises(CorpusError, match="device"):
        read(Path("/dev/zero"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("He came in.")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(FileError, match="permission"):
        read(tmp_path / "a.txt")


def test_a_refusal_of_the_system_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("He came in.")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileError, match="No permission to read"):
        read(tmp_path / "a.txt")


def test_a_protected_pdf_is_named() -> None:
    key = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"
    identity = b" /ID [<00> <00>]"
    with pytest.raises(CorpusError) as caught:
        build_document("a.pdf", sources.make_pdf([[(50, 50, "He came in.")]], key + identity))
    assert caught.value.code == "file_password"


def test_a_scrivener_project_without_a_binder_is_named(tmp_path: Path) -> None:
    (tmp_path / "A.scriv").mkdir()
    with pytest.raises(CorpusError, match="binder"):
        read(tmp_path / "A.scriv")


# ------------------------------------------------------------ any bytes

VALID: dict[str, bytes] = {
    "a.txt": "He came “in”, naïve; ver-\nstehen.\f12\nYes.".encode(),
    "a.md": b"---\na: b\n---\n# T\n\nHe *came* <!-- x --> in.\n",
    "a.html": b"<!DOCTYPE html><html><meta charset=utf-8><p class=poem>He <i>came</i><br>in<sup>1</sup>.<table><tr><td>a",
    "a.rtf": sources.make_rtf(r"He {\i came} \u8212? \'93in\'94.\par {\*\x y}{\pict 00}\bin3 abc"),
    "a.pdf": sources.make_pdf([[(50, 560, "He came in."), (50, 40, "12")]]),
}
PARTS: dict[str, dict[str, str | bytes]] = {
    "a.docx": sources.docx_parts(PARAGRAPH + "<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"),
    "a.odt": sources.odt_parts('<text:h text:outline-level="2">T</text:h><text:p>He<text:s text:c="3"/>came</text:p>'),
    "a.epub": sources.epub_parts(["<h1>T</h1><p>He came.</p>"], ["T"]),
}
edits = st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=6)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def changed(data: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    """Return data with stretches of it replaced."""
    for at, length, new in cuts:
        place = at % (len(data) + 1)
        data = data[:place] + new + data[place + length :]
    return data


def only_our_errors(name: str, data: bytes) -> None:
    try:
        done = build_document(name, data)
    except StyleLabError as error:
        assert error.message and error.remedy and error.code
    else:
        done.text.encode("utf-8")
        assert done.text.strip()


@pytest.mark.parametrize("name", sorted(VALID))
@given(cuts=edits)
@quick
def test_a_damaged_file_raises_nothing_but_our_errors(name: str, cuts: list[tuple[int, int, bytes]]) -> None:
    only_our_errors(name, changed(VALID[name], cuts))


@pytest.mark.parametrize("name", sorted(PARTS))
@given(cuts=edits, which=st.integers(0, 9), packed=st.booleans())
@quick
def test_a_damaged_archive_raises_nothing_but_our_errors(
    name: str, cuts: list[tuple[int, int, bytes]], which: int, packed: bool
) -> None:
    parts = dict(PARTS[name])
    if packed:
        only_our_errors(name, changed(sources.make_zip(parts), cuts))
        return
    part = sorted(parts)[which % len(parts)]
    content = parts[part]
    parts[part] = changed(content if isinstance(content, bytes) else content.encode(), cuts)
    only_our_errors(name, sources.make_zip(parts))


STARTS = [
    b"",
    b"PK\x03\x04",
    b"%PDF-1.7\n",
    b"{\\rtf1 ",
    b"<html>",
    sources.OLE,
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<?xml",
]


@given(
    start=st.sampled_from(STARTS),
    data=st.binary(max_size=300),
    name=st.sampled_from(["a.txt", "a.md", "a.html", "a.epub", "a.docx", "a.rtf", "a.odt", "a.pdf", "a", "a.fodt"]),
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_under_any_name_raise_nothing_but_our_errors(start: bytes, data: bytes, name: str) -> None:
    only_our_errors(name, start + data)


@given(body=st.text(st.sampled_from("\\{}iupar'0189 \n-*abfé?"), max_size=80))
@settings(max_examples=100, deadline=None)
def test_any_rich_text_raises_nothing_but_our_errors(body: str) -> None:
    only_our_errors("a.rtf", sources.make_rtf(body))


@given(data=st.binary(max_size=200))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_binder_raises_nothing_but_our_errors(tmp_path: Path, data: bytes) -> None:
    project = tmp_path / "A.scriv"
    project.mkdir(exist_ok=True)
    (project / "a.scrivx").write_bytes(b'<P><BinderItem Type="DraftFolder">' + data)
    with pytest.raises(StyleLabError):
        read(project)
