"""The report of a real political workshop is read whole and exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from jevn.participation.report import read_report
from jevn.participation.report.writing import report_text
from jevn.participation.results import Question, WorkshopReport
from unit.participation.report_files import Look, PdfLook, pdf_file, word_file


@pytest.fixture(scope="module")
def source(shared_data: Path) -> Path:
    return next((shared_data / "seeds").glob("001_*.txt"))


@pytest.fixture(scope="module")
def report(source: Path) -> WorkshopReport:
    return read_report(source, "verksted")


def questions(report: WorkshopReport) -> list[Question]:
    return [q for part in report.parts for q in part.questions]


def points(report: WorkshopReport) -> list[str]:
    found = []
    for question in questions(report):
        found += [b for section in question.sections for b in section.bullets]
        found += [p for group in question.groups for p in group.ranked]
    return found


def test_title_and_date(report: WorkshopReport) -> None:
    assert report.title == (
        "Rapport fra politisk arbeidsverksted – HELSE- OG SOSIALPOLITIKK – 7. JUNI 2018"
    )
    assert report.date == "2018-06-07"


def test_every_dashed_line_is_a_point_in_the_same_order(
    report: WorkshopReport, source: Path
) -> None:
    dashed = [
        line[2:].strip() for line in source.read_text("utf-8").splitlines() if line.startswith("- ")
    ]
    assert points(report) == dashed
    assert len(dashed) == 147


def test_groups_and_the_number_of_points_they_gave(report: WorkshopReport) -> None:
    sizes = [[len(g.ranked) for g in q.groups] for q in questions(report)]
    assert sizes == [[], [], [], [], [], [], [5, 5, 3, 5, 5], [4, 4, 4, 5, 6]]
    names = [f"Gruppe {n}" for n in range(1, 6)]
    assert [g.name for g in questions(report)[6].groups] == names


def test_parts_and_questions(report: WorkshopReport) -> None:
    assert [(p.title, len(p.questions)) for p in report.parts] == [("Del 1", 6), ("Del 2", 2)]
    assert questions(report)[0].title.startswith("Til kunnskapsgrunnet: Er det noe informasjon")
    assert questions(report)[6].title.endswith(
        "(politiske signaler som dere ønsker å gi) fra temaet «helse». "
        "Sett opp i prioritert rekkefølge"
    )


def test_sub_headings_with_and_without_marks(report: WorkshopReport) -> None:
    headings = [[(s.heading, len(s.bullets)) for s in q.sections] for q in questions(report)]
    assert headings[1] == [
        ("Forebygging", 6),
        ("Arbeid/Levekår", 4),
        ("Informasjon og kunnskap", 2),
        ("Tilrettelegging; Anlegg/uteområder, lavterskel", 3),
        ("Brukermedvirkning", 2),
        ("Fag/kompetanse", 12),
        ("Frivillighet", 5),
        ("Tilrettelegging", 5),
        ("Samarbeid", 4),
    ]
    assert headings[3] == [("Arbeid", 6), ("Kompetanse", 2), ("Språkopplæring", 2), ("Annet", 4)]
    # The same heading stands under three questions.
    assert [q for q, h in enumerate(headings) if ("Annet", 1) in h or ("Annet", 4) in h] == [3, 4]
    assert headings[0] == [(None, 12)]


def test_one_line_summaries_are_parted_by_dashes(report: WorkshopReport) -> None:
    assert [len(q.summary) for q in questions(report)] == [0, 15, 3, 5, 6, 0, 0, 0]
    assert questions(report)[3].summary == (
        "Arbeid først",
        "god språkopplæring",
        "kompetanse",
        "godkjenning og påfyll",
        "integrering",
    )


def names_below(source: Path, heading: str) -> list[str]:
    """Lines with names below a heading, as they stand in the file."""
    text = source.read_text("utf-8").split(heading, 1)[1].split("\n", 1)[1].split("\n## ")[0]
    return [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]


def test_participants_by_municipality(report: WorkshopReport, source: Path) -> None:
    attended = [p for p in report.participants if p.listed_under.startswith("Folkevalgte")]
    lines = names_below(source, "## Folkevalgte")
    assert [p.name for p in attended] == [line.split(" (")[0] for line in lines]
    committee = [p.municipality for p in attended if p.role == "Utvalgs-/komitémedlemmer"]
    assert committee == ["Drammen"] * 7 + ["Nedre Eiker"] * 8 + ["Svelvik"] * 7
    council = [p for p in attended if p.role == "Kommunestyre-/bystyremedlemmer"]
    assert [p.municipality for p in council] == ["Drammen"] * 3 + ["Svelvik"]
    assert len(attended) == 26


def test_project_group_with_two_people_on_one_line(report: WorkshopReport, source: Path) -> None:
    group = [p for p in report.participants if p.listed_under.startswith("Ansvarlig")]
    lines = names_below(source, "## Ansvarlig")
    assert len(lines) == 7
    order = [0, 1, 1, 2, 3, 4, 5, 6]
    assert all(p.name in lines[i] for p, i in zip(group, order, strict=True))
    assert group[1].name != group[2].name
    assert [p.municipality for p in group] == [
        "Nedre Eiker",
        "Drammen",
        "Drammen",
        "Svelvik",
        "Drammen",
        "Nedre Eiker",
        "Svelvik",
        "Drammen",
    ]
    assert group[0].role == "Fagpersoner, delprosjektleder"
    assert group[4].role == "Tillitsvalgte, Fagforbundet"


def test_nothing_is_doubtful(report: WorkshopReport) -> None:
    assert report.doubtful == ()


def test_reading_again_changes_nothing(report: WorkshopReport, source: Path) -> None:
    assert read_report(source, "verksted") == report
    assert read_report(source.read_text("utf-8"), "verksted") == report


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_do_not_matter(report: WorkshopReport, source: Path, ending: str) -> None:
    text = source.read_text("utf-8").replace("\n", ending)
    assert read_report(text, "verksted") == report


def test_wrapping_the_lines_changes_nothing(report: WorkshopReport, source: Path) -> None:
    # Every long line broken at 70 letters, as a text editor would do, and a page with running
    # head and number put between the lines of every tenth bullet.
    import textwrap

    lines: list[str] = []
    for number, line in enumerate(source.read_text("utf-8").splitlines()):
        if len(line) <= 70 or "....." in line or line.startswith("#"):
            lines.append(line)
            continue
        indent = "  " if line.startswith("- ") else ""
        wrapped = textwrap.wrap(
            line, 70, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
        )
        if line.startswith("- ") and number % 10 == 0:
            wrapped[1:1] = ["", "Nye Drammen kommune", "Side 4", "\f", "Nye Drammen kommune", ""]
        lines += wrapped
    again = read_report("\n".join(lines), "verksted")
    assert points(again) == points(report)
    assert [q.summary for q in questions(again)] == [q.summary for q in questions(report)]
    assert again.participants == report.participants
    assert again.doubtful == ()


def test_what_is_written_is_read_to_the_same(report: WorkshopReport) -> None:
    again = read_report(report_text(report), "verksted")
    assert again.parts == report.parts
    assert (again.title, again.date) == (report.title, report.date)
    assert again.participants == report.participants


@pytest.mark.parametrize("look", ["styles", "bold", "typed"])
def test_as_a_word_file_it_gives_the_same(
    report: WorkshopReport, source: Path, look: Look, tmp_path: Path
) -> None:
    path = word_file(source.read_text("utf-8"), tmp_path / "r.docx", look)
    assert read_report(path, "verksted") == report


LOOKS = {
    "plain": PdfLook(),
    "small-and-justified": PdfLook(size=9, margin=4, justify=True, head=False),
    "large-and-loose": PdfLook(size=12, tight=False),
    "two-columns": PdfLook(size=8, margin=1.5, columns=2),
}


@pytest.mark.parametrize("look", LOOKS)
def test_as_a_pdf_it_gives_the_same(
    report: WorkshopReport, source: Path, look: str, tmp_path: Path
) -> None:
    path = pdf_file(source.read_text("utf-8"), tmp_path / "r.pdf", LOOKS[look])
    assert read_report(path, "verksted") == report
