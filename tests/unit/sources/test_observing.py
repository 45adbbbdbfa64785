"""Cells become observations: periods, groups, flags, figures side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from jevn.sources.dataset import Category, Dataset, Dimension
from jevn.sources.observing import observe_dataset, population_rows
from jevn.sources.periods import read_period
from jevn.sources.query import AskedPlace, Query, read_queries
from jevn.terms import InputRefused, UserError


def cube(dims: dict[str, list[str]], cells: dict[tuple[str, ...], float | str | None]) -> Dataset:
    """A cube from its cells; a text is a producer's sign."""
    dimensions = tuple(
        Dimension(c, c, tuple(Category(v, v) for v in values)) for c, values in dims.items()
    )
    rows = [
        {
            **dict(zip(dims, key, strict=True)),
            "value": None if isinstance(v, str) else v,
            "flag": v if isinstance(v, str) else None,
        }
        for key, v in cells.items()
    ]
    schema: dict[str, pl.DataType | type[pl.DataType]] = {c: pl.Enum(v) for c, v in dims.items()}
    schema |= {"value": pl.Float64, "flag": pl.String}
    table = pl.DataFrame(rows, schema=schema)
    return Dataset("made up", "FHI", "2026-06-10T06:00:00Z", dimensions, table)


def query(tmp_path: Path, text: str) -> Query:
    path = tmp_path / "queries.yaml"
    path.write_text(text, "utf-8")
    return read_queries(path)[0]


POINTS = """
- indicator: grunnskolepoeng
  provider: fhi
  table: nokkel/362
  places: {variable: GEO, municipality: "{code}", country: "0"}
  period: AAR
  figures: {variable: MEASURE_TYPE, codes: {TELLER: numerator, MEIS: value}}
  groups: [{variable: UTDANN, dimension: education, total: "0", codes: {"1": basic, "3": higher}}]
  basis: standardised
"""

DIMS = {
    "GEO": ["0", "3301", "4001"],
    "AAR": ["2022_2024"],
    "UTDANN": ["0", "1", "2", "3"],
    "MEASURE_TYPE": ["TELLER", "MEIS"],
}


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("2024", None, (2024, 2024)),
        ("2022_2024", None, (2022, 2024)),
        ("2018 - 2024", None, (2018, 2024)),
        ("2014/15-2016/17", None, (2014, 2017)),
        ("2022/23", None, (2022, 2023)),
        ("1999/00", None, (1999, 2000)),
        ("2024K3", None, (2024, 2024)),
        ("2024M11", None, (2024, 2024)),
        ("2016-01-01", None, (2016, 2016)),
        ("2016-01-01", 3, (2014, 2016)),
        ("2022/25", None, None),
        ("2024-2020", None, None),
        ("alle år", None, None),
        ("12345", None, None),
    ],
)
def test_periods_are_read_as_they_are_written(
    text: str, span: int | None, expected: tuple[int, int] | None
) -> None:
    assert read_period(text, span) == expected


def test_figures_stand_side_by_side_with_place_period_and_group(tmp_path: Path) -> None:
    cells: dict[tuple[str, ...], float | str | None] = {}
    for place in ("0", "3301", "4001"):
        for group, value in (("0", 41.0), ("1", 36.0), ("2", 39.0), ("3", 44.0)):
            cells[place, "2022_2024", group, "TELLER"] = 100.0
            cells[place, "2022_2024", group, "MEIS"] = value + (place == "3301")
    cells["3301", "2022_2024", "1", "MEIS"] = ":"
    rows = observe_dataset(
        cube(DIMS, cells), query(tmp_path, POINTS), {"3301": "3301", "0": "0"}, origin="fhi_362"
    )
    assert rows["place"].to_list() == ["0", "0", "0", "3301", "3301", "3301"]
    assert rows["group"].to_list() == [None, "basic", "higher"] * 2
    own = rows.filter(pl.col("place") == "3301")
    assert own["value"].to_list() == [42.0, None, 45.0]
    assert own["flag"].to_list() == [None, "hidden", None]
    assert own["numerator"].to_list() == [100.0, 100.0, 100.0]
    assert set(rows["period_start"]) == {2022}
    assert set(rows["period_end"]) == {2024}
    assert set(rows["vintage"]) == {"2026-06-10"}
    assert set(rows["basis"]) == {"standardised"}


def test_cells_of_two_divisions_at_once_are_left_out(tmp_path: Path) -> None:
    text = POINTS.replace("groups: [", "groups: [{variable: KJONN, dimension: sex, total: '0',"
                          " codes: {'1': men, '2': women}}, ")  # fmt: skip
    dims = {**DIMS, "KJONN": ["0", "1"]}
    cells: dict[tuple[str, ...], float | str | None] = {
        ("3301", "2022_2024", u, "MEIS", k): 1.0 for u in ("0", "1") for k in ("0", "1")
    }
    rows = observe_dataset(cube(dims, cells), query(tmp_path, text), {"3301": "3301"})
    assert list(zip(rows["dimension"], rows["group"], strict=True)) == [
        (None, None), ("education", "basic"), ("sex", "men"),
    ]  # fmt: skip


def test_values_are_put_on_the_indicators_scale(tmp_path: Path) -> None:
    text = POINTS + "  factor: 100\n"
    cells: dict[tuple[str, ...], float | str | None] = {("0", "2022_2024", "0", "MEIS"): 0.423}
    rows = observe_dataset(cube(DIMS, cells), query(tmp_path, text), {"0": "0"})
    assert rows["value"].to_list() == pytest.approx([42.3])


def test_a_table_published_before_the_revision_is_marked(tmp_path: Path) -> None:
    text = POINTS + "  provisional: '06-15'\n"
    dims = {**DIMS, "AAR": ["2024", "2025"]}
    cells: dict[tuple[str, ...], float | str | None] = {
        ("0", y, "0", "MEIS"): 1.0 for y in ("2024", "2025")
    }
    rows = observe_dataset(cube(dims, cells), query(tmp_path, text), {"0": "0"})
    assert rows["flag"].to_list() == [None, "unrevised"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("period: AAR", "period: TID"), "sources_query_variable"),
        (("variable: MEASURE_TYPE", "variable: FIGURE"), "sources_query_variable"),
        (("variable: UTDANN", "variable: NIVAA"), "sources_query_variable"),
        (('"3": higher', '"3": basic'), "sources_query_figures"),
    ],
)
def test_a_query_that_does_not_fit_the_answer_is_refused(
    tmp_path: Path, change: tuple[str, str], fault: str
) -> None:
    cells: dict[tuple[str, ...], float | str | None] = {
        ("0", "2022_2024", u, "MEIS"): 1.0 for u in ("0", "1", "3")
    }
    asked = query(tmp_path, POINTS.replace(*change))
    with pytest.raises(UserError) as refused:
        observe_dataset(cube(DIMS, cells), asked, {"0": "0"})
    assert refused.value.problems[0].id == fault


def test_a_variable_that_nobody_spoke_of_is_refused_if_it_has_several_values(
    tmp_path: Path,
) -> None:
    dims = {**DIMS, "ALDER": ["0_17", "18_120"]}
    cells: dict[tuple[str, ...], float | str | None] = {
        ("0", "2022_2024", "0", "MEIS", a): 1.0 for a in ("0_17", "18_120")
    }
    with pytest.raises(UserError) as refused:
        observe_dataset(cube(dims, cells), query(tmp_path, POINTS), {"0": "0"})
    assert refused.value.problems[0].id == "sources_query_rest"


def test_population_sums_codes_that_mean_the_same_group(tmp_path: Path) -> None:
    asked = query(
        tmp_path,
        """
- indicator: befolkning
  into: population
  provider: ssb
  table: "07459"
  places: {variable: Region, municipality: "K-{code}", code_list: agg_KommSummer}
  period: Tid
  groups:
    - {variable: Kjonn, dimension: sex, codes: {"1": men, "2": women}}
    - {variable: Alder, dimension: age, codes: ages}
    - {variable: Nivaa, dimension: education, codes: {"03a": higher, "04a": higher}}
""",
    )
    dims = {
        "Region": ["K-3301"], "Kjonn": ["1", "2"], "Alder": ["000", "105+", "99x"],
        "Nivaa": ["03a", "04a"], "Tid": ["2026"],
    }  # fmt: skip
    cells: dict[tuple[str, ...], float | str | None] = {
        ("K-3301", k, a, n, "2026"): 10.0
        for k in ("1", "2") for a in ("000", "105+", "99x") for n in ("03a", "04a")
    }  # fmt: skip
    cells["K-3301", "2", "105+", "04a", "2026"] = ".."
    rows = population_rows(cube(dims, cells), asked, {"K-3301": "3301"})
    assert rows.select("sex", "age", "education", "persons").rows() == [
        ("men", "0", "higher", 20.0),
        ("men", "105+", "higher", 20.0),
        ("women", "0", "higher", 20.0),
        ("women", "105+", "higher", 10.0),
    ]


def test_places_are_asked_for_in_the_tables_own_codes(tmp_path: Path) -> None:
    text = POINTS.replace(
        'places: {variable: GEO, municipality: "{code}", country: "0"}',
        'places: [{variable: GEO, municipality: "K-{code}", history: true, code_list: sums},'
        ' {variable: GEO, region: "F-{code}", group: "EKG{code}"}]',
    )
    places = [
        AskedPlace("3301", "municipality", "Drammen"),
        AskedPlace("33", "region", "Buskerud"),
        AskedPlace("KG11", "group", "KOSTRA-gruppe 11"),
        AskedPlace("0", "country", "Norge"),
    ]
    asks = query(tmp_path, text).asks(places, former=["3005"])
    assert [(s.values, s.code_list, codes) for s, codes in asks if s] == [
        (("K-3301", "K-3005"), "sums", {"K-3301": "3301", "K-3005": "3005"}),
        (("F-33", "EKG11"), None, {"F-33": "33", "EKG11": "KG11"}),
    ]


SURVEY = """
- indicator: folkehelseundersokelsen
  provider: file
  table: zones.csv
  places: {variable: Sone, zone: "{code}"}
  period: Aar
  indicators: {variable: Variabel, codes: {helse: god_helse, oekonomi: okonomi_vanskelig}}
  figures: {variable: figure, codes: {Antall: numerator, Andel: share}}
  basis: share
  factor: 100
"""


def test_a_table_of_several_indicators_gives_respondents_from_cases_and_share(
    tmp_path: Path,
) -> None:
    dims = {
        "Sone": ["400301", "400302"], "Variabel": ["helse", "oekonomi", "annet"],
        "Aar": ["2025"], "figure": ["Antall", "Andel"],
    }  # fmt: skip
    cells: dict[tuple[str, ...], float | str | None] = {
        ("400301", "helse", "2025", "Antall"): 300.0,
        ("400301", "helse", "2025", "Andel"): 0.625,
        ("400301", "annet", "2025", "Andel"): 0.5,
        ("400302", "oekonomi", "2025", "Antall"): ":",
        ("400302", "oekonomi", "2025", "Andel"): ":",
    }
    places = {"400301": "400301", "400302": "400302"}
    rows = observe_dataset(cube(dims, cells), query(tmp_path, SURVEY), places)
    assert rows.select("indicator", "place", "value", "numerator", "n", "flag").rows() == [
        ("god_helse", "400301", 62.5, 300.0, 480.0, None),
        ("okonomi_vanskelig", "400302", None, None, None, "hidden"),
    ]


def test_a_weighted_value_keeps_its_own_and_takes_respondents_from_the_crude(
    tmp_path: Path,
) -> None:
    text = SURVEY.replace("Andel: share", "Andel: share, Vektet: value")
    dims = {"Sone": ["400301"], "Variabel": ["helse"], "Aar": ["2025"],
            "figure": ["Antall", "Andel", "Vektet"]}  # fmt: skip
    cells: dict[tuple[str, ...], float | str | None] = {
        ("400301", "helse", "2025", f): v
        for f, v in (("Antall", 300.0), ("Andel", 0.6), ("Vektet", 0.66))
    }
    rows = observe_dataset(cube(dims, cells), query(tmp_path, text), {"400301": "400301"})
    assert rows.select("value", "numerator", "n").rows() == [(pytest.approx(66.0), None, 500.0)]


def test_a_table_about_one_place_needs_no_place_variable(tmp_path: Path) -> None:
    text = POINTS.replace('{variable: GEO, municipality: "{code}", country: "0"}', '{whole: "40"}')
    dims = {k: v for k, v in DIMS.items() if k != "GEO"}
    cells: dict[tuple[str, ...], float | str | None] = {("2022_2024", "1", "MEIS"): 51.0}
    asked = query(tmp_path, text)
    assert asked.asks([AskedPlace("3301", "municipality", "Drammen")]) == []
    [(selection, codes)] = asked.asks([AskedPlace("40", "region", "Telemark")])
    assert selection is None
    rows = observe_dataset(cube(dims, cells), asked, codes)
    assert rows.select("place", "group", "value").rows() == [("40", "basic", 51.0)]


def test_numbered_periods_are_read_by_their_names(tmp_path: Path) -> None:
    asked = query(tmp_path, """
- indicator: x
  provider: oslo
  table: T1
  places: {variable: GEO, municipality: "{code}"}
  period: AAR
""")  # fmt: skip
    made = cube({"GEO": ["0301"], "AAR": ["35", "36"]}, {("0301", "35"): 1.0, ("0301", "36"): 2.0})
    names = (Category("35", "2024"), Category("36", "2025"))
    made = replace(made, dimensions=(made.dimensions[0], Dimension("AAR", "år", names)))
    rows = observe_dataset(made, asked, {"0301": "0301"}, origin="oslo_t1")
    assert rows.select("period_start", "period_end", "value").rows() == [
        (2024, 2024, 1.0), (2025, 2025, 2.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "- indicator: x\n  provider: fhi\n",
        POINTS.replace("basis: standardised", "basis: guess"),
        POINTS.replace("period: AAR", "periode: AAR"),
        POINTS + "  span: 0\n",
        POINTS + POINTS,
        POINTS.replace('municipality: "{code}", country: "0"', ""),
    ],
)
def test_a_query_file_with_a_fault_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "queries.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputRefused) as refused:
        read_queries(path)
    assert refused.value.problems[0].row is not None
    assert refused.value.problems[0].file == "queries.yaml"
