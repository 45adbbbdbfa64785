"""Step 2 as a whole: the challenge profile of a municipality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from jevn.challenges.ages import AgedPersons
from jevn.challenges.certainty import area_gaps
from jevn.challenges.choices import Choices
from jevn.challenges.headlines import headline
from jevn.challenges.inhabitants import population_picture
from jevn.challenges.matrix import BURNING, sign_cells
from jevn.challenges.overview_results import ProfessionalJudgement
from jevn.challenges.ranking import rank_areas
from jevn.challenges.results import (
    AreaStatus,
    ChallengeProfile,
    Indicator,
    IndicatorStatus,
    Sign,
)
from jevn.challenges.schemas import GROUP_DIMENSIONS
from jevn.challenges.selection import by_indicator
from jevn.challenges.shrinking import shrunken
from jevn.challenges.standings import with_standings
from jevn.challenges.status import Looked, Setting, look
from jevn.challenges.themes import theme_coverage
from jevn.terms import AREAS, EffortArea, Message


def challenge_profile(  # noqa: PLR0913 (each is one table or file of the plan folder)
    *,
    indicators: Sequence[Indicator],
    observations: pl.DataFrame,
    places: pl.DataFrame,
    population: pl.DataFrame,
    municipality: str,
    comparison: Sequence[str],
    area_judgements: Sequence[tuple[str, str]] = (),
    hidden_cells: int = 0,
    choices: Choices | None = None,
) -> ChallengeProfile:
    """Where it burns here, area by area.

    Args:
        indicators: the indicators in use.
        observations: figures, already protected (:func:`jevn.tables.protect`).
        places: the municipality, its zones and the places to compare with.
        population: persons by place, year and social group.
        municipality: id of the municipality.
        comparison: ids of the places to compare with; the first gives the level's sign.
        area_judgements: professional judgement as (area id, text), if not in ``choices``.
        hidden_cells: number of cells that protection has hidden.
        choices: settings, importance, judgements, neighbours of zones; defaults if none.

    Returns:
        All eleven areas, also those without figures. They stand in the order of the rule of
        :func:`jevn.challenges.ranking.rank_areas`: the sum of the importance of the kinds of sign
        (level, trend, gradient, spread) that point to worse, then the share of all known signs of
        their indicators that do, then as in the mandate. Nothing is added up to a score.
    """
    chosen = choices or Choices()
    setting = _setting(places, population, municipality, tuple(comparison), chosen)
    rows = by_indicator(observations, setting.places)
    looked = [look(i, rows.get(i.id, []), setting) for i in indicators]
    statuses = _with_standings(looked, setting, chosen)
    written = {about: ProfessionalJudgement(about, text) for about, text in area_judgements}
    written |= {j.about: j for j in chosen.areas}
    by_area = {a: [s for s in statuses if s.indicator.area is a] for a in AREAS}
    areas = [_area(a, by_area[a], written.get(a.value), setting, chosen) for a in AREAS]
    ranking = rank_areas(by_area, chosen.importance, chosen.settings.draws)
    place = {r.area: r.place for r in ranking.areas}
    burning = sum(any(a.sign(k).sign is Sign.WORSE for k in BURNING) for a in areas)
    weighed = ".weighed" if chosen.importance else ""
    return ChallengeProfile(
        municipality=municipality,
        areas=tuple(sorted(areas, key=lambda a: place.get(a.area, len(areas)))),
        indicators=statuses,
        order_reason=Message(f"challenges.order{weighed}", {"n": burning, "areas": len(areas)}),
        hidden_cells=hidden_cells,
        ranking=ranking,
        themes=theme_coverage(
            statuses, chosen.themes, has_population=_divided(population, municipality)
        ),
        inhabitants=population_picture(population, municipality),
    )


def _divided(population: pl.DataFrame, municipality: str) -> bool:
    """Whether the population of the municipality is known by anything but its number."""
    if population.is_empty():
        return False
    parts = pl.any_horizontal(pl.col(d).is_not_null() for d in GROUP_DIMENSIONS)
    return not population.filter((pl.col("place") == municipality) & parts).is_empty()


def _setting(
    places: pl.DataFrame,
    population: pl.DataFrame,
    municipality: str,
    comparison: tuple[str, ...],
    choices: Choices,
) -> Setting:
    rows = list(places.iter_rows(named=True))
    zones = {
        r["place"]: (r["name"], r.get("population"))
        for r in rows
        if r["kind"] == "zone" and r.get("parent") in (None, municipality)
    }
    return Setting(
        municipality=municipality,
        comparison=tuple(p for p in dict.fromkeys(comparison) if p != municipality),
        zones=zones,
        names={r["place"]: r["name"] for r in rows},
        population=population,
        country=next((r["place"] for r in rows if r["kind"] == "country"), None),
        aged=AgedPersons(population),
        choices=choices.settings,
        year=choices.year,
        former=tuple(
            r["place"] for r in rows if r["kind"] == "former" and r.get("parent") == municipality
        ),
    )


def _with_standings(
    looked: Sequence[Looked], setting: Setting, choices: Choices
) -> tuple[IndicatorStatus, ...]:
    """The statuses with shrunken values and ranks of the zones, all indicators at once."""
    every = [one.zones for one in looked if one.zones is not None]
    found = shrunken(every, list(setting.zones), choices.neighbours, choices.settings.draws)
    statuses = []
    for one in looked:
        status = one.status
        own = found.get(status.indicator.id)
        if own is not None and status.spread is not None and one.people is not None:
            between = with_standings(
                status.spread, own, status.indicator, one.people, one.references
            )
            status = replace(status, spread=between)
        statuses.append(status)
    return tuple(statuses)


def _area(
    area: EffortArea,
    own: Sequence[IndicatorStatus],
    judgement: ProfessionalJudgement | None,
    setting: Setting,
    choices: Choices,
) -> AreaStatus:
    return AreaStatus(
        area=area,
        headline=headline(area, own),
        signs=sign_cells(own, choices.importance),
        indicators=tuple(s.indicator.id for s in own),
        judgement="\n\n".join(judgement.paragraphs) if judgement else None,
        professional=judgement,
        gaps=area_gaps(own, has_zones=bool(setting.zones)),
    )
