"""Reading a life table model from its folder; every fault is told at once, with file and row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from jevn.impact.lifetable.model import (
    ACUTE,
    CHRONIC,
    AcuteDisease,
    ChronicDisease,
    Floats,
    LaggedExposure,
    LifeTableModel,
)
from jevn.tables import Column, TableSchema, read_table
from jevn.tables.anyfile import read_any
from jevn.terms import InputRefused, Problem
from jevn.terms.language import Param

POPULATION, RATES = "population.csv", "rates_by_age.csv"
_BASE = ("acmr_base", "acmr_apc", "yld")
_FIXED = ("sex", "age", "population", *_BASE)
_TOTAL = 1e-6
"""Shares must sum to 1 within this."""
_HIGHEST = 100.0
"""Greatest rate per person-year that can be meant."""
_RISK_FILE = {"TOB": "tobacco_rr.csv"}


def read_model(folder: Path) -> LifeTableModel:
    """Read ``population.csv``, ``rates_by_age.csv`` and a file of relative risks per exposure.

    A stratum is any first column beside ``sex`` and ``age``. Diseases and exposures are
    recognised by the endings of columns: chronic ``X_i X_r X_f X_dr X_prev``, acute ``X_mort
    X_yld``, exposures with lag ``X_inc X_rem X_no X_yes X_0 X_1 ...``. Relative risks of
    exposure ``X`` stand in ``x_rr.csv`` (``TOB``: ``tobacco_rr.csv``).

    Raises:
        InputRefused: faults of the tables (``table_...``), ``lifetable_column`` (a column that
            belongs to nothing, or a disease that lacks one), ``lifetable_rate`` (an age that
            lacks), ``lifetable_shares``, ``lifetable_stratum``, ``lifetable_risk``.
    """
    if not folder.is_dir():
        raise InputRefused([Problem("lifetable_no_folder", str(folder))])
    return _Folder(folder).model()


class _Folder:
    """Reads the folder and gathers every fault that is not a single table's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def model(self) -> LifeTableModel:
        people, stratum = self._population()
        kinds = self._kinds(self._names(RATES), stratum)
        rates = read_table(self.folder / RATES, _rates_schema(stratum, kinds))
        groups = [
            (str(s), str(x))
            for s, x in people.select(stratum, "sex").unique(maintain_order=True).iter_rows()
        ]
        grid = _Grid(rates, stratum, groups)
        self.problems += grid.problems(people, stratum)
        self._stop()
        number = {group: i for i, group in enumerate(groups)}
        model = LifeTableModel(
            stratum=stratum,
            groups=tuple(groups),
            mortality=grid("acmr_base"),
            mortality_trend=grid("acmr_apc"),
            disability=grid("yld"),
            chronic=tuple(
                ChronicDisease(x, *(grid(f"{x}_{end}") for end in CHRONIC)) for x in kinds.chronic
            ),
            acute=tuple(
                AcuteDisease(x, *(grid(f"{x}_{end}") for end in ACUTE)) for x in kinds.acute
            ),
            exposures=tuple(self._exposure(x, lag, grid) for x, lag in kinds.exposures),
            cohort_group=np.array(
                [number[(str(s), str(x))] for s, x in people.select(stratum, "sex").iter_rows()],
                dtype=np.int64,
            ),
            cohort_age=people["age"].to_numpy().astype(np.int64),
            cohort_size=people["population"].to_numpy().astype(np.float64),
        )
        self._stop()
        return model

    def _stop(self) -> None:
        if self.problems:
            raise InputRefused(self.problems)

    def _names(self, file: str, numbers: Sequence[str] = ("age",)) -> list[str]:
        found = read_any(self.folder / file, numbers, ("sex", "edu")).columns
        return [name for name in found if name != "_row"]

    def _population(self) -> tuple[pl.DataFrame, str]:
        names = [n for n in self._names(POPULATION) if n not in ("sex", "age", "population")]
        if len(names) != 1:
            given = ", ".join(names) or "–"
            params: dict[str, Param] = {"given": given}
            raise InputRefused([Problem("lifetable_stratum", POPULATION, 1, params=params)])
        schema = TableSchema(
            "population",
            "Persons of one stratum, sex and single year of age at the start.",
            (
                Column(names[0], "text", "stratum", True),
                Column("sex", "text", "sex", True),
                Column("age", "integer", "age in whole years", True, at_least=0, at_most=150),
                Column("population", "number", "persons", True, at_least=0),
            ),
            key=(names[0], "sex", "age"),
        )
        people = read_table(self.folder / POPULATION, schema)
        if people.is_empty():
            raise InputRefused([Problem("table_empty_file", POPULATION)])
        return people, names[0]

    def _kinds(self, names: list[str], stratum: str) -> _Kinds:
        kinds = _Kinds.of(names)
        for name in kinds.strange(names, stratum):
            self.problems.append(Problem("lifetable_column", RATES, 1, name))
        self._stop()
        return kinds

    def _exposure(self, name: str, lag: int, grid: _Grid) -> LaggedExposure:
        bins = _bins(lag)
        shares = np.stack([grid(f"{name}_{b}") for b in bins], axis=2)
        wrong = np.argwhere(np.abs(shares.sum(axis=2) - 1) > _TOTAL)
        for group, age in wrong[:10]:
            self.problems.append(
                Problem(
                    "lifetable_shares",
                    RATES,
                    int(grid.rows[group, age]),
                    f"{name}_no … {name}_{lag + 1}",
                    {"sum": float(shares[group, age].sum())},
                )
            )
        mortality, risks = self._risks(name, bins, grid.ages)
        return LaggedExposure(
            name, grid(f"{name}_inc"), grid(f"{name}_rem"), shares, mortality, risks
        )

    def _risks(
        self, name: str, bins: tuple[str, ...], ages: int
    ) -> tuple[Floats, tuple[tuple[str, Floats], ...]]:
        file = _RISK_FILE.get(name, f"{name.lower()}_rr.csv")
        if not (self.folder / file).is_file():
            raise InputRefused([Problem("table_no_file", file)])
        names = self._names(file, ("age_from", "age_to"))
        targets = [n for n in names if n not in ("age_from", "age_to", "bin")]
        risk = "relative risk against those never exposed"
        columns = (
            Column("age_from", "integer", "first age", True, at_least=0),
            Column("age_to", "integer", "first age that it no longer holds for", True, at_least=1),
            Column("bin", "choice", "never, exposed, or years since", True, bins),
            *(Column(t, "number", risk, True, at_least=0) for t in targets),
        )
        schema = TableSchema(file, "A relative risk.", columns, key=("age_from", "bin"))
        rows = read_table(self.folder / file, schema, name=file)
        if "mortality" not in targets:
            raise InputRefused(
                [Problem("table_missing_column", file, 1, "mortality", {"seen": ", ".join(names)})]
            )
        place = {b: i for i, b in enumerate(bins)}
        values = {t: np.full((ages, len(bins)), np.nan) for t in targets}
        for row in rows.iter_rows(named=True):
            first, last, number = row["age_from"], row["age_to"], place[row["bin"]]
            span = slice(first, min(last, ages))
            if last <= first:
                limits: dict[str, Param] = {"first": first, "last": last}
                self.problems.append(Problem("lifetable_ages", file, row["_row"], params=limits))
            elif (~np.isnan(values["mortality"][span, number])).any():
                twice: dict[str, Param] = {"bin": row["bin"], "age": first}
                self.problems.append(Problem("lifetable_overlap", file, row["_row"], params=twice))
            for target, filled in values.items():
                filled[span, number] = row[target]
        for age, number in np.argwhere(np.isnan(values["mortality"]))[:10]:
            params: dict[str, Param] = {"age": int(age), "bin": bins[number]}
            self.problems.append(Problem("lifetable_risk", file, params=params))
        self._stop()
        return values["mortality"], tuple((t, v) for t, v in values.items() if t != "mortality")


class _Kinds:
    """Diseases and exposures that the columns' endings speak of."""

    def __init__(
        self,
        chronic: tuple[str, ...],
        acute: tuple[str, ...],
        exposures: tuple[tuple[str, int], ...],
    ) -> None:
        self.chronic, self.acute, self.exposures = chronic, acute, exposures

    @classmethod
    def of(cls, names: Sequence[str]) -> _Kinds:
        """What there is, in the order of the columns; complete sets of endings only."""
        there = set(names)
        stems = list(dict.fromkeys(n.rpartition("_")[0] for n in names if "_" in n))
        lags = {}
        for stem in stems:
            ending = re.compile(rf"{re.escape(stem)}_(\d+)")
            years = [int(m[1]) for n in names if (m := ending.fullmatch(n))]
            if years and {f"{stem}_{b}" for b in ("inc", "rem", *_bins(max(years) - 1))} <= there:
                lags[stem] = max(years) - 1
        return cls(
            tuple(s for s in stems if {f"{s}_{e}" for e in CHRONIC} <= there),
            tuple(s for s in stems if {f"{s}_{e}" for e in ACUTE} <= there),
            tuple(lags.items()),
        )

    def columns(self) -> Iterator[tuple[str, float | None, float | None]]:
        """Every column with its least and greatest value."""
        yield from (("acmr_base", 0.0, _HIGHEST), ("acmr_apc", -1.0, 1.0), ("yld", 0.0, 1.0))
        for name in self.chronic:
            yield from ((f"{name}_{end}", 0.0, _HIGHEST) for end in ("i", "r", "f"))
            yield from ((f"{name}_{end}", 0.0, 1.0) for end in ("dr", "prev"))
        for name in self.acute:
            yield from ((f"{name}_mort", 0.0, _HIGHEST), (f"{name}_yld", 0.0, 1.0))
        for name, lag in self.exposures:
            yield from ((f"{name}_{end}", 0.0, 1.0) for end in ("inc", "rem", *_bins(lag)))

    def strange(self, names: Sequence[str], stratum: str) -> list[str]:
        """Columns that belong to nothing known."""
        known = {stratum, *_FIXED, *(name for name, _, _ in self.columns())}
        return [n for n in names if n not in known and not n.startswith(("_", "x_"))]


def _bins(lag: int) -> tuple[str, ...]:
    return ("no", "yes", *(str(year) for year in range(lag + 2)))


def _rates_schema(stratum: str, kinds: _Kinds) -> TableSchema:
    return TableSchema(
        "rates_by_age",
        "Rates of one stratum, sex and single year of age.",
        (
            Column(stratum, "text", "stratum", True),
            Column("sex", "text", "sex", True),
            Column("age", "integer", "age in whole years", True, at_least=0, at_most=150),
            *(
                Column(name, "number", "rate per person-year, or share", True, (), (), low, high)
                for name, low, high in kinds.columns()
            ),
        ),
        key=(stratum, "sex", "age"),
    )


class _Grid:
    """Columns of the rates as arrays of (groups, ages)."""

    def __init__(self, rates: pl.DataFrame, stratum: str, groups: list[tuple[str, str]]) -> None:
        number = {group: i for i, group in enumerate(groups)}
        keys = zip(rates[stratum], rates["sex"], strict=True)
        group = np.array([number.get(key, -1) for key in keys], dtype=np.int64)
        age = rates["age"].to_numpy().astype(np.int64)
        self.rates, self.groups = rates, groups
        self.ages = int(age.max()) + 1 if age.size else 0
        self.used = group >= 0
        self.place = (group[self.used], age[self.used])
        self.rows = np.zeros((len(groups), self.ages), dtype=np.int64)
        self.rows[self.place] = rates["_row"].to_numpy()[self.used]

    def __call__(self, name: str) -> Floats:
        values = np.zeros((len(self.groups), self.ages))
        values[self.place] = self.rates[name].to_numpy()[self.used]
        return values

    def problems(self, people: pl.DataFrame, stratum: str) -> list[Problem]:
        """Groups without rates, and ages that lack among those that a group comes through."""
        found: list[Problem] = []
        first = people.group_by(stratum, "sex", maintain_order=True).agg(pl.col("age").min())
        for i, (name, sex, age) in enumerate(first.iter_rows()):
            lacking = np.flatnonzero(self.rows[i, int(age) :] == 0) + int(age)
            params: dict[str, Param] = {"stratum": name, "sex": sex}
            if not self.rows[i].any():
                found.append(Problem("lifetable_group", RATES, params=params))
            elif lacking.size:
                found.append(
                    Problem("lifetable_rate", RATES, params=params | {"age": int(lacking[0])})
                )
        return found
