"""The register of services and actions, and their users by social group, read and checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

import polars as pl

from jevn.effort.accounts import FIRST_YEAR
from jevn.effort.chart_of_accounts import kostra_functions
from jevn.effort.money import to_ore
from jevn.effort.results import Service, basis_of
from jevn.terms import EffortArea, Problem, Reach, SocialDimension
from jevn.terms.dimensions import known_groups

FILE = "services.csv"
USERS_FILE = "service_users.csv"
OLDEST = 120
"""Last age where only the first is given."""


@dataclass(frozen=True, slots=True)
class GroupUsers:
    """Users of one service in one social group and year."""

    service: str
    year: int
    dimension: SocialDimension
    group: str
    users: float


@dataclass(frozen=True, slots=True)
class RegisteredService:
    """A service with its line in ``services.csv``."""

    service: Service
    row: int | None


class _Row:
    """One row being checked: notes its own faults with file, line and column."""

    def __init__(self, file: str, row: Mapping[str, Any]) -> None:
        self._file, self._row = file, row
        self.problems: list[Problem] = []

    @property
    def line(self) -> int | None:
        line = self._row.get("_row")
        return int(line) if line is not None else None

    def text(self, column: str) -> str | None:
        value = self._row.get(column)
        return str(value).strip() or None if value is not None else None

    def number(self, column: str, *, signed: bool = False) -> float | None:
        value = self._row.get(column)
        if value is None:
            return None
        number = float(value)
        if not isfinite(number):
            self.fault("effort_not_number", column)
            return None
        if number < 0 and not signed:
            self.fault("effort_negative", column)
        return number

    def texts(self, column: str) -> tuple[str, ...]:
        value = self._row.get(column)
        return tuple(dict.fromkeys(str(v) for v in value)) if value is not None else ()

    def fault(self, id: str, column: str, **params: str | int | float) -> None:
        given = str(self._row.get(column))
        self.problems.append(
            Problem(id, self._file, self.line, column, {"given": given, "n": 1, **params})
        )

    def choose(self, column: str, known: Collection[str], id: str) -> str | None:
        value = self.text(column)
        if value is None or value not in known:
            self.fault(id, column, known=", ".join(known))
            return None
        return value

    def ages(self) -> tuple[int, int] | None:
        first, last = self._row.get("from_age"), self._row.get("to_age")
        if first is None and last is None:
            return None
        ages = (int(first or 0), int(last) if last is not None else OLDEST)
        if not 0 <= ages[0] <= ages[1] <= OLDEST:
            self.fault("effort_ages", "from_age", first=ages[0], last=ages[1])
        return ages

    def year(self, last: int) -> int:
        value = self._row.get("year")
        year = int(value) if value is not None else 0
        if not FIRST_YEAR <= year <= last:
            self.fault("effort_year_outside", "year", first=str(FIRST_YEAR), last=str(last))
        return year


def read_services(
    services: pl.DataFrame,
    *,
    year: int,
    places: Collection[str] | None = None,
    interventions: Collection[str] = (),
) -> tuple[tuple[RegisteredService, ...], tuple[Problem, ...]]:
    """Services in the order of the file, and what is wrong with them.

    Args:
        services: frame of ``services.csv`` (:data:`jevn.effort.schemas.SERVICES`).
        year: latest accounting year; later years are refused.
        places: known place ids; ``None`` = not checked.
        interventions: ids of the evidence catalogue; empty = not checked.
    """
    found: list[RegisteredService] = []
    problems: list[Problem] = []
    first_line: dict[tuple[str, int], int | None] = {}
    for raw in services.iter_rows(named=True):
        row = _Row(FILE, raw)
        service = _service(row, year, places, interventions)
        if service:
            key = (service.id, service.year)
            if key in first_line:
                row.fault(
                    "effort_service_twice",
                    "service",
                    year=service.year,
                    first=str(first_line[key] or "–"),
                )
            else:
                first_line[key] = row.line
                found.append(RegisteredService(service, row.line))
        problems += row.problems
    return tuple(found), tuple(problems)


def _service(
    row: _Row, last: int, places: Collection[str] | None, interventions: Collection[str]
) -> Service | None:
    area = row.choose("area", [a.value for a in EffortArea], "effort_unknown_area")
    reach = row.choose("reach", [r.value for r in Reach], "effort_unknown_reach")
    kind = row.choose("kind", ("service", "action"), "effort_unknown_kind")
    function = row.text("function") or ""
    if function not in kostra_functions():
        row.fault("effort_unknown_function", "function")
    served = row.texts("places")
    for place in served:
        if places is not None and place not in places:
            row.fault("effort_unknown_place", "places", place=place)
    intervention = row.text("intervention")
    if intervention and interventions and intervention not in interventions:
        row.fault("effort_unknown_intervention", "intervention")
    gross, net = row.number("gross_nok"), row.number("net_nok", signed=True)
    if gross is not None and net is not None and to_ore(net) > to_ore(gross):
        row.fault("effort_net_above_gross", "net_nok", net_nok=net, gross_nok=gross)
    year = row.year(last)
    fte, users = row.number("fte"), row.number("users")
    ages = row.ages()
    if area is None or reach is None or kind is None:
        return None
    return Service(
        id=row.text("service") or "",
        name=row.text("name") or row.text("service") or "",
        kind="action" if kind == "action" else "service",
        area=EffortArea(area),
        year=year,
        unit=row.text("unit"),
        function=function,
        reach=Reach(reach),
        target_group=row.text("target_group"),
        places=served,
        gross_nok=gross,
        net_nok=net,
        fte=fte,
        users=users,
        intervention=intervention,
        basis=basis_of(row.text("basis")),
        certainty=_certainty(row.text("certainty")),
        origin=row.text("origin"),
        ages=ages,
        situation=row.text("situation"),
    )


def _certainty(given: str | None) -> Literal["low", "medium", "high"]:
    return "high" if given == "high" else "medium" if given == "medium" else "low"


def read_service_users(
    service_users: pl.DataFrame,
    *,
    services: Collection[str],
    year: int,
    zones: Collection[str] = (),
) -> tuple[tuple[GroupUsers, ...], tuple[Problem, ...]]:
    """Users by social group, and what is wrong with them.

    Args:
        service_users: frame of ``service_users.csv``
            (:data:`jevn.effort.schemas.SERVICE_USERS`).
        services: known service ids.
        year: latest accounting year.
        zones: known zones; empty = zones are not checked.
    """
    found: list[GroupUsers] = []
    problems: list[Problem] = []
    for raw in service_users.iter_rows(named=True):
        row = _Row(USERS_FILE, raw)
        service = row.text("service") or ""
        if service not in services:
            row.fault("effort_unknown_service", "service")
        named = row.choose(
            "dimension", [d.value for d in SocialDimension], "effort_unknown_dimension"
        )
        group = row.text("group") or ""
        known = known_groups(SocialDimension(named)) if named else None
        if named == SocialDimension.ZONE and zones:
            known = tuple(zones)
        if known is not None and group not in known:
            row.fault("effort_unknown_group", "group", known=", ".join(known))
        at, users = row.year(year), row.number("users")
        if users is not None and named:
            found.append(GroupUsers(service, at, SocialDimension(named), group, users))
        problems += row.problems
    return tuple(found), tuple(problems)
