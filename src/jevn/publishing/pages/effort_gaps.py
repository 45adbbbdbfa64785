"""Gaps of the effort profile as groups of lines, each with a link to what it is about."""

from __future__ import annotations

from itertools import groupby

from jevn.effort.results import EffortGap
from jevn.publishing.links import slug
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Group, Item
from jevn.publishing.words import local, money


def gap_groups(desk: Desk) -> tuple[Group, ...]:
    """Gaps by kind, in the order of the result; interventions by area within one line each."""
    groups = []
    for kind, gaps in groupby(desk.dossier.effort_gaps, key=lambda g: g.kind):
        items = tuple(_item(desk, gap) for gap in gaps)
        groups.append(Group(desk.say(f"publishing.effort.gap.{kind}"), items))
    return tuple(groups)


def _item(desk: Desk, gap: EffortGap) -> Item:
    area = desk.area(gap.area) if gap.area else ""
    if gap.kind == "evidence":
        entry = desk.dossier.evidence.intervention(gap.ref)
        if entry is not None:
            line = desk.intervention(entry)
            return Item(line.text, line.url, detail=area, tags=line.tags)
    if gap.kind in ("area", "zone"):
        url = desk.links.url("area", gap.ref) if gap.kind == "area" else None
        return Item(desk.words(gap.message), url)
    cost = money(gap.nok, desk.say) if gap.nok is not None else ""
    detail = " · ".join(t for t in (area, cost) if t)
    return Item(local(gap.title, desk.say), f"#t-{slug(gap.ref)}", detail=detail)
