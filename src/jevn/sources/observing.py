"""From a cube of cells to the rows of ``observations`` or ``population``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from jevn.sources.dataset import Dataset
from jevn.sources.periods import read_period
from jevn.sources.query import COLUMNS, GroupRule, Query
from jevn.terms import UserError

SIGNS: Final[Mapping[str, str]] = {
    ":": "hidden",
    "k": "hidden",
    "*": "hidden",
    "**": "hidden",
    "<5": "hidden",
    ".": "not_possible",
    "-": "not_possible",
    "–": "not_possible",
    "..": "missing",
    "...": "missing",
}
"""What the producers' signs mean, as a flag of an observation."""

_OUT: Final = {
    "indicator": pl.String,
    "place": pl.String,
    "period_start": pl.Int64,
    "period_end": pl.Int64,
    "dimension": pl.String,
    "group": pl.String,
    "value": pl.Float64,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "n": pl.Float64,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "flag": pl.String,
    "basis": pl.String,
    "vintage": pl.String,
    "origin": pl.String,
}


def observe_dataset(
    dataset: Dataset, query: Query, places: Mapping[str, str], *, origin: str | None = None
) -> pl.DataFrame:
    """Rows of ``observations`` from the answer to a query.

    Args:
        dataset: the answer.
        query: what was asked, and how it is to be read.
        places: place id by the table's code.
        origin: id of the origin.

    Returns:
        One row per place, period and social group, with every column of the table
        ``observations``. Cells divided by two social dimensions at once are left out: a row has
        one at most. A cell without figure keeps its flag; a producer's sign that is not known
        counts as ``missing``.

    Raises:
        UserError: ``sources_query_variable`` (a variable of the query is not in the answer),
            ``sources_query_period``, ``sources_query_figures``, ``sources_query_rest`` (a
            variable that the query does not speak of has more than one value).
    """
    table = _cells(dataset, query, places)
    table = _grouped(table, query)
    table = _figures(table, query)
    scaled = [pl.col(c) * query.factor for c in ("value", "lower", "upper")]
    vintage = (dataset.updated or "")[:10] or None
    rows = table.with_columns(
        *scaled,
        basis=pl.lit(query.basis, dtype=pl.String),
        vintage=pl.lit(vintage, dtype=pl.String),
        origin=pl.lit(origin, dtype=pl.String),
    )
    rows = _provisional(rows, query, vintage)
    keys = ["indicator", "place", "period_end", "period_start", "dimension", "group"]
    return rows.select(pl.col(c).cast(t) for c, t in _OUT.items()).sort(
        keys, nulls_last=False, maintain_order=True
    )


def population_rows(dataset: Dataset, query: Query, places: Mapping[str, str]) -> pl.DataFrame:
    """Rows of ``population`` from the answer to a query into ``population``.

    Returns:
        Columns ``place year sex age education income background persons``; codes that mean the
        same group are summed. Cells without figure are left out.

    Raises:
        UserError: as :func:`observe_dataset`.
    """
    table = _cells(dataset, query, places)
    dimensions = ("sex", "age", "education", "income", "background")
    named: dict[str, pl.Expr] = {d: pl.lit(None, dtype=pl.String) for d in dimensions}
    for rule in query.groups:
        table, groups = _of_rule(table, rule)
        named[rule.dimension] = _group(rule, groups)
    rows = table.with_columns(**named).filter(pl.col("value").is_not_null())
    rows = rows.with_columns(year=pl.col("period_end"))
    keys = ["place", "year", *dimensions]
    summed = rows.group_by(keys, maintain_order=True).agg(
        (pl.col("value").sum() * query.factor).alias("persons")
    )
    return summed.sort(keys, nulls_last=False)


def _cells(dataset: Dataset, query: Query, places: Mapping[str, str]) -> pl.DataFrame:
    """The cells with place and period read, and variables that say nothing left out."""
    known = {d.code.casefold(): d.code for d in dataset.dimensions}
    written = [p.variable for p in query.places if p.variable]
    rule = next((v for v in written if v.casefold() in known), None)
    spoken = {"period_start": query.period} | {
        f"group:{g.variable}": g.variable for g in query.groups
    }
    if rule or written:
        spoken["place"] = rule or written[0]
    if query.figures.variable:
        spoken["figure"] = query.figures.variable
    if query.indicators:
        spoken["indicator"] = query.indicators.variable
    for variable in spoken.values():
        if variable.casefold() not in known:
            raise UserError(
                "sources_query_variable",
                indicator=query.indicator,
                given=variable,
                table=query.table,
                known=", ".join(d.code for d in dataset.dimensions),
            )
    named = {v: known[v.casefold()] for v in spoken.values()}
    rest = [d for d in dataset.dimensions if d.code not in named.values()]
    table = dataset.table.select(
        *(pl.col(code).cast(pl.String).alias(v) for v, code in named.items()),
        *(pl.col(d.code).cast(pl.String) for d in rest),
        "value",
        "flag",
    )
    place, period = spoken.get("place"), query.period
    if place is not None:
        table = table.filter(pl.col(place).is_in(list(places)))
        at = pl.col(place).replace_strict(dict(places), return_dtype=pl.String)
    else:
        at = pl.lit(places[""], dtype=pl.String)
    indicator = pl.lit(query.indicator, dtype=pl.String)
    if query.indicators is not None:
        ids = query.indicators.codes
        table = table.filter(pl.col(query.indicators.variable).is_in(list(ids)))
        indicator = pl.col(query.indicators.variable).replace_strict(ids, return_dtype=pl.String)
    times = dataset.dimension(named[period])
    # Some sites number their periods and have the years in the names.
    spans = {
        t: read_period(t, query.span) or read_period(times.label_of(t), query.span)
        for t in table[period].unique().to_list()
    }
    odd = [t for t, found in spans.items() if found is None]
    if odd:
        raise UserError(
            "sources_query_period", indicator=query.indicator, given=odd[0], table=query.table
        )
    first = {t: s[0] for t, s in spans.items() if s}
    last = {t: s[1] for t, s in spans.items() if s}
    _refuse_mixed(table, [d.code for d in rest], list(named), query)
    kept = [v for v in named if v not in (place, period, spoken.get("indicator"))]
    return table.select(
        at.alias("place"),
        indicator.alias("indicator"),
        pl.col(period).replace_strict(first, return_dtype=pl.Int64).alias("period_start"),
        pl.col(period).replace_strict(last, return_dtype=pl.Int64).alias("period_end"),
        *kept,
        "value",
        pl.col("flag"),
    )


def _refuse_mixed(
    table: pl.DataFrame, rest: Sequence[str], named: Sequence[str], query: Query
) -> None:
    """Refuse figures that differ only in variables that the query does not speak of.

    Variables that go along with the others (the text of a question beside its code) are no harm.
    """
    if not rest:
        return
    count = table.group_by(named).agg(pl.col(r).n_unique() for r in rest)
    for one in rest:
        if not count.is_empty() and count.select((pl.col(one) > 1).any()).item():
            raise UserError(
                "sources_query_rest",
                indicator=query.indicator,
                given=one,
                table=query.table,
                n=table[one].n_unique(),
            )


def _grouped(table: pl.DataFrame, query: Query) -> pl.DataFrame:
    """Dimension and group of each cell: all people, or one group of one dimension."""
    dimension, group = pl.lit(None, dtype=pl.String), pl.lit(None, dtype=pl.String)
    divided = pl.lit(0)
    for rule in query.groups:
        table, groups = _of_rule(table, rule)
        own = pl.col(rule.variable).is_in(list(groups))
        dimension = pl.when(own).then(pl.lit(rule.dimension)).otherwise(dimension)
        group = pl.when(own).then(_group(rule, groups)).otherwise(group)
        divided = divided + own.cast(pl.Int64)
    found = table.with_columns(dimension=dimension, group=group, _divided=divided)
    return found.filter(pl.col("_divided") <= 1)


def _of_rule(table: pl.DataFrame, rule: GroupRule) -> tuple[pl.DataFrame, dict[str, str]]:
    """The rows of a rule's groups and of its total, and our group by code."""
    groups = rule.groups(table[rule.variable].unique().to_list())
    kept = [*groups, *([rule.total] if rule.total is not None else [])]
    return table.filter(pl.col(rule.variable).is_in(kept)), groups


def _group(rule: GroupRule, groups: dict[str, str]) -> pl.Expr:
    return pl.col(rule.variable).replace_strict(groups, default=None, return_dtype=pl.String)


def _figures(table: pl.DataFrame, query: Query) -> pl.DataFrame:
    """One row per figure, its columns side by side."""
    keys = ["indicator", "place", "period_start", "period_end", "dimension", "group"]
    signs = pl.col("flag").replace_strict(dict(SIGNS), default="missing", return_dtype=pl.String)
    flag = (
        pl.when(pl.col("value").is_not_null()).then(None)
        .when(pl.col("flag").is_null()).then(pl.lit("missing"))
        .otherwise(signs)
    )  # fmt: skip
    table = table.with_columns(flag=flag)
    rule = query.figures
    column = (
        pl.lit("value")
        if rule.variable is None
        else pl.col(rule.variable).replace_strict(rule.codes, default=None, return_dtype=pl.String)
    )
    table = table.with_columns(_column=column).filter(pl.col("_column").is_not_null())
    count = table.group_by(*keys, "_column").len()
    if not count.is_empty() and count["len"].max() != 1:
        raise UserError("sources_query_figures", indicator=query.indicator, table=query.table)
    columns: list[Any] = []
    for name in COLUMNS:
        own = pl.col("_column") == name
        columns.append(pl.col("value").filter(own).first().alias(name))
    first = pl.col("flag").filter(pl.col("_column") == "value").first()
    hidden = (pl.col("flag") == "hidden").any()
    empty = pl.col("value").is_null().all()
    made = table.group_by(keys, maintain_order=True).agg(
        *columns,
        pl.when(first.is_not_null())
        .then(first)
        .when(empty)
        .then(pl.when(hidden).then(pl.lit("hidden")).otherwise(pl.lit("missing")))
        .alias("flag"),
    )
    return _sized(made)


def _sized(table: pl.DataFrame) -> pl.DataFrame:
    """Respondents, and the value where there is no other, from the crude share and its cases."""
    share, cases = pl.col("share"), pl.col("numerator")
    count = pl.when(share > 0).then((cases / share).round(0))
    crude = pl.col("value").is_null() & share.is_not_null()
    return table.with_columns(
        n=pl.coalesce("n", count),
        value=pl.when(crude).then(share).otherwise(pl.col("value")),
        numerator=pl.when(share.is_null() | crude).then(cases),
        flag=pl.when(crude).then(None).otherwise(pl.col("flag")),
    )


def _provisional(rows: pl.DataFrame, query: Query, vintage: str | None) -> pl.DataFrame:
    """Marks the newest year as not revised, where the table was published before the day."""
    if query.provisional is None or vintage is None or rows.is_empty():
        return rows
    year, day = int(vintage[:4]), vintage[5:10]
    if day >= query.provisional:
        return rows
    newest = (pl.col("period_end") == year - 1) & pl.col("flag").is_null()
    flag = pl.when(newest).then(pl.lit("unrevised")).otherwise(pl.col("flag"))
    return rows.with_columns(flag=flag)
