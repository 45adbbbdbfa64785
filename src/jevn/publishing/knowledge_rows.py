"""The rows of the knowledge base's tables, taken from the results of the steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jevn.challenges.results import IndicatorStatus
from jevn.publishing.dossier import Dossier
from jevn.terms import Reach

Row = Mapping[str, object]


def _statuses(dossier: Dossier) -> tuple[IndicatorStatus, ...]:
    return dossier.challenges.indicators if dossier.challenges else ()


def status(dossier: Dossier) -> Iterator[Row]:
    """Level, trend, people and certainty of every indicator."""
    for s in _statuses(dossier):
        level, slope = s.level, s.trend.slope_per_year if s.trend else None
        yield {
            "indicator": s.indicator.id,
            "area": s.indicator.area.value,
            "scale": s.indicator.scale.value,
            "period": level.period if level else None,
            "level": level.value if level else None,
            "lower": level.lower if level else None,
            "upper": level.upper if level else None,
            "slope_per_year": slope.value if slope else None,
            "slope_lower": slope.lower if slope else None,
            "slope_upper": slope.upper if slope else None,
            "trend_sign": s.trend.sign.value if s.trend else None,
            "people": s.people_affected,
            "certainty": s.certainty.value,
            "origin": level.origin if level else None,
        }


def comparisons(dossier: Dossier) -> Iterator[Row]:
    """Level against every other place."""
    for s in _statuses(dossier):
        for c in s.comparisons:
            yield {
                "indicator": s.indicator.id,
                "place": c.place,
                "basis": c.basis,
                "here": c.here.value,
                "there": c.there.value,
                "difference": c.difference.value,
                "lower": c.difference.lower,
                "upper": c.difference.upper,
                "sign": c.sign.value,
            }


def gradients(dossier: Dossier) -> Iterator[Row]:
    """Indices of every gradient."""
    for s in _statuses(dossier):
        for g in s.gradients:
            yield {
                "indicator": s.indicator.id,
                "dimension": g.dimension.value,
                "place": g.place,
                "period": g.period,
                "sii": g.sii.value if g.sii else None,
                "sii_lower": g.sii.lower if g.sii else None,
                "sii_upper": g.sii.upper if g.sii else None,
                "rii": g.rii.value if g.rii else None,
                "gap": g.gap.value if g.gap else None,
                "sign": g.sign.value,
                "kind": "estimate" if g.estimated else "observed",
                "excess": g.excess.value if g.excess else None,
                "origin": g.origin,
            }


def groups(dossier: Dossier) -> Iterator[Row]:
    """Figures of the groups behind the gradients."""
    for s in _statuses(dossier):
        for g in s.gradients:
            for group, rank in zip(g.groups, g.ranks, strict=True):
                shown = not group.hidden
                yield {
                    "indicator": s.indicator.id,
                    "dimension": g.dimension.value,
                    "place": g.place,
                    "period": g.period,
                    "group": group.group,
                    "rank": rank,
                    "value": group.value if shown else None,
                    "lower": group.lower if shown else None,
                    "upper": group.upper if shown else None,
                    "flag": None if shown else "hidden",
                    "kind": "estimate" if g.estimated else "observed",
                }


def zones(dossier: Dossier) -> Iterator[Row]:
    """Figures of the zones."""
    for s in _statuses(dossier):
        for zone in s.spread.zones if s.spread else ():
            shown, standing = not zone.hidden, s.spread.standing(zone.place) if s.spread else None
            known = standing if shown else None
            yield {
                "indicator": s.indicator.id,
                "place": zone.place,
                "period": s.spread.period if s.spread else None,
                "value": zone.value if shown else None,
                "lower": zone.lower if shown else None,
                "upper": zone.upper if shown else None,
                "damped": known.value if known else None,
                "damped_lower": known.lower if known else None,
                "damped_upper": known.upper if known else None,
                "rank_lower": known.rank_lower if known else None,
                "rank_upper": known.rank_upper if known else None,
                "sign": zone.sign.value,
                "flag": None if shown else "hidden",
            }


def signs(dossier: Dossier) -> Iterator[Row]:
    """The matrix of areas and signs."""
    for a in dossier.challenges.areas if dossier.challenges else ():
        for s in a.signs:
            yield {
                "area": a.area.value,
                "kind": s.kind,
                "sign": s.sign.value,
                "worse": s.worse,
                "same": s.same,
                "better": s.better,
                "unknown": s.unknown,
            }


def ranking(dossier: Dossier) -> Iterator[Row]:
    """The order of the areas and how sure it is."""
    profile = dossier.challenges
    for a in profile.ranking.areas if profile and profile.ranking else ():
        yield {
            "area": a.area.value,
            "position": a.place,
            "weight": a.weight,
            "share": a.share,
            "lower": a.figures.lower,
            "upper": a.figures.upper,
            "first": a.figures.first,
            "among_three": a.figures.top,
        }


def effort(dossier: Dossier) -> Iterator[Row]:
    """Money by area, against others and against need."""
    points = {p.area: p for p in dossier.need_effort}
    for a in dossier.effort.areas if dossier.effort else ():
        by_reach, point = dict(a.by_reach), points.get(a.area)
        yield {
            "area": a.area.value,
            "year": a.year,
            "net_nok": a.net_nok,
            "gross_nok": a.gross_nok,
            "per_inhabitant_nok": a.per_inhabitant,
            "comparison_per_inhabitant_nok": a.comparison_per_inhabitant,
            **{f"{r.value}_nok": by_reach.get(r, 0.0) for r in Reach},
            "default_share": a.default_share,
            "need": point.need if point else None,
            "effort": point.effort if point else None,
            "corner": point.corner if point else None,
        }


def functions(dossier: Dossier) -> Iterator[Row]:
    """The accounts by function with what is left over."""
    effort = dossier.effort
    for line in effort.reconciliation.lines if effort else ():
        yield {
            "function": line.function,
            "name": line.name,
            "year": effort.reconciliation.year if effort else None,
            "net_nok": line.net_nok,
            "allocated_nok": line.allocated_nok,
            "residual_nok": line.residual_nok,
            "registered_nok": line.registered_nok,
        }


def zone_need(dossier: Dossier) -> Iterator[Row]:
    """Need and effort of every zone."""
    for z in dossier.zone_need:
        yield {
            "place": z.place,
            "name": z.name,
            "worse": z.worse,
            "known": z.known,
            "per_inhabitant_nok": z.per_inhabitant,
            "users_per_1000": z.users_per_1000,
            "corner": z.corner,
        }


def directions(dossier: Dossier) -> Iterator[Row]:
    """Directions of the recommendations."""
    for a in dossier.evidence.areas:
        for n, d in enumerate(a.directions, 1):
            yield {
                "area": a.area.value,
                "number": n,
                "direction": d.text("nb"),
                "direction_nn": d.text("nn"),
                "direction_en": d.text("en"),
                "sources": list(d.sources),
            }


def interventions(dossier: Dossier) -> Iterator[Row]:
    """Types of intervention, and whether they are registered here."""
    effort = dossier.effort
    missing = {m for a in (effort.areas if effort else ()) for m in a.missing_interventions}
    used = {s.intervention for a in (effort.areas if effort else ()) for s in a.services}
    for a in dossier.evidence.areas:
        for i in a.interventions:
            here = "no" if i.id in missing else "yes" if i.id in used else None
            yield {
                "intervention": i.id,
                "area": i.area.value,
                "name": i.name("nb"),
                "name_nn": i.name("nn"),
                "name_en": i.name("en"),
                "reach": i.reach.value,
                "strength": i.strength,
                "equity": i.equity,
                "registered_here": here,
                "sources": list(i.sources),
            }


def sources(dossier: Dossier) -> Iterator[Row]:
    """Sources of directions and interventions."""
    used = dict.fromkeys(
        id
        for a in dossier.evidence.areas
        for id in (
            *a.rationale_sources,
            *(s for d in a.directions for s in d.sources),
            *(s for i in a.interventions for s in i.sources),
        )
    )
    for id in used:
        source = dossier.evidence.source(id)
        if source is not None:
            yield {
                "source": source.id,
                "authors": source.authors,
                "year": source.year,
                "title": source.title,
                "publisher": source.publisher,
                "link": source.url,
            }
