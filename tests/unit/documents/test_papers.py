"""Documents beside the plan: one model, the same words in PDF and Word, tagged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jevn.publishing.documents import DOCUMENTS, case_paper
from jevn.publishing.documents.model import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Note,
    Paragraph,
    Table,
)
from jevn.publishing.documents.typeset import write_pdf
from jevn.publishing.documents.word import write_docx
from jevn.publishing.dossier import Dossier

MAKE = ("brief", "case-paper", "effort-profile", "hearing", "status-report", "workshops")


@pytest.fixture(scope="module", params=MAKE)
def made(
    request: pytest.FixtureRequest, elvebyen: Dossier, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Document, Path]:
    document = DOCUMENTS[request.param](elvebyen)
    folder = tmp_path_factory.mktemp("papers")
    write_pdf(document, folder / "it.pdf")
    write_docx(document, folder / "it.docx")
    return document, folder


def _letters(text: str) -> str:
    """Letters and digits alone: line breaks, hyphens and spaces are set anew on paper."""
    return re.sub(r"[\W_]+", "", text)


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for b in blocks:
        if isinstance(b, Heading):
            yield b.text
        elif isinstance(b, Paragraph):
            yield "".join(r.text for r in b.text)
        elif isinstance(b, Bullets):
            yield from ("".join(r.text for r in item) for item in b.items)
        elif isinstance(b, Table):
            yield b.caption
            yield from b.headings
            yield from (str(getattr(c, "text", c)) for row in b.rows for c in row)
        elif isinstance(b, Facts):
            yield b.title
            yield from (x for pair in b.pairs for x in pair)
        elif isinstance(b, Note):
            yield b.title


def test_every_word_of_the_model_stands_in_pdf_and_word(made: tuple[Document, Path]) -> None:
    import docx
    from pypdf import PdfReader

    document, folder = made
    pdf = _letters("".join(p.extract_text() for p in PdfReader(folder / "it.pdf").pages))
    word = docx.Document(str(folder / "it.docx"))
    told = [p.text for p in word.paragraphs]
    told += [c.text for t in word.tables for row in t.rows for c in row.cells]
    letters = _letters("".join(told))
    texts = [document.title, *_texts(document.blocks)]
    assert len(texts) > 20
    for text in texts:
        assert _letters(text) in letters, f"not in Word: {text}"
        if len(_letters(text)) < 400:  # longer ones may have a page number within
            assert _letters(text) in pdf, f"not in the PDF: {text}"


def test_an_independent_checker_finds_no_error(made: tuple[Document, Path]) -> None:
    outloud = pytest.importorskip("outloud", reason="the PDF/UA checker outloud is not installed")
    report = outloud.check(str(made[1] / "it.pdf"))
    assert report.error is None
    assert [f for f in report.findings if f.severity == "error"] == []


def _walk(node: Any) -> Iterator[Any]:
    yield node
    kids = node.get("/K")
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if hasattr(kid, "get") and "/S" in kid:
            yield from _walk(kid)


def test_the_tag_tree_has_headings_and_tables_with_headers(made: tuple[Document, Path]) -> None:
    from pypdf import PdfReader

    document, folder = made
    root = PdfReader(folder / "it.pdf").trailer["/Root"]
    tree = root["/StructTreeRoot"]
    top = tree["/K"]
    first = top[0].get_object() if isinstance(top, list) else top.get_object()
    nodes = list(_walk(first))
    kinds = [str(n["/S"]) for n in nodes if "/S" in n]
    headings = [b for b in document.blocks if isinstance(b, Heading)]
    assert sum(k in ("/H1", "/H2", "/H3", "/H4") for k in kinds) >= len(headings)
    tables = [n for n in nodes if n.get("/S") == "/Table"]
    assert len(tables) == sum(isinstance(b, (Table, Facts)) for b in document.blocks)
    for table in tables:
        inside = [str(n["/S"]) for n in _walk(table) if "/S" in n]
        assert "/TH" in inside
        assert "/TD" in inside
    figures = [n for n in nodes if n.get("/S") == "/Figure"]
    assert all(f.get("/Alt") for f in figures)


def test_a_paper_begins_on_its_first_page_and_flows(elvebyen: Dossier, tmp_path: Path) -> None:
    import docx
    from pypdf import PdfReader

    document = case_paper(elvebyen)
    write_pdf(document, tmp_path / "it.pdf")
    pages = PdfReader(tmp_path / "it.pdf").pages
    assert len(pages) <= 5
    headings = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 1]
    first = _letters(pages[0].extract_text())
    assert sum(_letters(h) in first for h in headings) >= 3
    write_docx(document, tmp_path / "it.docx")
    word = docx.Document(str(tmp_path / "it.docx"))
    assert not any(
        p.paragraph_format.page_break_before
        for p in word.paragraphs
        if p.style is not None and p.style.name == "Heading 1"
    )
