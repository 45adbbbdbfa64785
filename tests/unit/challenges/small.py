"""Small tables for the tests of step 2: rows of figures, and the profile they give."""

from __future__ import annotations

from jevn.challenges import (
    INDICATORS,
    OBSERVATIONS,
    PLACES,
    POPULATION,
    challenge_profile,
    read_indicators,
)
from jevn.tables import table_from_rows

HOME, COUNTRY = "9901", "0"
PLACE_ROWS = [
    {"place": COUNTRY, "name": "Norge", "kind": "country"},
    {"place": HOME, "name": "Elvebyen", "kind": "municipality"},
]


def row(place=HOME, year=2024, cases=None, of=None, indicator="i", **more):
    given = {"indicator": indicator, "place": place, "period_start": year}
    if cases is not None:
        given |= {"value": 100 * cases / of, "numerator": cases, "denominator": of}
    return given | more


def by_age(place, cells, **more):
    """Rows by age and their total: ``{band: (cases, persons)}``."""
    rows = [
        row(place, cases=c, of=n, dimension="age", group=g, **more) for g, (c, n) in cells.items()
    ]
    whole = (sum(c for c, _ in cells.values()), sum(n for _, n in cells.values()))
    return [row(place, cases=whole[0], of=whole[1], **more), *rows]


def zone_rows(zones):
    """Places and figures of zones: ``{id: (cases, persons)}``."""
    places = [
        {"place": z, "name": z.upper(), "kind": "zone", "parent": HOME, "population": n}
        for z, (_, n) in zones.items()
    ]
    return places, [row(z, cases=c, of=n) for z, (c, n) in zones.items()]


def profile(rows, population=(), places=(), indicators=None, several=(), **more):
    defaults = {"area": "arbeid", "name": "Utenfor", "scale": "percent", "polarity": "adverse"}
    listed = [defaults | {"indicator": "i"} | (indicators or {})]
    listed += [defaults | one for one in several]
    return challenge_profile(
        indicators=read_indicators(table_from_rows(INDICATORS, listed)),
        observations=table_from_rows(OBSERVATIONS, rows),
        places=table_from_rows(PLACES, [*PLACE_ROWS, *places]),
        population=table_from_rows(POPULATION, population),
        municipality=HOME,
        comparison=(COUNTRY,),
        **more,
    )


def status(rows, **more):
    return profile(rows, **more).indicator("i")


def gap_keys(found):
    return {m.key.removeprefix("challenges.gap.") for m in found.gaps}
