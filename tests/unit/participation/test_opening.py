"""Opening what people send: every kind is told by its content, and what cannot be read is said."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from jevn.participation.opening import open_bytes, open_document
from jevn.participation.opening.deadline import read_apart
from jevn.participation.opening.encoding import once, text_of
from jevn.participation.opening.html import text_of_html
from jevn.participation.opening.lines import lines_of
from jevn.terms import InputRefused, Say
from unit.participation.report_files import pdf_file, word_file

LETTER = "Hei!\n\n- Lys i parken på Løkka\n- Busstopp ved sjøen\n"


def refused(data: bytes, name: str) -> str:
    with pytest.raises(InputRefused) as problem:
        open_bytes(data, name)
    found = problem.value.problems[0]
    for lang in ("nb", "nn", "en"):
        assert "{" not in found.what(lang) + found.remedy(lang)
    return found.id


def packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def word(build: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    build(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes], extra: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {n: change(n, archive.read(n)) for n in archive.namelist()}
    return packed({**parts, **extra})


def texts(data: bytes, name: str) -> list[str]:
    return [line.text for line in open_bytes(data, name).lines if line.text]


# --- text --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
        ("cp865", "cp865"),
    ],
)
def test_letters_are_read_however_they_were_stored(codec: str, name: str) -> None:
    opened = open_bytes(LETTER.encode(codec), "brev.txt")
    assert opened.text == "Hei!\n\nLys i parken på Løkka\nBusstopp ved sjøen"
    assert opened.encoding == name


def test_letters_stored_twice_are_put_right() -> None:
    twice = "Møte på Løkka – «Ærlig talt», sa Åse".encode().decode("cp1252", "replace")
    opened = open_bytes("MÃ¸te pÃ¥ LÃ¸kka â€“ Â«nÃ¥Â»".encode(), "brev.txt")
    assert opened.text == "Møte på Løkka – «nå»"
    assert opened.encoding == "utf-8+utf-8"
    assert "Ã¸" not in once(twice)


@given(st.text("abc æøåÆØÅé–«»", max_size=60))
def test_whole_letters_are_left_alone(text: str) -> None:
    assert once(text) == text
    assert text_of(text.encode(), "t")[0] == text


@pytest.mark.parametrize(
    ("data", "name", "problem"),
    [
        (b"", "a.txt", "document_empty"),
        (b" \n\n ", "a.txt", "document_empty"),
        (b"\x00\x01\x02\xff" * 50, "a.txt", "document_binary"),
        (bytes(range(1, 30)) * 20, "a.txt", "document_binary"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "document_image"),
        (b"\xff\xd8\xff\xe0", "skann.pdf", "document_image"),
        (b"{\\rtf1 Hei}", "a.doc", "document_other_format"),
        (b"<!DOCTYPE html><p>Hei", "a.txt", "document_other_format"),
        (b"<?xml version='1.0'?><a/>", "a.docx", "document_other_format"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "a.txt", "document_encoding"),
        (b"Dette er ikke en PDF", "a.pdf", "document_damaged"),
        (b"x" * 11, "a.docx", "document_damaged"),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, name: str, problem: str) -> None:
    assert refused(data, name) == problem


@pytest.mark.parametrize(
    ("stream", "problem"),
    [
        ("WordDocument", "document_old_format"),
        ("Workbook", "document_old_format"),
        ("__substg1.0_0037", "document_old_format"),
        ("EncryptedPackage", "document_encrypted"),
        ("", "document_old_format"),
    ],
)
def test_old_and_encrypted_office_files_are_named(stream: str, problem: str) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream.encode("utf-16-le")
    assert refused(data, "fil.docx") == problem


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "borte.txt", tmp_path):
        with pytest.raises(InputRefused) as problem:
            open_document(path)
        assert problem.value.id == "document_missing"


def test_a_file_over_50_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "stor.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024 + 1)
    with pytest.raises(InputRefused) as problem:
        open_document(path)
    assert problem.value.id == "document_large"


@given(st.binary(max_size=300))
def test_any_bytes_are_opened_or_refused(data: bytes) -> None:
    if data.startswith(b"PK") or b"%PDF-" in data:
        return
    try:
        opened = bool(open_bytes(data, "fil").lines)
    except InputRefused as problem:
        opened = Say().has(f"problem.{problem.id}")
    assert opened


# --- Word --------------------------------------------------------------------------------


def test_the_kind_is_told_by_content_not_by_name() -> None:
    data = word(lambda d: d.add_paragraph("Hei på deg"))
    assert open_bytes(data, "brev.pdf").kind == "docx"
    assert open_bytes(b"# Hei", "brev.md").kind == "markdown"


def test_word_headings_lists_and_tables() -> None:
    def build(document: Any) -> None:
        document.add_heading("Rapport", 0)
        document.add_heading("Hva nå?", 2)
        document.add_paragraph("Punkt", style="List Bullet")
        document.add_paragraph("Under", style="List Bullet 2")
        document.add_paragraph("Først", style="List Number")
        document.add_paragraph("Så", style="List Number")
        document.add_paragraph("•\tSkrevet selv")
        document.add_paragraph().add_run("Fet linje").bold = True
        table = document.add_table(2, 2)
        table.cell(0, 0).text = "Gruppe 1"
        table.cell(1, 1).text = "Lys\nBuss"

    lines = open_bytes(word(build), "r.docx").lines
    assert [(x.kind, x.level, x.rank, x.bold, x.text) for x in lines if x.text] == [
        ("heading", 1, None, False, "Rapport"),
        ("heading", 2, None, False, "Hva nå?"),
        ("bullet", 0, None, False, "Punkt"),
        ("bullet", 0, None, False, "Under"),
        ("numbered", 0, 1, False, "Først"),
        ("numbered", 0, 2, False, "Så"),
        ("bullet", 0, None, False, "Skrevet selv"),
        ("text", 0, None, True, "Fet linje"),
    ]
    assert [x.cells for x in lines if x.kind == "row"] == [("Gruppe 1", ""), ("", "Lys\nBuss")]


def test_tracked_changes_are_accepted_and_hidden_text_is_left_out() -> None:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("Vi vil ha ")
        for tag, inner, text in (("w:del", "w:delText", "bil"), ("w:ins", "w:t", "buss")):
            change, run, word_ = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
            word_.text = text
            run.append(word_)
            change.append(run)
            paragraph._p.append(change)
        hidden = paragraph.add_run(" hemmelig")
        hidden.font.hidden = True
        document.add_comment(paragraph.runs, text="En kommentar", author="K")
        document.sections[0].header.paragraphs[0].text = "Topptekst"

    assert texts(word(build), "b.docx") == ["Vi vil ha buss"]


def test_text_in_content_controls_and_boxes_is_read() -> None:
    def build(document: Any) -> None:
        inside = document.add_paragraph("I feltet")._p
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        inside.addprevious(control)
        control.append(content)
        content.append(inside)
        run = document.add_paragraph("Utenfor").add_run()
        box, held, text = (OxmlElement(f"w:{n}") for n in ("txbxContent", "p", "r"))
        letters = OxmlElement("w:t")
        letters.text = "I boksen"
        text.append(letters)
        held.append(text)
        box.append(held)
        run._r.append(box)

    assert texts(word(build), "b.docx") == ["I feltet", "Utenfor", "I boksen"]


def test_contents_styles_are_known_as_a_list_of_contents() -> None:
    def build(document: Any) -> None:
        from docx.enum.style import WD_STYLE_TYPE

        document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph("Hva nå?\t4", style="toc 1")

    line = open_bytes(word(build), "b.docx").lines[0]
    assert (line.kind, line.text) == ("contents", "Hva nå?")


def test_unsafe_word_files_are_refused() -> None:
    good = word(lambda d: d.add_paragraph("Hei"))

    def same(name: str, data: bytes) -> bytes:
        return data

    def with_entity(name: str, data: bytes) -> bytes:
        evil = (
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
        )
        return evil if name == "word/document.xml" else data

    assert refused(repacked(good, same, {"word/vbaProject.bin": b"x"}), "a.docm") == (
        "document_macros"
    )
    assert refused(repacked(good, with_entity, {}), "a.docx") == "document_entities"
    bomb = {"word/media/a.xml": b" " * (61 * 1024 * 1024)}
    assert refused(repacked(good, same, bomb), "a.docx") == "document_unpacked"
    many = {f"word/media/{n}": b"" for n in range(5001)}
    assert refused(repacked(good, same, many), "a.docx") == "document_unpacked"
    assert refused(good[: len(good) // 2], "a.docx") == "document_damaged"
    assert refused(word(lambda d: None), "a.docx") == "document_empty"


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"xl/workbook.xml": b"<a/>"}, "document_other_format"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "document_old_format"),
        ({"a.txt": b"hei"}, "document_other_format"),
        ({"word/document.xml": b"<a"}, "document_damaged"),
    ],
)
def test_other_packed_files_are_named(parts: dict[str, bytes], problem: str) -> None:
    assert refused(packed(parts), "a.docx") == problem


# --- PDF ---------------------------------------------------------------------------------


def typeset(source: str, path: Path) -> bytes:
    import typst

    path.with_suffix(".typ").write_text(source, "utf-8")
    typst.compile(str(path.with_suffix(".typ")), output=str(path))
    return path.read_bytes()


def test_pdf_lines_have_page_size_and_weight(tmp_path: Path) -> None:
    data = typeset(
        "= Rapport\n*Gruppe 1*\n- Lys i parken\n#pagebreak()\nSlutt på møtet", tmp_path / "a.pdf"
    )
    lines = open_bytes(data, "a.pdf").lines
    assert [(x.page, x.kind, x.bold, x.text) for x in lines if x.text] == [
        (1, "heading", False, "Rapport"),
        (1, "text", True, "Gruppe 1"),
        (1, "bullet", False, "Lys i parken"),
        (2, "text", False, "Slutt på møtet"),
    ]


def test_ruled_tables_in_pdf_are_rows(tmp_path: Path) -> None:
    data = typeset(
        "Tabell\n#table(columns: 2, [Gruppe 1], [Lys], [Gruppe 2], [])", tmp_path / "a.pdf"
    )
    rows = [x.cells for x in open_bytes(data, "a.pdf").lines if x.kind == "row"]
    assert rows == [("Gruppe 1", "Lys"), ("Gruppe 2", "")]


def test_tables_with_rules_only_below_the_rows_are_rows(tmp_path: Path) -> None:
    source = (
        "Tabell\n#table(columns: (30pt, 90pt, 90pt), stroke: (bottom: 0.5pt), column-gutter: 2pt,"
        " [Nr], [Gruppe 1], [Gruppe 2], [1], [Lys], [Buss], [2], [], [Lys])\nEtter"
    )
    data = typeset(source, tmp_path / "a.pdf")
    rows = [x.cells for x in open_bytes(data, "a.pdf").lines if x.kind == "row"]
    assert rows == [("Nr", "Gruppe 1", "Gruppe 2"), ("1", "Lys", "Buss"), ("2", "", "Lys")]


def test_bullets_that_are_drawn_are_bullets(tmp_path: Path) -> None:
    source = "\n\n".join(
        f"#box(circle(radius: 2pt, fill: black)) {text}" for text in ("Lys i parken", "Buss")
    )
    lines = open_bytes(typeset(source, tmp_path / "a.pdf"), "a.pdf").lines
    assert [(x.kind, x.text) for x in lines if x.text] == [
        ("bullet", "Lys i parken"),
        ("bullet", "Buss"),
    ]


def test_a_scanned_pdf_is_told(tmp_path: Path) -> None:
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="14">'
        '<rect width="10" height="14" fill="#eee"/></svg>'
    )
    import typst

    (tmp_path / "a.svg").write_text(picture, "utf-8")
    (tmp_path / "a.typ").write_text('#image("a.svg", width: 90%)', "utf-8")
    png = typst.compile(str(tmp_path / "a.typ"), format="png")
    (tmp_path / "b.png").write_bytes(png if isinstance(png, bytes) else png[0])
    source = '#set page(margin: 0pt)\n#image("b.png", width: 100%)'
    assert refused(typeset(source, tmp_path / "b.pdf"), "skann.pdf") == "document_scanned"


def test_a_pdf_with_password_is_told(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    plain = pdf_file("# Rapport\n\nHei", tmp_path / "a.pdf")
    writer = PdfWriter(clone_from=PdfReader(plain))
    writer.encrypt(user_password="hemmelig", algorithm="AES-256")
    writer.write(tmp_path / "b.pdf")
    assert refused((tmp_path / "b.pdf").read_bytes(), "b.pdf") == "document_encrypted"


def test_broken_pdfs_are_told(tmp_path: Path) -> None:
    whole = pdf_file("# Rapport\n\nHei", tmp_path / "a.pdf").read_bytes()
    assert refused(b"%PDF-1.7\n" + b"\x00\xff" * 400, "a.pdf") in (
        "document_damaged",
        "document_empty",
    )
    assert refused(whole[:900], "a.pdf") in ("document_damaged", "document_empty")


def test_a_pdf_with_too_many_pages_is_told() -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(501):
        writer.add_blank_page(100, 100)
    target = io.BytesIO()
    writer.write(target)
    assert refused(target.getvalue(), "a.pdf") == "document_pages"


def test_reading_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    data = word_file("# Rapport\n\nHei", tmp_path / "a.docx").read_bytes()
    with pytest.raises(InputRefused) as problem:
        read_apart(data, "a.docx", "docx", seconds=0.01)
    assert problem.value.id == "document_slow"


# --- e-mail ------------------------------------------------------------------------------


def mail(**parts: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Kari Bøe <kari@example.org>"
    message["To"] = "post@elvebyen.example"
    message["Subject"] = "Høringsinnspill til planen"
    message["Date"] = "Mon, 03 Feb 2025 10:00:00 +0100"
    message["Message-ID"] = "<1@example.org>"
    if "text" in parts:
        message.set_content(parts["text"])
    if "html" in parts:
        message.set_content(parts["html"], subtype="html")
    return message


def test_an_email_is_known_by_its_content_and_told_apart_from_what_it_quotes() -> None:
    text = (
        "Hei!\n\nVi ønsker lys i parken.\n\nMed vennlig hilsen\nKari Bøe\nSolås vel\n\n"
        "Fra: Postmottak\nSendt: 1. februar\nTil: Kari\nEmne: Høring\n\n"
        "Vi sender planen på høring.\n"
    )
    opened = open_bytes(mail(text=text).as_bytes(), "innspill.txt")
    assert (opened.kind, opened.date) == ("email", "2025-02-03")
    assert (opened.subject, opened.sender) == ("Høringsinnspill til planen", "Kari Bøe")
    assert opened.address == "kari@example.org"
    assert opened.text == "Hei!\n\nVi ønsker lys i parken."
    asides = {x.aside for x in opened.lines if "Solås" in x.text or "sender planen" in x.text}
    assert asides == {"signature", "quote"}


def test_an_email_that_is_a_web_page_is_read_as_text() -> None:
    page = "<style>p{}</style><h2>Om planen</h2><p>Hei&nbsp;<b>alle</b></p><ol><li>Lys<li>Buss</ol>"
    opened = open_bytes(mail(html=page).as_bytes(), "a.eml")
    assert [(x.kind, x.text) for x in opened.lines if x.text] == [
        ("heading", "Om planen"),
        ("text", "Hei alle"),
        ("numbered", "Lys"),
        ("numbered", "Buss"),
    ]


def test_attachments_are_opened_in_turn() -> None:
    message = mail(text="Se vedlegg.")
    inner = word(lambda d: d.add_paragraph("Uttalelsen"))
    for name, data in (("uttale.docx", inner), ("../bilde.png", b"\x89PNG"), ("tom.pdf", b"")):
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    opened = open_bytes(message.as_bytes(), "a.eml")
    assert opened.attachments == ("uttale.docx", "bilde.png", "tom.pdf")
    assert [(d.name, d.text) for d in opened.documents] == [("uttale.docx", "Uttalelsen")]
    assert [(n.name, n.problem) for n in opened.not_opened] == [
        ("bilde.png", "document_image"),
        ("tom.pdf", "document_empty"),
    ]


def test_emails_inside_each_other_are_opened_only_so_deep() -> None:
    message = mail(text="innerst")
    for depth in range(5):
        outer = mail(text=f"lag {depth}")
        outer.add_attachment(message)
        message = outer
    opened, depth = open_bytes(message.as_bytes(), "a.eml"), 0
    while opened.documents:
        opened, depth = opened.documents[0], depth + 1
    assert depth == 2
    assert opened.not_opened[0].problem == "document_attachments"


@given(st.text(max_size=200))
def test_any_web_page_becomes_text(page: str) -> None:
    assert isinstance(text_of_html(page), str)


def test_a_plain_letter_that_begins_like_an_email_stays_a_letter() -> None:
    assert open_bytes(b"Til: Kommunen\nFra: Solaas vel\n\nHei", "brev.txt").kind == "text"


def test_tables_in_markdown_are_rows() -> None:
    rows = [x.cells for x in lines_of("| a | b |\n|---|:-:|\n| c | d<br>e |")]
    assert rows == [("a", "b"), (), ("c", "d\ne")]


def test_words_own_name_of_a_style_is_not_needed() -> None:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("Nivå fra disposisjonen")
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), "1")
        paragraph._p.get_or_add_pPr().append(level)

    line = open_bytes(word(build), "b.docx").lines[0]
    assert (line.kind, line.level) == ("heading", 2)
