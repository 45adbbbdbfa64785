"""People in a report are found in lists, in tables and in sentences; nobody is made up."""

from __future__ import annotations

import pytest

from jevn.participation.report import read_report

KARI, OLA, PER = "Kari Nordli", "Ola Hansen", "Per Olsen"


def people(
    text: str, heading: str = "## Deltakere\n\n"
) -> list[tuple[str, str | None, str | None]]:
    report = read_report(f"# Rapport\n\n## Hva nå?\n\n- Punkt\n\n{heading}{text}\n")
    assert [q.sections[0].bullets for part in report.parts for q in part.questions] == [("Punkt",)]
    return [(p.name, p.role, p.municipality) for p in report.participants]


def doubts(text: str) -> list[str]:
    report = read_report(f"# Rapport\n\n## Hva nå?\n\n- Punkt\n\n{text}\n")
    return [doubt.reason for doubt in report.doubtful]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"Deltakere: {KARI} (leder, Solås), {OLA} (Fjordvik) og {PER} (Øvre Dal).",
            [(KARI, "leder", "Solås"), (OLA, None, "Fjordvik"), (PER, None, "Øvre Dal")],
        ),
        (
            f"Til stede fra Solås: {KARI}, {OLA}. Fra Fjordvik: {PER}.",
            [(KARI, None, "Solås"), (OLA, None, "Solås"), (PER, None, "Fjordvik")],
        ),
        (
            f"Fra Solås møtte ordfører {KARI} og {OLA} (Ap). "
            f"Frå Vik kommune møtte {PER}, utvalgsleder.",
            [(KARI, "ordfører", "Solås"), (OLA, "Ap", "Solås"), (PER, "utvalgsleder", "Vik")],
        ),
        (
            f"Solås: {KARI}, {OLA}. Fjordvik: {PER}.",
            [(KARI, None, "Solås"), (OLA, None, "Solås"), (PER, None, "Fjordvik")],
        ),
        (
            f"**Solås:** {KARI}, {OLA}\n**Fjordvik:** {PER}",
            [(KARI, None, "Solås"), (OLA, None, "Solås"), (PER, None, "Fjordvik")],
        ),
        (
            f"Følgende deltok på verkstedet: {KARI} (Ap), {OLA} (H) og {PER}.",
            [(KARI, "Ap", None), (OLA, "H", None), (PER, None, None)],
        ),
        (
            f"Prosjektgruppa besto av {KARI} (prosjektleder) og {OLA}.",
            [(KARI, "Prosjektgruppa, prosjektleder", None), (OLA, "Prosjektgruppa", None)],
        ),
        (
            f"- {KARI} (Solås)\n- {OLA} (Solås)\n- {PER} (Oppvekst)",
            [(KARI, None, "Solås"), (OLA, None, "Solås"), (PER, "Oppvekst", None)],
        ),
    ],
)
def test_people_are_found_however_they_are_written(
    text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert people(text) == expected


@pytest.mark.parametrize("text", ["Til stede: {0}, {1} og {2}", "Møtte: {0}, {1}, {2}."])
def test_sentences_need_no_heading(text: str) -> None:
    assert people(text.format(KARI, OLA, PER), heading="") == [
        (KARI, None, None),
        (OLA, None, None),
        (PER, None, None),
    ]


def test_one_who_took_part_and_wrote_is_one_person() -> None:
    assert people(f"Til stede: {KARI} og {OLA}.\nReferent: {OLA}", heading="") == [
        (KARI, None, None),
        (OLA, "referent", None),
    ]


def test_those_who_did_not_come_and_what_is_no_name_are_said() -> None:
    assert doubts(f"Til stede: {KARI} og 14 innbyggere") == ["not_a_person"]
    assert doubts(f"Til stede: {KARI}\nForfall: {OLA}") == ["absent"]


def test_ordinary_sentences_name_no_one() -> None:
    assert people("Det var god stemning fra Solås og hele veien hjem.", heading="") == []
    assert people("Ungdom: Lys i parken, Buss", heading="") == []
