"""What should not matter does not: wrapping, bullets, page furniture, blank lines, formats."""

from __future__ import annotations

import random
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jevn.participation.report import read_report
from jevn.participation.report.writing import report_text
from jevn.participation.results import WorkshopReport
from unit.participation.report_files import PdfLook, pdf_file, word_file

BULLETS = ("-", "–", "•", "*", "▪", "◦", "·", "\uf0b7", "+", "●")

THEMES = (
    "Åpne skolegården om ettermiddagen, med utstyr til utlån og voksne som kjenner barna",
    "Gratis utlån av ski, skøyter og sykler. Særlig for dem som er nye i kommunen",
    "Møteplass i hver bydel",
    "Følge til legen og til butikken for dem som ikke kjører bil lenger – også om vinteren",
    "Helse- og omsorgstjenesten møter folk der de er, ikke bare på kontoret",
    "Lys i undergangen",
    "NAV og skolen setter seg sammen hver måned om elevene som står i fare for å falle ut",
    "Et telefonnummer som noen svarer på, hele døgnet og hele året, for alle som strever",
)


def made(bullet: str = "-", seed: int = 0) -> str:
    """A report with every kind of line, one line per point."""
    chosen = random.Random(seed)
    points = [f"{bullet} {text}" for text in chosen.sample(THEMES, len(THEMES))]
    return "\n".join(
        [
            "# Rapport fra politisk verksted om folkehelse 4. juni 2026",
            "",
            "## Hva skal til for at flere innbyggere i alle deler av kommunen får god helse og "
            "et godt liv?",
            "",
            "Møteplasser – trygge oppvekstvilkår – flere i arbeid – tidlig innsats – "
            "samarbeid på tvers av tjenester og med frivillige lag",
            "",
            "### Nærmiljø",
            "",
            *points[:3],
            "",
            "### Tjenester",
            "",
            *points[3:6],
            "",
            "## Nevn 3–5 viktige punkter fra temaet «oppvekst». Sett opp i prioritert rekkefølge",
            "",
            "### Gruppe 1",
            "",
            *points[2:5],
            "",
            "### Gruppe 2",
            "",
            *points[5:],
            "",
            "## Deltakere",
            "",
            "### Solås",
            "",
            "Kari Nes",
            "Ola Vik / Ida Marie Lund",
            "",
        ]
    )


def bare(report: WorkshopReport) -> WorkshopReport:
    return replace(report, doubtful=())


def wrapped(text: str, width: int, hanging: bool) -> str:
    lines: list[str] = []
    for line in text.split("\n"):
        indent = "  " if hanging and line[:2].endswith(" ") else ""
        if line.startswith("#") or len(line) <= width:
            lines.append(line)
        else:
            lines += textwrap.wrap(
                line,
                width,
                subsequent_indent=indent,
                break_on_hyphens=False,
                break_long_words=False,
            )
    return "\n".join(lines)


def paged(text: str, after: set[int], kind: int) -> str:
    lines: list[str] = []
    for number, line in enumerate(text.split("\n")):
        lines.append(line)
        if number in after and not line.startswith("#"):
            page = str(1 + len([n for n in after if n <= number]))
            furniture = (
                ["", page, ""],
                ["", f"Side {page} av 8", "\f"],
                ["Solås kommune          Verksted", f"Side {page}", ""],
                ["", f"- {page} -"],
            )
            lines += furniture[kind]
    return "\n".join(lines)


@pytest.mark.parametrize("bullet", BULLETS)
def test_the_kind_of_bullet_does_not_matter(bullet: str) -> None:
    found = read_report(made(bullet))
    assert bare(found) == bare(read_report(made("-")))
    assert found.doubtful == ()


def test_numbers_do_as_well_as_bullets() -> None:
    lines, count = [], 0
    for line in made().split("\n"):
        count = count + 1 if line.startswith("- ") else 0
        lines.append(f"{count}. {line[2:]}" if count else line)
    assert read_report("\n".join(lines)) == read_report(made())


@settings(max_examples=60)
@given(
    seed=st.integers(0, 1000),
    width=st.integers(56, 90),
    hanging=st.booleans(),
    bullet=st.sampled_from(BULLETS),
)
def test_wrapping_does_not_matter(seed: int, width: int, hanging: bool, bullet: str) -> None:
    text = made(bullet, seed)
    assert bare(read_report(wrapped(text, width, hanging))) == bare(read_report(text))


@settings(max_examples=60)
@given(
    seed=st.integers(0, 1000),
    first=st.integers(12, 30),
    pages=st.lists(st.integers(4, 12), min_size=1, max_size=4),
    kind=st.integers(0, 3),
    width=st.sampled_from([60, 76, 200]),
)
def test_page_furniture_does_not_matter(
    seed: int, first: int, pages: list[int], kind: int, width: int
) -> None:
    text = wrapped(made("-", seed), width, hanging=True)
    after = {first + sum(pages[:n]) for n in range(len(pages) + 1)}
    assert bare(read_report(paged(text, after, kind))) == bare(read_report(text))


@settings(max_examples=40)
@given(seed=st.integers(0, 1000), copies=st.integers(2, 4))
def test_more_blank_lines_do_not_matter(seed: int, copies: int) -> None:
    text = made("-", seed)
    assert bare(read_report(text.replace("\n\n", "\n" * (copies + 1)))) == bare(read_report(text))
    loose = text.replace("\n- ", "\n\n- ")
    assert bare(read_report(loose)) == bare(read_report(text))


@pytest.mark.parametrize("look", ["styles", "bold", "typed"])
def test_a_word_file_gives_the_same_report(look: str, tmp_path: Path) -> None:
    path = word_file(made(), tmp_path / "r.docx", look)
    found = read_report(path, "report")
    assert found == read_report(made())


LOOKS = {
    "plain": PdfLook(),
    "small-and-justified": PdfLook(size=9, margin=4, justify=True, head=False),
    "large-and-loose": PdfLook(size=14, margin=3, tight=False),
    "two-columns": PdfLook(size=9, margin=2, columns=2),
}


@pytest.mark.parametrize("look", LOOKS)
def test_a_pdf_gives_the_same_report(look: str, tmp_path: Path) -> None:
    path = pdf_file(made(), tmp_path / "r.pdf", LOOKS[look])
    assert bare(read_report(path, "report")) == bare(read_report(made()))


def test_reading_twice_changes_nothing(tmp_path: Path) -> None:
    path = word_file(made(), tmp_path / "r.docx")
    assert read_report(path) == read_report(path)


REPORTS = sorted(
    path for path in (Path(__file__).parent / "reports").iterdir() if path.suffix in (".txt", ".md")
)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_what_is_written_is_read_to_the_same(path: Path) -> None:
    report = read_report(path, "r")
    again = read_report(report_text(report), "r")
    assert (again.title, again.date) == (report.title, report.date)
    assert again.parts == report.parts
    assert [(p.name, p.role, p.municipality) for p in again.participants] == [
        (p.name, p.role, p.municipality) for p in report.participants
    ]
    assert report_text(again) == report_text(report)
