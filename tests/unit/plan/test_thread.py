"""The red thread: every relation leads somewhere, and every break is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jevn.plan import Targets, thread
from jevn.plan.elements import ENDS, ElementKind, Link, Relation, StatedGap
from jevn.plan.thread import BACK, COMPULSORY, FORWARD
from jevn.planwork import read_folder
from jevn.publishing.dossier import Dossier
from jevn.terms import Ref, RefKind
from unit.plan.world import element, targets

WHOLE = {
    Relation.RESTS_ON: (
        "evidence:skolehelsetjeneste",
        "Styrket skolehelsetjeneste (flere helsesykepleiere)",
    ),
    Relation.ANSWERS: ("figure:fullfort", "Fullført videregående"),
    Relation.ASKED_BY: ("voice:I-014", "Noen å snakke med på skolen."),
    Relation.ASSESSED_IN: ("assessment:tidlig/los", "Los i ungdomsskolen"),
    Relation.PRIORITISED_BY: ("priority:lik/los", "Like vekter"),
    Relation.DECIDED_IN: ("decision:mandat", "Mandat vedtatt"),
    Relation.FUNDED_BY: ("money:232", "Helsestasjon"),
    Relation.MEASURED_BY: ("indicator:fullfort", "Fullført videregående"),
}
LINKS = tuple(Link("T1", relation, Ref.parse(to)) for relation, (to, _) in WHOLE.items())


def test_an_action_with_every_link_has_a_whole_thread() -> None:
    found = thread(element("T1"), LINKS, (), targets())
    assert found.whole
    assert found.missing == ()
    assert [x.relation for x in found.back] == list(BACK)
    assert [x.relation for x in found.forward] == list(FORWARD)


@pytest.mark.parametrize("relation", list(Relation))
def test_each_relation_is_told_by_what_it_leads_to(relation: Relation) -> None:
    found = thread(element("T1"), LINKS, (), targets())
    link = next(x for x in (*found.back, *found.forward) if x.relation is relation)
    assert link.whole
    assert link.title == WHOLE[relation][1]


@pytest.mark.parametrize(
    ("ref", "title", "detail"),
    [
        ("figure:fullfort", "Fullført videregående", "2020–2025"),
        ("voice:I-014", "Noen å snakke med på skolen.", "idea"),
        ("assessment:tidlig/los", "Los i ungdomsskolen", "tidlig"),
        ("assessment:los", "Los i ungdomsskolen", None),
        ("priority:lik/los", "Like vekter", "Los i ungdomsskolen"),
        ("priority:lik", "Like vekter", None),
        ("decision:mandat", "Mandat vedtatt", "Sak 1/26"),
        ("decision:utkast", "Utkast ferdig", "2027-01-10"),
        ("money:232", "Helsestasjon", "232"),
        ("element:M1", "Tittel M1", "goal"),
    ],
)
def test_a_reference_is_said_in_words(ref: str, title: str, detail: str | None) -> None:
    goal = element("M1", ElementKind.GOAL)
    assert targets(goal).find(Ref.parse(ref)) == (title, detail)


@pytest.mark.parametrize(
    "ref",
    [
        "evidence:finnes_ikke",
        "source:finnes_ikke",
        "figure:finnes_ikke",
        "service:finnes_ikke",
        "voice:I-999",
        "assessment:bred/los",  # the change stands in another alternative
        "assessment:tidlig/kino",
        "priority:lik/kino",  # in the package's list, but not chosen
        "priority:bred/los",
        "decision:budsjett",
        "money:999",
        "indicator:finnes_ikke",
        "element:M9",
    ],
)
def test_what_does_not_exist_is_not_found(ref: str) -> None:
    assert targets().find(Ref.parse(ref)) is None


@pytest.mark.parametrize("relation", list(Relation))
def test_a_broken_link_is_shown_with_its_reference(relation: Relation) -> None:
    nowhere = Ref(ENDS[relation][0], "borte")
    links = tuple(replace(x, to=nowhere) if x.relation is relation else x for x in LINKS)
    found = thread(element("T1"), links, (), targets())
    broken = [x for x in (*found.back, *found.forward) if not x.whole]
    assert [(x.relation, x.title, x.detail) for x in broken] == [(relation, str(nowhere), None)]
    assert not found.whole
    assert found.missing == ()


@pytest.mark.parametrize("relation", list(Relation))
def test_a_link_to_the_wrong_kind_of_thing_does_not_hold(relation: Relation) -> None:
    wrong = Ref(RefKind.ELEMENT, "M1")
    links = tuple(replace(x, to=wrong) if x.relation is relation else x for x in LINKS)
    found = thread(element("T1"), links, (), targets(element("M1", ElementKind.GOAL)))
    assert [x.relation for x in (*found.back, *found.forward) if not x.whole] == [relation]


@pytest.mark.parametrize("kind", list(ElementKind))
def test_compulsory_relations_are_missed(kind: ElementKind) -> None:
    found = thread(element("T1", kind), (), (), targets())
    assert found.missing == COMPULSORY[kind]
    assert found.whole is not bool(COMPULSORY[kind])


@pytest.mark.parametrize("relation", COMPULSORY[ElementKind.ACTION])
def test_only_the_relation_that_was_taken_away_is_missing(relation: Relation) -> None:
    links = tuple(x for x in LINKS if x.relation is not relation)
    found = thread(element("T1"), links, (), targets())
    assert found.missing == (relation,)
    assert not found.whole


def test_a_stated_reason_excuses_a_missing_link_and_is_shown() -> None:
    links = tuple(x for x in LINKS if x.relation is not Relation.RESTS_ON)
    gap = StatedGap("T1", Relation.RESTS_ON, "Ingen forskning funnet.")
    found = thread(element("T1"), links, (gap,), targets())
    assert found.whole
    assert found.stated == (gap,)


def test_a_reason_given_for_another_element_excuses_nothing() -> None:
    links = tuple(x for x in LINKS if x.relation is not Relation.RESTS_ON)
    gap = StatedGap("T2", Relation.RESTS_ON, "Ingen forskning funnet.")
    assert thread(element("T1"), links, (gap,), targets()).missing == (Relation.RESTS_ON,)


def test_a_stated_reason_does_not_excuse_a_broken_link() -> None:
    broken = Link("T1", Relation.RESTS_ON, Ref(RefKind.EVIDENCE, "borte"))
    links = (*(x for x in LINKS if x.relation is not Relation.RESTS_ON), broken)
    gap = StatedGap("T1", Relation.RESTS_ON, "Ingen forskning funnet.")
    assert not thread(element("T1"), links, (gap,), targets()).whole


def test_several_links_of_one_relation_keep_the_order_written() -> None:
    more = Link("T1", Relation.RESTS_ON, Ref(RefKind.SOURCE, "dahl2014"), "Bredden i arbeidet")
    found = thread(element("T1"), (*LINKS, more), (), targets())
    own = [x for x in found.back if x.relation is Relation.RESTS_ON]
    assert [str(x.to) for x in own] == ["evidence:skolehelsetjeneste", "source:dahl2014"]
    assert [x.reason for x in own] == [None, "Bredden i arbeidet"]


def test_without_results_nothing_but_evidence_and_decisions_holds() -> None:
    bare = replace(
        targets(),
        challenges=None,
        effort=None,
        voices=None,
        assessment=None,
        prioritisation=None,
    )
    found = thread(element("T1"), LINKS, (), bare)
    holds = {x.relation for x in (*found.back, *found.forward) if x.whole}
    assert holds == {Relation.RESTS_ON, Relation.DECIDED_IN}


# --- Elvebyen ------------------------------------------------------------------


@pytest.fixture(scope="module")
def world(elvebyen: Dossier, elvebyen_folder):  # type: ignore[no-untyped-def]
    work = read_folder(elvebyen_folder)
    return work, Targets(
        evidence=elvebyen.evidence,
        challenges=elvebyen.challenges,
        effort=elvebyen.effort,
        voices=elvebyen.voices,
        assessment=elvebyen.assessment,
        prioritisation=elvebyen.prioritisation,
        elements=work.elements,
        milestones=work.milestones,
    )


def test_every_action_of_elvebyen_is_whole_both_ways(elvebyen: Dossier) -> None:
    assert elvebyen.proposal is not None
    actions = [e for e in elvebyen.proposal.elements() if e.kind is ElementKind.ACTION]
    assert len(actions) >= 15
    for action in actions:
        found = elvebyen.proposal.thread(action.id)
        assert found.whole, action.id
        excused = {gap.relation for gap in found.stated}
        told = {x.relation for x in found.back} | excused
        assert told >= set(COMPULSORY[ElementKind.ACTION]) & set(BACK), action.id
        forward = {x.relation for x in found.forward} | excused
        assert forward >= set(FORWARD), action.id
    assert elvebyen.proposal.missing == ()


@pytest.mark.parametrize("relation", list(Relation))
def test_every_single_break_in_elvebyen_is_found(relation: Relation, world) -> None:  # type: ignore[no-untyped-def]
    work, everything = world
    by_id = {e.id: e for e in work.elements}
    places = [i for i, x in enumerate(work.links) if x.relation is relation]
    assert places
    for i in places:
        link = work.links[i]
        broken = replace(link, to=Ref(link.to.kind, "finnes_ikke"))
        links = (*work.links[:i], broken, *work.links[i + 1 :])
        own = tuple(x for x in links if x.element == link.element)
        found = thread(by_id[link.element], own, work.stated_gaps, everything)
        assert [x.to for x in (*found.back, *found.forward) if not x.whole] == [broken.to]
