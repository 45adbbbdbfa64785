"""Klass, Statistics Norway's classifications: municipalities and their history, KOSTRA groups.

https://data.ssb.no/api/klass/v1/api-guide.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from jevn.sources.asking import odd_answer, read_json, reading
from jevn.sources.request import Request
from jevn.sources.transport import Transport

BASE: Final = "https://data.ssb.no/api/klass/v1"
BASIC_UNITS: Final = 1
"""Classification of sub-districts (level 1) and basic statistical units (level 2)."""
KOSTRA_GROUPS: Final = 112
MUNICIPALITIES: Final = 131

GROUPING_TABLES: Final[Mapping[int, int]] = {
    2020: 978,
    2022: 1482,
    2023: 1483,
    2024: 1358,
    2026: 2840,
}
"""Correspondence from KOSTRA group to municipality, by the year it counts from."""


@dataclass(frozen=True, slots=True)
class KlassCode:
    """A class: its code and name, the class it lies in, and when it holds.

    Attributes:
        code: the code, e.g. ``3301``.
        name: its name.
        parent: code of the class above; ``None`` at the top.
        level: level, 1 at the top.
        first: first day it holds (ISO), if said.
        last: first day it no longer holds (ISO); ``None`` while it does.
    """

    code: str
    name: str
    parent: str | None = None
    level: int = 1
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One code that became another; where several became one, or one several, each has its own.

    Attributes:
        old: code before.
        new: code after.
        day: day of the change (ISO).
        old_name: name before.
        new_name: name after.
    """

    old: str
    new: str
    day: str
    old_name: str = ""
    new_name: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One pair of a correspondence table."""

    source: str
    target: str
    source_name: str = ""
    target_name: str = ""


def codes(
    transport: Transport,
    classification: int,
    at: date,
    *,
    select: str | None = None,
    base: str = BASE,
) -> tuple[KlassCode, ...]:
    """The classes that hold on a day.

    Args:
        transport: how it is asked.
        classification: number of the classification.
        at: the day.
        select: only codes of this form, e.g. ``3301*``.
        base: address of the service.

    Raises:
        UserError: ``sources_not_json``; what the transport raises.
    """
    params = [("from", at.isoformat()), ("to", (at + timedelta(days=1)).isoformat())]
    if select:
        params.append(("selectCodes", select))
    found = _asked(
        transport, f"{base}/classifications/{classification}/codes.json", tuple(params), "codes"
    )
    return tuple(one for one in map(_code, found) if _fits(one.code, select))


def municipalities(transport: Transport, at: date, *, base: str = BASE) -> tuple[KlassCode, ...]:
    """The municipalities of a day, without the class for unknown (9999)."""
    found = codes(transport, MUNICIPALITIES, at, base=base)
    return tuple(one for one in found if one.code != "9999")


def basic_units(
    transport: Transport, municipality: str, at: date, *, base: str = BASE
) -> tuple[KlassCode, ...]:
    """Basic statistical units of a municipality, each with its sub-district as parent."""
    found = codes(transport, BASIC_UNITS, at, select=f"{municipality}*", base=base)
    return tuple(one for one in found if one.level == 2)


def changes(
    transport: Transport,
    first: date,
    last: date,
    *,
    classification: int = MUNICIPALITIES,
    base: str = BASE,
) -> tuple[CodeChange, ...]:
    """Codes that changed between two days, oldest first.

    A code that only came or only went, without another in its place, is left out.

    Raises:
        UserError: ``sources_not_json``; what the transport raises.
    """
    params = (("from", first.isoformat()), ("to", last.isoformat()))
    url = f"{base}/classifications/{classification}/changes.json"
    found = []
    for one in _asked(transport, url, params, "codeChanges"):
        if one.get("oldCode") and one.get("newCode"):
            found.append(
                CodeChange(
                    str(one["oldCode"]),
                    str(one["newCode"]),
                    str(one.get("changeOccurred") or ""),
                    str(one.get("oldName") or ""),
                    str(one.get("newName") or ""),
                )
            )
    return tuple(sorted(found, key=lambda c: (c.day, c.old, c.new)))


def code_changes(
    transport: Transport,
    first: date = date(2005, 1, 1),
    last: date | None = None,
    *,
    base: str = BASE,
) -> pl.DataFrame:
    """Changes of municipality codes as a table.

    Returns:
        A row per pair: ``old`` and ``new`` (String), ``date`` (Date). Changes of name only, where
        the code stays, are left out.
    """
    found = [
        (c.old, c.new, date.fromisoformat(c.day[:10]))
        for c in changes(transport, first, last or date.today(), base=base)
        if c.old != c.new
    ]
    schema = {"old": pl.String, "new": pl.String, "date": pl.Date}
    return pl.DataFrame(found, schema=schema, orient="row").unique(maintain_order=True)


def correspondence(transport: Transport, id: int, *, base: str = BASE) -> tuple[Link, ...]:
    """The pairs of a correspondence table.

    Raises:
        UserError: ``sources_not_json``; what the transport raises.
    """
    found = _asked(transport, f"{base}/correspondencetables/{id}.json", (), "correspondenceMaps")
    return tuple(
        Link(
            str(one["sourceCode"]),
            str(one["targetCode"]),
            str(one.get("sourceName") or ""),
            str(one.get("targetName") or ""),
        )
        for one in found
        if one.get("sourceCode") and one.get("targetCode")
    )


def kostra_groups(transport: Transport, at: date, *, base: str = BASE) -> dict[str, str]:
    """The KOSTRA group (``EKG11``) of each municipality in the grouping that counts on a day.

    Raises:
        UserError: ``sources_not_json``; what the transport raises.
        ValueError: for a day before 2020, when the groups were others.
    """
    years = [year for year in GROUPING_TABLES if year <= at.year]
    if not years:
        raise ValueError(f"no KOSTRA grouping known for {at.year}")
    pairs = correspondence(transport, GROUPING_TABLES[max(years)], base=base)
    return {p.target: p.source for p in pairs}


def _asked(
    transport: Transport, url: str, params: tuple[tuple[str, str], ...], name: str
) -> list[Mapping[str, Any]]:
    answer = transport.fetch(Request(url, params))
    found = read_json(answer)
    with reading(answer):
        rows = found[name]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise odd_answer(answer, f"no {name}")
    return rows


def _code(found: Mapping[str, Any]) -> KlassCode:
    return KlassCode(
        code=str(found.get("code") or ""),
        name=str(found.get("name") or found.get("shortName") or ""),
        parent=found.get("parentCode") or None,
        level=int(found.get("level") or 1),
        first=found.get("validFrom") or found.get("validFromInRequestedRange") or None,
        last=found.get("validTo") or None,
    )


def _fits(code: str, select: str | None) -> bool:
    from fnmatch import fnmatchcase

    return bool(code) and (select is None or fnmatchcase(code, select))
