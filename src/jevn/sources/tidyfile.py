"""A data set as a file: tidy rows as Parquet or CSV, and beside it what is known of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from jevn.sources.dataset import Dataset, Role
from jevn.sources.periods import read_period
from jevn.tables import Origin
from jevn.terms import UserError

ENDINGS: Final = (".parquet", ".csv")


def tidy_rows(dataset: Dataset) -> pl.DataFrame:
    """The cells with what is needed to use them elsewhere.

    Returns:
        The columns of the data set as text, with ``<place>_name`` beside the place if it has
        names, ``period_start`` and ``period_end`` (years) beside the period if all are years,
        ``value`` and ``flag``.
    """
    columns: list[pl.Expr | pl.Series] = []
    for one in dataset.dimensions:
        cells = dataset.table[one.code].cast(pl.String)
        columns.append(cells)
        labels = {c.code: c.label for c in one.categories}
        if one.role is Role.GEO and any(code != label for code, label in labels.items()):
            names = cells.replace_strict(labels, return_dtype=pl.String)
            columns.append(names.alias(f"{one.code}_name"))
        if one.role is Role.TIME:
            columns += _years(cells, labels)
    return dataset.table.select(*columns, "value", "flag")


def _years(cells: pl.Series, names: Mapping[str, str]) -> list[pl.Series]:
    """First and last year of each period, if every period is made of whole years.

    Where periods are numbered the years stand in the names.
    """
    numbered = any(read_period(code) is None for code in names)
    texts = names if numbered else {code: code for code in names}
    read = {code: read_period(text) for code, text in texts.items()}
    whole = all(y is not None and texts[c].replace("_", "").isdigit() for c, y in read.items())
    if not whole:
        return []
    spans = {code: years for code, years in read.items() if years is not None}
    return [
        cells.replace_strict(
            {code: years[i] for code, years in spans.items()}, return_dtype=pl.Int64
        ).alias(name)
        for i, name in enumerate(("period_start", "period_end"))
    ]


def write_tidy(
    dataset: Dataset,
    origin: Origin,
    path: Path,
    *,
    labels: bool = False,
    more: Mapping[str, Any] | None = None,
) -> int:
    """Write tidy rows, and ``<file>.json`` with origin, dimensions and notes beside them.

    Args:
        dataset: the figures.
        origin: where they come from.
        path: file to write, ending in ``.parquet`` or ``.csv``.
        labels: names instead of codes, and the variables' names over the columns.
        more: what else the file beside should hold.

    Returns:
        Number of rows.

    Raises:
        UserError: ``sources_file_out``: another ending, or the file cannot be written.
    """
    from pydantic_core import to_jsonable_python

    suffix = path.suffix.casefold()
    if suffix not in ENDINGS:
        raise UserError("sources_file_out", file=path.name, reason=suffix or "–")
    rows = dataset.labelled() if labels else tidy_rows(dataset)
    about = {
        "origin": origin,
        "label": dataset.label,
        "source": dataset.source,
        "updated": dataset.updated,
        "notes": dataset.notes,
        "dimensions": [
            {
                "code": d.code,
                "label": d.label,
                "role": d.role,
                "notes": d.notes,
                "categories": [{k: v for k, v in _category(c).items() if v} for c in d.categories],
            }
            for d in dataset.dimensions
        ],
        **(more or {}),
    }
    text = json.dumps(to_jsonable_python(about), ensure_ascii=False, indent=1)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if suffix == ".parquet":
            rows.write_parquet(path)
        else:
            rows.write_csv(path)
        path.with_name(f"{path.name}.json").write_text(text + "\n", "utf-8")
    except OSError as error:
        raise UserError("sources_file_out", file=path.name, reason=error.strerror or "–") from error
    return rows.height


def _category(found: Any) -> dict[str, Any]:
    return {
        "code": found.code,
        "label": found.label,
        "unit": found.unit,
        "decimals": found.decimals,
        "notes": found.notes,
    }
