"""A new plan folder: for any municipality, and for one that is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jevn.planwork import check_folder, new_folder, read_folder
from jevn.sources.municipalities import municipalities, municipality
from jevn.sources.query import read_queries
from jevn.terms import UserError

DAY = date(2026, 11, 1)


def test_drammen_begins_with_places_indicators_and_queries(tmp_path: Path) -> None:
    folder = tmp_path / "drammen"
    peers = [municipality("Lier"), municipality("4003")]
    new_folder(folder, name="Drammen", number="3301", as_of=DAY, peers=peers, group="11")
    work = read_folder(folder)
    assert work.places.select("place", "name", "kind", "parent").rows() == [
        ("3301", "Drammen", "municipality", "33"),
        ("0", "Norge", "country", None),
        ("33", "Buskerud", "region", "0"),
        ("KG11", "KOSTRA-gruppe 11", "group", "0"),
        ("3312", "Lier", "municipality", "33"),
        ("4003", "Skien", "municipality", "40"),
        ("0602", "Tidligere kommune 0602 (til 2019)", "former", "3301"),
        ("0625", "Tidligere kommune 0625 (til 2019)", "former", "3301"),
        ("0711", "Tidligere kommune 0711 (til 2019)", "former", "3301"),
        ("3005", "Tidligere kommune 3005 (til 2023)", "former", "3301"),
    ]
    assert work.settings.comparison == ("0", "33", "KG11", "3312", "4003")
    queries = read_queries(folder / "queries.yaml")
    asked = {q.indicator for q in queries if q.runs and q.into == "observations"}
    assert {i.id for i in work.indicators} <= asked
    assert len(work.indicators) > 12
    assert all(i.name.nn and i.name.en for i in work.indicators)
    assert check_folder(folder).readable
    readme = (folder / "README.md").read_text("utf-8")
    assert "jevn sources refresh" in readme
    assert "KOSTRA-gruppen er ikke slått opp" not in readme


def test_without_its_kostra_group_the_folder_says_how_to_add_it(tmp_path: Path) -> None:
    new_folder(tmp_path / "x", name="Lier", number="3312", as_of=DAY)
    assert "KOSTRA-gruppen er ikke slått opp" in (tmp_path / "x/README.md").read_text("utf-8")


def test_a_municipality_is_not_its_own_peer(tmp_path: Path) -> None:
    peers = [municipality("3301"), municipality("3312"), municipality("3312")]
    new_folder(tmp_path / "x", name="Drammen", number="3301", as_of=DAY, peers=peers)
    places = read_folder(tmp_path / "x").places["place"].to_list()
    assert sorted(places) == ["0", "0602", "0625", "0711", "3005", "33", "3301", "3312"]


def test_a_municipality_that_is_not_norwegian_gets_empty_files(tmp_path: Path) -> None:
    names = new_folder(tmp_path / "x", name="Ny, by", number="9900", as_of=DAY)
    assert "queries.yaml" not in names
    assert read_folder(tmp_path / "x").places["name"].to_list() == ["Ny, by", "Norge"]


def test_there_are_357_municipalities_in_15_counties() -> None:
    every = municipalities().values()
    assert len(every) == 357
    assert len({m.county for m in every}) == 15
    assert all(m.number.startswith(m.county) for m in every)


def test_municipalities_are_those_of_the_boundaries(shared_data: Path) -> None:
    import json

    path = shared_data / "data/boundaries/municipalities-2024-small.geojson"
    found = json.loads(path.read_text("utf-8"))["features"]
    assert {f["properties"]["kommunenummer"] for f in found} == set(municipalities())


@pytest.mark.parametrize(
    ("given", "number"),
    [("3301", "3301"), ("drammen", "3301"), (" Skien ", "4003"), ("Kautokeino", "5612")],
)
def test_a_municipality_is_found_by_number_or_name(given: str, number: str) -> None:
    assert municipality(given).number == number


@pytest.mark.parametrize(
    ("given", "fault", "hint"),
    [
        ("Dramen", "sources_unknown_municipality", "3301 Drammen"),
        ("9999", "sources_unknown_municipality", "9999"),
        ("Herøy", "sources_same_name", "Møre og Romsdal"),
    ],
)
def test_an_unknown_or_doubtful_name_is_refused(given: str, fault: str, hint: str) -> None:
    with pytest.raises(UserError) as refused:
        municipality(given)
    assert refused.value.problems[0].id == fault
    assert hint in refused.value.problems[0].what()
