"""``jevn indices FILE --outcome … --ranker …``: social inequality among persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jevn.terms import UserError

if TYPE_CHECKING:
    import polars as pl

    from jevn.indices import IndividualResult, PersonColumns

LARGEST_IN_MEMORY: Final = 200 * 1024**2
"""Bytes of a file that is read into memory; larger ones go through the database."""

_SIZES: Final = ("persons", "left_out", "clusters", "strata", "mean")
_BOUNDS: Final = {"percent": (0.0, 100.0), "proportion": (0.0, 1.0), "mean": None}


@dataclass(frozen=True, slots=True)
class PersonOptions:
    """What the command was given about persons.

    Attributes:
        columns: which columns hold what.
        indices: names; empty: all.
        scale: ``percent``, ``proportion``, ``mean`` or N; empty: unknown.
        polarity: whether high values are good or bad, if given.
        level: level of the intervals.
        burden: whether signs are turned to burden of the low positions.
        out_of_core: whether files of any size go through the database.
    """

    columns: PersonColumns
    indices: Sequence[str]
    scale: str
    polarity: str | None
    level: float
    burden: bool
    out_of_core: bool


def individual_table(file: Path, options: PersonOptions) -> pl.DataFrame:
    """Results of a file of persons: key columns, those of all indices, then numbers of persons.

    Raises:
        UserError: if an index or scale is not known, or there is no polarity to turn signs by.
        InputRefused: if the file cannot be used.
    """
    import polars as pl

    from jevn.indices import INDIVIDUAL_INDICES, IndexOptions, microdata_indices

    names = list(options.indices) or list(INDIVIDUAL_INDICES)
    for name in names:
        if name not in INDIVIDUAL_INDICES:
            known = ", ".join(INDIVIDUAL_INDICES)
            raise UserError("indices_not_of_persons", given=name, known=known)
    if options.burden and options.polarity is None:
        raise UserError("indices_persons_need_polarity")
    chosen = IndexOptions(level=options.level, bounds=_bounds(options.scale))
    found: Sequence[IndividualResult]
    if options.out_of_core or _many(file):
        found = microdata_indices(file, options.columns, names, options=chosen)
    else:
        found = _in_memory(file, options.columns, names, chosen)
    return pl.DataFrame(
        [_row(result, options) for result in found],
        infer_schema_length=None,
        schema_overrides={
            **dict.fromkeys(("estimate", "se", "lower", "upper", "mean"), pl.Float64),
            **dict.fromkeys(("scale", "reference", "polarity", "note"), pl.String),
        },
    )


def _many(file: Path) -> bool:
    # A pattern of files is for the database, which knows patterns.
    if not file.is_file():
        return any(sign in str(file) for sign in "*?[")
    return file.stat().st_size > LARGEST_IN_MEMORY


def _bounds(scale: str) -> tuple[float, float] | None:
    if not scale or scale in _BOUNDS:
        return _BOUNDS.get(scale)
    try:
        top = float(scale)
    except ValueError:
        top = 0.0
    if not 0 < top < float("inf"):
        raise UserError("indices_persons_scale", given=scale)
    return 0.0, top


def _in_memory(
    file: Path, columns: PersonColumns, names: Sequence[str], options: Any
) -> list[IndividualResult]:
    import polars as pl

    from jevn.indices import IndividualData, individual_indices
    from jevn.tables.anyfile import read_any
    from jevn.terms import InputRefused, Problem

    others = [c for c in columns.all if c not in columns.numbers]
    table = read_any(file, columns.numbers, others)
    known = ", ".join(c for c in table.columns if c != "_row")
    problems = [
        Problem("microdata_no_column", file=file.name, column=c, params={"known": known})
        for c in columns.all
        if c not in table.columns
    ]
    for c in columns.numbers:
        kind = table.schema.get(c)
        if kind is not None and not (kind.is_numeric() or kind == pl.Boolean or _empty(table, c)):
            problems.append(Problem("microdata_not_number", file=file.name, column=c))
    if columns.weight in table.columns and not problems:
        weight = table[columns.weight].cast(float)
        bad = int(((weight < 0) | weight.is_infinite()).sum())
        if bad:
            problems.append(
                Problem(
                    "microdata_bad_weight", file=file.name, column=columns.weight, params={"n": bad}
                )
            )
    if problems:
        raise InputRefused(problems)
    parts = table.partition_by(columns.by, as_dict=True) if columns.by else {(): table}
    found: list[IndividualResult] = []
    for key in sorted(parts, key=lambda k: [(v is None, str(v) if v is None else v) for v in k]):
        part = parts[key]
        data = IndividualData(
            _numbers(part, columns.outcome),
            _numbers(part, columns.ranker),
            weights=None if columns.weight is None else _numbers(part, columns.weight),
            clusters=None if columns.cluster is None else _labels(part, columns.cluster),
            strata=None if columns.stratum is None else _labels(part, columns.stratum),
        )
        keys = dict(zip(columns.by, key, strict=True))
        found += (replace(r, keys=keys) for r in individual_indices(data, names, options=options))
    return found


def _empty(table: pl.DataFrame, column: str) -> bool:
    return table[column].null_count() == table.height


def _numbers(table: pl.DataFrame, column: str) -> Any:
    import polars as pl

    return table[column].cast(pl.Float64).to_numpy()


def _labels(table: pl.DataFrame, column: str) -> Any:
    """Names of clusters and strata; missing ones as not-a-number or none."""
    import numpy as np

    values = table[column]
    if values.dtype.is_numeric():
        return _numbers(table, column)
    return np.array(values.to_list(), dtype=object)


def _row(result: IndividualResult, options: PersonOptions) -> dict[str, Any]:
    from jevn.indices.result import NOTES

    turned = _turned(result, options) if options.burden else result
    return {
        **turned.keys,
        "index": turned.index,
        **{part: getattr(turned, part) for part in ("estimate", "se", "lower", "upper", "level")},
        "method": turned.method,
        "weights": "persons" if turned.weights == "given" else "equal_persons",
        "scale": options.scale or None,
        "reference": None,
        "polarity": options.polarity,
        "groups": turned.positions,
        "note": turned.notes[0].removeprefix(NOTES) if turned.notes else None,
        **{part: getattr(turned, part) for part in _SIZES},
    }


def _turned(result: IndividualResult, options: PersonOptions) -> IndividualResult:
    """Greater is more to the harm of the low positions."""
    value, lower, upper = result.estimate, result.lower, result.upper
    if options.polarity == "favourable" or value is None:
        return result
    if result.index != "rii_linear":
        return replace(
            result,
            estimate=-value,
            lower=None if upper is None else -upper,
            upper=None if lower is None else -lower,
        )
    return replace(
        result,
        estimate=1 / value,
        se=None if result.se is None else result.se / value**2,
        lower=None if not upper else 1 / upper,
        upper=None if not lower else 1 / lower,
    )
