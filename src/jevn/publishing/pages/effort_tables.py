"""Tables of the effort profile: areas, zones, functions and services."""

from __future__ import annotations

from jevn.effort.results import AreaEffort, EffortProfile, FunctionLine, Service, ZonePoint
from jevn.publishing.links import slug
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Cell, Heading, Row, Table, Tag
from jevn.publishing.words import money
from jevn.terms import EffortArea

_MOST_AREAS = 3
_CORNER = {
    "high_need_low_effort": ("warning", "▲"),
    "high_need_high_effort": ("info", "="),
    "low_need_low_effort": ("neutral", ""),
    "low_need_high_effort": ("neutral", ""),
    "unknown": ("neutral", "?"),
}


def area_table(desk: Desk, effort: EffortProfile) -> Table:
    """Money per area, per inhabitant and against the comparison."""
    say = desk.say
    keys = ("area", "net_nok", "per_inhabitant", "comparison", "ratio", "reach", "default_share")
    return Table(
        say("publishing.effort.areas"),
        tuple(Heading(say(f"publishing.table.{k}"), k not in ("area", "reach")) for k in keys),
        tuple(_area_row(desk, a) for a in effort.areas),
        sortable=True,
    )


def _area_row(desk: Desk, a: AreaEffort) -> Row:
    say = desk.say
    here, there = a.per_inhabitant, a.comparison_per_inhabitant
    ratio = here / there if here is not None and there else None
    return Row(
        (
            Cell(
                desk.area(a.area),
                desk.links.url("area", a.area.value),
                detail=" ".join(desk.words(n) for n in a.notes),
            ),
            Cell(money(a.net_nok, say), sort=a.net_nok),
            Cell(say.nok(round(here)) if here is not None else "–", sort=here),
            Cell(say.nok(round(there)) if there is not None else "–", sort=there),
            Cell(say.percent(ratio), sort=ratio),
            Cell(_reach(desk, a)),
            Cell(say.percent(a.default_share), sort=a.default_share),
        )
    )


def _reach(desk: Desk, a: AreaEffort) -> str:
    """Parts of the money by reach in words, largest first."""
    say, total = desk.say, sum(max(0.0, n) for _, n in a.by_reach)
    parts = sorted(((n / total, r) for r, n in a.by_reach if n > 0 and total > 0), reverse=True)
    return (
        ", ".join(
            f"{say(f'reach.{reach.value}.short').lower()} {say.percent(part)}"
            for part, reach in parts
            if part >= 0.005
        )
        or "–"
    )


def zone_table(desk: Desk) -> Table | None:
    """Need and effort of each zone; ``None`` without zones."""
    say, points = desk.say, desk.dossier.zone_need
    if not points:
        return None
    columns = ("worse", "areas", "per_inhabitant", "users", "corner")
    return Table(
        say("publishing.effort.zones"),
        (
            Heading(say("publishing.table.zone")),
            *(
                Heading(
                    say(f"publishing.effort.zones.column.{k}"),
                    k in ("worse", "per_inhabitant", "users"),
                )
                for k in columns
            ),
        ),
        tuple(_zone_row(desk, p) for p in points),
        sortable=True,
    )


def _zone_row(desk: Desk, p: ZonePoint) -> Row:
    say = desk.say
    worst = sorted((a for a in p.areas if a[1]), key=lambda a: -a[1])[:_MOST_AREAS]
    nok, users = p.per_inhabitant, p.users_per_1000
    colour, symbol = _CORNER[p.corner]
    worse = say("publishing.effort.zones.of", worse=p.worse, known=p.known) if p.known else "–"
    return Row(
        (
            Cell(p.name),
            Cell(worse, sort=p.need),
            Cell(", ".join(f"{desk.area(a)} ({n})" for a, n, _, _ in worst) or "–"),
            Cell(say.nok(round(nok)) if nok is not None else "–", sort=nok),
            Cell(say.number(round(users), 0) if users is not None else "–", sort=users),
            Cell("", tag=Tag(say(f"publishing.need.corner.{p.corner}"), colour, symbol)),
        ),
        anchor=f"z-{slug(p.place)}",
    )


def function_table(desk: Desk, lines: tuple[FunctionLine, ...]) -> Table:
    """Accounts reconciled, function by function."""
    say = desk.say
    keys = ("function", "net_nok", "allocated", "residual", "allocated_to")
    return Table(
        say("publishing.effort.functions"),
        tuple(
            Heading(say(f"publishing.table.{k}"), k in ("net_nok", "allocated", "residual"))
            for k in keys
        ),
        tuple(_function_row(desk, x) for x in lines),
    )


def _function_row(desk: Desk, x: FunctionLine) -> Row:
    say = desk.say
    by_area: dict[EffortArea, float] = {}
    for area, share, _, _ in x.shares:
        by_area[area] = by_area.get(area, 0.0) + share
    shares = ", ".join(f"{desk.area(a)} {_percent(desk, part)}" for a, part in by_area.items())
    bases = {basis for _, _, _, basis in x.shares}
    basis = ", ".join(
        say(f"publishing.share.{b}") for b in ("counted", "estimated", "default") if b in bases
    )
    outside = say("publishing.effort.outside") if x.outside else ""
    return Row(
        (
            Cell(f"{x.function} {x.name}"),
            Cell(money(x.net_nok, say), sort=x.net_nok),
            Cell(money(x.allocated_nok, say), sort=x.allocated_nok),
            Cell(money(x.residual_nok, say), sort=x.residual_nok),
            Cell(shares or outside or "–", detail=basis),
        ),
        anchor=f"f-{slug(x.function)}",
    )


def _percent(desk: Desk, part: float) -> str:
    """A share in whole per cent, with a decimal where it has one."""
    whole = abs(100 * part - round(100 * part)) < 0.05
    return desk.say.percent(part, 0 if whole else 1)


def service_table(desk: Desk, effort: EffortProfile) -> Table | None:
    """The register: for whom, with how much, how sure; ``None`` if nothing is registered."""
    say = desk.say
    rows: dict[str, Row] = {}
    for area in effort.areas:
        for service in area.services:
            rows.setdefault(service.id, _service_row(desk, service))
    if not rows:
        return None
    keys = ("service", "area", "reach", "net_nok", "posts", "users", "evidence")
    return Table(
        say("publishing.effort.services"),
        tuple(
            Heading(say(f"publishing.table.{k}"), k in ("net_nok", "posts", "users")) for k in keys
        ),
        tuple(rows.values()),
        sortable=True,
    )


def _service_row(desk: Desk, s: Service) -> Row:
    say = desk.say
    entry = desk.dossier.evidence.intervention(s.intervention) if s.intervention else None
    link = desk.intervention(entry) if entry else None
    share = ""
    if s.function_share is not None:
        part = say.percent(s.function_share, 1 if s.function_share < 0.1 else 0)
        share = say("publishing.effort.share.text", part_share=part, function=s.function)
    return Row(
        (
            Cell(s.name, detail=" · ".join(_whom(desk, s))),
            Cell(desk.area(s.area), desk.links.url("area", s.area.value), detail=s.unit or ""),
            Cell(say(f"reach.{s.reach.value}.short")),
            Cell(money(s.net_nok, say), sort=s.net_nok, detail=share),
            Cell(say.number(s.fte, 1) if s.fte is not None else "–", sort=s.fte),
            Cell(
                say.number(s.users, 0) if s.users is not None else "–",
                sort=s.users,
                detail=say(f"publishing.effort.certainty.{s.certainty}"),
            ),
            Cell(link.text, link.url, link.tags[0])
            if link
            else Cell(say("publishing.effort.no_link")),
        ),
        anchor=f"t-{slug(s.id)}",
    )


def _whom(desk: Desk, s: Service) -> tuple[str, ...]:
    """Target group, ages, situation and places in words; nothing said twice."""
    words = [s.target_group] if s.target_group else []
    if s.ages is not None:
        first, last = s.ages
        key = "publishing.effort.ages" + (".from" if last >= 120 else "")
        ages = desk.say(key, first=str(first), last=str(last))
        if not any(ages in w for w in words):
            words.append(ages)
    if s.situation and not any(s.situation.lower() in w.lower() for w in words):
        words.append(s.situation)
    if s.places:
        words.append(", ".join(desk.dossier.place_name(p) for p in s.places))
    return tuple(words)
