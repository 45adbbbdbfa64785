"""The zones of the municipality: need beside effort, and the map of what differs most."""

from __future__ import annotations

from collections.abc import Iterator

from jevn.challenges.results import ChallengeProfile, IndicatorStatus, PlaceSpread, Sign
from jevn.publishing.charts.ranking import span_text
from jevn.publishing.charts.zonemap import zone_map
from jevn.publishing.charts.zones import shown_zones, zone_chart
from jevn.publishing.documents.common import Desk, lead, picture
from jevn.publishing.documents.model import Block, Heading, paragraph, table
from jevn.publishing.words import interval_text, local, value_text

_MOST = 3
"""Indicators shown with a table of zones."""


def zone_blocks(desk: Desk) -> Iterator[Block]:
    """The chapter on zones; nothing where no zone has figures."""
    profile, say = desk.dossier.challenges, desk.say
    uneven = _uneven(profile) if profile else []
    if not uneven and not desk.dossier.zone_need:
        return
    yield Heading(1, say("document.zones"), "zones")
    yield lead(say("document.zones.lead"))
    yield from _need_effort(desk)
    for n, status in enumerate(uneven):
        yield Heading(2, local(status.indicator.name, say))
        if n == 0:
            yield from picture(zone_map(desk.studio, status, desk.dossier.zones_geojson))
        if status.spread is not None and n == 0:
            yield from picture(zone_chart(desk.studio, status))
        yield from _table(desk, status)


def _uneven(profile: ChallengeProfile) -> list[IndicatorStatus]:
    """The indicators with most zones surely worse off, relative to the zones with figures."""
    found = [s for s in profile.indicators if s.spread and s.spread.worse and len(s.spread.zones)]

    def part(status: IndicatorStatus) -> float:
        assert status.spread is not None
        return -status.spread.worse / len(status.spread.zones)

    return sorted(found, key=part)[:_MOST]


def _need_effort(desk: Desk) -> Iterator[Block]:
    say, zones = desk.say, desk.dossier.zone_need
    if not zones:
        return
    yield table(
        say("document.zones.caption"),
        [
            say("document.zones.zone"),
            say("document.zones.worse"),
            say("document.zones.effort"),
            say("document.zones.users"),
            say("document.summary.corner"),
        ],
        [
            [
                z.name,
                say("document.of", part=z.worse, whole=z.known) if z.known else "–",
                say.nok(round(z.per_inhabitant)) if z.per_inhabitant is not None else "–",
                say.number(z.users_per_1000, 0) if z.users_per_1000 is not None else "–",
                say(f"publishing.need.corner.{z.corner}"),
            ]
            for z in sorted(zones, key=lambda z: -(z.need or 0.0))
        ],
        widths=[1.6, 1.5, 1.3, 1.2, 1.9],
        numeric=range(1, 4),
    )
    yield paragraph(say("document.zones.note"), "small")


def _table(desk: Desk, status: IndicatorStatus) -> Iterator[Block]:
    say, spread, scale = desk.say, status.spread, status.indicator.scale
    if spread is None:
        return
    rows = []
    for zone in shown_zones(spread):
        limits = interval_text(zone.lower, zone.upper, scale, say)
        rows.append(
            [
                zone.name,
                value_text(zone.value, scale, say) + (f" ({limits})" if limits else ""),
                *_standing(desk, spread, zone.place, status),
                say(f"publishing.signs.level.{zone.sign.value}")
                if zone.sign is not Sign.SAME
                else say("document.zones.not_apart"),
            ]
        )
    if rows:
        yield table(
            f"{local(status.indicator.name, say)}, {spread.period}",
            [
                say("document.zones.zone"),
                say("document.zones.value"),
                say("document.zones.damped"),
                say("document.zones.rank"),
                say("document.zones.against"),
            ],
            rows,
            widths=[1.5, 1.9, 1.2, 1.1, 1.6],
            numeric=[1, 2, 3],
        )


def _standing(
    desk: Desk, spread: PlaceSpread, place: str, status: IndicatorStatus
) -> tuple[str, str]:
    standing = spread.standing(place)
    if standing is None:
        return "–", "–"
    value = value_text(standing.value, status.indicator.scale, desk.say)
    return value, span_text(desk.studio, standing.rank_lower, standing.rank_upper)
