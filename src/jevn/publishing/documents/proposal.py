"""The plan proposal (*planforslag*): goals, strategies and actions, each with its red thread."""

from __future__ import annotations

from collections.abc import Iterator

from jevn.plan.elements import Element, ElementKind, Relation, Target
from jevn.plan.results import Branch, PlanProposal, Thread
from jevn.prioritisation.results import Package
from jevn.publishing.charts.support import support_chart
from jevn.publishing.charts.years import money_chart
from jevn.publishing.documents.assessed import alternatives_blocks
from jevn.publishing.documents.common import (
    Desk,
    findings,
    lead,
    need_effort_picture,
    not_begun,
    origin_list,
    picture,
    signs_table,
    source_list,
    voices_blocks,
)
from jevn.publishing.documents.computed import computed_blocks
from jevn.publishing.documents.covers import document_of
from jevn.publishing.documents.model import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Note,
    Run,
    bullets,
    markdown,
    paragraph,
    table,
    text,
)
from jevn.publishing.dossier import Dossier
from jevn.publishing.words import iso_date, money, value_text
from jevn.terms import RefKind


def plan_document(dossier: Dossier) -> Document:
    """The plan proposal of a dossier, in the municipality's language."""
    desk = Desk.of(dossier)
    return document_of(
        desk,
        "plan",
        dossier.cover.plan_title or desk.say("document.plan.title"),
        _blocks(desk),
        subtitle=desk.say("document.plan.subtitle"),
    )


def _blocks(desk: Desk) -> Iterator[Block]:
    say, proposal = desk.say, desk.dossier.proposal
    yield Heading(1, say("document.short"), "short")
    if proposal is None:
        yield from not_begun(desk, "plan")
    else:
        yield lead(proposal.plan.summary or proposal.plan.purpose)
        if proposal.above and proposal.plan.parent:
            parent = proposal.other_plan(proposal.plan.parent)
            yield paragraph(say("publishing.plan.above", plan=parent))
            yield bullets(e.title for e in proposal.above)
        yield from _sums(desk, proposal)
        yield from _overview(desk, proposal)
        yield Heading(1, say("document.plan.goals"), "goals")
        yield lead(say("document.plan.goals.lead"))
        for branch in proposal.tree:
            yield from _branch(desk, proposal, branch, 2)
        yield from _money(desk, proposal)
        yield from _timeline(desk, proposal)
    yield from _basis(desk)
    yield from _packages(desk)
    yield from alternatives_blocks(desk)
    if proposal is not None:
        if proposal.mandate.strip():
            yield Heading(1, say("document.mandate"), "mandate")
            yield from markdown(proposal.mandate, 2)
        yield from _sources(desk, proposal)


def _basis(desk: Desk) -> Iterator[Block]:
    say, dossier = desk.say, desk.dossier
    yield Heading(1, say("document.basis"), "basis")
    yield lead(say("document.basis.lead"))
    yield Heading(2, say("document.burns"))
    yield from signs_table(desk)
    yield from findings(desk)
    if dossier.effort:
        yield Heading(2, say("document.effort"))
        yield from need_effort_picture(desk, dossier.effort)
    yield Heading(2, say("document.voices"))
    yield from voices_blocks(desk)


def _sums(desk: Desk, proposal: PlanProposal) -> Iterator[Block]:
    say = desk.say
    kinds = [e.kind for e in proposal.elements()]
    yield paragraph(
        say(
            "document.plan.sums",
            goals=kinds.count(ElementKind.GOAL),
            strategies=kinds.count(ElementKind.STRATEGY),
            actions=kinds.count(ElementKind.ACTION),
            first_year=proposal.plan.first_year,
            last_year=proposal.plan.last_year,
        )
    )
    full = max((amount for _, amount in proposal.cost_nok), default=0.0)
    if full:
        yield paragraph(say("document.plan.cost", amount=money(full, say)))
    if proposal.missing:
        yield Note(
            say("document.plan.missing"),
            text(" ".join(say.message(m) for m in proposal.missing)),
        )


def _overview(desk: Desk, proposal: PlanProposal) -> Iterator[Block]:
    """All actions on one page: what, who, when, how much."""
    say = desk.say
    actions = [e for e in proposal.elements() if e.action is not None]
    if not actions:
        return
    yield table(
        say("document.overview"),
        [
            say("element.action"),
            say("document.area"),
            say("document.owner"),
            say("document.start"),
            say("document.full_cost"),
        ],
        [
            [
                f"{e.id} {e.title}",
                desk.area(e.area) if e.area else "–",
                e.action.owner or "–",
                e.action.start[:4] if e.action.start else "–",
                money(max((a for _, a in e.action.cost_nok), default=None, key=abs), say),
            ]
            for e in actions
            if e.action is not None
        ],
        widths=[3.4, 1.3, 2.2, 0.7, 1.2],
        numeric=[4],
    )


def _packages(desk: Desk) -> Iterator[Block]:
    say, chosen = desk.say, desk.dossier.prioritisation
    yield Heading(1, say("document.priorities"), "priorities")
    if chosen is None:
        yield from not_begun(desk, "prioritisation")
        return
    yield lead(say("document.priorities.lead", frame=money(chosen.frame.nok_per_year, say)))
    yield table(
        say("document.packages.caption"),
        [
            say("document.package"),
            say("document.per_year_money"),
            say("document.posts"),
            say("document.changes"),
        ],
        [
            [
                p.title,
                money(p.nok_per_year, say),
                say.number(p.posts, 1),
                say.number(len(p.chosen), 0),
            ]
            for p in chosen.packages
        ],
        widths=[3, 1.3, 1, 1],
        numeric=[1, 2, 3],
    )
    yield from picture(support_chart(desk.studio, chosen))
    package = chosen.package(chosen.proposed) if chosen.proposed else None
    if package is not None:
        yield from _proposed(desk, package, chosen.proposed_reason)
    yield from computed_blocks(desk)


def _proposed(desk: Desk, package: Package, reason: str | None) -> Iterator[Block]:
    say = desk.say
    yield Heading(2, say("document.proposed", package=package.title))
    if reason:
        yield paragraph(reason)
    yield paragraph(say.message(package.message))
    for chosen, key in ((True, "document.in"), (False, "document.out")):
        rows = [c for c in package.choices if c.chosen is chosen]
        if rows:
            yield Heading(3, say(key))
            yield Bullets(
                tuple((Run(f"{c.title}: ", bold=True), Run(say.message(c.reason))) for c in rows)
            )


def _branch(desk: Desk, proposal: PlanProposal, branch: Branch, level: int) -> Iterator[Block]:
    say, element = desk.say, branch.element
    kind = say(f"element.{element.kind.value}")
    yield Heading(min(level, 4), f"{kind} {element.id}: {element.title}", f"e-{element.id}")
    shared = [proposal.other_plan(p) for p in dict(proposal.shared_with).get(element.id, ())]
    if element.text:
        yield paragraph(element.text)
    if branch.placement.local_text:
        yield paragraph(branch.placement.local_text)
    if shared:
        yield paragraph(say("document.shared", plans=", ".join(shared)), "small")
    if element.targets:
        yield bullets(_target(desk, t) for t in element.targets)
    if element.action is not None:
        yield _action(desk, element)
    yield from _thread(desk, proposal.thread(element.id))
    for child in branch.children:
        yield from _branch(desk, proposal, child, level + 1)


def _target(desk: Desk, target: Target) -> str:
    say, profile = desk.say, desk.dossier.challenges
    status = profile.indicator(target.indicator) if profile else None
    scale = status.indicator.scale if status else None

    def shown(value: float | None) -> str:
        return value_text(value, scale, say) if scale else say.number(value, 1)

    return say(
        f"document.target.{target.on}",
        indicator=status.indicator.name(say.lang) if status else target.indicator,
        baseline=shown(target.baseline),
        target=shown(target.target),
        target_year=target.year,
    )


def _action(desk: Desk, element: Element) -> Facts:
    say, details = desk.say, element.action
    assert details is not None
    places = ", ".join(desk.dossier.place_name(p) for p in details.places)
    years = "; ".join(f"{year}: {money(amount, say)}" for year, amount in details.cost_nok)
    pairs = [
        ("document.owner", details.owner),
        ("document.dates", f"{iso_date(details.start, say)} – {iso_date(details.deadline, say)}"),
        ("document.cost", years),
        ("document.posts", say.number(details.posts, 1) if details.posts is not None else None),
        ("document.target_group", details.target_group),
        ("document.reach", say(f"reach.{details.reach.value}") if details.reach else None),
        ("document.places", places),
        ("document.next_update", iso_date(details.next_update, say)),
        ("document.sdg", ", ".join(element.sdg)),
    ]
    return Facts(
        f"{element.id} {element.title}",
        tuple((say(key), value) for key, value in pairs if value),
    )


def _thread(desk: Desk, thread: Thread) -> Iterator[Block]:
    """The red thread as one table: each relation with all it leads to."""
    say = desk.say
    told: dict[Relation, list[str]] = {}
    for link in (*thread.back, *thread.forward):
        mark = "" if link.whole else f" [{say('document.broken')}]"
        named = f"«{link.title}» ({link.to.id})" if link.to.kind is RefKind.VOICE else link.title
        told.setdefault(link.relation, []).append(named + mark)
    for gap in thread.stated:
        reason = say("document.stated_gap", reason=gap.reason)
        told.setdefault(gap.relation, []).append(reason)
    if told:
        yield Facts(
            say("document.thread", id=thread.element),
            tuple(
                (say(f"plan.relation.{relation.value}").capitalize(), "\n".join(told[relation]))
                for relation in Relation
                if relation in told
            ),
        )


def _money(desk: Desk, proposal: PlanProposal) -> Iterator[Block]:
    say = desk.say
    if not proposal.cost_nok:
        return
    yield Heading(1, say("document.money"), "money")
    yield from picture(
        money_chart(
            desk.studio,
            "plan-money",
            proposal.cost_nok,
            title=say("document.money.finding", n=len(proposal.cost_nok)),
            subtitle=say("document.money.caption"),
            source=desk.studio.source(),
        )
    )
    actions = [e for e in proposal.elements() if e.action is not None and e.action.cost_nok]
    years = [year for year, _ in proposal.cost_nok]
    yield table(
        say("document.money.caption"),
        [say("element.action"), *(str(y) for y in years)],
        [
            [
                f"{e.id} {e.title}",
                *(
                    say.number(costs[y] / 1e6, 1)
                    if y in (costs := dict(e.action.cost_nok))
                    else "–"
                    for y in years
                ),
            ]
            for e in actions
            if e.action is not None
        ]
        + [[say("document.total"), *(say.number(a / 1e6, 1) for _, a in proposal.cost_nok)]],
        widths=[3.2, *(0.8 for _ in years)],
        numeric=range(1, len(years) + 1),
    )


def _timeline(desk: Desk, proposal: PlanProposal) -> Iterator[Block]:
    say = desk.say
    if not proposal.timeline:
        return
    yield Heading(1, say("document.process"), "process")
    yield table(
        say("document.process.caption"),
        [
            say("document.when"),
            say("document.what"),
            say("document.track"),
            say("document.state"),
        ],
        [
            [
                m.period or iso_date(m.date, say),
                m.title + (f" ({m.decision})" if m.decision else ""),
                say(f"plan.track.{m.track}"),
                say(f"plan.state.{m.state}"),
            ]
            for m in proposal.timeline
        ],
        widths=[1.2, 3, 1.6, 0.8],
    )


def _sources(desk: Desk, proposal: PlanProposal) -> Iterator[Block]:
    say = desk.say
    yield Heading(1, say("document.sources"), "sources")
    yield from origin_list(desk)
    used: dict[str, None] = {}
    for thread in proposal.threads:
        for link in thread.back:
            if link.to.kind is RefKind.SOURCE:
                used[link.to.id] = None
            elif link.to.kind is RefKind.EVIDENCE:
                entry = desk.dossier.evidence.intervention(link.to.id)
                used |= dict.fromkeys(entry.sources if entry else ())
    if used:
        yield Heading(2, say("document.evidence.sources"))
        yield from source_list(desk, used)
