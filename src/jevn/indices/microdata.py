"""Individual data larger than memory: ranks, weights and sums made by the database."""

from __future__ import annotations

import glob
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from jevn.indices.individual_result import (
    IndexOptions,
    IndividualResult,
    RankMoments,
    Sizes,
    result_of,
)
from jevn.indices.microdata_steps import (
    PersonColumns,
    clusters_of,
    kept,
    ladder_of,
    moments_of,
    rows_of,
)
from jevn.indices.rank_curves import RankCurve
from jevn.indices.survey import Lone
from jevn.terms import InputRefused, Problem, UserError

UNKNOWN_TEXTS: Final = ("", "NA", "NaN", "nan", "NULL", "null", ".")
"""What stands in CSV files where something is not known."""


@dataclass(frozen=True, slots=True)
class Storage:
    """What the database may use while it works.

    Attributes:
        memory: most memory, as ``"2GB"``; what is more goes to disk.
        folder: where that is written; ``None``: a folder of its own that is removed afterwards.
        threads: threads used; ``None``: as many as there are cores.
    """

    memory: str = "2GB"
    folder: Path | None = None
    threads: int | None = None


def microdata_indices(
    source: str | Path | Any,
    columns: PersonColumns,
    indices: Sequence[str] = ("rci",),
    *,
    options: IndexOptions | None = None,
    lone: Lone = "centred",
    storage: Storage | None = None,
) -> tuple[IndividualResult, ...]:
    """Indices of individual data in files larger than memory, or in a table of a database.

    The same numbers as :func:`individual_indices` gives for each part of the persons: the
    database ranks, weights and sums over the places of the ladder, and only sums come back. Files
    go through DuckDB, which writes to disk what does not fit its memory; a table of Ibis is
    worked on in its own database. Needs the extra ``microdata``.

    Args:
        source: a Parquet or CSV file, a pattern of such (``data/*.parquet``), or a table of Ibis.
            In CSV files nothing, ``NA``, ``NaN``, ``NULL`` and ``.`` are unknown.
        columns: which columns hold what. Each part of the persons by ``columns.by`` is a sample
            of its own.
        indices: names in :data:`INDIVIDUAL_INDICES`.
        options: level, bounds, aversion and sensitivity.
        lone: what strata with one cluster count, see :func:`covariances`.
        storage: memory, folder and threads; not for tables of Ibis.

    Returns:
        For each part, in order, a result for each name.

    Raises:
        UserError: ``microdata_extra`` if the extra is not installed.
        InputRefused: if there is no such file or column, a column that must be is not numbers,
            or a weight is negative or infinite.
        ValueError: if a name or an option is not possible.

    >>> import ibis
    >>> people = ibis.memtable({"ill": [1, 0, 1, 0, 0], "income": [10, 20, 20, 30, 40]})
    >>> found, = microdata_indices(people, PersonColumns("ill", "income"))
    >>> round(found.estimate, 4), round(found.se, 4), found.positions
    (-0.5, 0.2372, 4)
    """
    chosen = options or IndexOptions()
    curves = chosen.curves(indices)
    with _table(source, columns, storage or Storage()) as (table, name):
        parts = _all_moments(table, name, columns, curves, lone)
    return tuple(
        result_of(index, moments, chosen, keys) for keys, moments in parts for index in indices
    )


@contextmanager
def _table(
    source: str | Path | Any, columns: PersonColumns, storage: Storage
) -> Iterator[tuple[Any, str]]:
    """The table, and what to call it in messages."""
    try:
        import duckdb
        import ibis
    except ModuleNotFoundError as error:
        raise UserError("microdata_extra", package=error.name or "ibis") from None
    if not isinstance(source, str | Path):
        _check_columns(source, columns, source.get_name() if hasattr(source, "get_name") else "")
        yield source, ""
        return
    files = _files(source)
    with TemporaryDirectory(prefix="jevn-") as own:
        folder = own if storage.folder is None else str(storage.folder)
        settings: dict[str, Any] = {"memory_limit": storage.memory, "temp_directory": folder}
        if storage.threads is not None:
            settings["threads"] = storage.threads
        # Rows need no order here, and to keep it costs memory.
        connection = ibis.duckdb.connect(preserve_insertion_order=False, **settings)
        connection.raw_sql("SET enable_progress_bar = false")  # it writes among results
        name = Path(source).name
        try:
            if files[0].casefold().endswith((".parquet", ".pq")):
                table = connection.read_parquet(files)
                _check_columns(table, columns, name)
            else:
                _check_columns(connection.read_csv(files), columns, name)
                numbers = dict.fromkeys(columns.numbers, "DOUBLE")
                table = connection.read_csv(files, types=numbers, nullstr=list(UNKNOWN_TEXTS))
            yield table, name
        except duckdb.Error as error:
            reason = str(error).strip().splitlines()[0]
            problem = Problem("microdata_unreadable", file=name, params={"reason": reason})
            raise InputRefused([problem]) from error
        finally:
            connection.disconnect()


def _files(source: str | Path) -> list[str]:
    text = str(source)
    found = [text] if Path(text).is_file() else sorted(glob.glob(text, recursive=True))
    if not found:
        raise InputRefused([Problem("microdata_no_file", file=text)])
    return found


def _check_columns(table: Any, columns: PersonColumns, name: str) -> None:
    kinds: Mapping[str, Any] = table.schema()
    known = ", ".join(kinds)
    problems = [
        Problem("microdata_no_column", file=name or None, column=c, params={"known": known})
        for c in columns.all
        if c not in kinds
    ]
    problems += [
        Problem("microdata_not_number", file=name or None, column=c)
        for c in columns.numbers
        if c in kinds
        and not (kinds[c].is_numeric() or kinds[c].is_boolean())
        # Texts in CSV files may be numbers with unknown ones among them; reading tells.
        and not (name and not name.endswith((".parquet", ".pq")))
    ]
    if problems:
        raise InputRefused(problems)


def _all_moments(
    table: Any, name: str, columns: PersonColumns, curves: Sequence[RankCurve], lone: Lone
) -> list[tuple[dict[str, object], RankMoments]]:
    """The moments of each part of the persons."""
    rows = rows_of(table, columns)
    totals = rows.totals()
    _check_weights(totals, columns, name)
    with (
        kept(rows.cells(totals)) as cells,
        kept(ladder_of(cells, curves, columns)) as ladder,
    ):
        moments = _by_keys(moments_of(ladder, len(curves), columns), columns)
        design = None
        if not columns.alone:
            found = clusters_of(cells, ladder, len(curves), columns, lone)
            design = _by_keys(found, columns)
    parts = []
    for total in sorted(totals, key=lambda t: [_sorting(t[k]) for k in columns.keys]):
        key = tuple(total[k] for k in columns.keys)
        at = _key(key)
        made = _moments(total, moments.get(at), design and design.get(at), curves, columns)
        parts.append((dict(zip(columns.by, key, strict=True)), made))
    return parts


def _by_keys(found: list[dict[str, Any]], columns: PersonColumns) -> dict[Any, dict[str, Any]]:
    return {_key(tuple(row[k] for k in columns.keys)): row for row in found}


def _key(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple("nan" if isinstance(v, float) and math.isnan(v) else v for v in values)


def _sorting(value: Any) -> tuple[bool, Any]:
    return value is None, "" if value is None else value


def _check_weights(totals: list[dict[str, Any]], columns: PersonColumns, name: str) -> None:
    if any(total["bad_weights"] for total in totals):
        bad = sum(total["bad_weights"] or 0 for total in totals)
        problem = Problem(
            "microdata_bad_weight", file=name or None, column=columns.weight, params={"n": bad}
        )
        raise InputRefused([problem])


def _moments(
    total: dict[str, Any],
    found: dict[str, Any] | None,
    design: dict[str, Any] | None,
    curves: Sequence[RankCurve],
    columns: PersonColumns,
) -> RankMoments:
    size = 2 + len(curves)
    unknown = float("nan")
    persons = int(total["persons"] or 0)
    if persons == 0:
        found, design = None, None
    sizes = Sizes(
        persons=persons,
        left_out=int(total["everyone"]) - persons,
        positions=int(found["positions"]) if found else 0,
        clusters=persons,
        strata=1 if persons else 0,
        lone_strata=0,
        weighted=columns.weight is not None,
        clustered=columns.cluster is not None,
    )
    matrix = np.full((size, size), unknown)
    if design is not None:
        sizes = replace(
            sizes,
            clusters=int(design["clusters"]),
            strata=int(design["strata"]),
            lone_strata=int(design["lone"]),
        )
        if sizes.clusters > sizes.strata:
            matrix = _matrix(design, size)
    elif found is not None and persons > 1 and columns.alone:
        matrix = _matrix(found, size) * persons / (persons - 1)
    return RankMoments(
        sizes=sizes,
        mean=unknown if found is None else total["mean"],
        deviation=unknown if found is None else max(found["squares"], 0.0) ** 0.5,
        range=(unknown, unknown) if found is None else (total["least"], total["greatest"]),
        cubes=unknown if found is None else found["cubes"],
        sums={c: unknown if found is None else found[f"sum{i}"] for i, c in enumerate(curves)},
        covariances=matrix,
        method="linearised",
    )


def _matrix(row: dict[str, Any], size: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    found = np.empty((size, size))
    for i in range(size):
        for j in range(i, size):
            found[i, j] = found[j, i] = row[f"v{i}_{j}"]
    return found
