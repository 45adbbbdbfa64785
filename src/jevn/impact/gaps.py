"""Gaps of the effort of today: what to talk about before changing anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jevn.effort.results import EffortGap, EffortProfile, NeedEffortPoint, ZonePoint
from jevn.evidence.entries import EvidenceCatalogue
from jevn.terms import LocalText, Message


def effort_gaps(
    effort: EffortProfile,
    catalogue: EvidenceCatalogue,
    areas: Sequence[NeedEffortPoint] = (),
    zones: Sequence[ZonePoint] = (),
) -> tuple[EffortGap, ...]:
    """Everything in the profile that calls for a word, the most pressing kind first.

    A gap is a question, not a verdict: an intervention may be run under another name, and a
    zone may get what it needs from services for all.

    Args:
        effort: the effort profile.
        catalogue: the evidence catalogue, for names and strength.
        areas: need against effort by area.
        zones: need against effort by zone.

    Returns:
        Areas and zones with high need and low effort; interventions of strength A or B not
        run; money on actions tested without effect; actions without link. In this order.
    """
    return (
        *_areas(areas),
        *_zones(zones),
        *_not_run(effort, catalogue),
        *_without_effect(effort),
        *_no_link(effort),
    )


def _areas(points: Sequence[NeedEffortPoint]) -> Iterator[EffortGap]:
    for point in points:
        if point.corner == "high_need_low_effort":
            yield EffortGap("area", point.area.value, None, point.area, None, point.message)


def _zones(points: Sequence[ZonePoint]) -> Iterator[EffortGap]:
    for point in points:
        if point.corner == "high_need_low_effort":
            title = LocalText(point.name)
            yield EffortGap("zone", point.place, title, None, None, point.message)


def _not_run(effort: EffortProfile, catalogue: EvidenceCatalogue) -> Iterator[EffortGap]:
    for area in effort.areas:
        entries = [(i, catalogue.intervention(i)) for i in area.missing_interventions]
        known = [(i, e) for i, e in entries if e is not None]
        for id, entry in sorted(known, key=lambda k: k[1].strength):
            params = {"strength": entry.strength, "area_key": f"area.{area.area.value}.short"}
            message = Message("impact.gap.evidence", params)
            yield EffortGap("evidence", id, entry.name, area.area, None, message)


def _without_effect(effort: EffortProfile) -> Iterator[EffortGap]:
    for area in effort.areas:
        for service in area.services:
            if service.strength == "E":
                message = Message("impact.gap.without_effect", {"cost_nok": service.net_nok})
                title = LocalText(service.name)
                yield EffortGap(
                    "without_effect", service.id, title, area.area, service.net_nok, message
                )


def _no_link(effort: EffortProfile) -> Iterator[EffortGap]:
    for area in effort.areas:
        for service in area.services:
            if service.kind == "action" and service.intervention is None:
                message = Message("impact.gap.no_link", {"cost_nok": service.net_nok})
                title = LocalText(service.name)
                yield EffortGap("no_link", service.id, title, area.area, service.net_nok, message)
