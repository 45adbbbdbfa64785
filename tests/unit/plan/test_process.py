"""The process: templates read, states followed, every guard blocks and unblocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import yaml

from jevn.participation import WorkshopReport
from jevn.plan.elements import Milestone, Relation, StatedGap
from jevn.plan.process import (
    BUNDLED,
    GUARDS,
    Facts,
    bundled_template,
    follow_process,
    process_problems,
    read_template,
)
from jevn.tables.yamlfile import YamlDocument
from jevn.terms import LANGUAGES, InputRefused, Message, Say
from unit.publishing import fixture_dossier as made


def milestone(closes: str, state: str = "done", **more: Any) -> Milestone:
    given = {"date": "2027-01-01", "period": None, "decision": "Sak 1/27", **more}
    return Milestone(f"m-{closes}", "political", closes, state=state, closes=closes, **given)  # type: ignore[arg-type]


def facts(**more: Any) -> Facts:
    d = made.dossier()
    whole: dict[str, Any] = {
        "evidence": d.evidence,
        "challenges": d.challenges,
        "effort": d.effort,
        "voices": d.voices,
        "assessment": d.assessment,
        "prioritisation": d.prioritisation,
        "proposal": d.proposal,
        "milestone": milestone("x", until="2027-03-01"),
        "reported": "2027-02-01",
        "unexplained": (),
        "as_of": "2027-03-01",
    }
    return Facts(**{**whole, **more})


def _with_report() -> Facts:
    d = made.dossier()
    assert d.voices is not None
    report = WorkshopReport("v", "Verksted", "2026-06-09", (), (), ())
    return facts(voices=replace(d.voices, reports=(report,)))


def missing(guard: str, given: Facts) -> list[str]:
    return [m.message.key for m in GUARDS[guard](given)]


@pytest.mark.parametrize("id", BUNDLED)
def test_the_templates_have_every_word_in_every_language(id: str) -> None:
    template = bundled_template(id)
    assert template.id == id
    for lang in LANGUAGES:
        say = Say(lang)
        assert template.rules(lang)
        for state in template.states:
            assert getattr(state.name, lang)
            assert say.has(f"plan.actor.{state.actor}")
            assert all(say.has(f"plan.document.{d}") for d in state.documents)
    assert [s.id for s in template.states if s.decision], "some states are decided"
    assert bundled_template("samfunnsdel").id == "temaplan"


def test_a_sub_plan_has_a_programme_and_its_hearing_is_by_law() -> None:
    theme, sub = bundled_template("temaplan"), bundled_template("kommunedelplan")
    more = {s.id for s in sub.states} - {s.id for s in theme.states}
    assert more == {"programme_heard", "programme_adopted"}
    assert (theme.hearing_compulsory, sub.hearing_compulsory) == (False, True)


def test_what_is_next_is_the_first_after_the_last_closed() -> None:
    template = bundled_template("temaplan")
    given = (milestone("mandate_adopted"), milestone("first_reading"), milestone("adopted", "now"))
    found = follow_process(template, given, facts())
    standing = {s.state.id: s.standing for s in found.states}
    assert standing["mandate_adopted"] == standing["first_reading"] == "done"
    assert standing["strategy_adopted"] == "passed", "a decision that nobody recorded"
    assert standing["mandate_drafted"] == "done", "its guards miss nothing"
    assert standing["prioritised"] == "passed"
    assert found.now is not None
    assert found.now.state.id == "hearing_open"
    assert standing["adopted"] == "later"
    nothing = follow_process(template, (), facts())
    assert nothing.now is not None
    assert nothing.now.state.id == "strategy_adopted"
    every = tuple(milestone(s.id) for s in template.states)
    assert follow_process(template, every, facts()).now is None
    loose = replace(milestone("x"), closes=None)
    assert follow_process(template, (loose,), facts()).loose == (loose,)


def _plan_lacking(key: str) -> Facts:
    d = made.dossier()
    assert d.proposal is not None
    params = {"id": "T1", "title": "Los", "relation_key": "plan.relation.rests_on", "to": "x"}
    return facts(proposal=replace(d.proposal, missing=(Message(key, params),)))


def _without(**fields: Any) -> Callable[[], Facts]:
    return lambda: facts(**fields)


def _adrift() -> Facts:
    d = made.dossier()
    assert d.effort is not None
    wrong = replace(d.effort.reconciliation, net_nok=d.effort.reconciliation.net_nok + 1e6)
    return facts(effort=replace(d.effort, reconciliation=wrong))


def _unproposed() -> Facts:
    d = made.dossier()
    assert d.prioritisation is not None
    return facts(prioritisation=replace(d.prioritisation, proposed=None))


def _no_update() -> Facts:
    d = made.dossier()
    assert d.proposal is not None

    def bare(branch: Any) -> Any:
        e = branch.element
        if e.action is not None:
            e = replace(e, action=replace(e.action, next_update=None))
        return replace(branch, element=e, children=tuple(bare(c) for c in branch.children))

    return facts(proposal=replace(d.proposal, tree=tuple(bare(b) for b in d.proposal.tree)))


def _unfunded() -> Facts:
    d = made.dossier()
    assert d.proposal is not None
    threads = tuple(replace(t, forward=(), stated=()) for t in d.proposal.threads)
    return facts(proposal=replace(d.proposal, threads=threads))


def _funded() -> Facts:
    d = made.dossier()
    assert d.proposal is not None
    threads = tuple(
        replace(t, stated=(StatedGap(t.element, Relation.FUNDED_BY, "Innenfor dagens ramme."),))
        for t in d.proposal.threads
    )
    return facts(proposal=replace(d.proposal, threads=threads))


BLOCKED: list[tuple[str, Callable[[], Facts], str]] = [
    ("decision_recorded", _without(milestone=None), "plan.guard.decision_recorded"),
    (
        "decision_recorded",
        _without(milestone=milestone("x", decision=None)),
        "plan.guard.decision_recorded",
    ),
    ("mandate_written", _without(proposal=None), "plan.guard.mandate_written"),
    ("plan_named", _without(proposal=None), "plan.guard.plan_named"),
    ("programme_dated", _without(milestone=None), "plan.guard.programme_dated"),
    ("areas_have_figures", _without(challenges=None), "plan.guard.areas_have_figures"),
    ("profile_reconciles", _without(effort=None), "plan.guard.profile_made"),
    ("profile_reconciles", _adrift, "plan.guard.profile_reconciles"),
    ("voices_heard", _without(voices=None), "plan.guard.voices_heard"),
    ("workshop_reported", _without(voices=None), "plan.guard.workshop_reported"),
    ("alternatives_stated", _without(assessment=None), "plan.guard.alternatives_stated"),
    ("changes_assessed", _without(assessment=None), "plan.guard.alternatives_stated"),
    ("package_proposed", _unproposed, "plan.guard.package_proposed"),
    ("actions_complete", _without(proposal=None), "plan.guard.plan_named"),
    (
        "actions_complete",
        lambda: _plan_lacking("plan.missing.owner"),
        "plan.missing.owner",
    ),
    (
        "threads_whole",
        lambda: _plan_lacking("plan.missing.relation"),
        "plan.missing.relation",
    ),
    ("hearing_dated", _without(milestone=milestone("x")), "plan.guard.hearing_dated"),
    (
        "hearing_dated",
        _without(milestone=milestone("x", until="2027-01-20")),
        "plan.guard.hearing_days",
    ),
    ("revisions_explained", _without(unexplained=None), "plan.guard.no_hearing_version"),
    ("revisions_explained", _without(unexplained=("T1",)), "plan.guard.revisions_explained"),
    ("owners_follow_up", _no_update, "plan.guard.owners_follow_up"),
    ("actions_funded", _unfunded, "plan.guard.actions_funded"),
    ("status_reported", _without(reported=None), "plan.guard.status_reported"),
    ("status_reported", _without(reported="2025-01-01"), "plan.guard.status_old"),
]


@pytest.mark.parametrize(("guard", "given", "key"), BLOCKED)
def test_a_guard_blocks_and_says_what_is_missing(
    guard: str, given: Callable[[], Facts], key: str
) -> None:
    found = list(GUARDS[guard](given()))
    assert key in [m.message.key for m in found]
    for m in found:
        for lang in LANGUAGES:
            assert "{" not in Say(lang).message(m.message)
        assert m.page


@pytest.mark.parametrize(
    "guard",
    [
        "decision_recorded",
        "mandate_written",
        "plan_named",
        "programme_dated",
        "profile_reconciles",
        "voices_heard",
        "package_proposed",
        "hearing_dated",
        "revisions_explained",
        "owners_follow_up",
        "status_reported",
    ],
)
def test_a_guard_lets_through_what_is_whole(guard: str) -> None:
    assert missing(guard, facts()) == []


def test_a_report_of_the_workshop_lets_it_through() -> None:
    assert missing("workshop_reported", _with_report()) == []


def test_money_may_be_stated_instead_of_linked() -> None:
    assert missing("actions_funded", _funded()) == []


def test_a_state_may_close_when_its_guards_miss_nothing() -> None:
    template = bundled_template("temaplan")
    given = (milestone("first_reading"), milestone("hearing_open", "now", until="2027-03-01"))
    assert follow_process(template, given, facts()).now.may_close  # type: ignore[union-attr]
    short = (milestone("first_reading"), milestone("hearing_open", "now", until="2027-01-05"))
    assert not follow_process(template, short, facts()).now.may_close  # type: ignore[union-attr]


def test_dates_out_of_order_are_refused() -> None:
    template = bundled_template("temaplan")
    given = (
        milestone("mandate_adopted", date="2027-05-01"),
        milestone("first_reading", date="2027-04-01"),
        milestone("hearing_open", date="2027-06-01", until="2027-05-01"),
        milestone("nowhere"),
    )
    found = {p.id: p for p in process_problems(template, given)}
    assert set(found) == {"process_order", "process_until", "process_no_state"}
    assert found["process_order"].params["earlier"] == "m-mandate_adopted"
    for problem in found.values():
        for lang in LANGUAGES:
            assert problem.what(lang)
            assert problem.remedy(lang)
    assert not list(process_problems(template, given[:1]))


OWN = """
id: vart_eige
name: {nb: Vår egen}
rules: {nb: Slik gjør vi det.}
hearing_days: 21
states:
  - {id: start, name: {nb: Start}, track: political, decision: true, guards: [decision_recorded]}
  - {id: slutt, name: {nb: Slutt}, track: administrative, actor: bydelen}
"""


def _read(text: str) -> Any:
    return read_template(YamlDocument("process-template.yaml", yaml.safe_load(text), {}))


def test_a_municipality_writes_its_own() -> None:
    found = _read(OWN)
    assert [s.id for s in found.states] == ["start", "slutt"]
    assert found.hearing_days == 21
    assert found.state("slutt").actor == "bydelen"
    assert found.state("finnes_ikke") is None


@pytest.mark.parametrize(
    ("old", "new", "id"),
    [
        ("id: slutt", "id: start", "process_state_twice"),
        ("[decision_recorded]", "[alt_er_bra]", "process_guard"),
        ("track: political", "track: lunsj", "yaml_choice"),
        ("hearing_days: 21", "hearing_days: 0", "yaml_value"),
        ("name: {nb: Slutt}, ", "", "yaml_missing"),
    ],
)
def test_templates_that_cannot_be_meant_are_refused(old: str, new: str, id: str) -> None:
    assert old in OWN
    with pytest.raises(InputRefused) as refused:
        _read(OWN.replace(old, new))
    assert refused.value.id == id
