"""The plan as readable text: each action with owner, money, date and its red thread."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.plan.elements import Element, ElementKind, Target
from jevn.plan.results import Branch, PlanProposal
from jevn.plan.versions import anchored, paragraphs_of
from jevn.publishing.charts import money_chart
from jevn.publishing.links import slug
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Block, Fact, Head, Item, Tag, ThreadView
from jevn.publishing.pages.threads import thread_view
from jevn.publishing.words import (
    difference_text,
    local,
    lower_first,
    money,
    money_over_years,
    value_text,
)

_STATUS = {
    "adopted": "success",
    "proposed": "info",
    "draft": "neutral",
    "idea": "neutral",
    "dropped": "danger",
}


@dataclass(frozen=True, slots=True)
class ElementView:
    """A goal, strategy or action with its children."""

    anchor: str
    level: int
    kind: str
    is_action: bool
    title: str
    paragraphs: tuple[tuple[str, str], ...]
    status: Tag
    area: Item | None
    facts: tuple[Fact, ...]
    targets: tuple[Item, ...]
    thread: ThreadView | None
    children: tuple[ElementView, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The plan."""

    head: Head
    begun: bool
    title: str
    type: str
    years: str
    status: Tag
    version: str
    purpose: str
    summary: str
    contents: tuple[Item, ...]
    elements: tuple[ElementView, ...]
    cost: Block | None
    shared: tuple[Item, ...]
    missing: tuple[str, ...]
    mandate: str
    above: tuple[str, ...] = ()
    parent: str = ""


def plan_page(desk: Desk) -> PlanPage:
    """The page of the plan."""
    say, proposal = desk.say, desk.dossier.proposal
    if proposal is None:
        title = say("publishing.nav.plan")
        head = desk.head("plan", title, say("publishing.not_begun.plan"))
        return PlanPage(head, False, title, "", "", Tag(""), "", "", "", (), (), None, (), (), "")
    plan = proposal.plan
    elements = {e.id: e for e in proposal.elements()}
    return PlanPage(
        desk.head("plan", plan.title, plan.summary),
        True,
        plan.title,
        say(f"publishing.plan_type.{plan.type}"),
        f"{plan.first_year}–{plan.last_year}",
        Tag(
            say(f"publishing.version.{proposal.status}"),
            "success" if proposal.status == "adopted" else "info",
        ),
        proposal.version,
        plan.purpose,
        plan.summary,
        tuple(Item(b.element.title, f"#e-{slug(b.element.id)}") for b in proposal.tree),
        tuple(_view(desk, proposal, b, 2) for b in proposal.tree),
        _cost(desk, proposal),
        tuple(
            Item(
                elements[id].title,
                f"#e-{slug(id)}",
                "; ".join(proposal.other_plan(p) for p in plans),
            )
            for id, plans in proposal.shared_with
            if id in elements
        ),
        tuple(desk.words(m) for m in proposal.missing),
        proposal.mandate,
        tuple(e.title for e in proposal.above),
        proposal.other_plan(plan.parent) if plan.parent else "",
    )


def _paragraphs(desk: Desk, element: Element, local: str | None) -> tuple[tuple[str, str], ...]:
    """Anchor and text of each paragraph; the anchors are those of the versions."""
    present = desk.dossier.present
    frozen = present.element(element.id) if present else None
    kept = frozen.paragraphs if frozen else anchored(element.id, paragraphs_of(element, local), ())
    return tuple((f"a-{slug(p.anchor)}", p.text) for p in kept)


def _cost(desk: Desk, proposal: PlanProposal) -> Block | None:
    say = desk.say
    total = sum(nok for _, nok in proposal.cost_nok)
    chart = money_chart(
        desk.studio,
        "plan-money",
        proposal.cost_nok,
        title=say("publishing.plan.cost.title", total=money(total, say)),
        subtitle=say("publishing.plan.cost.subtitle"),
        source=say("publishing.plan.cost.source"),
    )
    return desk.block(chart)


def _view(desk: Desk, proposal: PlanProposal, branch: Branch, level: int) -> ElementView:
    say, element, placement = desk.say, branch.element, branch.placement
    area = element.area
    return ElementView(
        f"e-{slug(element.id)}",
        level,
        say(f"element.{element.kind.value}"),
        element.kind is ElementKind.ACTION,
        element.title,
        _paragraphs(desk, element, placement.local_text),
        Tag(say(f"publishing.placement.{placement.status}"), _STATUS[placement.status]),
        Item(desk.area(area), desk.links.url("area", area.value)) if area else None,
        _facts(desk, element),
        tuple(target_item(desk, t) for t in element.targets),
        thread_view(desk, proposal, element),
        tuple(_view(desk, proposal, b, min(level + 1, 5)) for b in branch.children),
    )


def _facts(desk: Desk, element: Element) -> tuple[Fact, ...]:
    say, a = desk.say, element.action
    if a is None:
        return ()
    none = say("publishing.none")
    costs = money_over_years(a.cost_nok, say)
    facts = [
        Fact(say("publishing.action.owner"), a.owner or none),
        Fact(say("publishing.action.deadline"), desk.date(a.deadline) if a.deadline else none),
        Fact(say("publishing.action.cost"), costs or none),
    ]
    if a.posts:
        facts.append(Fact(say("publishing.table.posts"), say.number(a.posts, 1)))
    if a.reach:
        facts.append(Fact(say("publishing.table.reach"), say(f"reach.{a.reach.value}")))
    if a.target_group:
        facts.append(Fact(say("publishing.change.target_group"), a.target_group))
    if a.places:
        places = ", ".join(desk.dossier.place_name(p) for p in a.places)
        facts.append(Fact(say("publishing.change.places"), places))
    if a.next_update:
        facts.append(Fact(say("publishing.action.next_update"), desk.date(a.next_update)))
    return tuple(facts)


def target_item(desk: Desk, target: Target) -> Item:
    """A target in words, with a link to the indicator."""
    say, profile = desk.say, desk.dossier.challenges
    status = profile.indicator(target.indicator) if profile else None
    name = local(status.indicator.name, say) if status else target.indicator
    if target.on != "level":
        name = lower_first(name)  # inside the sentence

    def shown(value: float | None) -> str:
        if value is None:
            return "–"
        if status is None or target.on in ("relative_gap", "trend"):
            return say.number(value, 2 if target.on == "relative_gap" else 1)
        if target.on == "absolute_gap":
            return difference_text(value, status.indicator.scale, say).removeprefix("+")
        return value_text(value, status.indicator.scale, say)

    dimension = lower_first(say(f"dimension.{target.dimension.value}")) if target.dimension else "–"
    text = say(
        f"publishing.target.{target.on}",
        name=name,
        baseline=shown(target.baseline),
        target=shown(target.target),
        year=str(target.year),
        dimension=dimension,
    )
    return Item(text, desk.links.url("indicator", target.indicator) if status else None)
