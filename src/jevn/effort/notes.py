"""What a reader must know about the profile: what it leaves out and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from jevn.effort.accounts import FunctionMoney
from jevn.effort.chart_of_accounts import kostra_functions
from jevn.effort.comparing import Comparison
from jevn.effort.money import to_kroner
from jevn.effort.reconciling import Allocation
from jevn.terms import Message


def income_notes(allocations: Sequence[Allocation]) -> tuple[Message, ...]:
    """Functions whose income is larger than their cost, so that they lower the area."""
    return tuple(
        Message(
            "effort.note.income_above_cost",
            {
                "function": a.share.function,
                "name": kostra_functions()[a.share.function].name.nb,
                "net_nok": to_kroner(a.net),
            },
        )
        for a in allocations
        if a.net < 0
    )


def profile_notes(
    every: Sequence[FunctionMoney],
    year: int,
    population_at: int | None,
    comparison: Comparison | None,
) -> tuple[Message, ...]:
    """What the whole profile leaves out or rests on.

    Args:
        every: gross and net of every function and year, finance functions too.
        year: the profile's year.
        population_at: year of the population used; ``None`` if there is none.
        comparison: what is compared with.
    """
    notes: list[Message] = []
    if not every:
        notes.append(Message("effort.note.no_accounts"))
    finance = [m for m in every if m.year == year and kostra_functions()[m.function].is_finance]
    if finance:
        notes.append(Message("effort.note.finance_left_out", {"n": len(finance)}))
    if population_at is None:
        notes.append(Message("effort.note.no_population"))
    elif population_at != year:
        there = {"year": year, "population_year": population_at}
        notes.append(Message("effort.note.population_year", there))
    if comparison and comparison.year != year:
        params = {"year": year, "comparison_year": comparison.year}
        notes.append(Message("effort.note.comparison_year", params))
    if comparison and comparison.unrevised:
        params = {"year": comparison.year}
        notes.append(Message("effort.note.comparison_unrevised", params))
    return tuple(notes)
