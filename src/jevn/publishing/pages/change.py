"""The assessment of one change: what it is, for whom, at what cost, how surely."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.impact.results import ChangeAssessment
from jevn.publishing.charts import before_after_chart, helped_chart
from jevn.publishing.pages.alternatives import helped_text, title_of
from jevn.publishing.pages.changes import ChangeLine, CriterionLine, change_line, criterion_line
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Block, Fact, Head, Item, Tag
from jevn.publishing.words import local, money, points_text


@dataclass(frozen=True, slots=True)
class ChangePage:
    """One change assessed against carrying on as today."""

    head: Head
    line: ChangeLine
    trust: Tag
    facts: tuple[Fact, ...]
    helped: Block | None
    before_after: Block | None
    results: tuple[Fact, ...]
    chain: tuple[str, ...]
    assumptions: tuple[str, ...]
    why_not: str
    criteria: tuple[CriterionLine, ...]
    judgements: tuple[Fact, ...]
    evidence: tuple[Item, ...]
    sources: tuple[Item, ...]
    alternatives: tuple[Item, ...]
    priorities: tuple[Item, ...]
    elements: tuple[Item, ...]


def change_page(desk: Desk, id: str) -> ChangePage:
    """The page of one assessed change.

    Raises:
        KeyError: if there is no such change.
    """
    d, say = desk.dossier, desk.say
    found = d.assessment.change(id) if d.assessment else None
    if found is None:
        raise KeyError(id)
    change, computed = found.change, found.computed
    status = d.challenges.indicator(computed.determinant) if computed and d.challenges else None
    determinant = (
        local(status.indicator.name, say) if status else (computed.determinant if computed else "")
    )
    intervention = d.evidence.intervention(change.intervention) if change.intervention else None
    used = tuple(
        e
        for e in (d.proposal.elements() if d.proposal else ())
        if e.action and e.action.change == change.id
    )
    colours = {"high": "success", "medium": "info", "low": "warning"}
    return ChangePage(
        desk.head("change", change.title, say("publishing.change.description"), change.id),
        change_line(desk, found),
        Tag(say(f"publishing.trust.{found.trust}"), colours[found.trust]),
        _facts(desk, found),
        desk.block(helped_chart(desk.studio, found)),
        desk.block(before_after_chart(desk.studio, found, determinant)),
        _results(desk, found),
        tuple(desk.words(m) for m in computed.chain) if computed else (),
        tuple(desk.words(m) for m in computed.assumptions) if computed else (),
        desk.words(found.why_not_computed),
        tuple(criterion_line(desk, c) for c in found.criteria),
        tuple(
            Fact(say(f"publishing.judgement.{k}"), text)
            for k in ("gains", "loses", "mechanism", "feasibility", "legal", "children")
            if (text := getattr(found, k))
        ),
        (desk.intervention(intervention),) if intervention else (),
        tuple(
            Item(s.title, desk.links.url("source", s.id), f"{s.authors} ({s.year or '–'})")
            for x in found.sources
            if (s := d.evidence.source(x)) is not None
        ),
        tuple(
            Item(title_of(desk, a), desk.links.url("alternative", a.alternative.id))
            for a in (d.assessment.alternatives if d.assessment else ())
            if any(c.change.id == change.id for c in a.changes)
        ),
        _priorities(desk, change.id),
        tuple(Item(e.title, desk.links.url("element", e.id)) for e in used),
    )


def _facts(desk: Desk, found: ChangeAssessment) -> tuple[Fact, ...]:
    say, c = desk.say, found.change
    facts = [
        Fact(say("publishing.table.area"), desk.area(c.area), desk.links.url("area", c.area.value)),
        Fact(say("publishing.change.level"), say(f"publishing.level.{c.level}")),
        Fact(say("publishing.table.money_year"), money(c.nok_per_year, say)),
        Fact(say("publishing.table.reach"), say(f"reach.{c.reach.value}")),
        Fact(say("publishing.change.start"), str(c.start_year)),
    ]
    if c.posts:
        facts.append(Fact(say("publishing.table.posts"), say.number(c.posts, 1)))
    if c.target_group:
        facts.append(Fact(say("publishing.change.target_group"), c.target_group))
    if c.places:
        facts.append(
            Fact(
                say("publishing.change.places"),
                ", ".join(desk.dossier.place_name(p) for p in c.places),
            )
        )
    return tuple(facts)


def _results(desk: Desk, found: ChangeAssessment) -> tuple[Fact, ...]:
    say, computed = desk.say, found.computed
    if computed is None:
        return ()
    facts = [
        Fact(say("publishing.change.helped"), helped_text(computed.helped, say)),
        Fact(say("publishing.change.reached"), say.number(round(computed.reached), 0)),
        Fact(
            say("publishing.change.gap"),
            say(
                "publishing.change.gap.text",
                before=points_text(computed.gap_before, say),
                after=points_text(computed.gap_after.value, say),
            ),
        ),
    ]
    if computed.averted is not None:
        facts.append(Fact(say("publishing.change.averted"), helped_text(computed.averted, say)))
    if computed.nok_per_helped is not None:
        facts.append(
            Fact(say("publishing.change.nok_per_helped"), say.nok(round(computed.nok_per_helped)))
        )
    if computed.unused_nok > 0:
        facts.append(Fact(say("publishing.change.unused"), money(computed.unused_nok, say)))
    return tuple(facts)


def _priorities(desk: Desk, id: str) -> tuple[Item, ...]:
    prioritised = desk.dossier.prioritisation
    if prioritised is None:
        return ()
    return tuple(
        Item(
            p.title,
            desk.links.url("choice", f"{p.id}/{id}"),
            desk.words(choice.reason),
            (
                Tag(
                    desk.say("publishing.in" if choice.chosen else "publishing.out"),
                    "success" if choice.chosen else "neutral",
                ),
            ),
        )
        for p in prioritised.packages
        for choice in p.choices
        if choice.change == id
    )
