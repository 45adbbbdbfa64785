"""The plan proposal: the tree, money per year, shared elements, and what is missing."""

from __future__ import annotations

from dataclasses import replace

from jevn.plan import PlanParts, PlanProposal, plan_proposal
from jevn.plan.elements import (
    Element,
    ElementKind,
    Link,
    Milestone,
    Placement,
    Plan,
    Relation,
    StatedGap,
)
from jevn.plan.results import Branch
from jevn.terms import LANGUAGES, Ref, Say
from unit.plan.test_thread import LINKS
from unit.plan.world import element, targets

PLAN = Plan("p", "Plan", "temaplan", 2027, 2034, "", "")
OTHER = Plan("q", "Naboplan", "temaplan", 2027, 2034, "", "")
GOAL = element("M1", ElementKind.GOAL)
GOAL_LINKS = (
    Link("M1", Relation.ANSWERS, Ref.parse("figure:fullfort")),
    Link("M1", Relation.MEASURED_BY, Ref.parse("indicator:fullfort")),
)


def placed(id: str, parent: str | None = None, order: int = 1, **more: str) -> Placement:
    return Placement(more.get("plan", "p"), id, parent, order, more.get("status", "proposed"))  # type: ignore[arg-type]


def propose(
    *elements: Element,
    placements: tuple[Placement, ...],
    links: tuple[Link, ...] = (*LINKS, *GOAL_LINKS),
    gaps: tuple[StatedGap, ...] = (),
    status: str = "draft",
    milestones: tuple[Milestone, ...] = (),
) -> PlanProposal:
    parts = PlanParts(PLAN, (OTHER,), elements, placements, links, gaps)
    return plan_proposal(
        PLAN,
        parts,
        targets(*elements),
        mandate="# Mandat",
        milestones=milestones,
        version="draft-1",
        status=status,
        date="2027-03-01",
    )


def outline(branches: tuple[Branch, ...]) -> list[object]:
    return [[b.element.id, *outline(b.children)] for b in branches]


def keys(proposal: PlanProposal) -> list[tuple[str, object]]:
    return [(m.key, m.params["id"]) for m in proposal.missing]


def test_a_whole_plan_lacks_nothing() -> None:
    proposal = propose(GOAL, element("T1"), placements=(placed("M1"), placed("T1", "M1")))
    assert proposal.missing == ()
    assert [t.whole for t in proposal.threads] == [True, True]
    assert outline(proposal.tree) == [["M1", ["T1"]]]
    assert (proposal.mandate, proposal.version, proposal.date) == (
        "# Mandat",
        "draft-1",
        "2027-03-01",
    )


def test_children_stand_in_the_order_given_then_by_id() -> None:
    kinds = {"M1": ElementKind.GOAL, "M2": ElementKind.GOAL}
    names = ("M1", "M2", "a", "b", "c")
    elements = [element(n, kinds.get(n, ElementKind.STRATEGY)) for n in names]
    proposal = propose(
        *elements,
        placements=(
            placed("c", "M1", 2),
            placed("b", "M1", 1),
            placed("M1", None, 2),
            placed("a", "M1", 2),
            placed("M2", None, 1),
        ),
    )
    assert outline(proposal.tree) == [["M2"], ["M1", ["b"], ["a"], ["c"]]]
    assert [e.id for e in proposal.elements()] == ["M2", "M1", "b", "a", "c"]


def test_a_dropped_element_is_left_out_with_its_money_and_its_faults() -> None:
    bad = element("T2", owner=None, cost=((2028, 999.0),))
    proposal = propose(
        element("T1"), bad, placements=(placed("T1"), placed("T2", status="dropped"))
    )
    assert outline(proposal.tree) == [["T1"]]
    assert [t.element for t in proposal.threads] == ["T1"]
    assert proposal.cost_nok == ((2028, 100.0),)
    assert proposal.missing == ()


def test_what_stood_under_a_dropped_element_is_kept_at_the_top() -> None:
    proposal = propose(
        GOAL, element("T1"), placements=(placed("M1", status="dropped"), placed("T1", "M1"))
    )
    assert outline(proposal.tree) == [["T1"]]


def test_an_element_of_several_plans_says_which() -> None:
    proposal = propose(
        element("T1"),
        element("T2"),
        placements=(placed("T1"), placed("T1", plan="q"), placed("T2", plan="q")),
    )
    assert proposal.shared_with == (("T1", ("q",)),)
    assert outline(proposal.tree) == [["T1"]]


def test_money_is_summed_per_year_over_the_actions() -> None:
    one = element("T1", cost=((2029, 30.0), (2028, 10.0)))
    two = element("T2", cost=((2028, 5.0), (2030, 7.0)))
    proposal = propose(one, two, placements=(placed("T1"), placed("T2")))
    # 2028: 10 + 5
    assert proposal.cost_nok == ((2028, 15.0), (2029, 30.0), (2030, 7.0))


def test_what_an_action_must_say_is_named() -> None:
    bare = element("T1", owner=None, deadline=None, next_update=None, cost=())
    placements = (placed("T1"),)
    draft = propose(bare, placements=placements)
    assert keys(draft) == [
        ("plan.missing.owner", "T1"),
        ("plan.missing.deadline", "T1"),
        ("plan.missing.cost", "T1"),
    ]
    adopted = propose(bare, placements=placements, status="adopted")
    assert keys(adopted) == [*keys(draft), ("plan.missing.next_update", "T1")]


def test_missing_and_broken_links_are_named_in_words() -> None:
    links = (
        *(x for x in LINKS if x.relation not in (Relation.RESTS_ON, Relation.FUNDED_BY)),
        Link("T1", Relation.FUNDED_BY, Ref.parse("money:999")),
    )
    proposal = propose(element("T1"), placements=(placed("T1"),), links=links)
    assert [m.key for m in proposal.missing] == ["plan.missing.relation", "plan.missing.target"]
    said = [Say("nb").message(m) for m in proposal.missing]
    assert said == [
        "T1 («Tittel T1») mangler lenken «bygger på forskning», og ingen grunn er oppgitt.",
        "T1 («Tittel T1») viser til money:999, som ikke finnes.",
    ]
    for language in LANGUAGES:
        assert all("{" not in Say(language).message(m) for m in proposal.missing)


def test_a_stated_gap_is_not_missing() -> None:
    links = tuple(x for x in LINKS if x.relation is not Relation.RESTS_ON)
    gap = StatedGap("T1", Relation.RESTS_ON, "Ingen forskning funnet.")
    proposal = propose(element("T1"), placements=(placed("T1"),), links=links, gaps=(gap,))
    assert proposal.missing == ()
    assert proposal.thread("T1").stated == (gap,)


def test_the_timeline_is_the_process_as_written() -> None:
    steps = (
        Milestone("b", "political", "B", "2027-01-01", None, "done"),
        Milestone("a", "participation", "A", None, "Høst 2026", "now"),
    )
    proposal = propose(element("T1"), placements=(placed("T1"),), milestones=steps)
    assert proposal.timeline == steps


def test_goals_of_the_plan_above_are_known_but_not_inside() -> None:
    above = replace(GOAL, id="K1", title="Over alt")
    plan = replace(PLAN, parent=OTHER.id)
    elements = (GOAL, above)
    placements = (placed("M1"), placed("K1", plan=OTHER.id))
    proposal = plan_proposal(
        plan,
        PlanParts(plan, (OTHER,), elements, placements, (*GOAL_LINKS,), ()),
        targets(*elements),
        mandate="",
        milestones=(),
        version="",
        status="draft",
        date=None,
    )
    assert [e.title for e in proposal.above] == ["Over alt"]
    assert [e.id for e in proposal.elements()] == ["M1"]
    assert proposal.other_plan(OTHER.id) == OTHER.title
    assert proposal.other_plan("ukjent") == "ukjent"
