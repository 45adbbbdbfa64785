"""Code history: former codes, the parts of a year, and what is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from jevn.sources.municipalities import municipalities, packaged_history
from jevn.tables import table_from_rows
from jevn.tables.codes import CODE_HISTORY, CodeHistory, code_history
from jevn.terms import InputRefused

ROWS = [
    {"old": "0602", "new": "3301", "first_year": 2005, "last_year": 2019},
    {"old": "0625", "new": "3301", "first_year": 2005, "last_year": 2019},
    {"old": "3005", "new": "3301", "first_year": 2020, "last_year": 2023},
    {"old": "1507", "new": "1508", "first_year": 2020, "last_year": 2023, "weight": 0.6},
    {"old": "1507", "new": "1580", "first_year": 2020, "last_year": 2023, "weight": 0.4},
]


def history() -> CodeHistory:
    return code_history(table_from_rows(CODE_HISTORY, ROWS))


def test_parts_are_those_of_the_year() -> None:
    found = history()
    assert [p.old for p in found.parts("3301", 2019)] == ["0602", "0625"]
    assert [p.old for p in found.parts("3301", 2021)] == ["3005"]
    assert found.parts("3301", 2024) == ()
    assert [p.weight for p in found.parts("1580", 2020)] == [0.4]


def test_former_codes_stand_newest_first() -> None:
    assert history().former("3301") == ("3005", "0602", "0625")
    assert history().former("0301") == ()


@pytest.mark.parametrize(
    ("change", "fault", "row"),
    [
        ({"old": "1", "new": "2", "first_year": 2020, "last_year": 2019}, "codes_years", 7),
        ({"old": "1", "new": "1", "first_year": 2019, "last_year": 2019}, "codes_itself", 7),
        (
            {"old": "1507", "new": "9", "first_year": 2023, "last_year": 2023, "weight": 0.1},
            "codes_weights",
            7,
        ),
    ],
)
def test_a_history_that_cannot_be_is_refused(
    change: dict[str, object], fault: str, row: int
) -> None:
    frame = table_from_rows(CODE_HISTORY, [*ROWS, change])
    with pytest.raises(InputRefused) as refused:
        code_history(frame)
    assert [(p.id, p.row) for p in refused.value.problems] == [(fault, row)]


def test_drammen_is_made_of_three_municipalities_and_a_number() -> None:
    found = packaged_history()
    assert found.former("3301") == ("3005", "0602", "0625", "0711")
    assert {p.old for p in found.parts("3301", 2019)} == {"0602", "0625", "0711"}


def test_every_change_leads_to_a_municipality_of_today() -> None:
    assert {c.new for c in packaged_history().changes} <= set(municipalities())


def test_no_former_municipality_is_given_out_more_than_once() -> None:
    found = packaged_history()
    for year in range(2005, 2024):
        parts: dict[str, float] = {}
        for change in found.changes:
            if change.first_year <= year <= change.last_year:
                parts[change.old] = parts.get(change.old, 0.0) + change.weight
        assert all(abs(weight - 1) < 1e-9 for weight in parts.values()), year


def test_the_packaged_history_is_that_of_the_population_figures(shared_data: Path) -> None:
    name = "municipality-redistricting-2005-2026-to-2024-borders.csv"
    path = shared_data / "data/population-csdata" / name
    with path.open(encoding="utf-8") as file:
        wanted = {
            (
                row["location_code_original"][-4:],
                row["location_code_current"][-4:],
                int(row["from_year"]),
                int(row["to_year"]),
                float(row["weighting"]),
            )
            for row in csv.DictReader(file)
            if row["location_code_original"] != row["location_code_current"]
        }
    found = {
        (c.old, c.new, c.first_year, c.last_year, c.weight) for c in packaged_history().changes
    }
    assert found == wanted
