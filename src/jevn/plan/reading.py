"""Reading ``plan.yaml`` and ``process.yaml`` into elements, placements, links, milestones."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from jevn.plan.elements import (
    ENDS,
    ActionDetails,
    Element,
    ElementKind,
    Link,
    Milestone,
    Placement,
    Plan,
    Relation,
    StatedGap,
    Target,
)
from jevn.tables.yamlfile import YamlDocument, parse
from jevn.terms import EffortArea, InputRefused, Problem, Reach, Ref, SocialDimension


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


class _Plan(_Form):
    id: str
    title: str
    type: Literal["temaplan", "kommunedelplan", "samfunnsdel"] = "temaplan"
    first_year: int
    last_year: int
    purpose: str = ""
    summary: str = ""
    parent: str | None = None


class _Target(_Form):
    indicator: str
    on: Literal["level", "absolute_gap", "relative_gap", "trend"]
    baseline: float | None = None
    target: float
    year: int
    dimension: SocialDimension | None = None


class _Action(_Form):
    owner: str | None = None
    start: dt.date | None = None
    deadline: dt.date | None = None
    next_update: dt.date | None = None
    cost_nok: dict[int, float] = Field(default_factory=dict)
    posts: float | None = None
    reach: Reach | None = None
    target_group: str | None = None
    places: list[str] = Field(default_factory=list)
    function: str | None = None
    change: str | None = None
    crpd: list[str] = Field(default_factory=list)


class _Element(_Form):
    id: str
    kind: ElementKind
    title: str
    text: str = ""
    area: EffortArea | None = None
    action: _Action | None = None
    targets: list[_Target] = Field(default_factory=list)
    indicators: list[str] = Field(default_factory=list)
    sdg: list[str] = Field(default_factory=list)


class _Placement(_Form):
    plan: str
    element: str
    parent: str | None = None
    order: int = 1
    status: Literal["idea", "draft", "proposed", "adopted", "dropped"] = "draft"
    local_text: str | None = None


class _Link(_Form):
    element: str
    relation: Relation
    to: str
    reason: str | None = None


class _Gap(_Form):
    element: str
    relation: Relation
    reason: str = Field(min_length=1)


class _PlanFile(_Form):
    plan: _Plan
    other_plans: list[_Plan] = Field(default_factory=list)
    elements: list[_Element] = Field(default_factory=list)
    placements: list[_Placement] = Field(default_factory=list)
    links: list[_Link] = Field(default_factory=list)
    gaps: list[_Gap] = Field(default_factory=list)


class _Milestone(_Form):
    id: str
    track: Literal["administrative", "political", "participation"]
    title: str
    date: dt.date | None = None
    period: str | None = None
    state: Literal["done", "now", "planned"]
    decision: str | None = None
    link: str | None = None
    how_to_take_part: str | None = None
    until: dt.date | None = None
    closes: str | None = None


class _ProcessFile(_Form):
    milestones: list[_Milestone]


@dataclass(frozen=True, slots=True)
class PlanParts:
    """What ``plan.yaml`` holds."""

    plan: Plan | None = None
    other_plans: tuple[Plan, ...] = ()
    elements: tuple[Element, ...] = ()
    placements: tuple[Placement, ...] = ()
    links: tuple[Link, ...] = ()
    gaps: tuple[StatedGap, ...] = ()


def read_plan(document: YamlDocument) -> PlanParts:
    """Plan, elements, placements, links and stated gaps of ``plan.yaml``.

    Raises:
        InputRefused: every fault with line and field, among them elements that do not
            exist, ids used twice, parents that form a circle, dates out of order,
            references of unknown form.
    """
    form = parse(document, TypeAdapter(_PlanFile))
    problems = _faults(form, document)
    if problems:
        raise InputRefused(problems)
    return PlanParts(
        plan=Plan(**form.plan.model_dump()),
        other_plans=tuple(Plan(**p.model_dump()) for p in form.other_plans),
        elements=tuple(_element(e) for e in form.elements),
        placements=tuple(Placement(**p.model_dump()) for p in form.placements),
        links=tuple(Link(x.element, x.relation, Ref.parse(x.to), x.reason) for x in form.links),
        gaps=tuple(StatedGap(g.element, g.relation, g.reason) for g in form.gaps),
    )


def read_process(document: YamlDocument) -> tuple[Milestone, ...]:
    """Milestones of ``process.yaml``, in the order written.

    Raises:
        InputRefused: every fault with line and field; ids used twice.
    """
    form = parse(document, TypeAdapter(_ProcessFile))
    twice = _twice((m.id for m in form.milestones), "milestones", document)
    if twice:
        raise InputRefused(twice)
    return tuple(
        Milestone(**{**m.model_dump(), "date": _iso(m.date), "until": _iso(m.until)})
        for m in form.milestones
    )


def _element(form: _Element) -> Element:
    details = None
    if form.kind is ElementKind.ACTION:
        action = form.action or _Action()
        details = ActionDetails(
            owner=action.owner,
            start=_iso(action.start),
            deadline=_iso(action.deadline),
            next_update=_iso(action.next_update),
            cost_nok=tuple(sorted(action.cost_nok.items())),
            posts=action.posts,
            reach=action.reach,
            target_group=action.target_group,
            places=tuple(action.places),
            function=action.function,
            change=action.change,
            crpd=tuple(action.crpd),
        )
    return Element(
        id=form.id,
        kind=form.kind,
        title=form.title,
        text=form.text,
        area=form.area,
        action=details,
        targets=tuple(Target(**t.model_dump()) for t in form.targets),
        indicators=tuple(form.indicators),
        sdg=tuple(form.sdg),
    )


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _twice(ids: Any, list_name: str, document: YamlDocument) -> list[Problem]:
    every = list(ids)
    found = [ident for ident, n in Counter(every).items() if n > 1]
    return [
        Problem(
            "plan_id_twice",
            document.file,
            document.line((list_name, len(every) - 1 - every[::-1].index(ident))),
            f"{list_name}.id",
            {"id": ident},
        )
        for ident in found
    ]


def _faults(form: _PlanFile, document: YamlDocument) -> list[Problem]:
    """Faults that types alone cannot show."""
    return [
        *_twice((e.id for e in form.elements), "elements", document),
        *_element_faults(form, document),
        *_unknown_ends(form, document),
        *_circles(form, document),
        *_plans_above(form, document),
    ]


def _element_faults(form: _PlanFile, document: YamlDocument) -> Iterator[Problem]:
    """Years, dates, action details on other kinds, elements that stand in no plan."""
    file, line = document.file, document.line
    if form.plan.last_year < form.plan.first_year:
        yield Problem("plan_years", file, line(("plan", "last_year")), "plan.last_year")
    placed = {p.element for p in form.placements}
    adopted = {p.element for p in form.placements if p.status == "adopted"}
    for i, element in enumerate(form.elements):
        details, row = element.action, line(("elements", i))
        if details is not None and element.kind is not ElementKind.ACTION:
            yield Problem("plan_not_action", file, row, params={"id": element.id})
        start, deadline = (details.start, details.deadline) if details else (None, None)
        if start and deadline and deadline < start:
            yield Problem(
                "plan_dates",
                file,
                line(("elements", i, "action", "deadline")),
                "deadline",
                {"id": element.id, "start": start.isoformat(), "deadline": deadline.isoformat()},
            )
        if (
            element.id in adopted
            and element.kind is ElementKind.ACTION
            and not (details and details.owner)
        ):
            yield Problem("plan_adopted_owner", file, row, "owner", {"id": element.id})
        if element.id not in placed:
            yield Problem("plan_unplaced", file, row, params={"id": element.id})


def _unknown_ends(form: _PlanFile, document: YamlDocument) -> Iterator[Problem]:
    """Placements, links and gaps that name what does not exist, or what cannot stand there."""
    file, line = document.file, document.line
    elements = {e.id for e in form.elements}
    plans = {form.plan.id, *(p.id for p in form.other_plans)}
    for name in ("placements", "links", "gaps"):
        for i, row in enumerate(getattr(form, name)):
            for field in ("element", "parent"):
                ident = getattr(row, field, None)
                if ident is not None and ident not in elements:
                    at = line((name, i, field))
                    yield Problem("plan_no_element", file, at, field, {"id": ident})
    for i, placement in enumerate(form.placements):
        if placement.plan not in plans:
            at = line(("placements", i, "plan"))
            yield Problem("plan_no_plan", file, at, "plan", {"id": placement.plan})
    for i, link in enumerate(form.links):
        at = line(("links", i, "to"))
        try:
            ref = Ref.parse(link.to)
        except ValueError:
            yield Problem("plan_ref", file, at, "to", {"given": link.to})
            continue
        if ref.kind not in ENDS[link.relation]:
            kinds = ", ".join(f"{kind.value}:<id>" for kind in ENDS[link.relation])
            given = {"given": link.to, "relation": link.relation.value, "kinds": kinds}
            yield Problem("plan_ref_kind", file, at, "to", given)


def _circles(form: _PlanFile, document: YamlDocument) -> list[Problem]:
    problems = []
    parents = {(p.plan, p.element): p.parent for p in form.placements}
    for i, placement in enumerate(form.placements):
        at, seen = placement.parent, {placement.element}
        while at is not None and at not in seen:
            seen.add(at)
            at = parents.get((placement.plan, at))
        if at is not None and at == placement.element:
            problems.append(
                Problem(
                    "plan_circle",
                    document.file,
                    document.line(("placements", i)),
                    "parent",
                    {"id": placement.element},
                )
            )
    return problems


def _plans_above(form: _PlanFile, document: YamlDocument) -> Iterator[Problem]:
    """Plans under a plan that there is not, or under themselves."""
    file, row = document.file, document.line(("plan",))
    above = {p.id: p.parent for p in (form.plan, *form.other_plans)}
    for ident, parent in above.items():
        if parent is not None and parent not in above:
            yield Problem("plan_no_plan", file, row, "parent", {"id": parent})
        seen, at = {ident}, parent
        while at is not None and at not in seen:
            seen.add(at)
            at = above.get(at)
        if at == ident:
            yield Problem("plan_circle", file, row, "parent", {"id": ident})
