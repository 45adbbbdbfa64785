"""Documents from the dossier: tagged PDF, DOCX with real styles, the same bytes each time."""

from __future__ import annotations

import itertools
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from jevn.publishing.documents import (
    knowledge_base,
    plan_document,
    write_knowledge_base,
    write_plan,
)
from jevn.publishing.documents.model import Document, Facts, Heading, Picture, Table, markdown
from jevn.publishing.documents.typeset import drawn_width
from jevn.publishing.dossier import Dossier


@pytest.fixture(scope="module")
def made(elvebyen: Dossier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    write_plan(elvebyen, folder)
    write_knowledge_base(elvebyen, folder)
    return folder


@pytest.fixture(scope="module", params=["plan", "knowledge-base"])
def document(request: pytest.FixtureRequest, elvebyen: Dossier) -> Document:
    make = {"plan": plan_document, "knowledge-base": knowledge_base}[request.param]
    return make(elvebyen)


@pytest.mark.parametrize("name", ["plan", "knowledge-base"])
def test_an_independent_checker_finds_no_error_in_the_pdf(made: Path, name: str) -> None:
    outloud = pytest.importorskip("outloud", reason="the PDF/UA checker outloud is not installed")
    report = outloud.check(str(made / f"{name}.pdf"))
    assert report.error is None
    assert report.stats["tagged"] is True
    assert [f for f in report.findings if f.severity == "error"] == []


@pytest.mark.parametrize("name", ["plan", "knowledge-base"])
def test_the_pdf_is_tagged_and_has_title_and_language(
    made: Path, name: str, elvebyen: Dossier
) -> None:
    from pypdf import PdfReader

    reader = PdfReader(made / f"{name}.pdf")
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF boolean)
    assert str(root["/Lang"]).startswith("nb")
    assert reader.metadata is not None
    assert reader.metadata.title
    assert elvebyen.cover.municipality in str(reader.metadata.author)


def test_no_heading_level_is_skipped(document: Document) -> None:
    levels = [b.level for b in document.blocks if isinstance(b, Heading)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_anchors_are_unique(document: Document) -> None:
    anchors = [b.anchor for b in document.blocks if isinstance(b, Heading) and b.anchor]
    assert len(anchors) == len(set(anchors))


def test_every_picture_has_a_finding_a_summary_and_a_source(document: Document) -> None:
    pictures = [b.chart for b in document.blocks if isinstance(b, Picture)]
    assert pictures
    assert all(c.title and c.summary and c.source and c.svg.startswith("<svg") for c in pictures)


def test_each_area_is_told_in_the_order_of_the_steps(elvebyen: Dossier) -> None:
    assert elvebyen.challenges is not None
    headings = [b for b in knowledge_base(elvebyen).blocks if isinstance(b, Heading)]
    chapters = [b.anchor for b in headings if (b.anchor or "").startswith("area-")]
    assert chapters == [f"area-{a.area.value}" for a in elvebyen.challenges.areas]
    for chapter in chapters:
        at = next(n for n, b in enumerate(headings) if b.anchor == chapter)
        parts = itertools.takewhile(lambda b: b.level > 1, headings[at + 1 :])
        assert [b.text for b in parts if b.level == 2][:3] == [
            "Hva forskningen anbefaler",
            "Status her",
            "Hva vi gjør i dag",
        ]


def test_zones_themes_and_gaps_have_their_chapters(elvebyen: Dossier) -> None:
    blocks = knowledge_base(elvebyen).blocks
    anchors = {b.anchor for b in blocks if isinstance(b, Heading)}
    assert {"zones", "themes", "method"} <= anchors
    maps = [b for b in blocks if isinstance(b, Picture) and b.chart.id.startswith("map-")]
    assert len(maps) == 1
    zones = next(b for b in blocks if isinstance(b, Table) and b.headings[0] == "Sone")
    assert len(zones.rows) == len(elvebyen.zone_need)
    assert "Faglig vurdering" in {b.title for b in blocks if isinstance(b, Facts)}


@pytest.mark.parametrize("missing", ["challenges", "effort", "both"])
def test_the_knowledge_base_stands_with_a_step_missing(
    elvebyen: Dossier, tmp_path: Path, missing: str
) -> None:
    bare = replace(elvebyen, voices=None, need_effort=(), zone_need=(), effort_gaps=())
    if missing in ("challenges", "both"):
        bare = replace(bare, challenges=None)
    if missing in ("effort", "both"):
        bare = replace(bare, effort=None)
    write_knowledge_base(bare, tmp_path)
    assert (tmp_path / "knowledge-base.pdf").stat().st_size > 10_000
    levels = [b.level for b in knowledge_base(bare).blocks if isinstance(b, Heading)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_action_stands_in_the_plan_with_owner_money_and_thread(elvebyen: Dossier) -> None:
    assert elvebyen.proposal is not None
    facts = [b for b in plan_document(elvebyen).blocks if isinstance(b, Facts)]
    actions = [e for e in elvebyen.proposal.elements() if e.action is not None]
    assert len(actions) >= 15
    for element in actions:
        own = next(f for f in facts if f.title == f"{element.id} {element.title}")
        assert {"Ansvarlig", "Start og frist", "Kostnad"} <= {name for name, _ in own.pairs}
        thread = next(f for f in facts if f.title == f"Den røde tråden bak {element.id}")
        assert len(thread.pairs) >= 6


def test_headings_and_tables_of_the_docx_are_real(made: Path, elvebyen: Dossier) -> None:
    import docx

    word = docx.Document(str(made / "plan.docx"))
    styles = {p.style.name for p in word.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Heading 3", "List Bullet"} <= styles
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    expected = [
        b.text for b in plan_document(elvebyen).blocks if isinstance(b, Heading) and b.level == 1
    ]
    assert headings == expected
    assert word.core_properties.title == elvebyen.cover.plan_title


def test_every_picture_of_the_docx_has_a_text_alternative(made: Path) -> None:
    with zipfile.ZipFile(made / "plan.docx") as archive:
        text = archive.read("word/document.xml").decode()
    drawings = re.findall(r"<wp:docPr [^>]*>", text)
    assert drawings
    assert all(re.search(r'descr="[^"]{20,}"', d) for d in drawings)


def test_header_rows_of_tables_repeat_in_the_docx(made: Path, elvebyen: Dossier) -> None:
    with zipfile.ZipFile(made / "plan.docx") as archive:
        text = archive.read("word/document.xml").decode()
    tables = [b for b in plan_document(elvebyen).blocks if isinstance(b, Table)]
    assert text.count("<w:tblHeader") == len(tables)


def test_the_same_dossier_gives_the_same_bytes(
    made: Path, elvebyen: Dossier, tmp_path: Path
) -> None:
    write_plan(elvebyen, tmp_path)
    for name in ("plan.pdf", "plan.docx"):
        assert (tmp_path / name).read_bytes() == (made / name).read_bytes(), name


def test_markdown_never_skips_a_level() -> None:
    blocks = markdown("# A\n\n### B\n\ntekst **fet** og [lenke](https://example.org)\n\n- x\n", 2)
    assert [b.level for b in blocks if isinstance(b, Heading)] == [2, 3]
    runs = blocks[2].text  # type: ignore[union-attr]
    assert [(r.text, r.bold, r.link) for r in runs if r.bold or r.link] == [
        ("fet", True, None),
        ("lenke", False, "https://example.org"),
    ]


def test_typst_sources_hold_no_markup_from_the_content() -> None:
    from jevn.publishing.documents.typeset import source

    nasty = '#import "x" $a$ \\ "q" <b> @c [d] *e*'
    document = Document(
        "x", nasty, nasty, nasty, nasty, "2027-03-01", "nb", None, "#0b5d8a", (Heading(1, nasty),)
    )
    text = source(document)
    assert text.count('\\"q\\"') == 5
    assert "$a$" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", text)


def test_no_chart_is_too_tall_for_a_page_with_its_headings(document: Document) -> None:
    charts = [b.chart for b in document.blocks if isinstance(b, Picture)]
    assert charts
    for chart in (*charts, replace(charts[0], width=300, height=900)):
        wide = 156 * drawn_width(chart) / 640
        assert 0 < wide <= 156
        assert wide * chart.height / chart.width <= 165.01
