"""The profile's money against the accounts: every øre is in an area or in the residual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jevn.effort.accounts import FunctionMoney
from jevn.effort.chart_of_accounts import Share, kostra_functions
from jevn.effort.money import split, to_kroner, to_ore
from jevn.effort.results import FunctionLine, Reconciliation
from jevn.effort.services import FILE, RegisteredService
from jevn.terms import EffortArea, Problem, Reach


@dataclass(frozen=True, slots=True)
class Allocation:
    """Money of one function that belongs to one area with one reach, in whole øre."""

    share: Share
    net: int
    gross: int


def allocate(
    money: FunctionMoney, shares: Mapping[str, tuple[Share, ...]]
) -> tuple[Allocation, ...]:
    """A function's money divided by its shares.

    The parts together are the rounded whole of the shares' sum, so parts and residual
    always make up the function's money.
    """
    own = shares.get(money.function, ())
    parts = [s.share for s in own]
    nets, grosses = split(money.net, parts), split(money.gross, parts)
    return tuple(Allocation(s, n, g) for s, n, g in zip(own, nets, grosses, strict=True))


def registered_ore(
    services: Sequence[RegisteredService], function: str, area: EffortArea | None = None
) -> int:
    """Net øre of the registered services in a function (and area)."""
    return sum(
        to_ore(r.service.net_nok)
        for r in services
        if r.service.function == function and area in (None, r.service.area)
    )


def registered_problems(
    accounts: Sequence[FunctionMoney],
    shares: Mapping[str, tuple[Share, ...]],
    services: Sequence[RegisteredService],
    year: int,
) -> tuple[Problem, ...]:
    """Registered services that cost more than what their function or area holds.

    Services lie within their function's money. A sum above the function's net cost is
    refused; so is a sum above what the shares give their area, with the share that would
    do. Where income exceeds cost (rents), net says nothing of a single service, and the
    function's gross cost is the limit instead.
    """
    by_function = {m.function: m for m in accounts}
    problems = []
    for function in dict.fromkeys(r.service.function for r in services):
        here = [r for r in services if r.service.function == function]
        if not any(r.service.net_nok for r in here) or function not in kostra_functions():
            continue
        money = by_function.get(function, FunctionMoney(year, function, 0, 0))
        limit = money.net if money.net > 0 else money.gross
        total = registered_ore(here, function)
        if total > limit:
            id = "effort_services_above_function" if function in by_function else "effort_no_money"
            problems.append(
                _problem(
                    id, here, function, total_nok=total / 100, limit_nok=limit / 100, year=year
                )
            )
            continue
        for area in dict.fromkeys(r.service.area for r in here):
            own = [r for r in here if r.service.area == area]
            used = registered_ore(own, function)
            given = _given(money, shares, area)
            if used > given and limit > 0:
                problems.append(
                    _problem(
                        "effort_services_above_share",
                        own,
                        function,
                        total_nok=used / 100,
                        limit_nok=given / 100,
                        area_key=f"area.{area}.short",
                        area=area.value,
                        share=f"{-(-used * 10_000 // limit) / 10_000:g}",
                    )
                )
    return tuple(problems)


def _given(money: FunctionMoney, shares: Mapping[str, tuple[Share, ...]], area: EffortArea) -> int:
    parts = [a for a in allocate(money, shares) if a.share.area == area]
    return sum(a.net if money.net > 0 else a.gross for a in parts)


def _problem(
    id: str, services: Sequence[RegisteredService], function: str, **params: str | float
) -> Problem:
    rows = [r.row for r in services if r.row is not None]
    named = {
        "function": function,
        "services": ", ".join(r.service.id for r in services),
        "rows": ", ".join(map(str, rows)) or "–",
    }
    return Problem(id, FILE, rows[0] if rows else None, "net_nok", {**named, **params})


def reach_of(
    allocations: Sequence[Allocation], services: Sequence[RegisteredService]
) -> dict[Reach, int]:
    """Øre per reach for one function and area: registered services by their own reach.

    What the services cost is taken from the share of the same reach first, and what that
    share does not hold from the others in proportion. The sum is unchanged.
    """
    left = dict.fromkeys(Reach, 0)
    for allocation in allocations:
        left[allocation.share.reach] += allocation.net
    registered = dict.fromkeys(Reach, 0)
    for entry in services:
        registered[entry.service.reach] += to_ore(entry.service.net_nok)
    if min(left.values()) < 0 or min(registered.values()) < 0:
        return left
    over = 0
    for reach in Reach:
        taken = min(left[reach], registered[reach])
        left[reach] -= taken
        over += registered[reach] - taken
    rest = sum(left.values())
    if over > rest:
        return {r: sum(a.net for a in allocations if a.share.reach == r) for r in Reach}
    if over:
        cuts = split(over, [Fraction(left[r], rest) for r in Reach])
        for reach, cut in zip(Reach, cuts, strict=True):
            left[reach] -= cut
    return {r: left[r] + registered[r] for r in Reach}


def reconcile(
    accounts: Sequence[FunctionMoney],
    shares: Mapping[str, tuple[Share, ...]],
    services: Sequence[RegisteredService],
    year: int,
) -> Reconciliation:
    """One line per function with money: in the areas, and left over."""
    lines = []
    net = allocated = default = 0
    for money in accounts:
        parts = allocate(money, shares)
        given = sum(p.net for p in parts)
        net, allocated = net + money.net, allocated + given
        default += sum(p.net for p in parts if p.share.basis == "default")
        lines.append(
            FunctionLine(
                function=money.function,
                name=kostra_functions()[money.function].name.nb,
                gross_nok=to_kroner(money.gross),
                net_nok=to_kroner(money.net),
                shares=tuple(
                    (p.share.area, float(p.share.share), p.share.reach, p.share.basis)
                    for p in parts
                ),
                allocated_nok=to_kroner(given),
                residual_nok=to_kroner(money.net - given),
                registered_nok=to_kroner(registered_ore(services, money.function)),
                outside=not parts,
            )
        )
    return Reconciliation(
        year=year,
        lines=tuple(lines),
        net_nok=to_kroner(net),
        allocated_nok=to_kroner(allocated),
        residual_nok=to_kroner(net - allocated),
        default_nok=to_kroner(default),
    )
