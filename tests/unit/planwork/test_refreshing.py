"""Refreshing: each query by itself, nothing lost, what changed is said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from jevn.planwork import challenges_of, new_folder, read_folder
from jevn.planwork.fetched import read_fetched
from jevn.planwork.joining import join_observations
from jevn.planwork.refreshing import Refreshed, chosen, refresh
from jevn.sources.dataset import Category, Dataset, Dimension
from jevn.sources.municipalities import packaged_history
from jevn.sources.provider import Fetched, ProviderInfo, Selection, TableHit, TableInfo, Variable
from jevn.sources.query import AskedPlace, read_queries
from jevn.sources.request import Request
from jevn.tables import Origin
from jevn.terms import InputRefused, LocalText, Scale, UserError

QUERIES = """
- indicator: a
  provider: made
  table: t1
  places: {variable: GEO, municipality: "{code}", country: "0", history: true}
  period: AAR
  basis: share
- indicator: b
  provider: made
  table: t2
  places: {variable: GEO, municipality: "{code}", country: "0"}
  period: AAR
- indicator: befolkning
  into: population
  provider: made
  table: t3
  places: {variable: GEO, municipality: "{code}"}
  period: AAR
  groups: [{variable: KJONN, dimension: sex, codes: {"1": men}}]
- {indicator: c, status: unknown}
- {indicator: d, status: own}
"""
PLACES = [AskedPlace("3301", "municipality", "Drammen"), AskedPlace("0", "country", "Norge")]
Cells = dict[tuple[str, ...], float | str]


class Made:
    """A provider in memory: tables with their dimensions and cells."""

    def __init__(self) -> None:
        self.tables: dict[str, tuple[tuple[str, ...], Cells]] = {}
        self.updated = "2026-03-15"
        self.broken: set[str] = set()
        self.asked: list[tuple[str, tuple[Selection, ...]]] = []

    @property
    def info(self) -> ProviderInfo:
        name = LocalText("Laget", "Laga", "Made")
        return ProviderInfo("made", name, "NO", name, "https://x", "https://x", None, "x")

    def search(self, words: str, *, most: int = 50) -> tuple[TableHit, ...]:
        return ()

    def describe(self, table: str) -> TableInfo:
        names, cells = self.tables[table]
        variables = tuple(
            Variable(n, n, tuple(Category(c, c) for c in sorted({k[i] for k in cells})))
            for i, n in enumerate(names)
        )
        return TableInfo("made", table, table, variables)

    def fetch(self, table: str, selections: Sequence[Selection]) -> Fetched:
        self.asked.append((table, tuple(selections)))
        if table in self.broken:
            raise UserError("sources_unreachable", host="made", reason="cut")
        names, cells = self.tables[table]
        info = self.describe(table)
        dims = []
        for name in names:
            codes = info.variable(name).codes
            for s in selections:
                if s.variable == name:
                    codes = s.chosen(codes)
            dims.append(Dimension(name, name, tuple(Category(c, c) for c in codes)))
        rows = [
            {
                **dict(zip(names, key, strict=True)),
                "value": None if isinstance(v, str) else v,
                "flag": v if isinstance(v, str) else None,
            }
            for key, v in cells.items()
            if all(k in d.codes for k, d in zip(key, dims, strict=True))
        ]
        schema = {d.code: pl.Enum(d.codes) for d in dims}
        frame = pl.DataFrame(rows, {**schema, "value": pl.Float64, "flag": pl.String})
        origin = Origin(f"made_{table}", "Laget", table, version=self.updated,
                        retrieved="2026-11-01")  # fmt: skip
        data = Dataset(table, "Laget", self.updated, tuple(dims), frame, notes=("a note",))
        return Fetched(data, origin, (Request("https://x/" + table),))


@pytest.fixture
def made() -> Made:
    found = Made()
    found.tables["t1"] = (
        ("GEO", "AAR"),
        {("3301", "2025"): 10.0, ("3301", "2024"): 11.0, ("0", "2025"): 9.0, ("3005", "2022"): 12},
    )
    found.tables["t2"] = (("GEO", "AAR"), {("0", "2025"): 3.0, ("9999", "2025"): 5.0})
    found.tables["t3"] = (("GEO", "AAR", "KJONN"), {("3301", "2025", "1"): 50_000.0})
    return found


def run(
    folder: Path, made: Made, *, only: Sequence[str] = (), former: Sequence[str] = ()
) -> Refreshed:
    path = folder / "queries.yaml"
    path.write_text(QUERIES, "utf-8")
    queries = chosen(read_queries(path), only)
    return refresh(folder, queries, PLACES, lambda _: made, former=former)


def test_every_query_brings_its_figures_with_origin_and_request(tmp_path: Path, made: Made) -> None:
    done = run(tmp_path, made)
    assert [(o.indicator, o.kind) for o in done.outcomes] == [
        ("a", "fetched"), ("b", "fetched"), ("befolkning", "fetched"),
        ("c", "unknown"), ("d", "own"),
    ]  # fmt: skip
    found = read_fetched(tmp_path)
    assert found.problems == ()
    tables = {t.name: t for t in found.tables}
    assert tables["a"].rows.select("place", "period_end", "value").rows() == [
        ("0", 2025, 9.0), ("3301", 2024, 11.0), ("3301", 2025, 10.0),
    ]  # fmt: skip
    assert set(tables["a"].rows["origin"]) == {"made_t1"}
    assert tables["a"].origin.version == "2026-03-15"
    assert tables["a"].notes == ("a note",)
    assert tables["a"].requests == (("https://x/t1", None),)
    assert tables["befolkning"].rows.select("place", "year", "sex", "persons").rows() == [
        ("3301", 2025, "men", 50_000.0)
    ]


def test_a_place_that_the_table_lacks_is_left_out(tmp_path: Path, made: Made) -> None:
    done = run(tmp_path, made, only=["b"])
    assert done.outcomes[0].rows == 1
    assert made.asked[-1][1][0].values == ("0",)


def test_former_codes_are_asked_where_the_query_says_so(tmp_path: Path, made: Made) -> None:
    run(tmp_path, made, only=["a"], former=["3005", "0602"])
    rows = read_fetched(tmp_path).tables[0].rows
    assert ("3005", 2022) in rows.select("place", "period_end").rows()


def test_what_changed_since_the_last_vintage_is_said_and_kept(tmp_path: Path, made: Made) -> None:
    run(tmp_path, made)
    made.updated = "2026-06-15"
    made.tables["t1"][1].update({("3301", "2025"): 10.4, ("0", "2023"): 8.0})
    done = {o.indicator: o for o in run(tmp_path, made).outcomes}
    change = done["a"].change
    assert change is not None
    assert (change.added, change.changed, change.gone) == (1, 1, 0)
    assert [(c.place, c.before, c.after) for c in change.largest] == [("3301", 10.0, 10.4)]
    assert done["b"].kind == "same"
    rows = read_fetched(tmp_path).tables[0].rows
    own = rows.filter((pl.col("place") == "3301") & (pl.col("period_end") == 2025))
    assert own.select("vintage", "value").rows() == [("2026-03-15", 10.0), ("2026-06-15", 10.4)]


def test_one_that_fails_leaves_the_others_and_what_was_there(tmp_path: Path, made: Made) -> None:
    run(tmp_path, made)
    before = (tmp_path / "fetched/a.parquet").read_bytes()
    made.broken.add("t1")
    done = run(tmp_path, made)
    assert [o.kind for o in done.outcomes[:2]] == ["failed", "same"]
    assert done.outcomes[0].problems[0].id == "sources_unreachable"
    assert (tmp_path / "fetched/a.parquet").read_bytes() == before


def test_a_table_without_these_places_is_empty_and_nothing_is_written(
    tmp_path: Path, made: Made
) -> None:
    made.tables["t2"] = (("GEO", "AAR"), {("9999", "2025"): 5.0})
    with_fault = run(tmp_path, made, only=["b"]).outcomes[0]
    assert with_fault.kind in ("failed", "empty")
    assert not (tmp_path / "fetched/b.parquet").exists()


def test_fetched_files_that_were_changed_or_lost_are_told(tmp_path: Path, made: Made) -> None:
    run(tmp_path, made)
    frame = pl.read_parquet(tmp_path / "fetched/a.parquet")
    frame.head(1).write_parquet(tmp_path / "fetched/a.parquet")
    (tmp_path / "fetched/b.json").unlink()
    about = json.loads((tmp_path / "fetched/befolkning.json").read_text("utf-8"))
    found = read_fetched(tmp_path)
    assert sorted((p.id, p.file) for p in found.problems) == [
        ("fetched_changed", "fetched/a.parquet"),
        ("fetched_sidecar", "fetched/b.parquet"),
    ]
    assert [t.name for t in found.tables] == ["befolkning"]
    assert about["rows"] == 1
    assert about["flags"] == {}


def test_an_unknown_indicator_is_refused(tmp_path: Path, made: Made) -> None:
    with pytest.raises(InputRefused) as refused:
        run(tmp_path, made, only=["a", "z"])
    assert [p.params["id"] for p in refused.value.problems] == ["z"]


def test_the_plan_folder_is_read_with_what_was_fetched(tmp_path: Path, made: Made) -> None:
    folder = tmp_path / "plan"
    new_folder(folder, name="Drammen", number="3301", as_of=date(2026, 11, 1))
    (folder / "indicators.csv").write_text(
        "indicator,area,name,scale,polarity\na,oppvekst,A,percent,adverse\n", "utf-8"
    )
    (folder / "origins.yaml").write_text("- {id: egen, producer: X, title: Y}\n", "utf-8")
    (folder / "observations.csv").write_text(
        "indicator,place,period_start,value,basis,origin\na,3301,2024,99,share,egen\n", "utf-8"
    )
    run(folder, made, former=["3005"])
    work = read_folder(folder)
    figures = work.observations.select("place", "period_end", "period_start", "value", "origin")
    assert sorted(figures.rows(), key=str) == [
        ("0", 2025, 2025, 9.0, "made_t1"),
        ("3005", 2022, 2022, 12.0, "made_t1"),
        ("3301", 2025, 2025, 10.0, "made_t1"),
        ("3301", None, 2024, 99.0, "egen"),
    ]
    assert [o.id for o in work.origins] == ["egen", "made_t1", "made_t2", "made_t3"]
    assert work.population.select("place", "year", "sex", "persons").rows() == [
        ("3301", 2025, "men", 50_000.0)
    ]
    assert "fetched/a.parquet" in dict(work.hashes)
    assert challenges_of(work) is not None


def test_figures_that_cannot_be_added_are_shown_apart(tmp_path: Path, made: Made) -> None:
    folder = tmp_path / "plan"
    new_folder(folder, name="Drammen", number="3301", as_of=date(2026, 11, 1))
    (folder / "indicators.csv").write_text(
        "indicator,area,name,scale,polarity\na,oppvekst,A,nok,favourable\n", "utf-8"
    )
    olds = {(place, "2019"): 4000.0 + n for n, place in enumerate(("0602", "0625", "0711"))}
    made.tables["t1"] = (("GEO", "AAR"), {("3301", "2025"): 9.0, **olds})
    text = QUERIES.replace("basis: share", "basis: mean")
    (folder / "queries.yaml").write_text(text, "utf-8")
    former = ["3005", "0602", "0625", "0711"]
    queries = chosen(read_queries(folder / "queries.yaml"), ["a"])
    history = packaged_history().only(["3301"])

    def join(rows: pl.DataFrame, into: str) -> tuple[pl.DataFrame, tuple[str, ...]]:
        found = join_observations(rows, history, {"a": Scale.NOK})
        return found.rows, found.apart

    done = refresh(folder, queries, PLACES, lambda _: made, former=former, join=join)
    assert done.outcomes[0].shown_apart == ("0602", "0625", "0711")
    profile = challenges_of(read_folder(folder))
    assert profile is not None
    status = profile.indicator("a")
    assert status is not None
    assert status.level is not None
    assert status.level.value == 9.0
    assert [(s.place, s.points[0].value) for s in status.earlier] == [
        ("0602", 4000.0), ("0625", 4001.0), ("0711", 4002.0),
    ]  # fmt: skip
