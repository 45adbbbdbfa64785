"""Contributions against the population: zone by zone, age by age, with what chance can do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import polars as pl

from jevn.participation.opinions.summary import OpinionSummary
from jevn.participation.representation import ages as age_bands
from jevn.participation.representation import chance
from jevn.participation.representation.results import (
    Attendance,
    ChannelHeard,
    ConversationHeard,
    GroupHeard,
    Heard,
    Represented,
    Standing,
)
from jevn.participation.results import Contribution, WorkshopReport
from jevn.participation.spoken import persons_in, zones_of
from jevn.tables import DisclosureRules
from jevn.terms import InputRefused, Message, Problem

LEAST = DisclosureRules().least_subgroup
"""No number of 1 to 4 is shown."""
LEAST_TOLD = 20
"""Fewer contributions than this do not tell who is missing."""
_LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class _Population:
    place: str
    places: pl.DataFrame
    table: pl.DataFrame


def who_is_heard(
    contributions: Sequence[Contribution],
    *,
    places: pl.DataFrame,
    population: pl.DataFrame,
    municipality: str,
    age_groups: Mapping[str, str] | None = None,
    reports: Iterable[WorkshopReport] = (),
    opinions: Iterable[OpinionSummary] = (),
) -> Represented:
    """Who has spoken, against who lives here, with silence first.

    What is counted is contributions, not persons: one person may have sent several. Zones and
    age groups count contributions from residents (sender type ``person`` or ``unknown``), and
    those without a zone or an age are counted apart. Numbers of 1 to 4 are hidden, and the
    next smallest with them where it would tell.

    Args:
        contributions: everything said.
        places: table of places.
        population: table of population.
        municipality: id of the municipality in ``places``.
        age_groups: age group by id of contribution, where known.
        reports: reports, for their participants.
        opinions: online conversations.

    Raises:
        InputRefused: ``who_age_group`` for an age group that is not ages.
    """
    people = _Population(municipality, places, population)
    residents = [c for c in contributions if c.sender_type in ("person", "unknown")]
    zones = zones_of(places, municipality)
    dimensions = [_by_zone(residents, zones, people)] if zones else []
    if age_groups:
        dimensions.append(_by_age(residents, age_groups, people, zones))
    return Represented(
        contributions=len(contributions),
        residents=len(residents),
        dimensions=tuple(dimensions),
        channels=_channels(contributions, [c.channel for c in contributions], zones),
        sender_types=_channels(contributions, [c.sender_type for c in contributions], zones),
        events=tuple(_attendance(report, contributions) for report in reports),
        conversations=tuple(ConversationHeard(o.id, o.title, o.people) for o in opinions),
        message=Message("participation.who.message", {"n": len(contributions)}),
    )


def age_groups_of(frames: Iterable[tuple[str, pl.DataFrame]]) -> dict[str, str]:
    """Age group by id, from the column ``age_group`` of tables with their file names.

    Raises:
        InputRefused: ``who_age_group`` for each that is not ages, with its line.
    """
    found: dict[str, str] = {}
    problems = []
    for file, frame in frames:
        if "age_group" not in frame.columns:
            continue
        for number, row in enumerate(frame.iter_rows(named=True)):
            given = row["age_group"]
            if given is None:
                continue
            if age_bands.band_of(given) is None:
                line = row.get("_row") or number + 2
                params = {"given": given}
                problems.append(Problem("who_age_group", file, line, "age_group", params))
            found[row["id"]] = given
    if problems:
        raise InputRefused(problems)
    return found


def _by_zone(residents: Sequence[Contribution], zones: Sequence[str], people: _Population) -> Heard:
    counts = Counter(c.place for c in residents)
    persons = {z: persons_in(z, people.places, people.table) for z in zones}
    return _compared("zone", {z: counts[z] for z in zones}, persons, len(residents))


def _by_age(
    residents: Sequence[Contribution],
    given: Mapping[str, str],
    people: _Population,
    zones: Sequence[str],
) -> Heard:
    bands = {id: age_bands.band_of(text) for id, text in given.items()}
    odd = [given[id] for id, band in bands.items() if band is None]
    if odd:
        raise InputRefused(
            Problem("who_age_group", column="age_group", params={"given": text}) for text in odd
        )
    own = {id: band for id, band in bands.items() if band is not None}
    counts = Counter(own[c.id] for c in residents if c.id in own)
    if age_bands.overlapping(own.values()):
        every: tuple[age_bands.Band, ...] = tuple(sorted(set(own.values())))
        persons = None
    else:
        every = age_bands.all_ages(own.values())
        persons = age_bands.persons_by_age(every, people.table, [people.place])
        if persons is None and zones:
            persons = _over_zones(every, people.table, zones)
    return _compared(
        "age",
        {b.name: counts[b] for b in every},
        {b.name: persons[b] if persons else None for b in every},
        len(residents),
    )


def _over_zones(
    bands: Sequence[age_bands.Band], table: pl.DataFrame, zones: Sequence[str]
) -> dict[age_bands.Band, float] | None:
    found = [age_bands.persons_by_age(bands, table, [zone]) for zone in zones]
    told = [f for f in found if f is not None]
    if len(told) < len(zones):
        return None
    return {band: sum(f[band] for f in told) for band in bands}


def _compared(
    dimension: Literal["zone", "age"],
    counts: Mapping[str, int],
    persons: Mapping[str, float | None],
    residents: int,
) -> Heard:
    known = sum(counts.values())
    total = sum(n for n in persons.values() if n)
    told = total > 0 and all(n is not None for n in persons.values())
    shares = [(persons[g] or 0.0) / total if told else None for g in counts]
    tested = [s for s in shares if s is not None] if known else []
    ps: list[float | None] = [None] * len(counts)
    if tested:
        from jevn.indices import holm

        each = [
            chance.binomial_p(n, known, s) for n, s in zip(counts.values(), tested, strict=True)
        ]
        ps = [float(p) for p in holm(np.array(each))]
    hidden = _hidden(counts)
    groups = [
        _group(g, counts[g], persons[g], share, known, p)
        for g, share, p in zip(counts, shares, ps, strict=True)
    ]
    shown = [_without_number(g) if g.group in hidden else g for g in groups]
    order = sorted(range(len(shown)), key=lambda i: _order(groups[i]))
    numbers = list(counts.values())
    total_told = not hidden or (len(hidden) > 1 and sum(counts[g] for g in hidden) >= LEAST)
    heard = Heard(
        dimension=dimension,
        residents=residents,
        known=known if total_told else None,
        unknown=residents - known if total_told else None,
        groups=tuple(shown[i] for i in order),
        dissimilarity=round(chance.dissimilarity(numbers, tested), 4) if tested else None,
        dissimilarity_by_chance=(
            round(chance.dissimilarity_by_chance(known, tested), 4) if tested else None
        ),
        p=chance.multinomial_p(numbers, tested) if tested and not hidden else None,
        message=Message("participation.who.none"),
    )
    if hidden:
        # the sum of differences would tell what is hidden when all else is shown
        heard = replace(heard, dissimilarity=None)
    if not total_told:
        groups = [replace(g, expected=None) for g in heard.groups]
        heard = replace(heard, groups=tuple(groups), dissimilarity_by_chance=None)
    return replace(heard, message=_message(heard, known))


def _group(
    group: str, count: int, persons: float | None, share: float | None, known: int, p: float | None
) -> GroupHeard:
    expected = known * share if share is not None else None
    ratio = lower = upper = None
    if expected and share:
        low, high = chance.binomial_limits(count, known)
        ratio, lower, upper = count / expected, low / share, high / share
    standing: Standing = "not_told"
    if p is not None and expected is not None and known >= LEAST_TOLD:
        standing = "no_clear_difference"
        if p < _LEVEL:
            standing = "fewer" if count < expected else "more"
    return GroupHeard(group, count, persons, share, expected, ratio, lower, upper, p, standing)


def _without_number(group: GroupHeard) -> GroupHeard:
    return replace(group, spoken=None, ratio=None, ratio_lower=None, ratio_upper=None, p=None)


def _hidden(counts: Mapping[str, int]) -> set[str]:
    """Groups of 1 to 4, and the next smallest until the sum tells none of them."""
    hidden = {g for g, n in counts.items() if 0 < n < LEAST}
    others = sorted((g for g, n in counts.items() if n >= LEAST), key=lambda g: counts[g])
    while hidden and others and (len(hidden) < 2 or sum(counts[g] for g in hidden) < LEAST):
        hidden.add(others.pop(0))
    return hidden


def _order(group: GroupHeard) -> tuple[bool, float, float]:
    """The silent first, largest population first; then by ratio."""
    silent = group.spoken == 0
    ratio = group.ratio if group.ratio is not None else 0.0
    return (not silent, 0.0 if silent else ratio, -(group.population or 0.0))


def _message(heard: Heard, known: int) -> Message:
    params = {"known": heard.known if heard.known is not None else "–", "of": heard.residents}
    prefix = f"participation.who.{heard.dimension}"
    if not known:
        return Message(f"{prefix}.none", {"of": heard.residents})
    if all(g.population_share is None for g in heard.groups):
        return Message(f"{prefix}.no_population", params)
    if known < LEAST_TOLD:
        return Message(f"{prefix}.few", {**params, "least": LEAST_TOLD})
    fewer = sum(g.standing == "fewer" for g in heard.groups)
    key = "differs" if fewer or any(g.standing == "more" for g in heard.groups) else "alike"
    return Message(f"{prefix}.{key}", {**params, "n": fewer, "silent": len(heard.silent)})


def _channels(
    contributions: Sequence[Contribution], names: Sequence[str], zones: Sequence[str]
) -> tuple[ChannelHeard, ...]:
    own = set(zones)
    found = []
    for name, n in Counter(names).most_common():
        placed = [
            c.place
            for c, named in zip(contributions, names, strict=True)
            if named == name and c.place in own
        ]
        shown = None if 0 < len(placed) < LEAST else len(placed)
        silent = len(own) - len(set(placed))
        found.append(ChannelHeard(name, n, n / len(contributions), shown, silent))
    return tuple(found)


def _attendance(report: WorkshopReport, contributions: Sequence[Contribution]) -> Attendance:
    return Attendance(
        event=report.id,
        title=report.title,
        people=len(report.participants),
        municipalities=_grouped(p.municipality for p in report.participants),
        roles=_grouped(p.role for p in report.participants),
        contributions=sum(c.event == report.id for c in contributions),
    )


def _grouped(names: Iterable[str | None]) -> tuple[tuple[str | None, int], ...]:
    """Numbers by name, most first; names of under five persons together, as ``None``."""
    counts = Counter(names)
    large = [(name, n) for name, n in counts.most_common() if name is not None and n >= LEAST]
    rest = sum(counts.values()) - sum(n for _, n in large)
    return (*large, (None, rest)) if rest else tuple(large)
