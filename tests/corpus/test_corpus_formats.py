"""Every format becomes the same plain text: paragraphs, headings, italics; nothing that is not part of the story."""

from __future__ import annotations

from pathlib import Path

import pytest
import sources

from stylelab.corpus.document import Change
from stylelab.corpus.readers import Failure, build_document, find, gather, list_chapters, read
from stylelab.errors import CorpusError

FORMATS = Path(__file__).resolve().parents[3] / "shared/corpora/formats"


def text_of(name: str, data: bytes) -> str:
    return build_document(name, data).text


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


# ------------------------------------------------------------ Markdown


def test_markdown_loses_front_matter_and_comments_and_keeps_emphasis() -> None:
    source = "---\ntitle: The Lamp\ntags:\n- lamp\n---\nThe Lamp\n========\n\nIt *was* <!-- check\nthis --> **late**.\n"
    assert text_of("a.md", source.encode()) == "# The Lamp\n\nIt *was*  **late**.\n"


def test_a_rule_at_the_top_of_a_story_is_no_front_matter() -> None:
    source = "---\nHe came in, and nobody spoke.\n---\nShe left."
    assert "He came in, and nobody spoke." in text_of("a.md", source.encode())


# ------------------------------------------------------------ HTML


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>He  came\nin.<p>She <i>left</i>.", "He came in.\n\nShe _left_."),
        ("<h2>The <i>Pool</i><br>of Tears</h2>A.", "## The Pool of Tears\n\nA."),
        ("<p>One<br>two</p>", "One\ntwo"),
        ("<head><title>T</title><style>p{}</style></head><script>x()</script><nav>N</nav><p>A.", "A."),
        ("<p>A&nbsp;caf&eacute; &amp; more</p>", "A café & more"),
        ('<p>So<span class="pagenum">[Pg 12]</span> on.</p>', "So on."),
        ('<p class="pagebreak">He came in.</p>', "He came in."),
        ('<p>lamp<sup><a href="#fn1">1</a></sup> and 5<sup>th</sup></p>', "lamp[1] and 5th"),
        ('<aside epub:type="footnote"><p>A lamp.</p></aside><p>B.</p>', "[Footnote: A lamp.]\n\nB."),
        ("<figure><img><figcaption>The lamp</figcaption></figure>", "[Illustration: The lamp]"),
        ('<div class="poem"><p>One<br>two</p></div><p>Three</p>', "    One\n    two\n\nThree"),
        ("<p>A.</p><hr><p>B.</p>", "A.\n\n* * *\n\nB."),
        ("<table><tr><td>a<td>b</table>", "a | b"),
        ("<pre>one\n  two</pre>", "one\n  two"),
        ("<p><i>One.</p><p>Two.</i></p>", "_One._\n\nTwo."),
        ("<p>A <del>bad </del>lamp<!-- note -->.</p>", "A lamp."),
        ('<p>A.</p><p style="display: none">B.</p><p hidden>C.</p>', "A."),
    ],
)
def test_html_becomes_what_a_browser_shows(source: str, expected: str) -> None:
    assert text_of("a.html", f"<html>{source}</html>".encode()) == expected


def test_html_is_read_in_the_encoding_that_it_names() -> None:
    page = '<html><meta charset="{}"><p>Прощай</p></html>'
    assert text_of("a.htm", page.format("koi8-r").encode("koi8-r")) == "Прощай"
    assert text_of("a.htm", page.format("no-such").encode()) == "Прощай"


@pytest.mark.skipif(not FORMATS.is_dir(), reason="needs ../shared/corpora")
def test_a_gutenberg_page_reads_like_its_plain_text() -> None:
    done = read(FORMATS / "stoker_dracula_345-h.htm")
    assert "_3 May. Bistritz._—Left Munich at 8:35 P. M., on 1st May, arriving at Vienna early next" in done.text
    assert "## CHAPTER I JONATHAN HARKER’S JOURNAL" in done.text
    assert "text-align" not in done.text and "</" not in done.text


# ------------------------------------------------------------ EPUB


def test_an_epub_has_chapters_to_choose_from(tmp_path: Path) -> None:
    book = tmp_path / "a.epub"
    book.write_bytes(
        sources.make_epub(["<p>He came.</p>", "<h1>Two</h1><p>She left&nbsp;us.</p>", "<p/>"], ["The Lamp"])
    )
    assert [(c.number, c.title, c.words) for c in list_chapters(book)] == [(1, "The Lamp", 2), (2, "Two", 4)]
    whole = read(book)
    assert whole.text == "He came.\n\n# Two\n\nShe left us."
    part = read(book, {2})
    assert (part.text, [c.title for c in part.chapters], part.id) == ("# Two\n\nShe left us.", ["Two"], whole.id)
    with pytest.raises(CorpusError) as caught:
        read(book, {7})
    assert caught.value.code == "chapter_unknown" and "1 to 2" in caught.value.remedy


def test_a_chapter_that_is_no_xml_is_read_as_a_browser_would() -> None:
    assert text_of("a.epub", sources.make_epub(["<p>He <b>came<p>in &rsquo;twas</b>"])) == "He came\n\nin ’twas"


def encrypted(algorithm: str, target: str) -> str:
    return (
        "<encryption><EncryptedData>"
        f'<EncryptionMethod Algorithm="{algorithm}"/><CipherData><CipherReference URI="{target}"/></CipherData>'
        "</EncryptedData></encryption>"
    )


def test_a_copy_protected_book_is_refused_but_scrambled_fonts_are_not() -> None:
    parts = sources.epub_parts(["<p>He came.</p>"])
    fonts = encrypted("http://www.idpf.org/2008/embedding", "OEBPS/a.otf")
    assert text_of("a.epub", sources.make_zip({**parts, "META-INF/encryption.xml": fonts})) == "He came."
    pages = encrypted("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/page 0.xhtml")
    for extra in ({"META-INF/encryption.xml": pages}, {"META-INF/rights.xml": "<rights/>"}):
        with pytest.raises(CorpusError) as caught:
            build_document("a.epub", sources.make_zip({**parts, **extra}))
        assert caught.value.code == "file_drm"


@pytest.mark.skipif(not FORMATS.is_dir(), reason="needs ../shared/corpora")
def test_a_real_book_has_its_chapters() -> None:
    found = list_chapters(FORMATS / "alice_readinghelp.epub")
    assert len(found) == 14 and found[2].title == "CHAPTER II. The Pool of Tears"
    assert read(FORMATS / "alice_readinghelp.epub", {3}).text.startswith(
        "## CHAPTER II. The Pool of Tears\n\n“Curiouser"
    )


# ------------------------------------------------------------ Word


def test_word_gives_paragraphs_headings_and_italics() -> None:
    styles = '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    body = (
        p("The Lamp", '<w:pPr><w:pStyle w:val="berschrift1"/></w:pPr>')
        + "<w:p><w:r><w:t>He </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>never</w:t></w:r>"
        + "<w:r><w:rPr><w:i/></w:rPr><w:t> came</w:t></w:r><w:r><w:t>.</w:t><w:br/><w:t>So.</w:t></w:r></w:p>"
        + "<w:p><w:r><w:t>It</w:t><w:footnoteReference w:id='1'/></w:r>"
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>"
        + "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t> left.</w:t></w:r></w:p>"
    )
    done = build_document("a.docx", sources.make_docx(body, styles))
    assert done.text == "# The Lamp\n\nHe _never came_.\nSo.\n\nIt left."
    assert (done.format, done.changes) == ("docx", ())


def test_tracked_changes_are_final_in_the_text_and_both_ways_on_the_record() -> None:
    body = (
        p("Before.")
        + "<w:p><w:r><w:t>It was </w:t></w:r><w:del><w:r><w:delText>very </w:delText></w:r></w:del>"
        + "<w:ins><w:r><w:t>quite </w:t></w:r></w:ins><w:r><w:t>dark.</w:t></w:r></w:p>"
        + "<w:p><w:moveFrom><w:r><w:t>Moved.</w:t></w:r></w:moveFrom></w:p>"
        + "<w:p><w:moveTo><w:r><w:t>Moved.</w:t></w:r></w:moveTo></w:p>"
    )
    done = build_document("a.docx", sources.make_docx(body))
    assert done.text == "Before.\n\nIt was quite dark.\n\nMoved."
    assert done.changes == (
        Change("It was very dark.", "It was quite dark."),
        Change("Moved.", ""),
        Change("", "Moved."),
    )


def test_a_paragraph_that_was_split_or_joined_is_one_change() -> None:
    mark = "<w:pPr><w:rPr><w:{}/></w:rPr></w:pPr>"
    joined = build_document("a.docx", sources.make_docx(p("He came ", mark.format("del")) + p("in.")))
    assert (joined.text, joined.changes) == ("He came in.", (Change("He came\n\nin.", "He came in."),))
    split = build_document("a.docx", sources.make_docx(p("He came.", mark.format("ins")) + p("She left.")))
    assert split.changes == (Change("He came.She left.", "He came.\n\nShe left."),)


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('Box.')}</w:txbxContent>"
    twice = f"<a:Choice xmlns:a='x'>{box}</a:Choice><a:Fallback xmlns:a='x'>{box}</a:Fallback>"
    body = f"<w:p><w:r><w:t>Out.</w:t></w:r><w:r>{twice}</w:r></w:p>"
    assert text_of("a.docx", sources.make_docx(body)) == "Out.\n\nBox."


# ------------------------------------------------------------ OpenDocument


def test_opendocument_gives_the_final_text_without_notes() -> None:
    styles = '<style:style style:name="T1"><style:text-properties fo:font-style="italic"/></style:style>'
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="2">The Lamp</text:h>'
        '<text:p>He <text:span text:style-name="T1">never</text:span><text:s text:c="2"/>came<text:note><text:note-citation>'
        "1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>.<text:line-break/>So."
        "<draw:frame><text:p>Box.</text:p></draw:frame> On.</text:p>"
    )
    data = sources.make_odt(body, styles)
    assert text_of("a.odt", data) == "## The Lamp\n\nBox.\n\nHe _never_  came.\nSo. On."
    flat = sources.odt_parts(body, styles)["content.xml"]
    assert isinstance(flat, str)
    flat = flat.replace("office:document-content", "office:document")
    assert text_of("a.fodt", flat.encode()) == text_of("a.odt", data)


def test_a_protected_opendocument_is_named() -> None:
    parts = sources.odt_parts("<text:p>A</text:p>")
    manifest = '<manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></manifest>'
    with pytest.raises(CorpusError) as caught:
        build_document("a.odt", sources.make_zip({**parts, "META-INF/manifest.xml": manifest}))
    assert caught.value.code == "file_password"


# ------------------------------------------------------------ RTF


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"He said \'93no\'94 \u8212? and caf\'e9.", "He said “no” — and café."),
        (r"One.\par Two.\par", "One.\n\nTwo."),
        (
            r"He {\i never} came; \i so\i0  it was.\par \i All of it.\par",
            "He _never_ came; _so_ it was.\n\n_All of it._",
        ),
        (r"It{\footnote A note.} was {\deleted not }late.", "It was late."),
        (r'{\field{\*\fldinst{HYPERLINK "x"}}{\fldrslt{A link}}}.', "A link."),
        (r"\uc0\u8220 no\u8221 \par {\i\u8220 So\u8221 } it was", "“no”\n\n_“So”_ it was"),
        (r"\u-10179?\u-8704? a", "😀 a"),
        (r"A.{\pict\pngblip " + "89504e47" * 100 + r"} B.", "A. B."),
    ],
)
def test_rich_text(body: str, expected: str) -> None:
    assert text_of("a.rtf", sources.make_rtf(body)) == expected


# ------------------------------------------------------------ PDF


def test_a_pdf_is_joined_over_pages_and_cut_words() -> None:
    pages: list[list[tuple[int, int, str]]] = []
    for number, name in enumerate(("Anne", "Bert", "Carl", "Dora"), 12):
        page = [
            (50, 560, f"{number}        THE LAMP"),
            (50, 530, f"on until {name} came, and it was light."),
            (62, 516, f"I waited with {name} for the whole of that long under-"),
            (50, 502, f"standing night and nobody came. {name} went"),
        ]
        pages.append(page)
    done = build_document("a.pdf", sources.make_pdf(pages))
    assert (
        "nobody came. Anne went\non until Bert came, and it was light.\n\n13 THE LAMP\n\nI waited with Bert"
        in done.text
    )
    assert "long understanding\nnight" in done.text
    assert (done.format, done.repairs["page_breaks"], done.repairs["words_joined"]) == ("pdf", 3, 4)


def test_a_scanned_pdf_is_named() -> None:
    with pytest.raises(CorpusError) as caught:
        build_document("a.pdf", sources.make_pdf([[], []]))
    assert caught.value.code == "file_scanned" and "2 pages" in caught.value.message


# ------------------------------------------------------------ Scrivener and folders


def test_a_scrivener_project_is_its_draft_in_the_binders_order(tmp_path: Path) -> None:
    project = sources.make_scrivener(tmp_path)
    done = read(project)
    assert done.text == "The rope was cut.\n\n* * *\n\nThe lamp burned."
    assert [c.title for c in done.chapters] == ["Rope", "Lamp"]
    assert list_chapters(project) == done.chapters
    assert (done.format, done.name) == ("scrivener", "Novel.scriv")
    assert read(project, {2}).text == "The lamp burned."
    assert find([tmp_path]) == [project]


def test_an_older_scrivener_project_is_read(tmp_path: Path) -> None:
    project = tmp_path / "Old.scriv"
    (project / "Files" / "Docs").mkdir(parents=True)
    (project / "Files" / "Docs" / "3.rtf").write_bytes(
        sources.make_rtf(r"It was late.\{\\Scrv_annot \\text=check\\end_Scrv_annot\} So.")
    )
    (project / "project.scrivx").write_text(
        '<P><Binder><BinderItem ID="0" Type="DraftFolder"><Children><BinderItem ID="3" Type="Text"><Title>A</Title>'
        '</BinderItem><BinderItem ID="4" Type="Text"><MetaData><IncludeInCompile>No</IncludeInCompile></MetaData>'
        "</BinderItem></Children></BinderItem></Binder></P>"
    )
    assert read(project).text == "It was late. So."


def test_a_folder_is_read_in_natural_order_without_hidden_files(tmp_path: Path) -> None:
    for name in (
        "chapter 10.txt",
        "chapter 9.txt",
        "Chapter 1.md",
        ".hidden.txt",
        "~$a.docx",
        "notes.jpg",
        "README.md",
    ):
        (tmp_path / name).write_text(name)
    (tmp_path / "part 2").mkdir()
    (tmp_path / "part 2" / "a.txt").write_text("a")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "b.txt").write_text("b")
    assert [f.name for f in find([tmp_path])] == ["Chapter 1.md", "chapter 9.txt", "chapter 10.txt", "a.txt"]


def test_a_projects_own_files_are_not_read_as_texts(tmp_path: Path) -> None:
    for name in ("project.yaml", "stylelab.db", "texts/a.txt", "evaluations/report.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("He came in.")
    assert [f.name for f in find([tmp_path])] == ["a.txt"]


def test_the_order_of_the_paths_is_kept_and_failures_do_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("He came in.")
    (tmp_path / "a.txt").write_text("She left.")
    (tmp_path / "empty").mkdir()
    paths = [tmp_path / "b.txt", tmp_path / "empty", tmp_path / "none.txt", tmp_path / "a.txt"]
    done = list(sources.read_all(paths))
    assert [path for path, _ in done] == paths
    assert [d.code if isinstance(d, Failure) else d.text for _, d in done] == [
        "He came in.",
        "folder_empty",
        "file_missing",
        "She left.",
    ]
    assert sum(isinstance(item, Failure) for item in gather(paths)) == 1
