"""Zones of a plan folder: what is refused, what is told, and that basic units stay inside."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from jevn.planwork import check_folder, new_folder, read_folder, write_folder
from jevn.planwork.zones import read_polygons
from jevn.terms import LANGUAGES, InputRefused, Say

SQUARE = [[10, 59], [11, 59], [11, 60], [10, 60], [10, 59]]


def polygons(*features: tuple[Any, Any]) -> str:
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"place": place},
                    "geometry": {"type": "Polygon", "coordinates": [ring]},
                }
                for place, ring in features
            ],
        }
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A municipality of two zones, three basic units and one that belongs to none."""
    made = tmp_path / "plan"
    new_folder(made, name="Elvebyen", number="9901", as_of=date(2027, 3, 1))
    with (made / "places.csv").open("a", encoding="utf-8") as file:
        file.write("west,Vest,zone,9901,\neast,Øst,zone,9901,\n")
    (made / "zones.csv").write_text(
        "Grunnkrets;Sone\n99010101;west\n99010102;west\n99010201;east\n", "utf-8"
    )
    (made / "indicators.csv").write_text(
        "indicator,area,name,scale,polarity\ntrangbodd,bolig,Trangbodd,percent,adverse\n", "utf-8"
    )
    rows = ["indicator,place,period_start,numerator,denominator", "trangbodd,9901,2024,62,620"]
    rows += ["trangbodd,99010101,2024,2,100", "trangbodd,99010102,2024,20,200"]
    rows += ["trangbodd,99010201,2024,30,300", "trangbodd,99019999,2024,10,20"]
    (made / "observations.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return made


def problems(folder: Path) -> list[tuple[str, int | None]]:
    with pytest.raises(InputRefused) as caught:
        read_folder(folder)
    for problem in caught.value.problems:
        for language in LANGUAGES:
            assert "{" not in problem.what(language) + problem.remedy(language)
    return [(p.id, p.row) for p in caught.value.problems]


def test_figures_of_basic_units_become_figures_of_zones(folder: Path) -> None:
    work = read_folder(folder)
    found = dict(work.observations.select("place", "value").rows())
    assert found == {"9901": None, "west": pytest.approx(100 * 22 / 300), "east": 10}
    assert work.hidden_cells == 0


def test_protection_works_on_the_sums(folder: Path) -> None:
    path = folder / "observations.csv"
    path.write_text(path.read_text("utf-8").replace("2024,20,200", "2024,0,200"), "utf-8")
    work = read_folder(folder)
    flags = dict(work.observations.select("place", "flag").rows())
    assert flags["west"] == "hidden"
    assert work.hidden_cells > 0


def test_what_lacks_is_told_in_every_language(folder: Path) -> None:
    (folder / "zones.geojson").write_text(polygons(("west", SQUARE)), "utf-8")
    [state] = [s for s in check_folder(folder).steps if s.step == "challenges"]
    told = {m.key for m in state.missing}
    assert {"check.zones.polygons", "check.zones.unplaced"} <= told
    gaps = read_folder(folder).zone_gaps
    for language in LANGUAGES:
        words = " ".join(Say(language).message(m) for m in gaps)
        assert "Øst" in words
        assert "99019999" in words


def test_a_folder_written_back_holds_zones_and_no_figures_of_units(
    folder: Path, tmp_path: Path
) -> None:
    work = read_folder(folder)
    write_folder(work, tmp_path / "back")
    again = read_folder(tmp_path / "back")
    assert again.zones.drop("_row").equals(work.zones.drop("_row"))
    assert "9901010" not in (tmp_path / "back" / "observations.csv").read_text("utf-8")
    left = again.observations.sort("place").select("place", "value")
    assert left.equals(work.observations.sort("place").select("place", "value"))


def test_figures_of_units_may_stand_in_a_national_file(folder: Path) -> None:
    rows = pl.read_csv(folder / "observations.csv", schema_overrides={"place": pl.String})
    other = rows.tail(1).with_columns(place=pl.lit("03010101"))
    (folder / "observations.csv").unlink()
    pl.concat([rows, other]).write_parquet(folder / "observations.parquet")
    assert set(read_folder(folder).observations["place"]) == {"9901", "west", "east"}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("99010301;north", "zone_unknown"),
        ("99010301;9901", "zone_unknown"),
        ("33010301;west", "zone_unit_outside"),
        ("9901030;west", "zone_unit_outside"),
        ("east;west", "zone_unit_place"),
        ("99010101;east", "table_double_key"),
    ],
)
def test_a_zone_table_that_does_not_fit_is_refused_with_its_line(
    folder: Path, line: str, problem: str
) -> None:
    with (folder / "zones.csv").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    assert problems(folder) == [(problem, 5)]


def test_a_polygon_of_no_place_is_refused(folder: Path) -> None:
    (folder / "zones.geojson").write_text(polygons(("north", SQUARE)), "utf-8")
    assert problems(folder) == [("zone_polygon_unknown", None)]


@pytest.mark.parametrize(
    ("ring", "problem"),
    [
        (SQUARE[:-1], "zone_ring"),
        (SQUARE[:2] + SQUARE[:1], "zone_ring"),
        ([[10, 59], [11, 59], [12, 59], [10, 59]], "zone_ring"),
        ([[10, 59], [11, "59"], [11, 60], [10, 59]], "zone_ring"),
        ([[10, 59], [11], [11, 60], [10, 59]], "zone_ring"),
        ([[10, 59], [True, 59], [11, 60], [10, 59]], "zone_ring"),
        ([[1e400, 59], [11, 59], [11, 60], [1e400, 59]], "zone_ring"),
        ({}, "zone_ring"),
        ([[568000, 6622000], [569000, 6622000], [569000, 6623000], [568000, 6622000]],
         "zone_range"),
    ],
)  # fmt: skip
def test_outlines_that_cannot_be_drawn_are_refused(ring: Any, problem: str) -> None:
    with pytest.raises(InputRefused) as caught:
        read_polygons(polygons(("west", SQUARE), ("east", ring)))
    [one] = caught.value.problems
    assert (one.id, one.params["number"]) == (problem, 2)


@pytest.mark.parametrize(
    "geometry",
    [{"type": "Point", "coordinates": [10, 59]}, {"type": "Polygon"}, {},
     {"type": "MultiPolygon", "coordinates": []}, {"type": "Polygon", "coordinates": []}],
    ids=str,
)  # fmt: skip
def test_what_is_no_polygon_is_refused(geometry: dict[str, Any]) -> None:
    data = json.loads(polygons(("west", SQUARE)))
    data["features"][0]["geometry"] = geometry
    with pytest.raises(InputRefused) as caught:
        read_polygons(json.dumps(data))
    assert [p.id for p in caught.value.problems] == ["zone_geometry"]


def test_outlines_with_holes_and_heights_are_kept() -> None:
    high = [[x, y, 12.0] for x, y in SQUARE]
    text = polygons(("west", high))
    assert json.loads(read_polygons(text)) == json.loads(text)
