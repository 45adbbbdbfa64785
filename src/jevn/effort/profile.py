"""The effort profile: money, people and services area by area, reconciled to the accounts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

import polars as pl

from jevn.effort.accounts import FunctionMoney, account_problems, function_money
from jevn.effort.chart_of_accounts import Share, kostra_functions
from jevn.effort.comparing import (
    Comparison,
    Figures,
    all_figures,
    choose_comparison,
    compare_area,
    compared_places,
    comparison_problems,
)
from jevn.effort.money import split, to_kroner, to_ore
from jevn.effort.notes import income_notes, profile_notes
from jevn.effort.people import inhabitants, population_year
from jevn.effort.reconciling import (
    Allocation,
    allocate,
    reach_of,
    reconcile,
    registered_problems,
)
from jevn.effort.results import AreaEffort, EffortProfile
from jevn.effort.rows import described
from jevn.effort.services import (
    GroupUsers,
    RegisteredService,
    read_service_users,
    read_services,
)
from jevn.effort.shares import effective_shares
from jevn.effort.use import LEAST_SUBGROUP, use_gradients
from jevn.effort.zones import zone_effort
from jevn.terms import AREAS, EffortArea, InputRefused, Problem, Reach

Interventions = Mapping[str, tuple[EffortArea, str]]
"""The evidence catalogue as step 3 needs it: intervention id -> (its area, strength A-U)."""

STRENGTHS = ("A", "B", "C", "D", "E", "U", "none")
"""Evidence strengths in order; ``none`` = service without link to the catalogue."""

_WORTH_KNOWING = ("A", "B")


@dataclass(frozen=True)
class _Inputs:
    """Everything the areas are computed from, checked."""

    municipality: str
    year: int
    shares: Mapping[str, tuple[Share, ...]]
    money: Mapping[int, tuple[FunctionMoney, ...]]
    services: tuple[RegisteredService, ...]
    users: tuple[GroupUsers, ...]
    population: pl.DataFrame
    persons: float | None
    comparison: Comparison | None
    interventions: Interventions
    least_subgroup: int
    given: Mapping[tuple[int, EffortArea], tuple[Allocation, ...]]
    people: Mapping[str, float | None]
    persons_by_year: Mapping[int, float]
    figures: Figures
    order: tuple[str, ...]

    def allocations(self, year: int, area: EffortArea) -> tuple[Allocation, ...]:
        """What the shares give an area in a year."""
        return self.given.get((year, area), ())


def effort_profile(  # noqa: PLR0913 - one argument per table of the step
    *,
    municipality: str,
    year: int,
    accounts: pl.DataFrame,
    comparison_accounts: pl.DataFrame,
    shares: pl.DataFrame,
    services: pl.DataFrame,
    service_users: pl.DataFrame,
    population: pl.DataFrame,
    interventions: Interventions = MappingProxyType({}),
    places: Collection[str] | None = None,
    comparison: Sequence[str] = (),
    least_subgroup: int = LEAST_SUBGROUP,
    zones: Sequence[str] = (),
) -> EffortProfile:
    """Compute step 3.

    Money of function F that belongs to area A is net(F) x share(F, A); the municipality's
    ``shares.csv`` replaces the default shares of the functions it names. Registered services
    lie within that money. Without accounts the registered services alone make up the
    profile, which says so.

    Args:
        municipality: place id of the municipality.
        year: accounting year of the profile.
        accounts: frame of ``accounts.csv``; finance functions (800-899) are left out.
        comparison_accounts: frame of ``comparison_accounts.csv``.
        shares: frame of ``shares.csv``.
        services: frame of ``services.csv``.
        service_users: frame of ``service_users.csv``.
        population: frame of ``population.csv``.
        interventions: the evidence catalogue's interventions; empty = links are not checked.
        places: known place ids; ``None`` = places of services are not checked.
        comparison: places in order of preference; the first with figures is compared with.
        least_subgroup: smallest count of users above 0 that is shown.
        zones: the zones of the municipality, in order; empty = effort is not placed, and
            zones of users are not checked.

    Returns:
        All areas in their fixed order, and the reconciliation to the accounts.

    Raises:
        InputRefused: with every problem found in the tables, by file, row and column.
    """
    own_shares, problems = effective_shares(shares)
    registered, service_problems = read_services(
        services, year=year, places=places, interventions=tuple(interventions)
    )
    users, user_problems = read_service_users(
        service_users, services={r.service.id for r in registered}, year=year, zones=zones
    )
    problems = (
        *account_problems(accounts, year),
        *comparison_problems(comparison_accounts, year),
        *problems,
        *service_problems,
        *user_problems,
    )
    if problems:
        raise InputRefused(problems)
    every = function_money(accounts)
    money = _by_year(m for m in every if not kostra_functions()[m.function].is_finance)
    current = tuple(r for r in registered if r.service.year == year)
    if every:
        _refuse_unreconciled(money, own_shares, current, year)
    at = population_year(population, municipality, year)
    inputs = _Inputs(
        municipality=municipality,
        year=year,
        shares=own_shares,
        money=money,
        services=current,
        users=tuple(u for u in users if u.year == year),
        population=population,
        persons=inhabitants(population, municipality, at) if at is not None else None,
        comparison=choose_comparison(comparison_accounts, year=year, order=comparison),
        interventions=interventions,
        least_subgroup=least_subgroup,
        given=_given(money, own_shares),
        people={
            place: _persons(population, place, year)
            for place in (*zones, *sorted({p for r in current for p in r.service.places}))
        },
        persons_by_year=_persons_by_year(population, municipality, money),
        figures=all_figures(comparison_accounts, year=year),
        order=tuple(comparison),
    )
    placed = zone_effort(
        current, inputs.users, {z: inputs.people[z] for z in zones}, least_subgroup
    )
    return EffortProfile(
        municipality=municipality,
        year=year,
        inhabitants=inputs.persons,
        areas=tuple(_area(inputs, area) for area in AREAS),
        reconciliation=reconcile(money.get(year, ()), own_shares, current, year),
        origins=_origins(inputs),
        notes=profile_notes(every, year, at, inputs.comparison),
        zones=placed.zones,
        unplaced_nok=placed.unplaced_nok if zones else 0.0,
    )


def _by_year(every: Iterable[FunctionMoney]) -> Mapping[int, tuple[FunctionMoney, ...]]:
    found: dict[int, list[FunctionMoney]] = {}
    for money in every:
        found.setdefault(money.year, []).append(money)
    return {year: tuple(lines) for year, lines in sorted(found.items())}


def _given(
    money: Mapping[int, tuple[FunctionMoney, ...]], shares: Mapping[str, tuple[Share, ...]]
) -> Mapping[tuple[int, EffortArea], tuple[Allocation, ...]]:
    """What the shares give every area in every year."""
    found: dict[tuple[int, EffortArea], list[Allocation]] = {}
    for year, lines in money.items():
        for line in lines:
            for allocation in allocate(line, shares):
                found.setdefault((year, allocation.share.area), []).append(allocation)
    return {key: tuple(parts) for key, parts in found.items()}


def _refuse_unreconciled(
    money: Mapping[int, tuple[FunctionMoney, ...]],
    shares: Mapping[str, tuple[Share, ...]],
    services: Sequence[RegisteredService],
    year: int,
) -> None:
    if year not in money:
        known = ", ".join(map(str, money)) or "–"
        params: dict[str, str | int] = {"year": year, "known": known}
        raise InputRefused([Problem("effort_no_year", "accounts.csv", None, "year", params)])
    problems = registered_problems(money[year], shares, services, year)
    if problems:
        raise InputRefused(problems)


def _area(inputs: _Inputs, area: EffortArea) -> AreaEffort:
    services = tuple(r for r in inputs.services if r.service.area == area)
    allocations = inputs.allocations(inputs.year, area)
    with_accounts = bool(inputs.money)
    registered = sum(to_ore(r.service.net_nok) for r in services)
    net = sum(a.net for a in allocations) if with_accounts else registered
    gross = (
        sum(a.gross for a in allocations)
        if with_accounts
        else sum(to_ore(r.service.gross_nok) for r in services)
    )
    compared, notes = compare_area(
        inputs.comparison, area, inputs.money.get(inputs.year, ()), inputs.shares
    )
    posts = [r.service.fte for r in services if r.service.fte is not None]
    ids = {r.service.id for r in services}
    return AreaEffort(
        area=area,
        year=inputs.year,
        net_nok=to_kroner(net),
        per_inhabitant=to_kroner(net) / inputs.persons if inputs.persons else None,
        comparison_per_inhabitant=compared,
        by_reach=_by_reach(allocations, services, with_accounts),
        by_strength=_by_strength(inputs, services),
        default_share=_default_share(allocations),
        fte=float(sum(posts)) if posts else None,
        services=described(
            services,
            {m.function: m.net for m in inputs.money.get(inputs.year, ())},
            inputs.users,
            inputs.interventions,
            inputs.least_subgroup,
        ),
        use=use_gradients(
            [u for u in inputs.users if u.service in ids],
            inputs.population,
            place=inputs.municipality,
            year=inputs.year,
            least_subgroup=inputs.least_subgroup,
        ),
        per_place=_per_place(inputs, services),
        years=tuple(
            (year, to_kroner(sum(a.net for a in inputs.allocations(year, area))))
            for year in inputs.money
        ),
        years_per_inhabitant=tuple(
            (year, to_kroner(sum(a.net for a in inputs.allocations(year, area))) / persons)
            for year, persons in inputs.persons_by_year.items()
        ),
        compared=compared_places(inputs.figures, area, inputs.money, inputs.shares, inputs.order),
        missing_interventions=_missing(inputs, area),
        gross_nok=to_kroner(gross),
        comparison=inputs.comparison.places if inputs.comparison and compared is not None else (),
        notes=(*notes, *income_notes(allocations)),
    )


def _by_reach(
    allocations: Sequence[Allocation], services: Sequence[RegisteredService], with_accounts: bool
) -> tuple[tuple[Reach, float], ...]:
    total = dict.fromkeys(Reach, 0)
    if not with_accounts:
        for entry in services:
            total[entry.service.reach] += to_ore(entry.service.net_nok)
    for function in dict.fromkeys(a.share.function for a in allocations):
        part = reach_of(
            [a for a in allocations if a.share.function == function],
            [r for r in services if r.service.function == function],
        )
        for reach, ore in part.items():
            total[reach] += ore
    return tuple((reach, to_kroner(ore)) for reach, ore in total.items())


def _by_strength(
    inputs: _Inputs, services: Sequence[RegisteredService]
) -> tuple[tuple[str, float], ...]:
    total: dict[str, int] = {}
    for entry in services:
        link = entry.service.intervention
        strength = "none"
        if link:
            strength = inputs.interventions[link][1] if link in inputs.interventions else "U"
        total[strength] = total.get(strength, 0) + to_ore(entry.service.net_nok)
    return tuple((s, to_kroner(total[s])) for s in STRENGTHS if s in total)


def _default_share(allocations: Sequence[Allocation]) -> float:
    whole = sum(abs(a.net) for a in allocations)
    default = sum(abs(a.net) for a in allocations if a.share.basis == "default")
    return default / whole if whole else 0.0


def _per_place(
    inputs: _Inputs, services: Sequence[RegisteredService]
) -> tuple[tuple[str, float], ...]:
    """Services' money per place; several places share by inhabitants, else alike."""
    total: dict[str, int] = {}
    for entry in services:
        places = entry.service.places
        if not places or entry.service.net_nok is None:
            continue
        people = [inputs.people[p] for p in places]
        known = [Fraction(round(n)) for n in people if n is not None and n >= 1]
        whole = sum(known, Fraction(0))
        alike = len(known) < len(places)
        weights = [Fraction(1, len(places))] * len(places) if alike else [n / whole for n in known]
        for place, ore in zip(places, split(to_ore(entry.service.net_nok), weights), strict=True):
            total[place] = total.get(place, 0) + ore
    return tuple((place, to_kroner(ore)) for place, ore in sorted(total.items()))


def _persons_by_year(
    population: pl.DataFrame, place: str, years: Iterable[int]
) -> Mapping[int, float]:
    """Inhabitants in the years whose population is known; no other year stands in."""
    if population.is_empty():
        return {}
    known = set(population.filter(pl.col("place") == place)["year"].to_list())
    found = {y: inhabitants(population, place, y) for y in years if y in known}
    return {year: persons for year, persons in found.items() if persons}


def _persons(population: pl.DataFrame, place: str, year: int) -> float | None:
    at = population_year(population, place, year)
    return inhabitants(population, place, at) if at is not None else None


def _missing(inputs: _Inputs, area: EffortArea) -> tuple[str, ...]:
    registered = {r.service.intervention for r in inputs.services}
    return tuple(
        id
        for id, (own, strength) in inputs.interventions.items()
        if own == area and strength in _WORTH_KNOWING and id not in registered
    )


def _origins(inputs: _Inputs) -> tuple[str, ...]:
    found = {r.service.origin for r in inputs.services if r.service.origin}
    return tuple(sorted(found | set(inputs.comparison.origins if inputs.comparison else ())))
