"""JSON-stat in every dialect that statistics bureaus answer with, as a tidy table.

Versions 1 (a bundle with the data set inside it) and 2 (Joint Statistical Publishing, https://json-stat.org/full/);
category index as object or list or left out; values and status dense or sparse; strings where a
number is hidden; a byte-order mark; empty text for "none".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import chain
from math import prod
from typing import Any, Final

import numpy as np
import polars as pl

from jevn.sources.dataset import Category, Dataset, Dimension, Role
from jevn.terms import UserError

_TIME: Final = frozenset(
    {"tid", "time", "aar", "daar", "år", "vuosi", "ár", "period", "year", "timeperiod_y"}
)
_GEO: Final = frozenset({"geo", "region", "komkode", "område"})
_METRIC: Final = frozenset({"contentscode", "measure_type", "eliminated"})


def read_jsonstat(body: bytes | str, *, name: str = "") -> Dataset:
    """Read an answer in JSON-stat.

    Args:
        body: the answer as it came.
        name: what to call it in faults (the table or file).

    Raises:
        UserError: ``sources_not_jsonstat``: it is not JSON-stat, or its parts do not fit.
    """
    text = body.decode("utf-8-sig") if isinstance(body, bytes) else body.removeprefix("\ufeff")
    try:
        found = json.loads(text)
        return _dataset(_unwrapped(found))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as fault:
        shown = " ".join(text[:80].split())
        raise UserError(
            "sources_not_jsonstat", name=name, reason=str(fault), start=shown
        ) from fault


def _unwrapped(found: Any) -> Mapping[str, Any]:
    """The data set inside a bundle of version 1 or a collection of version 2."""
    if not isinstance(found, dict):
        raise TypeError("not an object")
    if found.get("class") == "dataset" or {"dimension", "value"} <= found.keys():
        return found
    if isinstance(found.get("dataset"), dict):
        return dict(found["dataset"])
    inner = [v for v in found.values() if isinstance(v, dict) and "dimension" in v]
    if len(inner) == 1:
        return dict(inner[0])
    raise TypeError("no data set in it")


def _dataset(found: Mapping[str, Any]) -> Dataset:
    dimension = found["dimension"]
    ids = found.get("id") or dimension["id"]
    sizes = found.get("size") or dimension["size"]
    roles = _roles(found.get("role") or dimension.get("role") or {})
    dimensions = tuple(read_dimension(i, dimension[i], roles.get(i)) for i in ids)
    for one, size in zip(dimensions, sizes, strict=True):
        if len(one.categories) != size:
            raise ValueError(f"{one.code}: {len(one.categories)} values, size {size}")
    cells = prod(sizes)
    values, flags = _values(found.get("value"), cells)
    flags = _flags(found.get("status"), flags, cells)
    columns: list[pl.Series] = []
    inner, outer = cells, 1
    for one in dimensions:
        inner //= max(len(one.categories), 1)
        codes = np.tile(np.repeat(np.arange(len(one.categories)), inner), outer)
        columns.append(_codes(one, codes))
        outer *= len(one.categories)
    table = pl.DataFrame([*columns, values.alias("value"), flags.alias("flag")])
    return Dataset(
        label=str(found.get("label") or ""),
        source=found.get("source") or None,
        updated=found.get("updated") or None,
        dimensions=_guessed(dimensions),
        table=table,
        notes=_notes(found.get("note")),
        extension=dict(found.get("extension") or {}),
    )


def _codes(one: Dimension, codes: np.ndarray[Any, Any]) -> pl.Series:
    return pl.Series(one.code, one.codes, dtype=pl.Enum(one.codes)).gather(codes)


def _roles(found: Mapping[str, Any]) -> dict[str, Role]:
    return {i: Role(role) for role in Role for i in found.get(role.value) or ()}


def read_dimension(code: str, found: Mapping[str, Any], role: Role | None = None) -> Dimension:
    """One dimension as JSON-stat writes it."""
    category = found["category"]
    labels: Mapping[str, str] = category.get("label") or {}
    index = category.get("index")
    if index is None:
        codes = list(labels)
    elif isinstance(index, list):
        codes = [str(i) for i in index]
    else:
        codes = sorted(index, key=index.__getitem__)
    if len(set(codes)) < len(codes):
        raise ValueError(f"{code}: a value twice")
    units, notes = category.get("unit") or {}, category.get("note") or {}
    return Dimension(
        code=code,
        label=str(found.get("label") or code),
        categories=tuple(
            Category(
                c,
                str(labels.get(c, c)),
                _unit(units.get(c)),
                (units.get(c) or {}).get("decimals"),
                _notes(notes.get(c)),
            )
            for c in codes
        ),
        role=role,
        notes=_notes(found.get("note")),
        extension=dict(found.get("extension") or {}),
    )


def _unit(found: Mapping[str, Any] | None) -> str | None:
    if not found:
        return None
    return found.get("base") or found.get("label") or found.get("symbol") or None


def _notes(found: Any) -> tuple[str, ...]:
    if not found:
        return ()
    given = [found] if isinstance(found, str) else found
    return tuple(str(n).strip() for n in given if str(n).strip())


def _values(found: Any, cells: int) -> tuple[pl.Series, pl.Series]:
    """Numbers of all cells, and signs where a text stands instead of a number."""
    dense: list[Any]
    if isinstance(found, dict):
        dense = [None] * cells
        for at, value in found.items():
            dense[int(at)] = value
    elif isinstance(found, list):
        dense = found
    else:
        raise TypeError("no values")
    if len(dense) != cells:
        raise ValueError(f"{len(dense)} values for {cells} cells")
    if not any(isinstance(v, str) for v in dense):
        return pl.Series(dense, dtype=pl.Float64), pl.repeat(
            None, cells, dtype=pl.String, eager=True
        )
    texts = pl.Series([v if isinstance(v, str) else None for v in dense], dtype=pl.String)
    numbers = pl.Series([None if isinstance(v, str) else v for v in dense], dtype=pl.Float64)
    spelled = texts.str.strip_chars().cast(pl.Float64, strict=False)
    spelled = spelled.set(~spelled.is_finite().fill_null(value=True), None)
    signs = texts.str.strip_chars().set(spelled.is_not_null(), None)
    return numbers.zip_with(numbers.is_not_null(), spelled), signs


def _flags(found: Any, flags: pl.Series, cells: int) -> pl.Series:
    """Signs from ``status``: dense, sparse, or one for all."""
    if not found:
        return flags
    if isinstance(found, str):
        return pl.repeat(found, cells, dtype=pl.String, eager=True)
    status: list[str | None] = [None] * cells
    if isinstance(found, dict):
        for at, sign in found.items():
            status[int(at)] = sign or None
    elif len(found) == cells:
        status = [s or None for s in found]
    elif len(found) == 1:
        status = [found[0] or None] * cells
    else:
        raise ValueError(f"{len(found)} signs for {cells} cells")
    given = pl.Series(status, dtype=pl.String)
    return given.zip_with(given.is_not_null(), flags)


def _guessed(dimensions: tuple[Dimension, ...]) -> tuple[Dimension, ...]:
    """Roles by the usual codes, where the answer names none."""
    from dataclasses import replace

    named = set(chain.from_iterable([d.role] for d in dimensions if d.role))
    wanted = ((Role.TIME, _TIME), (Role.GEO, _GEO), (Role.METRIC, _METRIC))
    found = []
    for one in dimensions:
        role = one.role
        for candidate, codes in wanted:
            if role is None and candidate not in named and one.code.lower() in codes:
                role = candidate
                named.add(candidate)
        found.append(one if role is one.role else replace(one, role=role))
    return tuple(found)
