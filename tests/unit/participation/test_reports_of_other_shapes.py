"""Reports of other shapes than the first one are read just as well. All are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.participation.report import read_report
from jevn.participation.report.dates import find_date
from jevn.participation.results import Question, WorkshopReport
from jevn.terms import InputRefused, Say

NUMBERED = """\
Granvik kommune                                       Verkstad om folkehelse

Rapport frå politisk verkstad
Folkehelse og levekår – 12. mars 2026

Innhald

Del 1
1. Kva må til for at fleire barn og unge skal trivast i nærmiljøet sitt, og kven kan
   gjere det? .................................................. 2
2. Kva ventar vi med? .......................................... 3
Del 2
3. Nemn tre viktige punkt frå temaet «nærmiljø» ................ 4
Deltakarar .................................................... 5

Del 1

1. Kva må til for at fleire barn og unge skal trivast i nærmiljøet sitt, og kven kan
   gjere det?

Fleire møteplassar – tryggare skuleveg
– vaksne som er til stades

Møteplassar

1. Opne skulegarden om ettermiddagen, med utstyr til utlån og vaksne som kjenner
   borna, også dei som går på 10. trinn og
   10. trinn ved naboskulen
2. Ein klubb som er open fleire kvel-
   dar i veka

Granvik kommune                                       Verkstad om folkehelse
                                 Side 2 av 5
Granvik kommune                                       Verkstad om folkehelse

   og som ikkje kostar noko
3. Helse- og
   sosialtenesta møter ungdom der dei er
Trafikk
1. Lågare fart
2. Gangveg til hallen

2. Kva ventar vi med?

Trafikk

- Ny riksveg

Del 2

3. Nemn tre viktige punkt frå temaet «nærmiljø»

Bord A
1. Klubb for alle
2. Gangveg
Bord B
1. Gangveg
2. Utlån av utstyr
3. Klubb for alle
4. Betre lys
Bord C

Deltakarar

Granvik:
Kari Nes (G) og Ola Vik (G)
Per Å. Moe, leiar

Øvre Dal:
Anne-Lise Fjeld, Tor Hagen
Ungdomsrådet v/Ida Lund (ØD)
noko uleseleg 44

Side 5 av 5
"""

MARKED = """\
---

# Oppsummering av dialogmøte

Holdt 03.02.2027 i Solgården

## Innledning

Vi var 24 personer rundt fem bord.

# Hva skal til for at flere kommer i jobb?

**Praksisplasser – språk – tett oppfølging**

## Praksis
* Flere praksisplasser i kommunen
* **Mentor** på *arbeidsplassen*

### Språk
* Norskkurs på kveldstid

Noe som står for seg selv her.

#### Praksis
* Samme overskrift igjen

# Hva skal til for at flere kommer seg ut?

### Språk
* Språkkafé på biblioteket

## Veien videre
### Gruppe 1: ungdom
1) Lån av utstyr
2) Gratis hall
### Gruppe 2
- Gratis hall
Uten strek foran, men stor forbokstav
- Turgruppe
    - med bål

## Til stede

### Politikere
- Kari Nes (Ap), leder
- Ola Vik (H)/Ida Lund (V)
- Bjørn
"""

TABBED = """\
RAPPORT FRÅ ARBEIDSVERKSTAD
Levekår i Nordbygda
Dato: 5.11.2025

Innhald
Kva saknar vi kunnskap om?\t2
Formuler punkt til planen\t3

Kva saknar vi kunnskap om?
• Kven som fell utanfor når skulen er slutt for
dagen
• Kva det kostar å vere med

Unge vaksne:
• Bustad

Formuler punkt til planen
Gruppe 1
Tidleg innsats
Meir samarbeid
Gruppe 2
• Gratis buss
"""


def questions(report: WorkshopReport) -> list[Question]:
    return [q for part in report.parts for q in part.questions]


def sections(question: Question) -> list[tuple[str | None, list[str]]]:
    return [(s.heading, list(s.bullets)) for s in question.sections]


def groups(question: Question) -> list[tuple[str, list[str]]]:
    return [(g.name, list(g.ranked)) for g in question.groups]


def doubts(report: WorkshopReport) -> list[tuple[int, str]]:
    return [(d.line, d.reason) for d in report.doubtful]


class TestNumberedListsWrappedLinesAndPages:
    report = read_report(NUMBERED, "granvik")

    def test_title_and_date(self) -> None:
        assert (
            self.report.title
            == "Rapport frå politisk verkstad Folkehelse og levekår – 12. mars 2026"
        )
        assert self.report.date == "2026-03-12"

    def test_questions_are_not_lost_among_numbered_points(self) -> None:
        assert [(p.title, len(p.questions)) for p in self.report.parts] == [
            ("Del 1", 2),
            ("Del 2", 1),
        ]
        assert questions(self.report)[0].title == (
            "Kva må til for at fleire barn og unge skal trivast i nærmiljøet sitt, "
            "og kven kan gjere det?"
        )

    def test_points_broken_over_lines_and_pages_are_whole(self) -> None:
        assert sections(questions(self.report)[0]) == [
            (
                "Møteplassar",
                [
                    "Opne skulegarden om ettermiddagen, med utstyr til utlån og vaksne som "
                    "kjenner borna, også dei som går på 10. trinn og 10. trinn ved naboskulen",
                    "Ein klubb som er open fleire kveldar i veka og som ikkje kostar noko",
                    "Helse- og sosialtenesta møter ungdom der dei er",
                ],
            ),
            ("Trafikk", ["Lågare fart", "Gangveg til hallen"]),
        ]
        assert sections(questions(self.report)[1]) == [("Trafikk", ["Ny riksveg"])]

    def test_a_summary_goes_on_over_the_line(self) -> None:
        assert questions(self.report)[0].summary == (
            "Fleire møteplassar",
            "tryggare skuleveg",
            "vaksne som er til stades",
        )

    def test_tables_give_more_or_fewer_points_than_asked(self) -> None:
        assert groups(questions(self.report)[2]) == [
            ("Bord A", ["Klubb for alle", "Gangveg"]),
            ("Bord B", ["Gangveg", "Utlån av utstyr", "Klubb for alle", "Betre lys"]),
            ("Bord C", []),
        ]

    def test_people_and_their_municipalities(self) -> None:
        assert [(p.name, p.role, p.municipality) for p in self.report.participants] == [
            ("Kari Nes", None, "Granvik"),
            ("Ola Vik", None, "Granvik"),
            ("Per Å. Moe", "leiar", "Granvik"),
            ("Anne-Lise Fjeld", None, "Øvre Dal"),
            ("Tor Hagen", None, "Øvre Dal"),
            ("Ida Lund", "Ungdomsrådet", "Øvre Dal"),
        ]

    def test_what_is_doubtful_is_said_with_its_line(self) -> None:
        lines = NUMBERED.splitlines()
        assert doubts(self.report) == [
            (lines.index("Bord C") + 1, "group_without_points"),
            (lines.index("noko uleseleg 44") + 1, "not_a_person"),
        ]


class TestHeadingsWhoseLevelsDoNotNest:
    report = read_report(MARKED, "dialog")

    def test_front(self) -> None:
        assert self.report.title == "Oppsummering av dialogmøte"
        assert self.report.date == "2027-02-03"

    def test_sections_keep_their_question(self) -> None:
        assert sections(questions(self.report)[0]) == [
            ("Praksis", ["Flere praksisplasser i kommunen", "Mentor på arbeidsplassen"]),
            ("Språk", ["Norskkurs på kveldstid"]),
            ("Praksis", ["Samme overskrift igjen"]),
        ]
        assert sections(questions(self.report)[1]) == [("Språk", ["Språkkafé på biblioteket"])]

    def test_groups_under_a_heading_that_does_not_ask(self) -> None:
        assert questions(self.report)[2].title == "Veien videre"
        assert groups(questions(self.report)[2]) == [
            ("Gruppe 1: ungdom", ["Lån av utstyr", "Gratis hall"]),
            ("Gruppe 2", ["Gratis hall", "Turgruppe; med bål"]),
        ]

    def test_party_is_part_of_the_role(self) -> None:
        assert [(p.name, p.role) for p in self.report.participants] == [
            ("Kari Nes", "Politikere, Ap, leder"),
            ("Ola Vik", "Politikere, H"),
            ("Ida Lund", "Politikere, V"),
        ]

    def test_doubts(self) -> None:
        lines = MARKED.splitlines()

        def at(text: str) -> int:
            return next(i for i, line in enumerate(lines, start=1) if text in line)

        assert doubts(self.report) == [
            (at("24 personer"), "outside_questions"),
            (at("står for seg selv"), "not_placed"),
            (at("Veien videre"), "perhaps_question"),
            (at("Uten strek"), "heading_in_group"),
            (at("med bål"), "point_below_point"),
            (at("Bjørn"), "not_a_person"),
        ]


@pytest.fixture(scope="module")
def tabbed(tmp_path_factory: pytest.TempPathFactory) -> WorkshopReport:
    """Tabs in the list of contents, round bullets, Windows' letters and line ends."""
    path = tmp_path_factory.mktemp("reports") / "nordbygda 2025.txt"
    path.write_bytes(TABBED.replace("\n", "\r\n").encode("cp1252"))
    return read_report(path)


def test_front_of_a_report_without_marks(tabbed: WorkshopReport) -> None:
    assert tabbed.id == "nordbygda-2025"
    assert tabbed.title == "RAPPORT FRÅ ARBEIDSVERKSTAD Levekår i Nordbygda Dato: 5.11.2025"
    assert tabbed.date == "2025-11-05"


def test_round_bullets(tabbed: WorkshopReport) -> None:
    assert sections(questions(tabbed)[0]) == [
        (
            None,
            ["Kven som fell utanfor når skulen er slutt for dagen", "Kva det kostar å vere med"],
        ),
        ("Unge vaksne", ["Bustad"]),
    ]


def test_unmarked_points_are_taken_and_said(tabbed: WorkshopReport) -> None:
    assert groups(questions(tabbed)[1]) == [
        ("Gruppe 1", ["Tidleg innsats", "Meir samarbeid"]),
        ("Gruppe 2", ["Gratis buss"]),
    ]
    assert doubts(tabbed) == [(19, "point_without_mark"), (20, "point_without_mark")]


def test_a_summary_without_dashes_is_doubtful() -> None:
    report = read_report("# Rapport\n\n# Hva nå?\n\nEn lang innledning uten streker.\n\n- Punkt\n")
    assert questions(report)[0].summary == ("En lang innledning uten streker.",)
    assert doubts(report) == [(5, "perhaps_not_summary")]


def test_a_summary_of_two_points_may_be_a_heading() -> None:
    report = read_report("# Rapport\n\n# Hva nå?\n\nKultur – idrett\n\n- Punkt\n")
    assert questions(report)[0].summary == ("Kultur", "idrett")
    assert doubts(report) == [(5, "perhaps_sub_heading")]


def test_numbers_out_of_order_are_doubtful() -> None:
    report = read_report("# Rapport\n\n# Hva nå?\n\n## Gruppe 1\n\n2. B\n1. A\n")
    assert groups(questions(report)[0]) == [("Gruppe 1", ["B", "A"])]
    assert [reason for _, reason in doubts(report)] == ["number_out_of_order"] * 2


def test_every_reason_for_doubt_has_a_text() -> None:
    import re

    from jevn.participation import report

    folder = Path(report.__file__).parent
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    reasons = set(re.findall(r'"([a-z]+_[a-z_]+)"', source))
    reasons = {r for r in reasons if "report" not in r}
    assert len(reasons) > 10
    assert [r for r in sorted(reasons) if not Say().has(f"participation.doubt.{r}")] == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "report_empty"),
        ("  \n\n", "report_empty"),
        ("Bare en tekst uten noe mer.", "report_without_questions"),
    ],
)
def test_what_is_no_report_is_refused(text: str, problem: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_report(text)
    assert refused.value.id == problem


def test_missing_files_and_pictures_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read_report(tmp_path / "rapport.pdf")
    assert refused.value.id == "document_missing"
    with pytest.raises(InputRefused) as refused:
        read_report(tmp_path / "borte.txt")
    assert refused.value.id == "document_missing"
    (tmp_path / "bilde.txt").write_bytes(b"\x89PNG\x00\x01\x02")
    with pytest.raises(InputRefused) as refused:
        read_report(tmp_path / "bilde.txt")
    assert refused.value.id == "document_image"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7.–8. juni 2018", "2018-06-07"),
        ("den 1/12/2020", "2020-12-01"),
        ("2021-02-03", "2021-02-03"),
        ("31.02.2020, flyttet til 3. mars 2020", "2020-03-03"),
        ("våren 2020", None),
    ],
)
def test_dates(text: str, expected: str | None) -> None:
    assert find_date(text) == expected


words = st.text("abcdefghij klmnoåæø", min_size=3, max_size=40).map(
    lambda t: "P" + " ".join(t.split())
)


@given(st.lists(st.lists(words, min_size=1, max_size=4), min_size=1, max_size=4))
def test_groups_lists_survive_being_written_and_read(lists: list[list[str]]) -> None:
    text = "# Rapport\n\n# Hva er viktigst?\n\n" + "\n\n".join(
        f"## Gruppe {n}\n\n" + "\n".join(f"- {point}" for point in ranked)
        for n, ranked in enumerate(lists, start=1)
    )
    report = read_report(text)
    assert [list(g.ranked) for g in questions(report)[0].groups] == lists
    assert report.doubtful == ()


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = bool(questions(read_report(text)))
    except InputRefused as refused:
        found = refused.id in {"report_empty", "report_without_questions"}
    assert found


def test_a_word_file_as_people_write_it(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph().add_run("Referat fra innbyggerverksted").bold = True
    document.add_paragraph("Dato: 12.10.2026")
    asked = document.add_paragraph()
    for piece in ("1. Hva er du ", "stolt av?"):
        asked.add_run(piece).bold = True
    document.add_paragraph("- Naturen\n- Dugnadsånden")
    document.add_paragraph().add_run("2. Hva må vi få til? Ranger tre.").bold = True
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Bord 1", "Bord 2"
    first = table.cell(1, 0)
    first.paragraphs[0].text = "Bolig"
    first.paragraphs[0].style = document.styles["List Number"]
    first.add_paragraph("Buss", style="List Number")
    table.cell(1, 1).text = "1. Lege\n2. Bolig"
    document.save(str(tmp_path / "r.docx"))
    report = read_report(tmp_path / "r.docx")
    assert (report.title, report.date) == ("Referat fra innbyggerverksted", "2026-10-12")
    assert sections(questions(report)[0]) == [(None, ["Naturen", "Dugnadsånden"])]
    assert groups(questions(report)[1]) == [
        ("Bord 1", ["Bolig", "Buss"]),
        ("Bord 2", ["Lege", "Bolig"]),
    ]
    assert report.doubtful == ()


def test_facts_at_the_front_are_no_part_of_the_title() -> None:
    text = """REFERAT FRA MEDVIRKNINGSMØTE I SANDNES
Tid: tirsdag 12. mars 2024 kl 18-20
Sted: Rådhuset
Referent: Kari Nordmann

Hva er bra i dag?
- God buss til sentrum
"""
    report = read_report(text, "r")
    assert report.title == "REFERAT FRA MEDVIRKNINGSMØTE I SANDNES"
    assert report.date == "2024-03-12"
    assert report.parts[0].questions[0].sections[0].bullets == ("God buss til sentrum",)
